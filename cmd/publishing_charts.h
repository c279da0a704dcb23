/* Charts of the site, counted from the rows. Each appends a finished figure. Inside cmd only. */
#ifndef REGWATCH_CMD_PUBLISHING_CHARTS_H
#define REGWATCH_CMD_PUBLISHING_CHARTS_H

#include "publishing.h"

/* Of one list: notifications a month, and the comment time that its drafts gave. */
void charts_of_list(const struct world *w, const struct world_list *l, struct buf *out);

/* The largest lists of a kind side by side: notifications a month. */
void chart_by_list(const struct world *w, size_t kind, const char *title, struct buf *out);

/* Middle number of days that members gave to comment. */
void chart_given_by_member(const struct world *w, struct buf *out);

/* What closes in the next weeks. */
void chart_closing(const struct world *w, struct buf *out);

#endif
