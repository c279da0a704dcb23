/* What the text of an attached document costs: document_bench [FILE...]. SYNTHETIC documents of 200 KB of text in each form that needs no other program, then
 * the files that are named; each through the child that bounds it, as fetch does. scripts/bench shows the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>	/* the maker of documents is the tests' */

#include "feeds/document.h"
#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "tests/unit/docx_maker.h"

#define BYTES 200000
#define FILE_MAX ((size_t)64 << 20)

/* A paragraph in forty is a heading, one in twelve a row of a table. */
static void
add_docx(struct buf *body, unsigned i)
{
	if (i % 40 == 0)
		buf_addf(body, "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Article %u</w:t></w:r></w:p>", i / 40 + 1);
	else if (i % 12 == 0)
		buf_addf(body, "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Substance %u</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>%u mg/kg</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", i, i % 90);
	else
		buf_addf(body, "<w:p><w:r><w:t xml:space=\"preserve\">(%u) The manufacturer shall </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>keep the records</w:t></w:r>"
		    "<w:r><w:t xml:space=\"preserve\"> of the assessment for %u years, and shows them to the authorities on request.</w:t></w:r></w:p>", i % 40, i % 9 + 2);
}

static void
make_docx(struct buf *out)
{
	struct zip_maker zip = { .members = 0 };
	struct docx_parts parts = { .styles = "<w:style w:styleId=\"Heading1\" w:type=\"paragraph\"><w:name w:val=\"heading 1\"/></w:style>" };
	AUTO_BUF body = BUF_INIT;

	for (unsigned i = 0; i < BYTES / 105; i++)
		add_docx(&body, i);
	parts.body = buf_str(&body);
	docx_make(&zip, &parts);
	buf_add(out, zip.file.data, zip.file.len);
	buf_clear(&zip.file);
}

static void
make_html(struct buf *out)
{
	buf_adds(out, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>x</title></head><body>");
	for (unsigned i = 0; out->len < BYTES; i++)
		buf_addf(out, "<h2>Article %u</h2><p>The <b>manufacturer</b> shall keep the records of the assessment for %u years.</p>"
		    "<table><tr><td>Substance %u</td><td>%u&nbsp;mg/kg</td></tr></table>", i, i % 9 + 2, i, i % 90);
	buf_adds(out, "</body></html>");
}

static void
make_plain(struct buf *out)
{
	for (unsigned i = 0; out->len < BYTES; i++)
		buf_addf(out, "Article %u\n\nThe manufacturer shall keep the records of the\nassessment for %u years.\n\n", i, i % 9 + 2);
}

static double
seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static double
cpu(int whose)
{
	struct rusage used;

	getrusage(whose, &used);
	return seconds(&used.ru_utime) + seconds(&used.ru_stime);
}

/* In a process of its own, so that the peak is that of this document. */
static void
measure(const char *name, const struct buf *bytes)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0 };
	struct timespec begin, end;
	struct rusage used;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	if (document_extract(name, bytes->data, bytes->len, &d, &err) < 0) {
		printf("  %-34s refused: %s\n", name, err.text);
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	getrusage(RUSAGE_CHILDREN, &used);
	printf("  %-34s %6zu KB  %6zu KB of text  %7.0f ms CPU (%.0f ms)  %4ld MB\n", name, bytes->len / 1000, strlen(d.text) / 1000,
	    1000 * (cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN)), 1000 * ((double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9),
	    used.ru_maxrss / 1024);
}

static int
apart(const char *name, const struct buf *bytes)
{
	int status;
	pid_t child;

	fflush(stdout);
	if ((child = fork()) < 0)
		return 71;
	if (child == 0) {
		measure(name, bytes);
		fflush(stdout);
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && status == 0 ? 0 : 70;
}

int
main(int argc, char **argv)
{
	static const struct { const char *name; void (*make)(struct buf *out); } cases[] = { { "DOCX", make_docx }, { "HTML", make_html }, { "plain text", make_plain } };
	int rc = 0;

	printf("text of attached documents (what comes, its text; CPU with the child that bounds it; peak memory of the child)\n");
	for (size_t i = 0; rc == 0 && i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_BUF bytes = BUF_INIT;

		cases[i].make(&bytes);
		rc = apart(cases[i].name, &bytes);
	}
	for (int i = 1; rc == 0 && i < argc; i++) {
		AUTO_BUF bytes = BUF_INIT;
		const char *slash = strrchr(argv[i], '/');
		struct error err = { 0 };

		if (file_read(argv[i], FILE_MAX, &bytes, &err) < 0) {
			fprintf(stderr, "document_bench: %s\n", err.text);
			return 74;
		}
		rc = apart(slash != NULL ? slash + 1 : argv[i], &bytes);
	}
	return rc;
}
