/* What changed between two records: one model, which every rendering (terminal, JSON, unified, mail, page) walks. */
#ifndef REGWATCH_REDLINE_REDLINE_H
#define REGWATCH_REDLINE_REDLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "../notice/notice.h"

struct error;

enum change { CHANGE_SAME, CHANGE_DELETED, CHANGE_INSERTED };

/* A stretch of a text; the spans of a block in order. Deleted ones give the old text when read with the same ones, inserted ones the new. */
struct span {
	enum change change;
	char *s;
};

enum block_kind { BLOCK_SAME, BLOCK_CHANGED, BLOCK_DELETED, BLOCK_INSERTED, BLOCK_MOVED_FROM, BLOCK_MOVED_TO };

/* One sentence (or what it became). Reading 'same' and 'deleted' spans of all blocks, with each block's 'end', gives the old text
 * byte for byte; 'same' and 'inserted' the new one. A moved sentence appears twice: MOVED_FROM in the old place, MOVED_TO in the new. */
struct block {
	enum block_kind kind;
	struct span *spans;
	size_t n, cap;
	const char *old_end, *new_end;	/* " ", "\n" or "": what follows it in either text */
	size_t pair;			/* of a moved block: number of its other half */
};

struct text_diff {
	struct block *v;
	size_t n, cap;
	bool coarse;			/* the texts were too large for the fine comparison: still exact, not minimal */
	size_t steps;			/* what it cost, in comparisons of words: a figure that is the same everywhere */
};

/* Exact, bounded, never quadratic in practice. Either text may be NULL (then as ""). */
void text_diff(const char *old, const char *new, struct text_diff *out);
void text_diff_clear(struct text_diff *d);
void text_diff_old(const struct text_diff *d, struct buf *out);		/* the old text again */
void text_diff_new(const struct text_diff *d, struct buf *out);

enum callout_kind { CALLOUT_NUMBER, CALLOUT_DATE, CALLOUT_MODAL, CALLOUT_UNIT, CALLOUT_STANDARD };

/* A change that a reader must not miss: "90 mg/kg -> 45 mg/kg", "should -> shall". old or new may be "". What both texts say, in another
 * place or spelling ("10 %", "10 per cent"), is none; neither are new and translated texts. At most 300 a record. */
struct callout {
	enum callout_kind kind;
	char *old, *new;
	size_t row;		/* field of the record */
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

struct redline {
	struct field_change *v;		/* changed fields only, in the order of notice_fields */
	size_t n, cap;
	struct callout *callouts;
	size_t callouts_n, callouts_cap;
};

#define REDLINE_INIT { .v = NULL }
#define AUTO_REDLINE __attribute__((cleanup(redline_clear))) struct redline

/* old may be NULL: everything is new. */
void redline_make(const struct notice *old, const struct notice *new, struct redline *out);
void redline_clear(struct redline *r);

/* ---- renderings; each appends ---- */

struct redline_style {
	bool colour;		/* ANSI: red struck, green underlined */
	size_t width;		/* columns to wrap at; 0: none */
	size_t context;		/* unchanged sentences shown around a change; the rest folds to a line with a count */
};

/* For people: "HS +3926.90", "Comments until 2026-01-20 -> 2026-03-20", texts with [-deleted-] and {+inserted+} (without colour). Ends with "\n". */
void redline_text(const struct redline *r, const struct redline_style *style, struct buf *out);

/* HTML fragment, nothing when nothing changed: <div class="redline"> with <ul class="callouts"> and a <dl> of fields; <del> and <ins>, of class
 * "moved" in moved sentences and "joint" for the end of a paragraph; <p class="fold"> for what is left out. No script, no style. */
void redline_html(const struct redline *r, size_t context, struct buf *out);

/* Unified diff of the two text forms (canon), "--- a/OLD_LABEL" "+++ b/NEW_LABEL" ("/dev/null" for an old one that is NULL); empty when they are
 * equal. patch(1) applies it. Control characters of labels become "_". Nothing makes it fail today. */
int redline_unified(const struct notice *old, const struct notice *new, const char *old_label, const char *new_label, struct buf *out,
    struct error *err);

#endif
