#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "cleanup.h"
#include "utf8_code.h"

static int verbosity;

void
message_verbosity(int level)
{
	verbosity = level;
}

int
message_level(void)
{
	return verbosity;
}

/* Behind the '@' of "//user:secret@" when s, which starts with "//", has one; else 0. */
static size_t
credentials(const char *s)
{
	size_t n = strcspn(s + 2, "/?# \t\r\n\"'<>\\"), at = n;

	while (at > 0 && s[2 + at - 1] != '@')
		at--;
	return at > 0 ? 2 + at : 0;
}

static void
add_visible(int32_t cp, unsigned char byte, struct buf *out)
{
	switch (cp) {
	case '\n': buf_adds(out, "\\n"); break;
	case '\t': buf_adds(out, "\\t"); break;
	case '\r': buf_adds(out, "\\r"); break;
	case UTF8_BROKEN: buf_addf(out, "\\x%02x", byte); break;
	default: buf_addf(out, cp < 0x20 || cp == 0x7f ? "\\x%02x" : "\\u%04x", (unsigned)cp); break;
	}
}

static bool
is_harmful(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0x2028 || cp == 0x2029 || utf8_is_hidden(cp);
}

/* Bytes that need no look: printable ASCII but what may begin a password's address. */
static size_t
plain_run(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] >= ' ' && s[i] <= '~' && s[i] != '/')
		i++;
	return i;
}

static void
filter(const char *text, size_t n, bool keep_lines, struct buf *out)
{
	size_t kept = 0, i = plain_run(text, n);	/* from 'kept' on what goes over as it is */
	int32_t cp;

	buf_reserve(out, n);
	for (size_t length; i < n; i += length + plain_run(text + i + length, n - i - length)) {
		size_t skip = text[i] == '/' && text[i + 1] == '/' ? credentials(text + i) : 0;

		length = skip > 0 ? skip : utf8_decode(text + i, n - i, &cp);
		if (skip == 0 && (!is_harmful(cp) || (keep_lines && cp == '\n')))
			continue;
		buf_add(out, text + kept, i - kept);
		kept = i + length;
		if (skip > 0)
			buf_adds(out, "//...@");
		else if (cp != UTF8_BROKEN)
			add_visible(cp, 0, out);
		else
			for (size_t k = 0; k < length; k++)
				add_visible(cp, (unsigned char)text[i + k], out);
	}
	buf_add(out, text + kept, n - kept);
}

void
message_filter(const char *text, struct buf *out)
{
	filter(text, strlen(text), true, out);
}

/* One write for the whole line, so that lines of several processes do not mix. */
static void
say(const char *fmt, va_list ap)
{
	AUTO_FREE char *text = NULL;
	AUTO_BUF line = BUF_INIT;
	int n = vasprintf(&text, fmt, ap);

	if (n < 0) {
		text = NULL;
		return;
	}
	buf_adds(&line, "regwatch: ");
	filter(text, (size_t)n, false, &line);
	buf_addc(&line, '\n');
	fwrite(line.data, 1, line.len, stderr);
	fflush(stderr);
}

#define SAY_FROM(LEVEL)				\
	do {					\
		va_list ap;			\
						\
		if (verbosity < (LEVEL))	\
			return;			\
		va_start(ap, fmt);		\
		say(fmt, ap);			\
		va_end(ap);			\
	} while (0)

void
message_error(const char *fmt, ...)
{
	SAY_FROM(-1);
}

void
message_warn(const char *fmt, ...)
{
	SAY_FROM(0);
}

void
message_info(const char *fmt, ...)
{
	SAY_FROM(1);
}

void
message_debug(const char *fmt, ...)
{
	SAY_FROM(2);
}
