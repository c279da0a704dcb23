/* PDF -> document text, by poppler's pdftotext in a confined child. */
#ifndef REGWATCH_FEEDS_PDF_H
#define REGWATCH_FEEDS_PDF_H

#include <stddef.h>

#include "document.h"

/* pdftotext, then pdf_paragraphs. 'scanned' says that no page has text. Its errors are those of document_extract; more than LIMIT_PDF_PAGES pages are refused. */
int pdf_text(const char *name, const char *bytes, size_t n, struct document_text *out, struct error *err);

#endif
