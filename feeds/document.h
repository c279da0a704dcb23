/* From the bytes of an attached text to its words. What comes out is "document text", the one form in which regwatch keeps, compares
 * and shows attached texts:
 *
 *	# Annex I			a heading, one to six '#'
 *	Article 5 The limit is ...	a paragraph is a line, cleaned by utf8_clean, with the number that its numbering gives it in front
 *	| Substance | Limit |		a row of a table; '|' in a cell is "\|", its paragraphs are parted by " / "
 *	[^3]				stands where footnote 3 is referred to
 *	[^3]: See Annex II.		the footnotes, in order, at the end
 *
 * UTF-8, each line ends with "\n", no empty lines. A paragraph that itself begins with '#', '|' or "[^" gets a '\' before it,
 * as does one that begins with '\'; endnotes are [^e1], [^e2]. The line that the Commission
 * inserts into drafts ("1. ------IND- 2020 0026 D-- EN- ------ 20200220 --- --- PROJET") is left out. The same words in other bytes (another
 * save of the file, other fonts, other runs) give the same text. */
#ifndef REGWATCH_FEEDS_DOCUMENT_H
#define REGWATCH_FEEDS_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/strv.h"

struct buf;
struct error;

enum document_form { DOCUMENT_UNKNOWN, DOCUMENT_DOCX, DOCUMENT_PDF, DOCUMENT_HTML, DOCUMENT_PLAIN, DOCUMENT_ZIP };

struct document_text {
	char *text;			/* document text; "" when there is none, as in a scanned PDF */
	char *tool;			/* what made it: "regwatch-docx 1", "pdftotext 22.12.0 regwatch-pdf 1"; part of the raw payload */
	size_t insertions, deletions;	/* tracked changes: text is what stands when all are accepted */
	size_t pages;			/* of a PDF, else 0 */
	bool scanned;			/* pages without a text layer only */
	struct strv notes;		/* for people, a line each: "12 tracked changes were accepted" */
};

#define DOCUMENT_TEXT_INIT { .text = NULL }
#define AUTO_DOCUMENT_TEXT __attribute__((cleanup(document_text_clear))) struct document_text
void document_text_clear(struct document_text *d);

/* What the first bytes say it is; an address or a Content-Type is not asked. Text without mark-up is DOCUMENT_PLAIN; what is none of these
 * (old Word, spreadsheets, pictures, encrypted Office files) is DOCUMENT_UNKNOWN. */
enum document_form document_form(const char *bytes, size_t n);
const char *document_form_name(enum document_form form);

/* Extracts in a child process with limits on time, memory and files, and without network (lib/base/sandbox.h). 'name' is for messages. ERR_DATA with
 * the reason when the bytes are refused: encrypted, truncated, a bomb, too many pages, of an unknown kind; the same bytes will always be refused.
 * ERR_MISSING when pdftotext is not installed, ERR_SYSTEM when no child can be made, ERR_AGAIN when it took too long. A ZIP gives the texts of its members
 * one after the other, each under a heading with its name. */
int document_extract(const char *name, const char *bytes, size_t n, struct document_text *out, struct error *err);

/* Takes the inserted line out of document text, where it stands among its first lines. */
void document_strip(struct buf *text);

/* ---- one form each, for document.c, tests and fuzzing; pure: no child, no files ---- */
int docx_text(const char *bytes, size_t n, struct document_text *out, struct error *err);
int html_text(const char *bytes, size_t n, struct document_text *out, struct error *err);
int plain_text(const char *bytes, size_t n, struct document_text *out, struct error *err);
/* What pdftotext -layout wrote -> paragraphs: without running heads, page numbers, and hyphens at line ends. Pages are parted by "\f". */
int pdf_paragraphs(const char *layout, size_t n, struct document_text *out, struct error *err);

#endif
