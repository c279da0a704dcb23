/* The text form of a record, as committed: Markdown that git diffs well and that parses back to the same record.
 *
 *	# TITLE
 *
 *	Notification: G/TBT/N/USA/2211␠␠        (two blanks: a line break in Markdown)
 *	Name: value␠␠                           (one line a value; fields of several values repeat the name)
 *	HS: 9503 - Toys␠␠
 *	Adoption: 2026-01-01 - or later␠␠       (or the date alone, or "- words")
 *	Language: en␠␠
 *	Language of description: es␠␠           (a text in another language than 'Language'; "-" for an unknown one)
 *	Document: draft en https://... (sha256 HEX)␠␠
 *
 *	## As notified by members
 *
 *	KW Products: value␠␠
 *
 *	## Products
 *
 *	One sentence a line.
 *	A paragraph is followed by an empty line.
 *
 * Characters that Markdown or our own reading would take for mark-up are written with a backslash. Absent fields have no line. */
#ifndef REGWATCH_NOTICE_CANON_H
#define REGWATCH_NOTICE_CANON_H

#include "notice.h"

struct buf;
struct error;

/* Bytes depend on the record alone. n must be normalised. Whoever stores the result checks it against LIMIT_RECORD: each field has its
 * bound, all of them at their bounds do not fit. */
void canon_write(const struct notice *n, struct buf *out);

/* The reverse: canon_write(canon_read(x)) is x for every x that canon_write gave. Text is hostile (a pulled store): unknown names,
 * missing identity, a wrong order, bad dates or codes, and whatever else canon_write does not write, fail with ERR_DATA,
 * "line 12: ...", as does what is larger than LIMIT_RECORD. Only the ends of sentences may lie elsewhere, so that what another
 * version of canon_sentences broke stays readable; then the bytes differ, the record does not. out is initialised by the call. */
int canon_read(const char *text, size_t n, struct notice *out, struct error *err);

/* Splits a paragraph into sentences: offsets of their starts into *starts (caller frees), returns how many (>= 1 for non-empty
 * text). Joining them with one space gives the paragraph again. Abbreviations (No., Art., e.g., Reg., Dr., initials, numbers) do
 * not end one. */
size_t canon_sentences(const char *paragraph, size_t n, size_t **starts);

#endif
