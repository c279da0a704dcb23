#include "page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/base/utf8.h"

void
page_put(const struct page *p, size_t indent, const char *line)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(line, &safe);
	for (size_t i = 0; i < safe.len; i++)
		if (safe.data[i] == '\n')
			safe.data[i] = ' ';
	utf8_wrap(buf_str(&safe), p->width, indent, p->out);
	buf_addc(p->out, '\n');
}

void
page_putf(const struct page *p, size_t indent, const char *fmt, ...)
{
	AUTO_FREE char *line = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		line = NULL;
	va_end(ap);
	page_put(p, indent, line != NULL ? line : "");
}

void
page_heading(const struct page *p, const char *text)
{
	buf_addf(p->out, "\n%s%s%s\n", p->colour ? "\033[1m" : "", text, p->colour ? "\033[0m" : "");
}
