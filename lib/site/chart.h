/* Charts as SVG inside HTML: <figure class="chart"> with the drawing, its title and summary for those who do not see it, and a table with every figure.
 * No script, no style attribute, no colour of our own: classes that style.css paints. Widths are in percent and heights in pixels, so that text
 * keeps its size on every screen. The same data gives the same bytes. */
#ifndef REGWATCH_SITE_CHART_H
#define REGWATCH_SITE_CHART_H

#include <stddef.h>

#include "../base/date.h"

struct buf;

#define CHART_SERIES 8		/* drawn by chart_panels; the rest is in the table */
#define CHART_LABELS 400	/* of more the last are shown, and the figure says so */

struct chart_series {
	const char *name;
	const char *href;	/* of the name in the table, NULL: none */
	const long *values;	/* as many as the chart has labels; below 0 counts as 0 */
};

struct chart {
	const char *id;		/* of the figure: [a-z0-9-]+, unique in the page */
	const char *title;	/* the caption */
	const char *note;	/* a sentence below the caption, NULL: none */
	const char *axis;	/* heading of the labels' column: "Month" */
	const char *unit;	/* "notifications": for tooltips and the summary */
	const char *const *labels;
	const char *const *ticks;	/* shorter labels for the drawing, NULL: the labels; "" draws none */
	size_t n;
	const struct chart_series *series;
	size_t series_n;
	size_t mark;		/* chart_columns: a line before this column; what stands left of it is hatched. 0: none */
	const char *mark_label;
	long reference;		/* chart_rows: a line at this value, 0: none */
	const char *reference_label;
};

/* One series as upright columns (weeks, a histogram). */
void chart_columns(const struct chart *c, struct buf *out);

/* One series as lying bars with their labels beside them (days given by member): any length of label. */
void chart_rows(const struct chart *c, struct buf *out);

/* Several series over the same labels, each in a panel of its own with its name beside it and one scale for all, so that nothing
 * hangs on telling colours apart: notifications a month by sector, by member. The first CHART_SERIES are drawn, in the order given; the tooltip of a label has
 * their figures from top to bottom. */
void chart_panels(const struct chart *c, struct buf *out);

/* ---- counting ---- */

/* Days between distribution and deadline, sorted into the columns of the histogram of comment time. */
#define CHART_GIVEN_BINS 9
#define CHART_GIVEN_MARK 5	/* the first column with 60 days and more */
extern const char *const chart_given_labels[CHART_GIVEN_BINS];	/* "0", "1-15", ..., "60", ..., "91+" */
size_t chart_given_bin(int32_t days);

/* Number of months from the one of 'first' to that of 'd', negative before. */
int chart_months_between(struct date first, struct date d);

/* Weeks (from Monday) from the one of 'today' to that of 'd', negative before. */
int chart_weeks_between(struct date today, struct date d);

#endif
