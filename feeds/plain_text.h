/* Text without mark-up: plain_text.c parts it into paragraphs, plain_text_charset.c reads its characters. Inside plain_text*.c only. */
#ifndef REGWATCH_FEEDS_PLAIN_TEXT_H
#define REGWATCH_FEEDS_PLAIN_TEXT_H

#include <stddef.h>

struct buf;

/* Appends the text as UTF-8. By its byte order mark; else as UTF-8 if it is valid or nearly so; else in the charset of which a European language's letters
 * make the most sense of it, windows-1252 where none does. Returns the charset's name. */
const char *plain_text_decode(const char *bytes, size_t n, struct buf *out);

#endif
