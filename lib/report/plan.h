/* How much of each entry of a digest a rendering of bounded size shows. Inside lib/report only. */
#ifndef REGWATCH_REPORT_PLAN_H
#define REGWATCH_REPORT_PLAN_H

#include "../base/cleanup.h"
#include "digest.h"
#include "said.h"

/* From least to most; what is at least named can be looked up. */
enum shape { SHAPE_COUNTED, SHAPE_NAMED, SHAPE_LISTED, SHAPE_FULL };
#define SHAPES (SHAPE_FULL + 1)

enum part { PART_NEW, PART_CHANGED, PART_CLOSING };

/* Entries under one heading. */
struct group {
	const struct digest_sector *sector;	/* NULL for PART_CLOSING */
	enum part part;
	size_t n;				/* of its entries */
};

struct entry {
	const struct digest_item *item;		/* or */
	const struct digest_deadline *deadline;
	const struct group *group;
};

/* A rendering in pieces; all append. */
struct writer {
	void (*head)(const struct digest *d, struct buf *out);
	void (*group)(const struct digest *d, const struct group *g, bool opens_sector, struct buf *out);
	void (*entry)(const struct digest *d, const struct entry *e, enum shape shape, struct buf *out);	/* LISTED or FULL */
	void (*named)(const struct strv *symbols, struct buf *out);
	void (*foot)(const struct digest *d, const char *rest, struct buf *out);	/* rest: on what is not listed; "" when all is */
	enum shape most;	/* SHAPE_LISTED: a mere list */
};

/* What a rendering shows. */
struct shown {
	size_t n[SHAPES];	/* entries by shape */
};

/* A digest in the pieces of one writer, which may be put together for several limits. Borrows both. */
struct plan;
struct plan *plan_new(const struct digest *d, const struct writer *w);
void plan_free(struct plan *p);
CLEANUP_POINTER(plan, struct plan *, plan_free)
#define AUTO_PLAN __attribute__((cleanup(cleanup_plan))) struct plan

/* Writes all of it in at most 'limit' bytes (0: none): everything in full when that fits; else all listed, and in full as many as fit; else all named, and listed
 * as many as fit; else as many named as fit, and the rest counted. Due reminders come before items, items before what merely closes soon. The
 * frame alone may exceed a limit under 8 KB. attached: a sentence (without its full stop) on a list of everything beside this text, NULL when there is none; with
 * it the first entries under each heading are listed and the others counted. */
void plan_write(struct plan *p, size_t limit, const char *attached, struct shown *shown, struct buf *out);

extern const struct writer digest_text_writer, digest_html_writer;
extern const struct writer digest_list_writer;	/* plain text, no entry in full */

/* The title and facts of one item as HTML, the same on every day. */
void digest_html_item(const struct digest *d, const struct digest_item *item, struct buf *out);

#endif
