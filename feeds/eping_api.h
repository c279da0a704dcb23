/* One page of ePing's JSON: of the keyless site API, of the keyed API, or saved in a file. */
#ifndef REGWATCH_FEEDS_EPING_API_H
#define REGWATCH_FEEDS_EPING_API_H

#include "eping_brief.h"
#include "eping_rows.h"

struct error;

/* Appends one row per item of a page and sets the numbers of its envelope. A page is an object with an array 'items', or (saved
 * ones) a bare array. An item without symbol, or with neither day, is a bad
 * row, as is one that is no JSON; a day that is none, or a field of another type, is a problem and stays unknown, a broken character is one and is replaced. Fails with ERR_DATA, and then leaves rows as they were, when the answer is something
 * else ("an HTML page titled 'We will be back soon'"), or when more than a fifth of its items, and not just one of several, lack the symbol or the
 * distribution date or cannot be read, or more than three have a day that is none or broken characters: the layout changed. */
int eping_api_rows(const char *text, size_t n, struct eping_rows *rows, struct error *err);

/* The same, but of items that are known only identity and days are read (row->complete reads the rest). */
int eping_api_rows_but(const char *text, size_t n, const struct eping_known *known, struct eping_rows *rows, struct error *err);

/* A page by itself: rows joined into items. */
struct eping_page {
	struct items items;
	size_t rows;			/* before joining, repeats and bad ones counted */
	long total, current, size;	/* -1 when absent */
	bool exceeded;
};

#define AUTO_EPING_PAGE __attribute__((cleanup(eping_page_clear))) struct eping_page

int eping_api_page(const char *text, size_t n, struct eping_page *out, struct error *err);	/* out is overwritten */
void eping_page_clear(struct eping_page *page);

/* The record that an item's raw bytes (an object, or the array of a joint one) were made into. */
int eping_api_decode(const char *raw, size_t n, struct notice *out, struct error *err);

#endif
