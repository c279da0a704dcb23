/* What can be done with a field of the record by its type; inside lib/notice only. */
#ifndef REGWATCH_NOTICE_FIELDS_H
#define REGWATCH_NOTICE_FIELDS_H

#include "notice.h"

struct buf;

/* 'p' points at the field: char **, struct text, struct date, struct strv, struct codes, enum answer, struct milestone, ... */
struct field_ops {
	void (*clear)(void *p);
	void (*copy)(void *to, const void *from);	/* 'to' is empty */
	bool (*empty)(const void *p);
	bool (*equal)(const void *a, const void *b);
	void (*text)(const void *p, struct buf *out);
	void (*order)(void *p);				/* canonical order, repeats and blanks dropped */
};

extern const struct field_ops codes_ops, documents_ops, variants_ops;	/* lists.c */

const struct field_ops *field_ops(enum field_type type);
const struct field_ops *notice_ops(size_t row);
void *notice_at(struct notice *n, size_t row);
const void *notice_at_const(const struct notice *n, size_t row);

/* Order of documents, 0 for the same link: letter case of the URL does not tell two apart (the WTO's server writes /t/..DOCX and
 * /T/..docx in turn). */
int document_cmp(const struct document *a, const struct document *b);
void document_clear(struct document *d);

/* NOTICE_DOCS_... that a document belongs to. */
uint64_t document_group(const struct document *d);

/* Do two texts differ in blanks and line breaks at most? A door of the source that loses mark-up also loses or adds those between words
 * ("Canadá.Certificado", a paragraph's end). Between digits a blank tells two numbers apart, and counts. */
bool text_same_words(const char *a, const char *b);

/* The cleaned form (utf8_clean) in at most 'most' bytes, owned by the caller; NULL for NULL and for what is blank. */
char *clean_text(const char *s, bool keep_lines, size_t most);

/* Two or three capital letters. */
bool member_valid(const char *iso2);

/* Puts every field in order, and the identity's lists; unlike notice_normalise it derives nothing. */
void notice_order(struct notice *n);

#endif
