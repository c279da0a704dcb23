/* What a change asks of people, above the redline: a sentence and the weightiest lines of it, with the provisions where they stand */
#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/utf8.h"
#include "diff.h"
#include "page.h"

#define SHOWN 10
#define LINE_COLUMNS 240	/* of a sentence that came or went as a whole; the redline has all of it */

static const char caution[] = "Evidence from the words of the texts, not a verdict";

static size_t
compared_texts(const struct comparison *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->redline.documents_n; i++)
		n += !c->redline.documents[i].added && !c->redline.documents[i].removed;
	return n;
}

/* In a record's own fields the redline is short enough to be its own evidence. */
static bool
is_due(const struct comparison *c)
{
	return (c->relation == RELATION_REPLACES || compared_texts(c) > 0) && c->requirements.n > 0 && !comparison_amends(c);
}

/* A line, with the document's name when there are several. */
static void
add_line(const struct comparison *c, const struct requirement *q, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;

	requirement_line(q, &line);
	utf8_ellipsis(buf_str(&line), LINE_COLUMNS, out);
	if (compared_texts(c) > 1 && q->document[0] != '\0')
		buf_addf(out, " [%s]", q->document);
}

static size_t
shown(const struct comparison *c)
{
	return c->requirements.n < SHOWN ? c->requirements.n : SHOWN;
}

static size_t
rest(const struct comparison *c)
{
	return c->requirements.n - shown(c) + c->requirements.left_out;
}

void
evidence_text(struct app *app, const struct comparison *c, struct buf *out)
{
	const struct page p = { app->colour, app->width, out };
	AUTO_BUF summary = BUF_INIT;

	if (!is_due(c))
		return;
	requirements_summary(&c->requirements, &summary);
	page_putf(&p, 2, "Evidence: %s", buf_str(&summary));
	for (size_t i = 0; i < shown(c); i++) {
		AUTO_BUF line = BUF_INIT;

		add_line(c, &c->requirements.v[i], &line);
		page_putf(&p, 4, "  %s", buf_str(&line));
	}
	if (rest(c) > 0)
		page_putf(&p, 4, "  ... and %zu more", rest(c));
	page_putf(&p, 2, "  (%s)", caution);
}

static void
add_item(const char *id_prefix, const struct comparison *c, const struct requirement *q, struct buf *out)
{
	AUTO_BUF line = BUF_INIT, target = BUF_INIT;
	const char *words;

	add_line(c, q, &line);
	words = buf_str(&line);
	buf_adds(out, "<li>");
	if (strncmp(words, q->where, strlen(q->where)) == 0 && requirement_target(q, &c->redline, id_prefix, &target)) {
		buf_addf(out, "<a href=\"#%s\">", buf_str(&target));
		diff_page_html(q->where, out);
		buf_adds(out, "</a>");
		words += strlen(q->where);
	}
	diff_page_html(words, out);
	buf_adds(out, "</li>\n");
}

void
evidence_html(const char *id_prefix, const struct comparison *c, struct buf *out)
{
	AUTO_BUF summary = BUF_INIT;

	if (!is_due(c))
		return;
	requirements_summary(&c->requirements, &summary);
	buf_addf(out, "<section class=\"evidence\">\n<p><strong>Evidence:</strong> %s</p>\n<ul>\n", buf_str(&summary));
	for (size_t i = 0; i < shown(c); i++)
		add_item(id_prefix, c, &c->requirements.v[i], out);
	if (rest(c) > 0)
		buf_addf(out, "<li class=\"rest\">\xE2\x80\xA6 and %zu more</li>\n", rest(c));
	buf_addf(out, "</ul>\n<p class=\"caution\">%s.</p>\n</section>\n", caution);
}

void
evidence_markdown(const struct comparison *c, struct buf *out)
{
	AUTO_BUF summary = BUF_INIT;

	if (!is_due(c))
		return;
	requirements_summary(&c->requirements, &summary);
	buf_addf(out, "**Evidence:** %s\n\n", buf_str(&summary));
	for (size_t i = 0; i < shown(c); i++) {
		AUTO_BUF line = BUF_INIT;

		add_line(c, &c->requirements.v[i], &line);
		buf_adds(out, "- ");
		diff_page_markdown(buf_str(&line), out);
		buf_adds(out, "\n");
	}
	if (rest(c) > 0)
		buf_addf(out, "- ... and %zu more\n", rest(c));
	buf_addf(out, "\n*%s.*\n\n", caution);
}
