/* What a change asks of people, above its redline: a sentence, and the weightiest lines of it. Said as evidence, with the words quoted. */
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../redline/requirements.h"
#include "dossier.h"

#define SHOWN 10
#define LINE_COLUMNS 240	/* of a sentence that came or went as a whole; the redline has all of it */

static void
add_item(const struct page *p, const char *path, const char *id_prefix, const struct redline *r, const struct requirement *q, struct buf *out)
{
	AUTO_BUF line = BUF_INIT, target = BUF_INIT;
	const char *words;

	requirement_line(q, &line);
	words = buf_str(&line);
	buf_adds(out, "<li>");
	if (strncmp(words, q->where, strlen(q->where)) == 0 && requirement_target(q, r, id_prefix, &target)) {
		buf_adds(out, "<a href=\"");
		if (path != NULL)
			page_href(p, path, out);
		buf_addf(out, "#%s\">", buf_str(&target));
		page_text(q->where, 0, out);
		buf_adds(out, "</a>");
		words += strlen(q->where);
	}
	page_text(words, LINE_COLUMNS, out);
	if (r->documents_n > 1 && q->document[0] != '\0')
		buf_addf(out, " [%s]", q->document);
	buf_adds(out, "</li>\n");
}

static void
add_list(const struct page *p, const char *path, const char *id_prefix, const struct redline *r, const struct requirements *q, struct buf *out)
{
	size_t shown = q->n < SHOWN ? q->n : SHOWN, rest = q->n - shown + q->left_out;
	AUTO_BUF summary = BUF_INIT;

	requirements_summary(q, &summary);
	buf_adds(out, "<section class=\"evidence\">\n<p><strong>Evidence:</strong> ");
	page_text(buf_str(&summary), 0, out);
	buf_adds(out, "</p>\n<ul>\n");
	for (size_t i = 0; i < shown; i++)
		add_item(p, path, id_prefix, r, &q->v[i], out);
	if (rest > 0)
		buf_addf(out, "<li class=\"rest\">\xE2\x80\xA6 and %zu more</li>\n", rest);
	buf_adds(out, "</ul>\n<p class=\"caution\">Evidence from the words of the texts, not a verdict.</p>\n</section>\n");
}

void
dossier_evidence(const struct page *p, const char *path, const char *id_prefix, const struct redline *r, struct buf *out)
{
	AUTO_REQUIREMENTS q = REQUIREMENTS_INIT;

	requirements_find(r, &q);
	if (q.n > 0)
		add_list(p, path, id_prefix, r, &q, out);
}
