#include <stdbool.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "../base/xml.h"
#include "chart.h"
#include "chart_figure.h"

/* Pixels, but for those named otherwise. */
#define PLOT 140		/* height of the columns */
#define HEAD 34			/* above them: the mark's label, then a column's figure */
#define TICKS 22		/* below them */
#define PANEL 34		/* height of the columns of a panel */
#define PANEL_HEAD 22
#define ROW_HEAD 20		/* above the rows: the reference's label */
#define ROW 36
#define ROW_BAR 14
#define NAME_NARROW 32		/* columns of a name inside the drawing on the narrowest screen, and on a usual one; the tooltip has the whole */
#define NAME_USUAL 70
#define FIGURES 14		/* up to so many columns bear their figure */
#define NARROW 270		/* what a drawing measures on the narrowest screen, and on a usual one: how many labels find room */
#define USUAL 560
#define LETTER 8

/* ---- figures ---- */

static long
highest(const struct chart_series *s, size_t n)
{
	long max = 0;

	for (size_t i = 0; i < n; i++)
		max = chart_value(s, i) > max ? chart_value(s, i) : max;
	return max;
}

static long
total(const struct chart_series *s, size_t n)
{
	long sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += chart_value(s, i);
	return sum;
}

/* 1, 2 or 5 times a power of ten, so that at most four steps reach max. */
static long
nice_step(long max)
{
	static const long kinds[] = { 1, 2, 5 };

	for (long power = 1; ; power *= 10) {
		for (size_t k = 0; k < 3; k++) {
			if (kinds[k] * power * 4 >= max)
				return kinds[k] * power;
		}
	}
}

/* part of whole as a percentage or in pixels: "33.33", "12.5"; never more digits than needed to tell pixels apart. */
static void
add_share(long part, long whole, long full, struct buf *out)
{
	long long hundredths = whole == 0 ? 0 : (long long)part * full * 100 / whole, rest = hundredths % 100;

	buf_addf(out, "%lld", hundredths / 100);
	if (rest != 0)
		buf_addf(out, rest % 10 == 0 ? ".%lld" : ".%02lld", rest % 10 == 0 ? rest / 10 : rest);
}

/* A name inside the drawing, and a shorter one that takes its place on a narrow screen. */
static void
add_name(const char *s, long y, struct buf *out)
{
	AUTO_BUF wide = BUF_INIT, narrow = BUF_INIT;
	bool cut = utf8_width(s) > NAME_NARROW;

	utf8_ellipsis(s, NAME_USUAL, &wide);
	utf8_ellipsis(s, NAME_NARROW, &narrow);
	buf_addf(out, "<text class=\"name%s\" y=\"%ld\">", cut ? " more" : "", y);
	xml_escape(buf_str(&wide), out);
	buf_adds(out, "</text>");
	if (!cut)
		return;
	buf_addf(out, "<text class=\"name less\" y=\"%ld\">", y);
	xml_escape(buf_str(&narrow), out);
	buf_adds(out, "</text>");
}

/* ---- parts of drawings ---- */

static const char *
tick_of(const struct chart *c, size_t i)
{
	return c->ticks != NULL ? c->ticks[i] : c->labels[i];
}

/* How many columns apart labels must be to find room in a drawing so wide. */
static size_t
tick_distance(const struct chart *c, size_t pixels)
{
	size_t longest = 1, fit;

	for (size_t i = 0; i < c->n; i++) {
		size_t width = utf8_width(tick_of(c, i));

		longest = width > longest ? width : longest;
	}
	fit = pixels / (longest * LETTER + LETTER);
	fit = fit == 0 ? 1 : fit;
	return (c->n + fit - 1) / fit;
}

/* In the middle of its column, or at that side of it where half the label would leave a narrow drawing. */
static void
add_tick(const struct chart *c, size_t i, long y, bool narrow, struct buf *out)
{
	size_t wide = utf8_width(tick_of(c, i)) * LETTER * c->n;
	bool first = wide > NARROW * (2 * i + 1), last = !first && wide > NARROW * (2 * (c->n - i) - 1);

	buf_addf(out, "<text class=\"tick%s%s\" x=\"", first ? " start" : last ? " end" : "", narrow ? "" : " more");
	add_share(2 * (long)i + (first ? 0 : last ? 2 : 1), 2 * (long)c->n, 100, out);
	buf_addf(out, "%%\" y=\"%ld\">", y);
	xml_escape(tick_of(c, i), out);
	buf_adds(out, "</text>\n");
}

/* Each label that is far enough from the one before it; chosen ones (years) from the right, so that a run begun in December drops that year. */
static void
add_ticks(const struct chart *c, long y, struct buf *out)
{
	size_t usual = tick_distance(c, USUAL), narrow = tick_distance(c, NARROW), next = 0, next_narrow = 0;

	for (size_t k = 0; k < c->n; k++) {
		size_t i = c->ticks != NULL ? c->n - 1 - k : k;
		bool shown_narrow = k >= next_narrow;

		if (tick_of(c, i)[0] == '\0' || k < next)
			continue;
		add_tick(c, i, y, shown_narrow, out);
		next = k + usual;
		next_narrow = shown_narrow ? k + narrow : next_narrow;
	}
}

/* Lines at round figures, each with its figure. */
static void
add_grid(long top, long step, struct buf *out)
{
	for (long v = 0; v <= top; v += step) {
		long y = HEAD + PLOT - v * PLOT / top;

		buf_addf(out, "<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%ld\" y2=\"%ld\"/>\n", y, y);
		if (v > 0)
			buf_addf(out, "<text class=\"scale\" x=\"0\" y=\"%ld\">%ld</text>\n", y - 3, v);
	}
}

struct plot {			/* where a series' columns stand */
	long y, height, top;	/* y of their heads at 'top' */
	bool figures;
};

/* The whole height answers to the pointer, so that a column of nothing has its tooltip too. */
static void
add_hit(const struct chart *c, size_t i, const struct plot *p, struct buf *out)
{
	buf_adds(out, "<rect class=\"hit\" x=\"");
	add_share((long)i, (long)c->n, 100, out);
	buf_addf(out, "%%\" y=\"%ld\" width=\"", p->y);
	add_share(1, (long)c->n, 100, out);
	buf_addf(out, "%%\" height=\"%ld\"/>", p->height);
}

static void
add_bar(const struct chart *c, size_t i, long v, const struct plot *p, struct buf *out)
{
	bool hatched = c->mark > 0 && i < c->mark;

	buf_adds(out, hatched ? "<rect class=\"bar short\"" : "<rect class=\"bar\"");
	if (hatched)
		buf_addf(out, " fill=\"url(#%s-hatch)\"", c->id);
	buf_adds(out, " x=\"");
	add_share(10 * (long)i + 1, 10 * (long)c->n, 100, out);
	buf_adds(out, "%\" y=\"");
	add_share(p->top * (p->y + p->height) - v * p->height, p->top, 1, out);
	buf_adds(out, "\" width=\"");
	add_share(8, 10 * (long)c->n, 100, out);
	buf_adds(out, "%\" height=\"");
	add_share(v, p->top, p->height, out);
	buf_adds(out, "\"/>");
}

static void
add_column(const struct chart *c, const struct chart_series *s, size_t i, const struct plot *p, struct buf *out)
{
	long v = chart_value(s, i);

	buf_adds(out, "<g><title>");
	chart_add_value(c, c->labels[i], v, out);
	buf_adds(out, "</title>");
	add_hit(c, i, p, out);
	if (v > 0)
		add_bar(c, i, v, p, out);
	if (p->figures) {
		buf_adds(out, "<text class=\"figure\" x=\"");
		add_share(2 * (long)i + 1, 2 * (long)c->n, 100, out);
		buf_addf(out, "%%\" y=\"%ld\">%ld</text>", p->y + p->height - v * p->height / p->top - 4, v);
	}
	buf_adds(out, "</g>\n");
}

static void
add_mark(const struct chart *c, struct buf *out)
{
	bool right = c->mark * 2 > c->n;

	if (c->mark == 0 || c->mark >= c->n)
		return;
	buf_adds(out, "<line class=\"reference\" x1=\"");
	add_share((long)c->mark, (long)c->n, 100, out);
	buf_adds(out, "%\" x2=\"");
	add_share((long)c->mark, (long)c->n, 100, out);
	buf_addf(out, "%%\" y1=\"0\" y2=\"%d\"/>\n<text class=\"reference %s\" x=\"", HEAD + PLOT, right ? "end" : "start");
	add_share((long)c->mark, (long)c->n, 100, out);
	buf_addf(out, "%%\" dx=\"%s\" y=\"12\">", right ? "-6" : "6");
	xml_escape(c->mark_label, out);
	buf_adds(out, "</text>\n");
}

static void
add_hatch(const struct chart *c, struct buf *out)
{
	if (c->mark > 0)
		buf_addf(out, "<defs><pattern id=\"%s-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
		    "<rect class=\"hatch\" width=\"3\" height=\"6\"/></pattern></defs>\n", c->id);
}

/* ---- the three kinds ---- */

static void
draw_columns(const struct chart *c, struct buf *out)
{
	long max = highest(&c->series[0], c->n), step = nice_step(max);
	struct plot p = { HEAD, PLOT, (max + step - 1) / step * step, c->n <= FIGURES };

	chart_begin_drawing(c, 1, HEAD + PLOT + TICKS, out);
	add_hatch(c, out);
	add_grid(p.top, step, out);
	for (size_t i = 0; i < c->n; i++)
		add_column(c, &c->series[0], i, &p, out);
	add_mark(c, out);
	add_ticks(c, HEAD + PLOT + TICKS - 6, out);
	buf_adds(out, "</svg>\n");
}

static void
add_row(const struct chart *c, size_t i, long top, struct buf *out)
{
	long v = chart_value(&c->series[0], i), y = ROW_HEAD + (long)i * ROW;

	buf_adds(out, "<g><title>");
	chart_add_value(c, c->labels[i], v, out);
	buf_adds(out, "</title>");
	add_name(c->labels[i], y + 14, out);
	buf_addf(out, "<text class=\"figure end\" x=\"100%%\" y=\"%ld\">%ld</text><rect class=\"bar\" y=\"%ld\" width=\"", y + 14, v, y + 18);
	add_share(v, top, 100, out);
	buf_addf(out, "%%\" height=\"%d\"/></g>\n", ROW_BAR);
}

static void
draw_rows(const struct chart *c, struct buf *out)
{
	long max = highest(&c->series[0], c->n), top = max > c->reference ? max : c->reference;
	size_t height = ROW_HEAD + c->n * ROW;

	/* room at the right, so that the line does not run through the figures there */
	top += c->reference > 0 ? (top + 8) / 9 : 0;
	chart_begin_drawing(c, 1, height, out);
	for (size_t i = 0; i < c->n; i++)
		add_row(c, i, top, out);
	if (c->reference > 0) {
		bool right = c->reference * 2 > top;

		buf_adds(out, "<line class=\"reference\" x1=\"");
		add_share(c->reference, top, 100, out);
		buf_adds(out, "%\" x2=\"");
		add_share(c->reference, top, 100, out);
		buf_addf(out, "%%\" y1=\"0\" y2=\"%zu\"/>\n<text class=\"reference %s\" x=\"", height, right ? "end" : "start");
		add_share(c->reference, top, 100, out);
		buf_addf(out, "%%\" dx=\"%s\" y=\"12\">", right ? "-6" : "6");
		xml_escape(c->reference_label, out);
		buf_adds(out, "</text>\n");
	}
	buf_adds(out, "</svg>\n");
}

/* All columns of a panel as one shape, ten units wide each, in tenths of pixels high: a shape each would make the page heavy. */
static void
add_shape(const struct chart *c, const struct chart_series *s, long y, long top, struct buf *out)
{
	buf_addf(out, "<svg aria-hidden=\"true\" y=\"%ld\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 %zu %d\" preserveAspectRatio=\"none\">"
	    "<path class=\"bar\" d=\"M0 %d", y, PANEL, 10 * c->n, 10 * PANEL, 10 * PANEL);
	for (size_t i = 0; i < c->n; i++) {
		long height = chart_value(s, i) * 10 * PANEL / top;

		buf_addf(out, height > 0 ? "h1v-%ldh8v%ldh1" : "h10", height, height);
	}
	buf_adds(out, "\"/></svg>\n");
}

static void
add_panel(const struct chart *c, size_t k, long top, struct buf *out)
{
	const struct chart_series *s = &c->series[k];
	long y = (long)k * (PANEL_HEAD + PANEL) + PANEL_HEAD;

	buf_adds(out, "<g><title>");
	chart_add_value(c, s->name, total(s, c->n), out);
	buf_adds(out, "</title>");
	add_name(s->name, y - 5, out);
	buf_addf(out, "<text class=\"figure end\" x=\"100%%\" y=\"%ld\">%ld</text></g>\n", y - 5, total(s, c->n));
	buf_addf(out, "<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%ld\" y2=\"%ld\"/>\n", y + PANEL, y + PANEL);
	add_shape(c, s, y, top, out);
}

static size_t
panels_drawn(const struct chart *c)
{
	return c->series_n < CHART_SERIES ? c->series_n : CHART_SERIES;
}

/* A label answers to the pointer in all panels at once, with their figures from top to bottom. */
static void
add_label_hit(const struct chart *c, size_t i, struct buf *out)
{
	struct plot whole = { 0, (long)panels_drawn(c) * (PANEL_HEAD + PANEL), 1, false };

	buf_adds(out, "<g><title>");
	xml_escape(c->labels[i], out);
	for (size_t k = 0; k < panels_drawn(c); k++)
		buf_addf(out, "%s%ld", k == 0 ? ": " : ", ", chart_value(&c->series[k], i));
	buf_adds(out, "</title>");
	add_hit(c, i, &whole, out);
	buf_adds(out, "</g>\n");
}

static long
panels_highest(const struct chart *c)
{
	long max = 0;

	for (size_t k = 0; k < panels_drawn(c); k++)
		max = highest(&c->series[k], c->n) > max ? highest(&c->series[k], c->n) : max;
	return max;
}

static void
draw_panels(const struct chart *c, struct buf *out)
{
	long top = panels_highest(c);
	size_t height = panels_drawn(c) * (PANEL_HEAD + PANEL);

	chart_begin_drawing(c, panels_drawn(c), height + TICKS, out);
	for (size_t i = 0; i < c->n; i++)
		add_label_hit(c, i, out);
	for (size_t k = 0; k < panels_drawn(c); k++)
		add_panel(c, k, top, out);
	add_ticks(c, (long)height + TICKS - 6, out);
	buf_adds(out, "</svg>\n");
	buf_addf(out, "<p class=\"quiet\">All on one scale; its top is %ld ", top);
	xml_escape(c->unit, out);
	buf_adds(out, ". At the right of each, its sum.");
	if (c->series_n > CHART_SERIES)
		buf_addf(out, " %zu more are in the table.", c->series_n - CHART_SERIES);
	buf_adds(out, "</p>\n");
}

/* Nothing to draw says so; more labels than can be drawn leave out the first ones. */
static void
write_figure(const struct chart *whole, long max, void (*draw)(const struct chart *c, struct buf *out), struct buf *out)
{
	chart_begin(whole, out);
	if (max == 0)
		buf_adds(out, "<p>Nothing to count yet.</p>\n");
	else
		draw(whole, out);
	if (whole->n > 0 && whole->series_n > 0)
		chart_add_table(whole, out);
	buf_adds(out, "</figure>\n");
}

static void
write_last(const struct chart *c, long (*measure)(const struct chart *c), void (*draw)(const struct chart *c, struct buf *out), struct buf *out)
{
	struct chart last = *c;
	size_t skip = c->n > CHART_LABELS ? c->n - CHART_LABELS : 0;
	AUTO_FREE struct chart_series *series = NULL;
	AUTO_BUF note = BUF_INIT;

	if (skip > 0) {
		series = xmalloc((c->series_n + 1) * sizeof(*series));
		for (size_t k = 0; k < c->series_n; k++) {
			series[k] = c->series[k];
			series[k].values += skip;
		}
		buf_addf(&note, "%s%sThe last %d of %zu.", c->note != NULL ? c->note : "", c->note != NULL ? " " : "", CHART_LABELS, c->n);
		last.series = series;
		last.note = buf_str(&note);
		last.labels += skip;
		last.ticks = c->ticks != NULL ? c->ticks + skip : NULL;
		last.n -= skip;
		last.mark = c->mark > skip ? c->mark - skip : 0;
	}
	write_figure(&last, measure(&last), draw, out);
}

static long
one_highest(const struct chart *c)
{
	return c->series_n == 0 ? 0 : highest(&c->series[0], c->n);
}

void
chart_columns(const struct chart *c, struct buf *out)
{
	write_last(c, one_highest, draw_columns, out);
}

void
chart_rows(const struct chart *c, struct buf *out)
{
	write_last(c, one_highest, draw_rows, out);
}

void
chart_panels(const struct chart *c, struct buf *out)
{
	write_last(c, panels_highest, draw_panels, out);
}
