/* The words by which TRIS pages and messages are read: one table a theme in tris_words.c, a row a wording and language. Another
 * language is another row. Comparisons fold case and accents (utf8_fold). */
#ifndef REGWATCH_FEEDS_TRIS_WORDS_H
#define REGWATCH_FEEDS_TRIS_WORDS_H

#include "../lib/notice/notice.h"

/* What a pair of the page's header is about. */
enum tris_label {
	TRIS_LABEL_UNKNOWN,
	TRIS_LABEL_NUMBER,
	TRIS_LABEL_RECEIVED,
	TRIS_LABEL_STANDSTILL,
	TRIS_LABEL_OPINIONS,
	TRIS_LABEL_COMMENTS,
	TRIS_LABEL_WITHDRAWN,
	TRIS_LABEL_TEXTS	/* the rows of languages; their links are read elsewhere */
};

enum tris_label tris_label_of(const char *label);

/* "Yes", "Nein.", "Oui, ..." by the words of the message's language; a word that stands alone may be of any language. */
enum answer tris_answer(const char *text, const char *lang);

/* Nothing but blanks and dashes: how TRIS writes an empty item. NULL too. */
bool tris_is_blank(const char *text);

/* Behind "Keywords:" in the language of the line, or NULL when it does not begin so. */
const char *tris_keywords(const char *line);

/* A short line that says of the notification or draft that it was withdrawn; not a title that speaks of withdrawing products. */
bool tris_says_withdrawn(const char *line);

/* A heading that names the page or the site instead of the notification: "Notification Detail". */
bool tris_is_generic_heading(const char *line);

/* The old label of an item, alone on its line: tris_is_item_label(6, "Products Concerned"). */
bool tris_is_item_label(unsigned number, const char *line);

/* "European Commission" in some language: the first line of the trailer. */
bool tris_is_commission(const char *line);

/* The English name of who commented: "Commission" is the "European Commission". Static or the argument. */
const char *tris_issuer(const char *name);

/* A page of the site, or of a proxy before it, that says something went wrong. */
bool tris_says_error(const char *line);

/* Appends one line of warning, cleaned; after 20 no more are kept. warnings may be NULL. */
void tris_warn(struct strv *warnings, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
