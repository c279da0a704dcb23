/* The texts of a ZIP's members. */
#ifndef REGWATCH_FEEDS_DOCUMENT_ZIP_H
#define REGWATCH_FEEDS_DOCUMENT_ZIP_H

#include <stddef.h>

struct document_text;
struct error;

/* 'depth': of archives around this one. As document_extract; the errors do not name the document. */
int document_zip_extract(const char *name, const char *bytes, size_t n, unsigned depth, struct document_text *out, struct error *err);

/* In document.c: document_extract without the name in its errors, for a document in so many archives. */
int document_extract_at(const char *name, const char *bytes, size_t n, unsigned depth, struct document_text *out, struct error *err);
/* Puts the name before the error, unless it begins with it. */
int document_named(const char *name, struct error *err);

#endif
