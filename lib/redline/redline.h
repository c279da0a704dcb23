/* What changed between two records: one model, which every rendering (terminal, JSON, unified, mail, page) walks. */
#ifndef REGWATCH_REDLINE_REDLINE_H
#define REGWATCH_REDLINE_REDLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "../notice/notice.h"
#include "document_diff.h"
#include "text_diff.h"

struct error;

#define CALLOUT_DOCUMENT ((size_t)-1)

enum callout_kind { CALLOUT_NUMBER, CALLOUT_DATE, CALLOUT_MODAL, CALLOUT_UNIT, CALLOUT_STANDARD };

/* A change that a reader must not miss: "90 mg/kg -> 45 mg/kg", "should -> shall". old or new may be "". What both texts say, in another
 * place or spelling ("10 %", "10 per cent"), is none; neither are new and translated texts. At most 300 a record. */
struct callout {
	enum callout_kind kind;
	char *old, *new;
	size_t row;		/* field of the record; CALLOUT_DOCUMENT of an attached text */
	size_t document;	/* then: number of the document */
};

/* One field. For sets, codes, documents: 'added' and 'removed' in their text form; for lines, dates, answers, milestones: old and
 * new ("" absent); for texts: diff. */
struct field_change {
	size_t row;		/* in notice_fields */
	struct strv added, removed;
	char *old, *new;
	struct text_diff diff;
	bool translated;	/* the text's language changed, and the text: then old and new are whole, diff is empty */
	char old_lang[4], new_lang[4];	/* of texts */
};

/* One attached text. */
struct document_change {
	char *name;			/* "draft.en", as in the store */
	char *kind, *lang, *url;	/* "draft", "en", where it came from; each may be "" */
	bool added, removed;		/* only in the new, only in the old record: told in a line, its text is not shown */
	struct document_diff diff;
};

struct redline {
	struct field_change *v;		/* changed fields only, in the order of notice_fields */
	size_t n, cap;
	struct callout *callouts;
	size_t callouts_n, callouts_cap;
	struct document_change *documents;
	size_t documents_n, documents_cap;
};

#define REDLINE_INIT { .v = NULL }
#define AUTO_REDLINE __attribute__((cleanup(redline_clear))) struct redline

/* old may be NULL: everything is new. */
void redline_make(const struct notice *old, const struct notice *new, struct redline *out);
void redline_clear(struct redline *r);

/* Adds an attached text; nothing when both texts are the same. Either may be NULL: the document was added, or removed. kind is what 'name' begins
 * with ("draft.en": "draft"); url may be set by the caller afterwards. Its call-outs come behind those of the fields. */
void redline_add_document(struct redline *r, const char *name, const char *old, const char *new, const char *lang);

/* Takes the i-th document away again, with its call-outs. */
void redline_drop_document(struct redline *r, size_t i);

/* ---- renderings; each appends ---- */

struct redline_style {
	bool colour;		/* ANSI: red struck, green underlined */
	size_t width;		/* columns to wrap at; 0: none */
	size_t context;		/* unchanged sentences shown around a change; the rest folds to a line with a count */
	size_t max_provisions;	/* of each document: changed provisions shown before "... and N more changed provisions"; 0: all */
	bool side_by_side;	/* HTML: documents in two columns, old and new */
	unsigned heading;	/* HTML: level of the heading of a document, its provisions are one below; 0: 3 */
	const char *id_prefix;	/* HTML: before the ids of provisions; NULL: no ids, for mails and for several redlines in one page */
};

/* For people: "HS +3926.90", "Comments until 2026-01-20 -> 2026-03-20", texts with [-deleted-] and {+inserted+} (without colour). Ends with "\n". */
void redline_text(const struct redline *r, const struct redline_style *style, struct buf *out);

/* HTML fragment, nothing when nothing changed: <div class="redline"> with <ul class="callouts"> and a <dl> of fields; <del> and <ins>, of class
 * "moved" in moved sentences and "joint" for the end of a paragraph; <p class="fold"> for what is left out. No script, no style. */
void redline_html(const struct redline *r, size_t context, struct buf *out);

/* The same with all choices; redline_html is this without limits, columns and ids. A document is a <section class="document"> with
 * <h3> its name, <p class="summary">, <ul class="provisions"> with links when there are ids and three or more, and then
 *	in one column: <div class="changes"> with a <section class="provision is-changed"> (or is-renumbered, is-moved, is-added, is-removed) each, <h4> its title with
 *		<span class="kind">; paragraphs, and <table class="rows"> for rows
 *	in two: <table class="sides"> with a <tbody class="provision is-changed"> each: <th colspan="2"> its title, rows of <td class="old"> and <td class="new">,
 *		<tr class="is-same"> where both are the same
 * What is left out is <p class="fold"> or <tr class="fold">. The id of a provision is PREFIX-NAME-ANCHOR ("v3-draft-en-article-5"). */
void redline_html_styled(const struct redline *r, const struct redline_style *style, struct buf *out);

/* Appends "3 provisions changed, 1 added, 2 renumbered", "only its layout changed", or for one that came or went "1,234 words, 56 provisions". */
void document_summary(const struct document_change *d, struct buf *out);

/* Appends the id that redline_html_styled gives a provision. */
void redline_provision_id(const char *prefix, const struct document_change *d, size_t provision, struct buf *out);

/* Markdown that any forge shows: "~~old~~ **new**"; outside text is escaped. Ends with "\n". */
void redline_markdown(const struct redline *r, const struct redline_style *style, struct buf *out);

/* Unified diff of the two text forms (canon), "--- a/OLD_LABEL" "+++ b/NEW_LABEL" ("/dev/null" for an old one that is NULL); empty when they are
 * equal. patch(1) applies it. Control characters of labels become "_". Nothing makes it fail today. */
int redline_unified(const struct notice *old, const struct notice *new, const char *old_label, const char *new_label, struct buf *out,
    struct error *err);

/* The same for any two texts, such as attached documents; old may be NULL. */
void redline_unified_text(const char *old, const char *new, const char *old_label, const char *new_label, struct buf *out);

#endif
