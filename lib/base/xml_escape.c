#include "xml_escape.h"

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

void
xml_escape(const char *s, struct buf *out)
{
	size_t n = strlen(s), length;
	int32_t cp;

	for (size_t i = 0; i < n; i += length) {
		const char *escape;

		length = utf8_decode(s + i, n - i, &cp);
		escape = escape_of(cp);
		if (escape != NULL)
			buf_adds(out, escape);
		else
			buf_add(out, s + i, length);
	}
}
