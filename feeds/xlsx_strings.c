#include "xlsx_strings.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"

#define PAGE (16 << 10)
#define PAGES 64

struct xlsx_strings {
	const char *scratch;
	FILE *file;		/* NULL until the first string */
	uint64_t *end;		/* where each string ends */
	size_t n, cap;
	struct page {
		uint64_t number;	/* which PAGE bytes of the file */
		size_t held;		/* 0: none */
		char *data;
	} pages[PAGES];		/* page i is kept in slot i % PAGES */
};

struct xlsx_strings *
xlsx_strings_new(const char *scratch)
{
	struct xlsx_strings *s = xcalloc(1, sizeof(*s));

	s->scratch = scratch;
	return s;
}

void
xlsx_strings_free(struct xlsx_strings *s)
{
	if (s == NULL)
		return;
	if (s->file != NULL)
		(void)fclose(s->file);
	free(s->end);
	for (size_t i = 0; i < PAGES; i++)
		free(s->pages[i].data);
	free(s);
}

size_t
xlsx_strings_count(const struct xlsx_strings *s)
{
	return s->n;
}

int
xlsx_strings_add(struct xlsx_strings *s, const char *text, size_t n, struct error *err)
{
	int rc;

	if (s->file == NULL && (rc = file_nameless(s->scratch, &s->file, err)) < 0)
		return rc;
	if (fwrite(text, 1, n, s->file) != n)
		return error_errno(err, ERR_IO, "cannot write beside '%s'", s->scratch);
	s->end = xgrow(s->end, s->n, &s->cap, sizeof(*s->end));
	s->end[s->n] = (s->n > 0 ? s->end[s->n - 1] : 0) + n;
	s->n++;
	return 0;
}

/* n bytes at 'from' of the file. */
static int
read_at(struct xlsx_strings *s, uint64_t from, char *data, size_t n, size_t *got, struct error *err)
{
	for (*got = 0; *got < n; ) {
		ssize_t rc = pread(fileno(s->file), data + *got, n - *got, (off_t)(from + *got));

		if (rc < 0 && errno == EINTR)
			continue;
		if (rc < 0)
			return error_errno(err, ERR_IO, "cannot read what was written beside '%s'", s->scratch);
		if (rc == 0)
			return 0;
		*got += (size_t)rc;
	}
	return 0;
}

/* The page that holds byte 'at'. It is read again when it ended before, because the file has grown since. */
static int
find_page(struct xlsx_strings *s, uint64_t at, struct page **out, struct error *err)
{
	struct page *page = &s->pages[at / PAGE % PAGES];

	*out = page;
	if (page->number == at / PAGE && page->held > at % PAGE)
		return 0;
	if (fflush(s->file) != 0)
		return error_errno(err, ERR_IO, "cannot write beside '%s'", s->scratch);
	if (page->data == NULL)
		page->data = xmalloc(PAGE);
	page->number = at / PAGE;
	return read_at(s, at / PAGE * PAGE, page->data, PAGE, &page->held, err);
}

int
xlsx_strings_get(struct xlsx_strings *s, size_t i, struct buf *out, struct error *err)
{
	struct page *page;
	uint64_t at;
	int rc;

	if (i >= s->n)
		return error_set(err, ERR_DATA, "shared string %zu where there are %zu", i, s->n);
	for (at = i > 0 ? s->end[i - 1] : 0; at < s->end[i]; ) {
		uint64_t part = s->end[i] - at;

		if ((rc = find_page(s, at, &page, err)) < 0)
			return rc;
		if (page->held <= at % PAGE)
			return error_set(err, ERR_IO, "what was written beside '%s' was cut short", s->scratch);
		part = part < page->held - at % PAGE ? part : page->held - at % PAGE;
		buf_add(out, page->data + at % PAGE, part);
		at += part;
	}
	return 0;
}
