/* Parts of a figure that its kinds share, for the charts alone. Each appends. */
#ifndef REGWATCH_SITE_CHART_FIGURE_H
#define REGWATCH_SITE_CHART_FIGURE_H

#include <stddef.h>

struct buf;
struct chart;
struct chart_series;

/* What is drawn for a label: never below 0. */
long chart_value(const struct chart_series *s, size_t i);

/* "2026-03: 12 notifications". */
void chart_add_value(const struct chart *c, const char *label, long v, struct buf *out);

/* <figure> with caption and note. */
void chart_begin(const struct chart *c, struct buf *out);

/* <svg> with its title, and a summary of so many series. */
void chart_begin_drawing(const struct chart *c, size_t series_n, size_t height, struct buf *out);

/* All series, folded away. */
void chart_add_table(const struct chart *c, struct buf *out);

#endif
