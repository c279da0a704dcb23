/* What 'diff' compares and how: two sides, each a record or an attached text, become one redline. */
#ifndef REGWATCH_CMD_DIFF_H
#define REGWATCH_CMD_DIFF_H

#include "../lib/base/json.h"
#include "../lib/redline/requirements.h"
#include "cmd.h"

/* One side of a comparison: a record as of a commit and what to call it, or a kind of attached text. */
struct side {
	struct notice notice;
	char *label;		/* "G/TBT/N/USA/2211@1" */
	char commit[OID_HEX];	/* whose tree holds its texts; "" for now */
	bool absent;		/* before the first version: nothing */
	char *document;		/* "draft": an attached text of the record is meant, not the record; NULL */
};

void side_clear(struct side *s);
#define AUTO_SIDE __attribute__((cleanup(side_clear))) struct side

/* How the right side stands to the left one. */
enum relation {
	RELATION_VERSION,	/* another version of the same notification */
	RELATION_REPLACES,	/* another text of the dossier: base and revision */
	RELATION_AMENDS,	/* an addendum, corrigendum or supplement: a text of its own that replaces none */
	RELATION_OTHER		/* of another dossier */
};

/* ---- diff_sides.c ---- */

/* Reads the record of a side; commit "" is now, number 0 gives no "@1". */
int side_read(struct app *app, const char *id, const char *commit, int number, struct side *s, struct error *err);

/* The two sides of the arguments of 'diff': ID; ID A..B; ID@A..B; ID..B. A and B are version numbers, dates, commits, tails of the dossier ("Rev.1"), ids
 * (with or without "@VERSION"), or kinds of attached texts. Fails with ERR_USAGE, ERR_NOTFOUND. */
int sides_choose(struct app *app, const struct strv *arguments, struct side *a, struct side *b, struct error *err);

enum relation sides_relation(const struct side *a, const struct side *b);

/* ---- diff_documents.c ---- */

/* Adds the attached texts that changed between two states: of the same kind and language, the same link first. */
int documents_compare(struct app *app, const struct side *a, const struct side *b, struct redline *r, struct error *err);

/* Compares an attached text of one kind with one of another, in a language that both have; the labels of the sides become their names. Fails with
 * ERR_NOTFOUND, saying what is not held and why. */
int documents_choose(struct app *app, struct side *a, struct side *b, struct buf *old, struct buf *new, char lang[4], struct error *err);

/* ---- diff_amend.c ---- */

/* What a follow-up changes: a redline of the fields that it sets anew (dates, codes and documents that it adds), none of texts that are simply other
 * texts. */
int amend_redline(struct app *app, const struct side *a, const struct side *b, struct redline *r, struct error *err);

/* "comment period changed", "adopted", ...: what it says that it does. */
void amend_effects(const struct notice *n, struct strv *out);

/* ---- diff_compare.c ---- */

struct comparison {
	const struct side *a, *b;
	enum relation relation;
	bool complete;			/* set before comparing: also what differs by nature between a text and the one that replaces it (its type, day and link) */
	struct redline redline;
	struct requirements requirements;	/* of the redline */
	struct buf old_text, new_text;	/* of attached texts that are compared as such */
};

#define COMPARISON_INIT { .redline = REDLINE_INIT, .requirements = REQUIREMENTS_INIT }
void comparison_clear(struct comparison *c);
#define AUTO_COMPARISON __attribute__((cleanup(comparison_clear))) struct comparison

/* Compares; a and b are borrowed by c. Their labels may change to the names of documents. A final text that came between two versions is held against the
 * draft. */
int compare_sides(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err);
int compare_only(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err);	/* the same without the requirements */

/* Is it a follow-up, which is a text of its own? Then it is told in its own words beside the redline. */
bool comparison_amends(const struct comparison *c);

/* ---- diff_print.c ---- */

struct manner {
	enum format format;
	bool side_by_side;	/* html: attached texts in two columns */
};

/* As the format asks: of html a whole page. JSON without an end of line. */
int comparison_print(struct app *app, const struct manner *m, const struct comparison *c, struct buf *out, struct error *err);
json_t *comparison_json(const struct comparison *c);

/* What a page holds of a comparison; the prefix keeps the ids of several apart. */
void comparison_html(const struct manner *m, const char *id_prefix, const struct comparison *c, struct buf *out);

/* ---- diff_evidence.c: what the changes ask of people, where attached texts or a text and its revision are compared; nothing elsewhere ---- */

void evidence_text(struct app *app, const struct comparison *c, struct buf *out);
void evidence_html(const char *id_prefix, const struct comparison *c, struct buf *out);
void evidence_markdown(const struct comparison *c, struct buf *out);

/* ---- diff_page.c: what the pages of one comparison and of a sector share ---- */

/* From the doctype to <body>; the title is outside text. The page asks for nothing from elsewhere and runs nothing. */
void diff_page_begin(const char *title, bool wide, struct buf *out);
void diff_page_end(struct buf *out);

/* Outside text: without control and bidi characters, escaped, on one line in Markdown. */
void diff_page_html(const char *text, struct buf *out);
void diff_page_markdown(const char *text, struct buf *out);

/* ---- diff_sector.c ---- */
int diff_sector(struct app *app, const struct options *o, struct error *err);

#endif
