/* The shared strings of a workbook: 150 MB in the bulk file, kept in a file without a name and read back in pages: a
 * sheet uses them nearly in their order, the common ones again and again. */
#ifndef REGWATCH_FEEDS_XLSX_STRINGS_H
#define REGWATCH_FEEDS_XLSX_STRINGS_H

#include <stddef.h>

struct buf;
struct error;
struct xlsx_strings;

/* The file is made beside 'scratch' (file_nameless), which is borrowed, with the first string. */
struct xlsx_strings *xlsx_strings_new(const char *scratch);
void xlsx_strings_free(struct xlsx_strings *strings);

/* Fails with ERR_IO (no room for the file). */
int xlsx_strings_add(struct xlsx_strings *strings, const char *s, size_t n, struct error *err);
size_t xlsx_strings_count(const struct xlsx_strings *strings);

/* Appends string i; ERR_DATA when there is none, ERR_IO. */
int xlsx_strings_get(struct xlsx_strings *strings, size_t i, struct buf *out, struct error *err);

#endif
