/* Strings that are no JSON, though one can tell what stands in them. */
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "error.h"
#include "json.h"
#include "limits.h"
#include "utf8_code.h"

#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

/* The four hexadecimal digits of an escape at s, -1 when it is none. */
static int32_t
escaped_unit(const char *s, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	int32_t unit = 0;

	if (n < 6 || s[0] != '\\' || s[1] != 'u')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		const char *digit = s[i] != '\0' ? strchr(digits, tolower((unsigned char)s[i])) : NULL;

		if (digit == NULL)
			return -1;
		unit = unit * 16 + (int32_t)(digit - digits);
	}
	return unit;
}

/* Of the escape at s, 0 of one that JSON has not. */
static size_t
escape_length(const char *s, size_t n)
{
	int32_t unit = escaped_unit(s, n), low;

	if (unit >= 0xd800 && unit < 0xdc00) {
		low = escaped_unit(s + 6, n - 6);
		return low >= 0xdc00 && low < 0xe000 ? 12 : 0;
	}
	if (unit >= 0)
		return unit >= 0xdc00 && unit < 0xe000 ? 0 : 6;
	return n >= 2 && s[1] != '\0' && strchr("\"\\/bfnrt", s[1]) != NULL ? 2 : 0;
}

/* Each of these appends what stands at s and returns its length there; *mended is increased when it is something else. */

static size_t
add_escape(const char *s, size_t n, size_t *mended, struct buf *out)
{
	size_t length = escape_length(s, n);

	if (length > 0) {
		buf_add(out, s, length);
		return length;
	}
	++*mended;
	if (escaped_unit(s, n) >= 0) {
		buf_adds(out, REPLACEMENT);
		return 6;
	}
	buf_adds(out, "\\\\");
	return 1;
}

static size_t
add_character(const char *s, size_t n, size_t *mended, struct buf *out)
{
	int32_t cp;
	size_t length = utf8_decode(s, n, &cp);

	*mended += cp == UTF8_BROKEN || cp < 0x20;
	if (cp == UTF8_BROKEN)
		buf_adds(out, REPLACEMENT);
	else if (cp < 0x20)
		buf_addf(out, "\\u%04x", (unsigned)cp);
	else
		buf_add(out, s, length);
	return length;
}

size_t
json_mend(const char *text, size_t n, struct buf *out)
{
	bool inside = false;
	size_t mended = 0;

	for (size_t i = 0; i < n && mended <= LIMIT_JSON_MENDS; ) {
		if (text[i] == '"') {
			inside = !inside;
			buf_addc(out, text[i++]);
		} else if (!inside) {
			buf_addc(out, text[i++]);
		} else if (text[i] == '\\') {
			i += add_escape(text + i, n - i, &mended, out);
		} else {
			i += add_character(text + i, n - i, &mended, out);
		}
	}
	return mended;
}

int
json_parse_mended(const char *text, size_t n, json_t **out, size_t *mended, struct error *err)
{
	AUTO_BUF better = BUF_INIT;
	int rc = json_parse(text, n, out, err);

	*mended = 0;
	if (rc == 0)
		return 0;
	*mended = json_mend(text, n, &better);
	if (*mended == 0)
		return rc;
	if (*mended > LIMIT_JSON_MENDS)
		return error_set(err, ERR_DATA, "more than %d broken characters", LIMIT_JSON_MENDS);
	/* of what is still wrong the places are those of a text that nobody sent: the first cause is told */
	return json_parse(better.data, better.len, out, NULL) == 0 ? 0 : rc;
}
