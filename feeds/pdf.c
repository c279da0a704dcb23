#include "pdf.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/sandbox.h"

#define READER_VERSION "regwatch-pdf 1"		/* raise it with what pdf_paragraphs makes of the same layout */
#define SECONDS 60
#define MEMORY ((size_t)1 << 30)

#define LAST_PAGE_READ "2001"			/* LIMIT_PDF_PAGES and one, by which we see that there are more */
_Static_assert(LIMIT_PDF_PAGES == 2000, "LAST_PAGE_READ says one more");

/* "pdftotext version 22.12.0" on standard error. */
static int
ask_version(struct buf *version, struct error *err)
{
	static const char *const argv[] = { "pdftotext", "-v", NULL };
	static const char before[] = "pdftotext version ";
	AUTO_BUF out = BUF_INIT, said = BUF_INIT;
	const struct sandbox box = { .what = "the version of pdftotext", .seconds = 10, .memory = MEMORY, .output = 4096, .errors = &said };
	int rc = sandbox_exec(&box, argv, "", 0, &out, err);
	const char *at;

	if (rc != 0)
		return rc;
	at = strstr(buf_str(&said), before);
	if (at == NULL)
		return error_set(err, ERR_SYSTEM, "pdftotext does not tell its version");
	at += strlen(before);
	buf_add(version, at, strspn(at, "0123456789."));
	return 0;
}

/* What made the text, asked once: the program does not change while we run. */
static int
tool_name(char **out, struct error *err)
{
	static char name[80];
	AUTO_BUF version = BUF_INIT;

	if (name[0] == '\0') {
		int rc = ask_version(&version, err);

		if (rc != 0)
			return rc;
		if (version.len == 0 || version.len > 20)
			return error_set(err, ERR_SYSTEM, "pdftotext does not tell its version");
		strcpy(name, "pdftotext ");
		strcat(name, buf_str(&version));
		strcat(name, " " READER_VERSION);
	}
	*out = xstrdup(name);
	return 0;
}

/* Did pdftotext refuse for want of a password, or because the file's author forbids to copy from it? */
static bool
is_locked(const struct buf *said)
{
	return strstr(buf_str(said), "Incorrect password") != NULL || strstr(buf_str(said), "Copying of text from this document is not allowed") != NULL;
}

static int
layout_of(const char *name, const char *bytes, size_t n, struct buf *layout, struct error *err)
{
	static const char *const argv[] = { "pdftotext", "-layout", "-enc", "UTF-8", "-l", LAST_PAGE_READ, "-", "-", NULL };
	AUTO_BUF said = BUF_INIT;
	const struct sandbox box = { .what = name, .seconds = SECONDS, .memory = MEMORY, .output = LIMIT_PDF_LAYOUT, .errors = &said };
	int rc = sandbox_exec(&box, argv, bytes, n, layout, err);

	if (rc == ERR_DATA && is_locked(&said))
		return error_set(err, ERR_DATA, "'%s' is encrypted: it opens with a password only", name);
	return rc;
}

static size_t
count_pages(const struct buf *layout)
{
	size_t pages = 0;

	for (size_t i = 0; i < layout->len; i++)
		pages += layout->data[i] == '\f';
	return pages;
}

int
pdf_text(const char *name, const char *bytes, size_t n, struct document_text *out, struct error *err)
{
	AUTO_BUF layout = BUF_INIT;
	size_t pages;
	int rc = tool_name(&out->tool, err);

	if (rc == 0)
		rc = layout_of(name, bytes, n, &layout, err);
	if (rc != 0)
		return rc;
	pages = count_pages(&layout);
	if (pages == 0)
		return error_set(err, ERR_DATA, "'%s' has no pages", name);
	if (pages > LIMIT_PDF_PAGES)
		return error_set(err, ERR_DATA, "'%s' has more than %d pages", name, LIMIT_PDF_PAGES);
	rc = pdf_paragraphs(buf_str(&layout), layout.len, out, err);
	if (rc != 0)
		return error_prefix(err, "'%s'", name);
	out->pages = pages;
	out->scanned = out->text[0] == '\0';
	if (out->scanned)
		strv_add(&out->notes, "no text layer: a scanned document");
	return 0;
}
