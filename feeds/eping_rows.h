/* Rows of ePing, one a (notification, notifying member), and how the rows of a joint notification become one record.
 *
 * All ways to ePing give rows: a JSON item of either API, a line of either workbook. A joint notification is one document in as
 * many rows as it has members, which need not stand beside each other nor on one page. */
#ifndef REGWATCH_FEEDS_EPING_ROWS_H
#define REGWATCH_FEEDS_EPING_ROWS_H

#include "item.h"

struct error;

struct eping_row {
	struct notice notice;	/* normalised, as this member's row tells it; .area is its domain, .symbols all of the row */
	enum way way;
	struct buf raw;		/* the JSON object it was made from */
	char *key;		/* its set of symbols: the same for all rows of one notification */
	char *member_name;	/* as the source writes it, "" without */
	char *unclear;		/* what there is to tell of a field that was not understood and stays unknown, else NULL */
	bool in_words;		/* the deadline is told by something else than a day: whether it is open, only the source can tell */
	char member[4];		/* whose row it is, ISO 3166 or "EU"; "" unknown */
	long id;		/* the source's own number, -1 without: an alias, several per notification */
	size_t number;		/* of the item in its page or of the line in its sheet, from 1, for messages */
	int (*complete)(struct eping_row *row, struct error *err);	/* reads the rest of raw, when only identity and days were read of it
			 * (eping_brief.h); else NULL. Fails with ERR_DATA, and then the row is as it was */
};

struct eping_rows {
	struct eping_row *v;
	size_t n, cap;
	size_t bad;		/* rows that were not understood; the page held n + bad */
	struct strv problems;	/* as in struct items */
	long total, current, size;	/* what the envelope of the newest page says: totalCount, currentPage, pageSize; -1 without */
	bool exceeded;		/* isCountExceeded: the server will not page to the end */
};

#define EPING_ROWS_INIT { .total = -1, .current = -1, .size = -1 }
#define AUTO_EPING_ROWS __attribute__((cleanup(eping_rows_clear))) struct eping_rows

void eping_rows_clear(struct eping_rows *rows);
struct eping_row *eping_rows_add(struct eping_rows *rows);	/* an empty row at the end */
void eping_rows_drop_last(struct eping_rows *rows);
void eping_row_clear(struct eping_row *row);

/* Adds to what there is to tell of a row; owns text from now on. */
void eping_row_tell(struct eping_row *row, char *text);

/* Sets row->key from its symbols. */
void eping_row_set_key(struct eping_row *row);

/* Joins rows into items, appended in the order in which each notification was first met; rows is empty afterwards, its count of
 * bad rows and its problems are added to out. Rows with the same symbols and member are repeats: the same record is dropped, of
 * different ones the later wins and that is a problem; one whose rest cannot be read, or that is too large for the store, is a bad row. The row of the first symbol's
 * member (else of the next that is there) is the record; what others say differently becomes variants, links of all rows become its
 * documents. raw of a joint one is "[row,\nrow]" in the order of the symbols. */
void eping_join(struct eping_rows *rows, struct items *out);

/* The same, but rows of joint notifications that still lack members stay in rows, unless they are older (by number) than 'oldest'. */
void eping_join_complete(struct eping_rows *rows, size_t oldest, struct items *out);

/* Joins the rows of one stored raw into the record that it was. Fails with ERR_DATA when they are not rows of one notification. */
int eping_join_one(struct eping_rows *rows, struct notice *out, struct error *err);

#endif
