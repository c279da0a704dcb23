/* Shared by the tests of DOCX: synthetic documents, and whole texts compared. */
#ifndef REGWATCH_TESTS_DOCX_FIXTURE_H
#define REGWATCH_TESTS_DOCX_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "docx_maker.h"
#include "feeds/document.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"

#define P(inside) "<w:p>" inside "</w:p>"
#define PP(properties, inside) "<w:p><w:pPr>" properties "</w:pPr>" inside "</w:p>"
#define R(inside) "<w:r>" inside "</w:r>"
#define RR(properties, inside) "<w:r><w:rPr>" properties "</w:rPr>" inside "</w:r>"
#define T(text) "<w:t xml:space=\"preserve\">" text "</w:t>"
#define PT(text) P(R(T(text)))
#define STYLE(name) "<w:pStyle w:val=\"" name "\"/>"
#define LIST(id, level) "<w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id "\"/></w:numPr>"

/* The text of a document that is good, with the changes that were counted. */
static inline void
docx_expect(const struct docx_parts *parts, const char *text, size_t insertions, size_t deletions)
{
	struct zip_maker zip = { .members = 0 };
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };
	int rc;

	docx_make(&zip, parts);
	rc = docx_text(zip.file.data, zip.file.len, &d, &err);
	buf_clear(&zip.file);
	assert_string_equal(err.text, "");
	assert_int_equal(rc, 0);
	assert_string_equal(d.text, text);
	assert_string_equal(d.tool, "regwatch-docx 1");
	assert_int_equal(d.insertions, insertions);
	assert_int_equal(d.deletions, deletions);
}

static inline void
docx_body_expect(const char *body, const char *text)
{
	const struct docx_parts parts = { .body = body };

	docx_expect(&parts, text, 0, 0);
}

#endif
