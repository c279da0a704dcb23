#include <stdlib.h>
#include <string.h>

#include "../lib/base/buf.h"
#include "../lib/base/rx.h"
#include "document.h"

#define FIRST_LINES 60	/* among which the Commission's line stands; letterheads come before it */

void
document_text_clear(struct document_text *d)
{
	free(d->text);
	free(d->tool);
	strv_clear(&d->notes);
	*d = (struct document_text)DOCUMENT_TEXT_INIT;
}

static size_t
first_lines(const struct buf *text)
{
	size_t at = 0;

	for (int i = 0; i < FIRST_LINES && at < text->len; i++) {
		const char *end = memchr(text->data + at, '\n', text->len - at);

		at = end != NULL ? (size_t)(end - text->data) + 1 : text->len;
	}
	return at;
}

static void
cut(struct buf *text, size_t from, size_t to)
{
	memmove(text->data + from, text->data + to, text->len - to);
	buf_truncate(text, text->len - (to - from));
}

void
document_strip(struct buf *text)
{
	/* "1. ------IND- 2020 0026 D-- EN- ------ 20200220 --- --- PROJET": state and language are padded with hyphens to three */
	static const char pattern[] = "(?:[0-9]+\\. ?)?-{2,} ?IND-* [0-9]{4} [0-9]{1,5} [A-Z]{1,3}-* [A-Z]{2}-* -+ [0-9]{8} -+ -+ [A-Z]+(?: |(?=\\n))";
	AUTO_RX *rx = NULL;
	struct rx_match m;
	size_t from, to;

	if (text->len == 0 || rx_compile(pattern, 0, &rx, NULL) < 0 || !rx_exec(rx, text->data, first_lines(text), 0, &m, NULL))
		return;
	for (from = m.start[0]; from > 0 && text->data[from - 1] != '\n'; from--)
		continue;
	to = m.end[0] + strcspn(text->data + m.end[0], "\n");
	/* of a heading, an item of a list or a cell nothing may be left but its mark */
	if (strspn(text->data + from, "#|-\\ ") >= m.start[0] - from && strspn(text->data + m.end[0], "| ") == to - m.end[0])
		cut(text, from, to + (to < text->len));
	else
		cut(text, m.start[0], m.end[0]);
}
