/* Unicode text: validity, normal form, folding, width. Over utf8proc. */
#ifndef REGWATCH_BASE_UTF8_H
#define REGWATCH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

bool utf8_valid(const char *s, size_t n);	/* also false for U+0000, surrogates, overlong forms */

/* Valid, or meant to be: broken in places, but with over twice as many sound sequences of several bytes, which no other charset has by accident. */
bool utf8_likely(const char *s, size_t n);

/* The code point at s (NUL-terminated, valid) and its length in bytes, 0 at the end. */
size_t utf8_next(const char *s, int32_t *cp);

/* The project's one clean-up of source text, appended to out; input is any bytes:
 * broken sequences become U+FFFD; NFC; U+00AD, U+FEFF, zero-width and bidi control characters and other C0/C1 controls dropped;
 * every kind of blank (NBSP, tabs, ...) becomes a space; CR LF, CR, U+2028, U+2029, VT, FF become "\n"; the literal "_x000D_" of
 * OOXML is dropped; runs of spaces become one, blanks around "\n" go, runs of "\n" become one, none at either end.
 * keep_lines false: "\n" becomes a space too. Of a run of combining marks the first 30 are kept. Cleaning twice changes nothing. */
void utf8_clean(const char *s, size_t n, bool keep_lines, struct buf *out);

/* For matching: case folded, accents stripped, ß->ss ł->l ø->o æ->ae œ->oe đ->d ı->i, every run of other than letters and digits one
 * space, a space at both ends ("~ the quick ~"). The form of sector patterns (domain notes, section 3). */
void utf8_fold(const char *s, struct buf *out);

/* Columns on a terminal; combining marks 0, wide East Asian 2. */
size_t utf8_width(const char *s);

/* Bytes of the longest prefix of s that is at most 'columns' wide and does not cut a grapheme. */
size_t utf8_fit(const char *s, size_t columns);

/* Appends s cut to 'columns', with "…" as its last column when something was cut. */
void utf8_ellipsis(const char *s, size_t columns, struct buf *out);

/* Appends a line broken at blanks, so that none is wider than 'columns' (0: any width), the lines after the first behind 'indent' blanks. A word that is
 * wider stays whole on a line of its own. Blanks at the end go; no "\n" is added behind the last line. */
void utf8_wrap(const char *s, size_t columns, size_t indent, struct buf *out);

/* Bytes -> UTF-8 by the name of the charset ("windows-1252", "iso-8859-1", "utf-16", ...); unknown names and bad bytes give
 * U+FFFD, never a failure. */
void utf8_from(const char *s, size_t n, const char *charset, struct buf *out);

#endif
