/* Single code points, for the modules that walk text: decoding any bytes, encoding, classes. */
#ifndef REGWATCH_BASE_UTF8_CODE_H
#define REGWATCH_BASE_UTF8_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define UTF8_BROKEN (-1)

/* The code point at the start of n > 0 bytes of any kind and the bytes it takes (>= 1). UTF8_BROKEN for the longest start of a
 * sequence that does not go on as it must, so that one broken character is one replacement. NUL is code point 0. */
size_t utf8_decode(const char *s, size_t n, int32_t *cp);

void utf8_encode(int32_t cp, struct buf *out);	/* cp is valid */

/* How many bytes at the start are ASCII. */
size_t utf8_ascii_run(const char *s, size_t n);

/* Characters that show nothing but change what is shown: soft hyphen, zero width, bidi controls, tags, annotations. */
bool utf8_is_hidden(int32_t cp);

#endif
