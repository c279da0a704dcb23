/* What document.h promises of every text: for the fuzz targets of its extractors. */
#ifndef REGWATCH_TESTS_FUZZ_DOCUMENT_LINES_H
#define REGWATCH_TESTS_FUZZ_DOCUMENT_LINES_H

#include <string.h>

#include "feeds/document.h"
#include "fuzz.h"
#include "lib/base/utf8.h"

typedef int fuzz_extract_fn(const char *bytes, size_t n, struct document_text *out, struct error *err);

/* UTF-8, each line cleaned and not empty, "\n" behind each. */
static inline void
fuzz_document_lines(const char *text)
{
	size_t n;

	for (; *text != '\0'; text += n + 1) {
		AUTO_BUF clean = BUF_INIT;

		n = strcspn(text, "\n");
		REQUIRE(n > 0 && text[n] == '\n');
		utf8_clean(text, n, false, &clean);
		REQUIRE(clean.len == n && memcmp(clean.data, text, n) == 0);
	}
}

/* Refused with a reason, or text; the same again. */
static inline void
fuzz_extract(fuzz_extract_fn *extract, const char *bytes, size_t n)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT, again = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };
	int rc = extract(bytes, n, &d, &err);

	REQUIRE(document_form_name(document_form(bytes, n)) != NULL);
	REQUIRE(extract(bytes, n, &again, &err) == rc);
	if (rc < 0) {
		REQUIRE(rc == ERR_DATA && err.code == ERR_DATA && err.text[0] != '\0');
		return;
	}
	REQUIRE(d.tool != NULL && strcmp(d.text, again.text) == 0);
	fuzz_document_lines(d.text);
}

#endif
