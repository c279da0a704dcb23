/* The public site: models of its pages, filled by whoever asks the index, and the pages made of them. Pure: model -> bytes; no clock, no store, no
 * file. The same model gives the same bytes.
 *
 * Files of a site; a path is relative to the site's folder, without "./" in front and with '/' between its parts:
 *
 *	index.html  about.html  style.css			start, about, the one style sheet
 *	sectors.html  members.html  years.html			what lists there are
 *	members.charts.html					their charts, when there are very many
 *	sector/toys.html  sector/toys.3.html			the newest, and all of them in pages of SITE_PAGE_ROWS, page 1 the oldest
 *	sector/toys.open.1.html					all that is open, when the first page does not show it
 *	sector/toys.atom  sector/toys.ics			beside each list
 *	member/US.html ...  year/2025.html ...			the same
 *	all.atom  deadlines.ics					of everything
 *	deadlines.html  deadlines.2.html			soonest first
 *	deadlines/2025-07.html					a month's calendar
 *	search.html  search.js  search/...			search, and the pieces of its index
 *	eping/TBT/USA/22xx/2211.html .json .txt			a dossier, its JSON, its records as text
 *	tris/2024/FI/0321.html ...				as the store's folders (symbol_path)
 *	.../2211.v3.html  .../2211.v3.sides.html		a redline that is too long for that page, also side by side; 2211.Add.1.v2.html of a follow-up,
 *								2211.Rev.1.html of a revision against what it replaces
 *	.../2211.Add.1.record.html				what a notification says, when that page has no room for it; 2211.base.record.html
 *	.../2211.whole.html					the dossier on one page, when something of it lies apart: for paper
 *	.../2211.draft.en.html					an attached text, as it was extracted
 *
 * Class names that the style sheet dresses; all else goes by element:
 *
 *	body > a.skip, header.site (p.name, nav > ul), main#main, footer.site
 *	nav.pages		links between the pages of a list; the current one has aria-current="page"
 *	p.quiet			small print: sources, dates, notes
 *	p.lead			the first sentence of a page
 *	ul.beside		links to feed, calendar, JSON, text of this page
 *	div.wide > table	a table that may scroll sideways (tabindex=0, role=region, aria-label)
 *	table.rows		a list of notifications: td.symbol td.title td.member td.day td.deadline
 *	span.mark		a word on a row or heading; with .open .closed .withdrawn .urgent .vanished .low as well
 *	ol.timeline > li	lineage: time, span.symbol, text; li.current the text in force
 *	ol.ladder > li		deadlines; li.official the one that counts
 *	section.version		one version (article-like: h3, p.quiet, then its redline)
 *	div.redline		of lib/redline: ul.callouts, dl, del, ins, .moved .joint .translated, p.fold
 *	details > summary	redline side by side (.again: not on paper, which has it in one column), older versions, long texts
 *	section.evidence	what a change asks of people: p, ul (li.rest), p.caution
 *	p.paper			on paper alone: where the rest is found
 *	article.text		an attached text: p each, with lang and dir="auto"
 *	dl.facts		fields of a record: dt, dd; dd.text holds paragraphs (p), with lang and dir="auto"
 *	blockquote.cite		how to cite, pre.cite the same as a line to copy
 *	table.calendar		a month; figure.chart > svg + figcaption + details > table
 */
#ifndef REGWATCH_SITE_SITE_H
#define REGWATCH_SITE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"
#include "../base/strv.h"
#include "../notice/deadline.h"
#include "../notice/dossier.h"
#include "../notice/event.h"
#include "../notice/notice.h"
#include "../redline/redline.h"

struct buf;

/* A row has up to 560 bytes: so that each page of a list stays under 50 KB together with the style sheet. */
#define SITE_PAGE_ROWS 60	/* of a page of a list */
#define SITE_NEWEST_ROWS 20	/* on the first page of a list */
#define SITE_CLOSING_ROWS 10	/* on the first page of a list */

/* All strings of the models are borrowed. */

struct site_sector {
	const char *name, *title;
};

/* How far a feed was read. */
struct site_feed {
	const char *name, *url;		/* "ePing"; where readers find it */
	bool off;			/* not enabled */
	struct date read;		/* last good run; not set: never */
	const struct strv *problems;	/* one line each */
};

/* What all pages share. */
struct site_meta {
	const char *title;		/* of the site; never NULL */
	const char *url;		/* its root with "/" at the end; NULL: not known, then feeds lead to the sources */
	struct date today;		/* the store as of this day */
	const struct site_sector *sectors;	/* those in force, by title */
	size_t sectors_n;
	struct site_feed feeds[2];	/* by enum source */
	const struct leads *leads;	/* for the ladders; NULL: none */
};

/* One notification as lists, charts, calendar and search know it. */
struct site_row {
	const char *id, *dossier, *title;
	const char *member, *members;	/* of the id; all of them joined by "," */
	const char *sectors;		/* names joined by ",", best first; "" in none */
	const char *twin;		/* dossier in the other system; "" without */
	enum source source;
	enum area area;
	enum kind kind;
	int versions;
	struct date distributed;	/* or received */
	struct date deadline;		/* as published on this record */
	struct date effective_deadline;	/* of the dossier */
	bool open;			/* effective_deadline not passed, and not withdrawn */
	bool withdrawn, vanished, low;	/* low: a weak guess put it into its sector */
};

/* ---- paths, appended ---- */

/* "eping/TBT/USA/22xx/2211" of a dossier's id: with ".html", ".json" or ".txt" the path of a file. */
void site_dossier_base(const char *dossier, struct buf *out);

/* The page of a dossier, or of a notification in it: "eping/TBT/USA/22xx/2211.html#Add.1" for a follow-up. What 'site.url' is put before. */
void site_dossier_path(const char *dossier, const char *notification, struct buf *out);	/* notification may be NULL */

/* "Add.1", "Rev.1-Add.2"; "base" of a base notification: the id of its part of the dossier's page. */
void site_anchor(const char *notification, struct buf *out);

/* "../../" from a page to the site's folder; "" of a page in it. */
void site_root(const char *page, struct buf *out);

/* ---- a list in pages ---- */

/* What a list has: its folder and name make the paths. */
struct site_list {
	const char *folder, *name;	/* "sector", "toys"; "member", "US"; "year", "2025" */
	const char *title;		/* "Toys and childcare articles" */
	const char *noun;		/* "sector", "member", "year" */
	const struct site_row *const *rows;	/* by day of distribution, oldest first */
	size_t n;
	const struct site_row *const *closing;	/* what is open, soonest first; one row a dossier */
	size_t closing_n;
	const char *feed, *calendar;	/* paths of the Atom and iCalendar files beside it */
	const char *charts;		/* finished HTML (figures) for its first page; NULL without */
};

/* Pages of a list. Those of all rows are numbered from the oldest row on, so that a new one changes the last page and not every one. */
enum site_part {
	SITE_FRONT,		/* "sector/toys.html": what closes soon, the newest, links to the others */
	SITE_ALL,		/* "sector/toys.3.html" */
	SITE_OPEN		/* "sector/toys.open.1.html", soonest first; none when the front page shows them all */
};

size_t site_list_pages(const struct site_list *l, enum site_part part);
void site_list_path(const struct site_list *l, enum site_part part, size_t page, struct buf *out);	/* page: from 1 */
void site_list_page(const struct site_meta *m, const struct site_list *l, enum site_part part, size_t page, struct buf *out);

/* Rows that the page shows: what its content hangs on besides the model's own words. Returns how many from *rows on; SITE_FRONT gives the newest. */
size_t site_list_rows(const struct site_list *l, enum site_part part, size_t page, const struct site_row *const **rows);

/* ---- the pages that lead to them ---- */

struct site_change {			/* a version that told something new of what was known */
	const struct site_row *row;
	int64_t at;
	const char *words;		/* "comment period extended to 2025-09-29 (was 2025-07-29)" */
};

struct site_counts {
	size_t notifications, dossiers, versions, open, uncoded;	/* open: dossiers */
};

struct site_start {
	const struct site_row *const *newest;	/* newest first */
	size_t newest_n;
	const struct site_change *changes;	/* newest first */
	size_t changes_n;
	const struct site_row *const *closing;	/* soonest first */
	size_t closing_n;
	struct site_counts counts;
	const char *charts;			/* finished HTML; NULL without */
};

void site_start_page(const struct site_meta *m, const struct site_start *s, struct buf *out);
void site_about_page(const struct site_meta *m, const struct site_counts *c, struct buf *out);

/* A table of lists: all sectors, members, years. */
struct site_entry {
	const char *path, *title;
	size_t n, open;
	struct date newest;
};

enum site_index { SITE_SECTORS, SITE_MEMBERS, SITE_YEARS };

const char *site_index_path(enum site_index which);
void site_index_page(const struct site_meta *m, enum site_index which, const struct site_entry *entries, size_t n, const char *charts, struct buf *out);

/* Charts beside more entries than these would make the page too long: they have a page of their own, to which the other leads. */
#define SITE_INDEX_WITH_CHARTS 85
bool site_index_charts_apart(size_t entries);
void site_index_charts_path(enum site_index which, struct buf *out);
void site_index_charts_page(const struct site_meta *m, enum site_index which, const char *charts, struct buf *out);

/* What is open, soonest first, in pages of SITE_PAGE_ROWS; the calendar of a month. */
size_t site_deadlines_pages(size_t rows);		/* at least 1 */
void site_deadlines_path(size_t page, struct buf *out);
void site_deadlines_page(const struct site_meta *m, const struct site_row *const *rows, size_t n, size_t page, const char *charts, struct buf *out);

/* Months of the calendar: from that of today to that of the last deadline, at most SITE_MONTHS. */
#define SITE_MONTHS 24
size_t site_months(const struct site_meta *m, const struct site_row *const *rows, size_t n);
void site_month_path(const struct site_meta *m, size_t month, struct buf *out);	/* from 0 */
void site_month_page(const struct site_meta *m, const struct site_row *const *rows, size_t n, size_t month, struct buf *out);

/* ---- a dossier ---- */

struct site_lengths {			/* bytes of a redline, without the frame of its page */
	size_t column, sides;
};

/* One version of a notification. */
struct site_version {
	int number;			/* from 1 */
	int64_t at;			/* when we learnt it */
	const char *commit;
	struct events events;
	struct redline redline;		/* against the version before; of the first: its final text against the draft, if it came with both */
	bool apart;			/* site_dossier_plan: the redline has pages of its own */
	struct site_lengths lengths;
};

/* An attached text that is held. */
struct site_text {
	const struct document *document;	/* of the member */
	const char *name;		/* "draft.en", of a follow-up "Add.1-draft.en" */
	const char *text;
	size_t bytes;
};

/* Where a notification says what it says: in the dossier's page, there with its texts cut to their beginnings, or on a page of its own alone. */
enum site_told { SITE_TOLD_HERE, SITE_TOLD_IN_PART, SITE_TOLD_APART };

/* A notification of the dossier. */
struct site_member {
	const struct notice *notice;	/* as it is now */
	struct site_version *versions;	/* oldest first */
	size_t versions_n;
	const struct notice *against;	/* what a revision or corrigendum replaces; NULL otherwise */
	struct redline redline;		/* against it */
	bool apart;			/* as of a version */
	struct site_lengths lengths;
	enum site_told told;		/* site_dossier_plan; all but the first have a page of their own */
	size_t record_length;		/* bytes of it */
	struct site_text *texts;
	size_t texts_n;
};

struct site_label {
	const char *name, *title, *reason;
	bool low;
};

struct site_dossier {
	const char *id;
	const struct dossier *dossier;	/* its lineage is that of members */
	struct site_member *members;	/* in lineage order, at least one */
	size_t members_n;
	const struct site_label *labels;	/* best first */
	size_t labels_n;
	const char *twin;		/* "" without */
	bool open;
	bool whole;			/* on one page, as site_dossier_whole_page writes it: what 'told' and 'apart' say does not count */
};

/* The first view of a dossier is its page, under 50 KB with the style sheet: the story, the dates, of each long text the beginning, of each long redline the evidence
 * and the call-outs. Pages of records, redlines and texts are no first view and have no such bound: who follows a link to one wants to read, search and print all
 * of it, which parts would hinder (records measured have 3 KB, drafts 200). The link tells what it weighs, and it shows while it loads: no script, what is
 * short and the evidence before the long.
 *
 * Marks the redlines and records that would make the page too long: the record in force has the first claim to its room, then redlines and records have, the newest
 * first. Called before any of the following. */
void site_dossier_plan(struct site_dossier *d);

/* The pages of a redline that lies apart: in one column, and with its attached texts side by side. version NULL: against what the member replaces. */
bool site_redline_has_sides(const struct redline *r);
void site_redline_path(const struct site_dossier *d, const struct site_member *member, const struct site_version *version, bool sides, struct buf *out);
void site_redline_page(const struct site_meta *m, const struct site_dossier *d, const struct site_member *member, const struct site_version *version, bool sides,
    struct buf *out);

/* What a notification says, whole, with its documents. */
void site_record_path(const struct site_dossier *d, const struct site_member *member, struct buf *out);
void site_record_page(const struct site_meta *m, const struct site_dossier *d, const struct site_member *member, struct buf *out);

/* An attached text as a page. */
void site_text_path(const struct site_dossier *d, const struct site_text *t, struct buf *out);
void site_text_page(const struct site_meta *m, const struct site_dossier *d, const struct site_member *member, const struct site_text *t, struct buf *out);

/* The page. */
void site_dossier_page(const struct site_meta *m, const struct site_dossier *d, struct buf *out);

/* Where something lies apart, the same on one page with all records and redlines opened, for paper. It is as long as they are: nobody's first view. */
bool site_dossier_has_whole(const struct site_dossier *d);
void site_dossier_whole_path(const struct site_dossier *d, struct buf *out);
void site_dossier_whole_page(const struct site_meta *m, const struct site_dossier *d, struct buf *out);

#endif
