#include "search_often.h"

#include <stdlib.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"

#define RANK 300		/* bytes of a list that are one rank */
#define RANKS 64
#define BITS 6			/* documents of a digit */

/* search.js has the same table: lists up to this rank are cut into blocks of two to the 'shift' years, which gives pieces of up to 4 KB at 100,000 documents. */
static const struct { uint32_t rank; unsigned shift; } cuts[] = { { 13, 14 }, { 26, 4 }, { 53, 3 }, { RANKS - 1, 2 } };

uint32_t
search_day(struct date date)
{
	const struct date first = { 1900, 1, 1 };

	uint32_t day = date_is_set(date) ? (uint32_t)(date_days(date) - date_days(first) + 1) : 0;

	return day < SEARCH_NUMBERS ? day : SEARCH_NUMBERS - 1;		/* some day in the year 4104: such dates are wrong anyway */
}

/* ---- days ---- */

void
search_days_clear(struct search_days *d)
{
	free(d->n);
	free(d->before);
	*d = (struct search_days){ NULL, NULL, 0 };
}

void
search_days_add(struct search_days *d, uint32_t day, uint32_t documents)
{
	if (day >= d->days) {
		d->n = xrealloc(d->n, (day + 1) * sizeof(*d->n));
		while (d->days <= day)
			d->n[d->days++] = 0;
	}
	d->n[day] += documents;
}

void
search_days_sum(struct search_days *d)
{
	d->before = xcalloc(d->days + 1, sizeof(*d->before));
	for (size_t i = 0; i < d->days; i++)
		d->before[i + 1] = d->before[i] + d->n[i];
}

/* The first day of a block of years; undated documents lie in the first block. */
static size_t
first_day(const struct search_days *d, unsigned block, unsigned shift)
{
	unsigned year = block << shift;
	size_t day = year < 1900 ? 0 : year > 9999 ? d->days : search_day((struct date){ (int16_t)year, 1, 1 });

	return day < d->days ? day : d->days;
}

static int
emit_piece(const char *name, const char *list, search_emit emit, void *ctx)
{
	AUTO_FREE char *path = xasprintf("%s.js", name);
	AUTO_BUF bytes = BUF_INIT;

	buf_addf(&bytes, "regwatchIndex(\"%s\",\"%s\")\n", name, list);
	return emit(ctx, path, &bytes);
}

int
search_days_write(const struct search_days *d, search_emit emit, void *ctx)
{
	size_t from, to;
	int rc = 0;

	for (unsigned year = 1900; rc == 0 && (from = first_day(d, year, 0)) < d->days; year++) {
		AUTO_FREE char *name = xasprintf("past/n%u", year);
		AUTO_BUF list = BUF_INIT;

		to = first_day(d, year + 1, 0);
		for (size_t day = from; day < to; day++)
			search_number(d->n[day], &list);
		if (d->before[to] > d->before[from])
			rc = emit_piece(name, buf_str(&list), emit, ctx);
	}
	return rc;
}

/* ---- a word ---- */

struct numbers {
	uint32_t *v;
	size_t n;
};

static struct numbers
numbers_of(const struct search_days *d, struct search_reader list)
{
	struct numbers found = { xcalloc((size_t)(list.end - list.at) + 1, sizeof(uint32_t)), 0 };
	uint32_t day = 0, gap, place;

	while (search_number_read(&list, &gap) && search_number_read(&list, &place) && (day += gap) < d->days && place < d->n[day])
		found.v[found.n++] = d->before[day] + place;
	return found;
}

static void
add_bits(const uint32_t *v, size_t n, uint32_t base, struct buf *out)
{
	uint32_t digit = 0, at = base;

	search_number(1, out);
	for (size_t i = 0; i < n; ) {
		if (v[i] < at + BITS) {
			digit |= 1u << (v[i++] - at);
			continue;
		}
		search_number(digit, out);
		digit = 0;
		at += BITS;
	}
	search_number(digit, out);
}

static void
add_differences(const uint32_t *v, size_t n, uint32_t base, struct buf *out)
{
	uint32_t next = base;

	search_number(0, out);
	for (size_t i = 0; i < n; i++) {
		search_number(v[i] - next, out);
		next = v[i] + 1;
	}
}

static int
write_block(const char *word, unsigned block, const uint32_t *v, size_t n, uint32_t base, search_emit emit, void *ctx)
{
	AUTO_BUF name = BUF_INIT, list = BUF_INIT;

	buf_adds(&name, "past/f");
	for (; *word != '\0'; word++)
		buf_addf(&name, "%02x", (unsigned char)*word);
	buf_addf(&name, "-%u", block);
	if (n * BITS > v[n - 1] - base || v[n - 1] - base >= SEARCH_NUMBERS)
		add_bits(v, n, base, &list);
	else
		add_differences(v, n, base, &list);
	return emit_piece(buf_str(&name), buf_str(&list), emit, ctx);
}

static unsigned
shift_of(uint32_t rank)
{
	size_t i = 0;

	while (cuts[i].rank < rank)
		i++;
	return cuts[i].shift;
}

int
search_often_write(const struct search_days *d, const char *word, struct search_reader list, uint32_t *rank, search_emit emit, void *ctx)
{
	struct numbers found = numbers_of(d, list);
	size_t most = d->before[d->days] / BITS, bytes = found.n < most ? found.n : most, from = 0, to;
	unsigned block = 0, shift;
	int rc = 0;

	*rank = (uint32_t)(bytes / RANK < RANKS ? bytes / RANK : RANKS - 1);
	shift = shift_of(*rank);
	for (; rc == 0 && from < found.n; from = to, block++) {
		uint32_t end = d->before[first_day(d, block + 1, shift)];

		for (to = from; to < found.n && found.v[to] < end; to++)
			;
		if (to > from)
			rc = write_block(word, block, found.v + from, to - from, d->before[first_day(d, block, shift)], emit, ctx);
	}
	free(found.v);
	return rc;
}
