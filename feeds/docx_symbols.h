/* Characters of symbol fonts, which have no meaning without their font; inside docx*.c only. */
#ifndef REGWATCH_FEEDS_DOCX_SYMBOLS_H
#define REGWATCH_FEEDS_DOCX_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

struct buf;

enum docx_font { DOCX_FONT_TEXT, DOCX_FONT_SYMBOL, DOCX_FONT_WINGDINGS };

/* By its name; NULL is DOCX_FONT_TEXT. */
enum docx_font docx_font_of(const char *name);

/* Appends what the character shows; nothing where it is private to a font that we do not know. */
void docx_add_symbol(enum docx_font font, int32_t cp, struct buf *out);

/* Appends text, its characters from U+F000 to U+F0FF as above. */
void docx_add_run(enum docx_font font, const char *text, size_t n, struct buf *out);

#endif
