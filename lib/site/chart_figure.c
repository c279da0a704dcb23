/* What stands around a drawing: caption, name and summary, and the table behind it. */
#include "chart_figure.h"

#include "../base/buf.h"
#include "../base/xml.h"
#include "chart.h"

#define VALUE_MAX 10000000L	/* nothing is counted that far; what is drawn stays in 32 bits */

long
chart_value(const struct chart_series *s, size_t i)
{
	long v = s->values[i];

	return v < 0 ? 0 : v > VALUE_MAX ? VALUE_MAX : v;
}

void
chart_begin(const struct chart *c, struct buf *out)
{
	buf_addf(out, "<figure class=\"chart\" id=\"%s\">\n<figcaption>", c->id);
	xml_escape(c->title, out);
	buf_adds(out, "</figcaption>\n");
	if (c->note != NULL) {
		buf_adds(out, "<p class=\"quiet\">");
		xml_escape(c->note, out);
		buf_adds(out, "</p>\n");
	}
}

void
chart_add_value(const struct chart *c, const char *label, long v, struct buf *out)
{
	xml_escape(label, out);
	buf_addf(out, ": %ld ", v);
	xml_escape(c->unit, out);
}

/* What a reader would say of the drawing: how much in all, and where the most is. */
static void
add_summary(const struct chart *c, size_t series_n, struct buf *out)
{
	for (size_t k = 0; k < series_n; k++) {
		const struct chart_series *s = &c->series[k];
		size_t at = 0;

		for (size_t i = 1; i < c->n; i++)
			at = chart_value(s, i) > chart_value(s, at) ? i : at;
		if (k > 0)
			buf_addc(out, ' ');
		xml_escape(s->name, out);
		buf_addf(out, ": the highest of %zu is ", c->n);
		chart_add_value(c, c->labels[at], chart_value(s, at), out);
		buf_addc(out, '.');
	}
}

void
chart_begin_drawing(const struct chart *c, size_t series_n, size_t height, struct buf *out)
{
	buf_addf(out, "<svg role=\"img\" aria-labelledby=\"%s-name %s-summary\" width=\"100%%\" height=\"%zu\">\n<title id=\"%s-name\">", c->id, c->id,
	    height, c->id);
	xml_escape(c->title, out);
	buf_addf(out, "</title>\n<desc id=\"%s-summary\">", c->id);
	add_summary(c, series_n, out);
	buf_adds(out, "</desc>\n");
}

static void
add_table_head(const struct chart *c, struct buf *out)
{
	buf_adds(out, "<thead><tr><th scope=\"col\">");
	xml_escape(c->axis, out);
	buf_adds(out, "</th>");
	for (size_t k = 0; k < c->series_n; k++) {
		const char *href = c->series[k].href;

		buf_adds(out, "<th scope=\"col\">");
		if (href != NULL) {
			buf_adds(out, "<a href=\"");
			xml_escape(href, out);
			buf_adds(out, "\">");
		}
		xml_escape(c->series[k].name, out);
		buf_adds(out, href != NULL ? "</a></th>" : "</th>");
	}
	buf_adds(out, "</tr></thead>\n");
}

void
chart_add_table(const struct chart *c, struct buf *out)
{
	buf_adds(out, "<details>\n<summary>The figures as a table</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
	xml_escape(c->title, out);
	buf_adds(out, "\">\n<table class=\"figures\">\n<caption>");
	xml_escape(c->title, out);
	buf_adds(out, "</caption>\n");
	add_table_head(c, out);
	buf_adds(out, "<tbody>\n");
	for (size_t i = 0; i < c->n; i++) {
		buf_adds(out, "<tr><th scope=\"row\">");
		xml_escape(c->labels[i], out);
		buf_adds(out, "</th>");
		for (size_t k = 0; k < c->series_n; k++)
			buf_addf(out, "<td>%ld</td>", chart_value(&c->series[k], i));
		buf_adds(out, "</tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n</div>\n</details>\n");
}
