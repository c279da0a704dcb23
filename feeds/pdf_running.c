#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "pdf_lines.h"

#define DEEPEST 6		/* lines of a running head or foot */
#define LONGEST 300		/* bytes of one */
#define NUMBERS 4		/* numbers in one of which each may be the page's */

/* One way to read a line at an edge of a page: in its words, or with one of its numbers taken for the page's. Lines with the same hash say the same. */
struct reading {
	uint64_t hash;
	size_t line;
	bool numbered;		/* a number of it is taken for the page's */
	bool bare;		/* and nothing else is in it but "Page", "of", dashes */
};

struct readings {
	struct reading *v;
	size_t n, cap;
};

static uint64_t
hash_bytes(const struct buf *b)
{
	uint64_t h = 14695981039346656037u;	/* FNV-1a */

	for (size_t i = 0; i < b->len; i++)
		h = (h ^ (unsigned char)b->data[i]) * 1099511628211u;
	return h;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the number at s; 0 when there is none. */
static size_t
number_at(const char *s, size_t n, long *value)
{
	size_t i = 0;

	*value = 0;
	for (; i < n && is_digit(s[i]); i++)
		if (*value < 1000000)
			*value = *value * 10 + (s[i] - '0');
	return i;
}

/* The line with its k-th number (from 0; -1: none) as its distance from the page. False when it has no such number. */
static bool
say(const struct pdf_line *l, int k, struct buf *out)
{
	int seen = 0;
	bool found = k < 0;

	buf_reset(out);
	for (size_t i = 0; i < l->n;) {
		long value;
		size_t digits = number_at(l->s + i, l->n - i, &value);

		if (digits == 0) {
			if (l->s[i] != ' ' || (out->len > 0 && out->data[out->len - 1] != ' '))
				buf_addc(out, l->s[i]);
			i++;
			continue;
		}
		if (seen++ == k) {
			buf_addf(out, "<%ld>", value - (long)l->page);
			found = true;
		} else {
			buf_add(out, l->s + i, digits);
		}
		i += digits;
	}
	return found;
}

/* Nothing but numbers and what is written around those of pages. */
static bool
is_bare_number(const struct pdf_line *l)
{
	static const char *const around[] = { "page", "pag", "of", "de", "von", "sur", "seite", "p", "di", "van", "out" };
	char word[8];
	size_t n = 0;

	for (size_t i = 0; i <= l->n; i++) {
		char c = i < l->n ? l->s[i] : ' ';

		if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
			if (n + 1 >= sizeof(word))
				return false;
			word[n++] = (char)(c | 0x20);
			continue;
		}
		word[n] = '\0';
		for (size_t k = 0; n > 0 && k < sizeof(around) / sizeof(*around); k++)
			if (strcmp(word, around[k]) == 0)
				n = 0;
		if (n > 0 || (!is_digit(c) && strchr(" -/|.[]()", c) == NULL && (unsigned char)c < 0x80))
			return false;
	}
	/* of what is beyond ASCII only the dashes, which begin with the byte E2 */
	for (size_t i = 0; i < l->n; i++)
		if ((unsigned char)l->s[i] >= 0xc0 && (unsigned char)l->s[i] != 0xe2)
			return false;
	return true;
}

static void
add_readings(struct readings *r, const struct pdf_lines *l, size_t line, const struct rx *heading)
{
	const struct pdf_line *at = &l->v[line];
	AUTO_BUF text = BUF_INIT;
	struct rx_match m;
	bool said;

	if (at->n > LONGEST)
		return;
	/* "Article 3" at the head of the third page numbers an article; and a sentence is no foot, whatever number is in it */
	said = rx_exec(heading, at->s, at->n, 0, &m, NULL) || (strchr(".;", at->s[at->n - 1]) != NULL && !is_bare_number(at));
	for (int k = -1; k < NUMBERS && say(at, k, &text); k++) {
		if (k >= 0 && said)
			break;
		r->v = xgrow(r->v, r->n, &r->cap, sizeof(*r->v));
		r->v[r->n++] = (struct reading){ .hash = hash_bytes(&text), .line = line, .numbered = k >= 0, .bare = k >= 0 && is_bare_number(at) };
	}
}

static int
reading_cmp(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* On how many pages must it be said to be no text of the document? Heads of left and right pages differ, so less than half is enough. */
static size_t
pages_needed(const struct reading *r, unsigned pages)
{
	size_t part = (size_t)pages * 2 / 5;
	size_t least = r->numbered && !r->bare ? 3 : 2;

	return part > least ? part : least;
}

static bool
drop_common(struct readings *r, struct pdf_lines *l)
{
	bool dropped = false;

	if (r->n == 0)
		return false;
	qsort(r->v, r->n, sizeof(*r->v), reading_cmp);
	for (size_t i = 0, end; i < r->n; i = end) {
		for (end = i + 1; end < r->n && r->v[end].hash == r->v[i].hash; end++)
			;
		if (end - i < pages_needed(&r->v[i], l->pages))
			continue;
		for (size_t k = i; k < end; k++)
			l->v[r->v[k].line].gone = dropped = true;
	}
	return dropped;
}

/* The first or last line of the page of v[from..to) that is still there; 'to' when there is none. */
static size_t
edge(const struct pdf_lines *l, size_t from, size_t to, bool top)
{
	for (size_t i = 0; i < to - from; i++) {
		size_t at = top ? from + i : to - 1 - i;

		if (!l->v[at].gone)
			return at;
	}
	return to;
}

static size_t
page_end(const struct pdf_lines *l, size_t from)
{
	size_t to = from;

	while (to < l->n && l->v[to].page == l->v[from].page)
		to++;
	return to;
}

static bool
drop_edges(struct pdf_lines *l, bool top, const struct rx *heading)
{
	struct readings r = { NULL, 0, 0 };
	bool dropped;

	for (size_t from = 0, to; from < l->n; from = to) {
		size_t at;

		to = page_end(l, from);
		at = edge(l, from, to, top);
		if (at < to)
			add_readings(&r, l, at, heading);
	}
	dropped = drop_common(&r, l);
	free(r.v);
	return dropped;
}

/* A document of one page says its number only where it says that there is no other: "1/1", "- 1 -", "Page 1". */
static void
drop_only_number(struct pdf_lines *l)
{
	struct pdf_line *last = &l->v[l->n - 1];
	bool plain = true;

	for (size_t i = 0; i < last->n; i++)
		plain = plain && is_digit(last->s[i]);
	if (l->pages == 1 && l->n > 1 && !plain && last->n < 20 && last->gap > 0 && is_bare_number(last) && memchr(last->s, '1', last->n) != NULL)
		last->gone = true;
}

void
pdf_running_drop(struct pdf_lines *l, const struct rx *heading)
{
	if (l->n == 0)
		return;
	for (int top = 0; top < 2; top++)
		for (int depth = 0; depth < DEEPEST && drop_edges(l, top == 1, heading); depth++)
			;
	drop_only_number(l);
}
