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

#define WINDOW (256 << 10)

struct xlsx_strings {
	FILE *file;		/* NULL until the first string */
	uint64_t *end;		/* where each string ends */
	size_t n, cap;
	char *window;
	uint64_t from;		/* of the window, in the file */
	size_t held;
};

struct xlsx_strings *
xlsx_strings_new(void)
{
	return xcalloc(1, sizeof(struct xlsx_strings));
}

void
xlsx_strings_free(struct xlsx_strings *s)
{
	if (s == NULL)
		return;
	if (s->file != NULL)
		(void)fclose(s->file);
	free(s->end);
	free(s->window);
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
	if (s->file == NULL && (s->file = tmpfile()) == NULL)
		return error_errno(err, ERR_IO, "cannot make a temporary file");
	if (fwrite(text, 1, n, s->file) != n)
		return error_errno(err, ERR_IO, "cannot write a temporary file");
	s->end = xgrow(s->end, s->n, &s->cap, sizeof(*s->end));
	s->end[s->n] = (s->n > 0 ? s->end[s->n - 1] : 0) + n;
	s->n++;
	s->held = 0;	/* the window may lack what was just written */
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
			return error_errno(err, ERR_IO, "cannot read a temporary file");
		if (rc == 0)
			return 0;
		*got += (size_t)rc;
	}
	return 0;
}

/* Moves the window so that it starts at 'from'. */
static int
move_window(struct xlsx_strings *s, uint64_t from, struct error *err)
{
	if (fflush(s->file) != 0)
		return error_errno(err, ERR_IO, "cannot write a temporary file");
	if (s->window == NULL)
		s->window = xmalloc(WINDOW);
	s->from = from;
	return read_at(s, from, s->window, WINDOW, &s->held, err);
}

int
xlsx_strings_get(struct xlsx_strings *s, size_t i, struct buf *out, struct error *err)
{
	uint64_t from;
	size_t n;
	int rc;

	if (i >= s->n)
		return error_set(err, ERR_DATA, "shared string %zu where there are %zu", i, s->n);
	from = i > 0 ? s->end[i - 1] : 0;
	for (n = (size_t)(s->end[i] - from); n > 0; ) {
		size_t part;

		if (from < s->from || from >= s->from + s->held) {
			if ((rc = move_window(s, from, err)) < 0)
				return rc;
			if (s->held == 0)
				return error_set(err, ERR_IO, "a temporary file was cut short");
		}
		part = (size_t)(s->from + s->held - from);
		part = part < n ? part : n;
		buf_add(out, s->window + (from - s->from), part);
		from += part;
		n -= part;
	}
	return 0;
}
