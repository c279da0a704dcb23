/* What all ways to ePing share: how each kind of field is cleaned. Input is any bytes that are valid UTF-8. */
#ifndef REGWATCH_FEEDS_EPING_FIELDS_H
#define REGWATCH_FEEDS_EPING_FIELDS_H

#include "../lib/notice/notice.h"

struct error;

/* A line break in ePing's texts is where somebody's text was wrapped, in HTML as in its plain twins and in the workbooks: a blank.
 * Paragraphs come from the mark-up alone. */

/* Sets a text from its HTML and its plain twin, either of which may be NULL or empty: the HTML's reading when both say the same
 * but for blanks (it keeps paragraphs), else the plain twin where there is one. */
void eping_text(struct text *t, const char *html, const char *plain, bool keep_lines);

/* A one-line field; entities are decoded. */
void eping_line(char **line, const char *s);

/* Adds the values of a cell that joins them by "; ". */
void eping_list(struct strv *set, const char *cell);
void eping_list_add(struct strv *set, const char *value);

/* Adds the codes of a cell, "0402 - Milk, concentrated; sweetened; 9503 - Toys": labels hold "; " too, so that a code begins
 * only where digits are followed by " - " or end. */
enum eping_code { EPING_HS, EPING_ICS };
void eping_codes(struct codes *codes, enum eping_code kind, const char *cell);

/* Adds one code. name: "0402 - Milk", "Milk", or NULL; code may be NULL when the name bears it. */
void eping_code(struct codes *codes, enum eping_code kind, const char *code, const char *name);

/* "2025-06-12", also with a time behind it, or "12/06/2025". False for what is neither; NULL, "" and year 1 are no date. */
bool eping_date(const char *text, struct date *out);

/* The same of a deadline, which a member may have none of: "n/a", "Not applicable." are no date either. */
bool eping_deadline(const char *text, struct date *out);

/* What there is to tell of a deadline that is neither, which costs the record nothing else; where: "field 'x'". The caller's. */
char *eping_unclear_deadline(const char *where, const char *text);

/* Without a day of distribution a record needs a deadline at least, so that its reader knows whether it is old: then *unclear (else NULL, the caller's) tells of it, and what
 * another way knows of the day stays. why: "no 'x'", "field 'x': 'soon' is no date". Fails with ERR_DATA without either. */
int eping_check_days(struct notice *n, const char *why, char **unclear, struct error *err);

/* A date that a member may have given in words: what is no date goes to the text. */
void eping_milestone(struct milestone *m, const char *date, const char *text);

/* Sets identity, kind and url from the symbols as given; area (may be NULL) and type are used where the symbol does not tell.
 * member: whose row it is. n->type must be set before. Fails with ERR_DATA: no symbol, too many, a number of TRIS. */
int eping_identify(struct notice *n, const char *symbols, const char *area, const char *member, struct error *err);

/* The last step: language of each text, order of sets. */
void eping_finish(struct notice *n);

#endif
