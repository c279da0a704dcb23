#include "tris_lines.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"

#define LINES_MAX 100000
#define ITEM_NUMBERS 17
#define SKIP_MAX 2		/* items in a row that a message may lack */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "14. Yes", "7.", "3A. ..."; not "5.12.2020" or "1) ...". Item 4 begins with digits itself: "4.2024/0321/FI" is taken. */
static void
read_number(struct tris_line *line)
{
	const char *p = line->s, *end = line->s + line->n;
	unsigned number = 0;

	while (p < end && p - line->s < 2 && is_digit(*p))
		number = 10 * number + (unsigned)(*p++ - '0');
	if (number == 0 || number >= ITEM_NUMBERS || *line->s == '0')
		return;
	if (number == 3 && p < end && (*p == 'A' || *p == 'B' || *p == 'a' || *p == 'b'))
		line->letter = (char)(*p++ & ~0x20);
	if (p == end || *p++ != '.')
		return;
	if (p < end && (*p == '.' || *p == ')' || (is_digit(*p) && !(number == 4 && end - p > 5 && p[4] == '/'))))
		return;
	while (p < end && *p == ' ')
		p++;
	line->number = (unsigned char)number;
	line->rest = (size_t)(p - line->s);
}

void
tris_lines_init(struct tris_lines *lines, const char *text, size_t n)
{
	const char *end = text + n;
	size_t cap = 0;

	lines->v = NULL;
	lines->n = 0;
	while (text < end && lines->n < LINES_MAX) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		struct tris_line line = { .s = text };

		line.n = (size_t)((stop != NULL ? stop : end) - text);
		read_number(&line);
		lines->v = xgrow(lines->v, lines->n, &cap, sizeof(*lines->v));
		lines->v[lines->n++] = line;
		text += line.n + 1;
	}
}

void
tris_lines_clear(struct tris_lines *lines)
{
	free(lines->v);
	lines->v = NULL;
	lines->n = 0;
}

unsigned
tris_item_number(int slot)
{
	return slot < TRIS_MINISTRY ? (unsigned)slot + 1 : slot == TRIS_MINISTRY ? 3 : (unsigned)slot;
}

/* What the search for items knows. */
struct search {
	const struct tris_lines *lines;
	size_t last[TRIS_ITEMS];	/* last line that could begin the item; 0 none (line 0 begins none but the first) */
	bool lettered;			/* 3A. and 3B., not 3. twice */
	unsigned nested;		/* how far a numbered list inside the current item has come */
};

/* Item 4 is the notification's number, here or, under the old label, on the next line; an address may start "4. Stock". */
static bool
has_number(const struct tris_lines *lines, size_t i)
{
	for (size_t k = i; k < lines->n && k < i + 2; k++) {
		const char *p = lines->v[k].s + lines->v[k].rest;

		if (k > i && lines->v[k].number != 0)
			return false;
		if (lines->v[k].n - lines->v[k].rest > 7 && is_digit(p[0]) && is_digit(p[3]) && p[4] == '/' && is_digit(p[5]))
			return true;
	}
	return false;
}

/* Can the line begin this item, by its own words? */
static bool
may_begin(const struct search *s, size_t i, int slot)
{
	const struct tris_line *line = &s->lines->v[i];

	if (line->number != tris_item_number(slot))
		return false;
	if (slot == TRIS_CONTACT)
		return line->letter != 'B';
	if (slot == TRIS_MINISTRY)
		return line->letter == 'B' || (line->letter == '\0' && !s->lettered);
	return slot != TRIS_NUMBER || has_number(s->lines, i);
}

static void
find_last(struct search *s, size_t from)
{
	for (size_t i = from; i < s->lines->n; i++)
		if (s->lines->v[i].number == 3) {
			s->lettered = s->lines->v[i].letter != '\0';
			break;
		}
	for (size_t i = from; i < s->lines->n; i++)
		for (int slot = 0; s->lines->v[i].number != 0 && slot < TRIS_ITEMS; slot++)
			if (may_begin(s, i, slot))
				s->last[slot] = i;
}

/* A list "1. 2. ... 8. 9." in item 8 reaches the number of item 9. It is still the list when the number comes once more before any
 * list begins anew. */
static bool
goes_on_with_list(const struct search *s, size_t i)
{
	unsigned number = s->lines->v[i].number;

	if (number == 1 || s->nested != number - 1)
		return false;
	for (size_t k = i + 1; k < s->lines->n && s->lines->v[k].number != 1; k++)
		if (s->lines->v[k].number == number)
			return true;
	return false;
}

/* The slot that line i begins when 'next' is expected, or -1. An item may be left out when it does not come later. */
static int
begins(const struct search *s, size_t i, int next)
{
	for (int slot = next; slot < TRIS_ITEMS && slot <= next + SKIP_MAX; slot++) {
		if (may_begin(s, i, slot))
			return goes_on_with_list(s, i) ? -1 : slot;
		if (s->last[slot] > i)
			return -1;
	}
	return -1;
}

void
tris_lines_items(const struct tris_lines *lines, size_t from, size_t starts[TRIS_ITEMS])
{
	struct search s = { .lines = lines };
	int next = 0;

	for (int slot = 0; slot < TRIS_ITEMS; slot++)
		starts[slot] = lines->n;
	find_last(&s, from);
	for (size_t i = from; i < lines->n && next < TRIS_ITEMS; i++) {
		unsigned number = lines->v[i].number;
		int slot = number == 0 ? -1 : begins(&s, i, next);

		if (slot >= 0) {
			starts[slot] = i;
			next = slot + 1;
			s.nested = 0;
		} else if (number == 1 || (number != 0 && number == s.nested + 1)) {
			s.nested = number;
		}
	}
}
