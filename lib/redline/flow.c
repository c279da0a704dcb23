#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "../notice/canon.h"
#include "labels.h"
#include "sentences.h"

#define WIDEST 200	/* bytes: no line that was broken for its width is longer */
#define FULL 60		/* percent of the width that a broken line has at least */

struct lines {
	const char *s, *end;
	size_t width;
};

static size_t
line_length(const char *s, const char *end)
{
	const char *p = memchr(s, '\n', (size_t)(end - s));

	return (size_t)((p != NULL ? p : end) - s);
}

static bool
is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '\t')
			return false;
	return true;
}

size_t
pieces_width(const char *text)
{
	const char *end = text + strlen(text);
	size_t most = 0;

	while (text < end) {
		size_t n = line_length(text, end);

		if (n > most)
			most = n;
		text += n + 1;
	}
	return most <= WIDEST ? most : 0;
}

static bool
is_whole(const char *s, size_t n)
{
	struct opening o;

	return label_read(s, n, &o) && (o.kind == PROVISION_ROW || o.hashes > 0);
}

/* Was the line broken for its width, so that its sentence goes on in the next? */
static bool
goes_on(const struct lines *l, const char *s, size_t n)
{
	const char *next = s + n + 1;
	size_t next_n, length = n;
	struct opening o;

	if (next >= l->end || 100 * n < FULL * l->width || l->width == 0)
		return false;
	next_n = line_length(next, l->end);
	while (length > 0 && s[length - 1] == ' ')
		length--;
	if (length == 0 || strchr(".!?:;", s[length - 1]) != NULL)
		return false;
	return !is_blank(next, next_n) && !label_is_bullet(next, next_n) && !label_read(next, next_n, &o);
}

/* The sentences of n bytes of a paragraph. What follows each is a blank or a line end; behind the last stands 'end'. */
static void
add_sentences(const char *s, size_t n, size_t tail, const char *end, struct pieces *out)
{
	AUTO_FREE size_t *starts = NULL;
	AUTO_FREE char *flat = xstrndup(s, n);
	size_t count;

	for (size_t i = 0; i < n; i++)
		if (flat[i] == '\n')
			flat[i] = ' ';
	count = canon_sentences(flat, n, &starts);
	for (size_t i = 0; i + 1 < count; i++)
		pieces_add(out, s + starts[i], starts[i + 1] - 1 - starts[i], s[starts[i + 1] - 1] == '\n' ? "\n" : " ");
	pieces_add(out, s + (count > 0 ? starts[count - 1] : 0), n + tail - (count > 0 ? starts[count - 1] : 0), end);
}

/* Bytes of the blank lines at s. */
static size_t
blank_lines(const char *s, const char *end)
{
	const char *from = s;

	while (s < end) {
		size_t n = line_length(s, end);

		if (!is_blank(s, n))
			break;
		s += n;
		s += s < end;
	}
	return (size_t)(s - from);
}

void
pieces_split_flow(const char *s, size_t n, size_t width, struct pieces *out)
{
	const struct lines l = { s, s + n, width };

	out->flow = true;
	while (s < l.end) {
		size_t length = line_length(s, l.end), line = length, tail, ended;
		const char *last = s;

		if (!is_whole(s, length))
			while (goes_on(&l, last, line)) {
				last += line + 1;
				line = line_length(last, l.end);
				length = (size_t)(last - s) + line;
			}
		tail = s + length < l.end ? 1 + blank_lines(s + length + 1, l.end) : 0;
		ended = tail > 0 && s[length + tail - 1] == '\n';
		if (is_whole(s, length))
			pieces_add(out, s, length + tail - ended, ended ? "\n" : "");
		else
			add_sentences(s, length, tail - ended, ended ? "\n" : "", out);
		s += length + tail;
	}
}
