/* What a parser hands over: one notification as one way knows it, with the bytes it was made from. */
#ifndef REGWATCH_FEEDS_ITEM_H
#define REGWATCH_FEEDS_ITEM_H

#include "../lib/base/buf.h"
#include "../lib/notice/notice.h"

struct item {
	struct notice notice;	/* normalised; 'known' says what this way can tell */
	bool known;		/* whoever keeps the records has these very bytes: of notice only identity and days were read */
	enum way way;
	struct buf raw;		/* as received: the JSON item (joint: an array of the items), the workbook's row as JSON, the TRIS page */
	char *hint;		/* TRIS: the page's numeric id, which the bytes may lack; else NULL */
};

struct items {
	struct item *v;
	size_t n, cap;
	size_t bad;		/* rows that were not understood */
	struct strv problems;	/* one line each: "item 17: field 'distributionDate': 2025-02-31"; at most 20 are kept */
};

#define AUTO_ITEMS __attribute__((cleanup(items_clear))) struct items

void items_clear(struct items *items);
struct item *items_add(struct items *items);	/* a new empty item at the end */
void items_drop_last(struct items *items);

/* Is it small enough for the store, which would refuse all that comes with it? Fails with ERR_DATA. */
int item_fits(const struct item *item, struct error *err);

/* Adds a line to a list of problems unless it holds 20 already. */
void problems_add(struct strv *problems, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Decodes raw bytes of the store again (rebuild --store, show). The way is told by the path's ending in the raw branch:
 * ".api.json", ".row.json", ".ID.html", and for the text of a notification form "/documents/NAME.LANG.txt". Fails with ERR_DATA. */
int item_decode(const char *raw_path, const char *raw, size_t n, struct notice *out, struct error *err);

/* The ending of the raw file for an item: ".api.json", ".row.json", ".26754.html". Appended. */
void item_suffix(enum way way, const char *hint, struct buf *out);

#endif
