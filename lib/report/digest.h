/* A digest: what one subscription is told, as a model that every renderer (text, HTML, mail, Atom, JSON) walks. Filled by whoever asks the
 * index; nothing here reads a clock, a store or a configuration. */
#ifndef REGWATCH_REPORT_DIGEST_H
#define REGWATCH_REPORT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"
#include "../base/strv.h"
#include "../notice/deadline.h"
#include "../notice/event.h"
#include "../notice/notice.h"
#include "../redline/redline.h"

struct buf;

/* One version of one notification: the events that one commit bears. */
struct digest_item {
	char *commit;			/* of main */
	int64_t at;			/* its time */
	struct notice notice;		/* as of this version */
	struct events events;
	bool is_new;			/* bears 'new' (or 'urgent'), else a change */
	struct redline redline;		/* against the predecessor; empty for a first sight */
	struct date effective_deadline;	/* of the dossier, after this version */
	struct strv sectors;		/* all of the record's, best first */
	char *reason;			/* why it matched: "toys: title: toy; HS 9503" */
	char *page;			/* its page on the published site; NULL without one */
	bool shared;			/* notice and redline are somebody else's, who keeps them longer than the digest */
};

/* What a sector has to tell. An item stands under the best of its sectors that the subscription asks for, once. */
struct digest_sector {
	char *name, *title;		/* "uncoded" has the title "In no sector" */
	size_t *items;			/* numbers in digest.items; new ones first, then changed ones, each in the order of main */
	size_t n, cap;
};

/* A deadline that comes near: a reminder that is due, or simply what closes soon. */
struct digest_deadline {
	char *dossier, *title, *member, *url, *reason;
	enum source source;
	struct date deadline;
	struct date remind;		/* the reminder's day; not set: only listed */
	char *page;			/* of the dossier on the published site; NULL without one */
};

/* How far a feed was read. */
struct digest_coverage {
	char *feed;			/* "ePing", "TRIS" */
	bool off;			/* not enabled: nothing of it is covered */
	struct date read;		/* last good run; not set: never */
	struct strv problems;		/* refused answers, quarantined pages: one line each */
};

struct digest {
	char *subscription, *title;
	char *language;			/* of the reader: source links lead to pages in it where there are such; NULL: English */
	int64_t at;			/* when it was made: commit time of the newest event, or the clock's for reminders alone */
	struct date today;
	char *up_to;			/* commit of main that it tells up to; NULL for an empty main */
	struct digest_item *items;
	size_t items_n, items_cap;
	struct digest_sector *sectors;	/* by title */
	size_t sectors_n, sectors_cap;
	struct digest_deadline *deadlines;	/* soonest first */
	size_t deadlines_n, deadlines_cap;
	struct digest_coverage coverage[2];
	long uncoded;			/* events since the last digest that matched no sector at all */
	struct leads leads;		/* for the ladders */
	char *unsubscribe;		/* address or URL; NULL without */
	char *site;			/* root of the published site; NULL without */
};

void digest_init(struct digest *d);
void digest_clear(struct digest *d);
struct digest_item *digest_add_item(struct digest *d);			/* an empty one at the end */
struct digest_sector *digest_sector(struct digest *d, const char *name, const char *title);	/* found or made */
void digest_sector_add(struct digest_sector *s, size_t item);
struct digest_deadline *digest_add_deadline(struct digest *d);

/* Puts items (new before changed), sectors and deadlines in order; every filler ends with it. */
void digest_sort(struct digest *d);
bool digest_is_empty(const struct digest *d);	/* no item and no reminder that is due */

/* "3 new, 2 changed in Toys and childcare articles; 1 closes by 2025-06-20": for subjects, at most 120 columns. */
void digest_summary(const struct digest *d, struct buf *out);

/* ---- renderings; each appends ---- */

/* Plain text for mail and terminals: UTF-8, lines of at most 78 columns (URLs excepted), "\n". 'limit' bytes (0: none): what does not fit is counted and listed by
 * symbol with its link, never dropped. */
void digest_text(const struct digest *d, size_t limit, struct buf *out);

/* A whole HTML document (for the mail's other part): no scripts, no remote content, styles inline enough for mail readers. */
void digest_html(const struct digest *d, size_t limit, struct buf *out);

#endif
