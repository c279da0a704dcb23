#include "xml_escape.h"

#include <stdbool.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"
#include "utf8_code.h"

static const char *
escape_of(int32_t cp)
{
	switch (cp) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	case '\r': return "&#13;";
	case UTF8_BROKEN: case 0xfffe: case 0xffff: return "\xef\xbf\xbd";
	default: return cp < 0x20 && cp != '\n' && cp != '\t' ? "\xef\xbf\xbd" : NULL;
	}
}

/* Bytes that need no look. */
static bool
is_plain(char c)
{
	return c >= ' ' && c <= '~' && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

void
xml_escape(const char *s, struct buf *out)
{
	xml_escape_part(s, strlen(s), out);
}

void
xml_escape_part(const char *s, size_t n, struct buf *out)
{
	size_t kept = 0, length;	/* from 'kept' on what goes over as it is */
	int32_t cp;

	for (size_t i = 0; i < n; i += length) {
		const char *escape;

		length = 1;
		if (is_plain(s[i]))
			continue;
		length = utf8_decode(s + i, n - i, &cp);
		escape = escape_of(cp);
		if (escape == NULL)
			continue;
		buf_add(out, s + kept, i - kept);
		buf_adds(out, escape);
		kept = i + length;
	}
	buf_add(out, s + kept, n - kept);
}
