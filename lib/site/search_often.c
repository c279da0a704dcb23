#include "search_often.h"

#include <stdbool.h>
#include <stdlib.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"

#define LEAST 1024		/* documents of rank 0 */
#define RANKS 64
#define BITS 6			/* documents of a digit */
#define ROOM 1500		/* bytes that a piece has if a word is as frequent in its years as in others; search.js has the same number */
#define YEARS 16384		/* more than there are */
#define PAIRED 48		/* words at most */

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

/* Undated documents lie in year 0. */
static size_t
first_day(const struct search_days *d, unsigned year)
{
	size_t day = year == 0 ? 0 : year < 1900 ? 1 : year > 9999 ? d->days : search_day((struct date){ (int16_t)year, 1, 1 });

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

	for (unsigned year = 1900; rc == 0 && (from = first_day(d, year)) < d->days; year++) {
		AUTO_FREE char *name = xasprintf("past/n%u", year);
		AUTO_BUF list = BUF_INIT;

		to = first_day(d, year + 1);
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

/* Years of one piece, or of two halves that are cut alike. */
struct years {
	unsigned first, n;
};

struct writing {
	const struct search_days *days;
	const char *name;		/* of all pieces, up to the year */
	struct numbers numbers;
	uint64_t most;			/* documents in all that set the cut: six a digit, no piece is longer than one of bits */
	search_emit emit;
	void *ctx;
};

/* Documents before a year. */
static uint32_t
before_year(const struct search_days *d, unsigned year)
{
	return d->before[first_day(d, year)];
}

static bool
is_long(const struct writing *w, struct years y)
{
	uint64_t all = w->days->before[w->days->days], docs = before_year(w->days, y.first + y.n) - before_year(w->days, y.first);

	return w->most * docs > ROOM * BITS * all;
}

/* How many of the numbers lie before one. */
static size_t
numbers_before(const struct numbers *numbers, uint32_t number)
{
	size_t low = 0, high = numbers->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (numbers->v[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int
write_piece(const struct writing *w, struct years y)
{
	uint32_t base = before_year(w->days, y.first), end = before_year(w->days, y.first + y.n);
	AUTO_FREE char *name = xasprintf("past/%s-%u", w->name, y.first);
	AUTO_BUF list = BUF_INIT;
	size_t from = numbers_before(&w->numbers, base), n = numbers_before(&w->numbers, end) - from;
	const uint32_t *v = w->numbers.v + from;

	if (n > 0 && n * BITS > v[n - 1] - base)
		add_bits(v, n, base, &list);
	else
		add_differences(v, n, base, &list);
	return emit_piece(name, buf_str(&list), w->emit, w->ctx);
}

/* Years without a document have no piece; a piece without the word says so. */
static int
write_years(const struct writing *w, struct years y)
{
	struct years half = { y.first, y.n / 2 };
	int rc;

	if (before_year(w->days, y.first) == before_year(w->days, y.first + y.n))
		return 0;
	if (y.n == 1 || !is_long(w, y))
		return write_piece(w, y);
	if ((rc = write_years(w, half)) != 0)
		return rc;
	half.first += half.n;
	return write_years(w, half);
}

/* Eighths of a doubling. */
static uint32_t
rank_of(size_t n)
{
	uint32_t doublings = 0;

	if (n < LEAST)
		return 0;
	while (doublings < RANKS / 8 - 1 && n >> doublings >= 2 * LEAST)
		doublings++;
	n = 8 * (n >> doublings) / LEAST - 8;
	return doublings * 8 + (n < 8 ? (uint32_t)n : 7);
}

/* The fewest documents of a rank. */
static uint64_t
least_of(uint32_t rank)
{
	return (uint64_t)(8 + rank % 8) * LEAST / 8 << rank / 8;
}

static int
write_list(const struct search_days *d, const char *name, struct numbers numbers, uint64_t least, search_emit emit, void *ctx)
{
	uint64_t all = d->before[d->days];
	struct writing w = { d, name, numbers, least * BITS < all ? least * BITS : all, emit, ctx };

	return write_years(&w, (struct years){ 0, YEARS });
}

static void
add_hex(const char *word, struct buf *out)
{
	for (; *word != '\0'; word++)
		buf_addf(out, "%02x", (unsigned char)*word);
}

int
search_often_write(const struct search_days *d, struct search_frequent *f, search_emit emit, void *ctx)
{
	struct numbers numbers = numbers_of(d, f->list);
	AUTO_BUF name = BUF_INIT;
	int rc;

	f->rank = rank_of(numbers.n);
	buf_addc(&name, 'f');
	add_hex(f->word, &name);
	rc = write_list(d, buf_str(&name), numbers, least_of(f->rank), emit, ctx);
	free(numbers.v);
	return rc;
}

/* ---- two words ---- */

static uint32_t
paired_from(const struct search_frequent *v, size_t n)
{
	size_t words[RANKS] = { 0 }, sum = 0;
	uint32_t rank = RANKS;

	for (size_t i = 0; i < n; i++)
		words[v[i].rank]++;
	while (rank > 0 && (sum += words[rank - 1]) <= PAIRED)
		rank--;
	return rank;
}

static struct numbers
common(const struct numbers *a, const struct numbers *b)
{
	struct numbers found = { xcalloc((a->n < b->n ? a->n : b->n) + 1, sizeof(uint32_t)), 0 };

	for (size_t i = 0, k = 0; i < a->n && k < b->n; ) {
		uint32_t x = a->v[i], y = b->v[k];

		if (x == y)
			found.v[found.n++] = x;
		i += x <= y;
		k += y <= x;
	}
	return found;
}

struct paired {
	const struct search_frequent *word;
	struct numbers numbers;
};

static int
write_pair(const struct search_days *d, const struct paired *a, const struct paired *b, search_emit emit, void *ctx)
{
	uint64_t all = d->before[d->days], least = least_of(a->word->rank) * least_of(b->word->rank) / all;
	AUTO_BUF name = BUF_INIT;
	struct numbers both;
	int rc;

	if (least * 2 * BITS >= all)
		return 0;
	buf_addc(&name, 'g');
	add_hex(a->word->word, &name);
	buf_addc(&name, '-');
	add_hex(b->word->word, &name);
	both = common(&a->numbers, &b->numbers);
	rc = write_list(d, buf_str(&name), both, least, emit, ctx);
	free(both.v);
	return rc;
}

int
search_pairs_write(const struct search_days *d, const struct search_frequent *v, size_t n, search_emit emit, void *ctx)
{
	uint32_t from = paired_from(v, n);
	struct paired paired[PAIRED];
	AUTO_BUF rule = BUF_INIT;
	size_t m = 0;
	int rc;

	search_number(from, &rule);
	rc = emit_piece("past/g", buf_str(&rule), emit, ctx);
	for (size_t i = 0; i < n; i++)
		if (v[i].rank >= from)
			paired[m++] = (struct paired){ &v[i], numbers_of(d, v[i].list) };
	for (size_t i = 0; i < m; i++)
		for (size_t k = i + 1; rc == 0 && k < m; k++)
			rc = write_pair(d, &paired[i], &paired[k], emit, ctx);
	for (size_t i = 0; i < m; i++)
		free(paired[i].numbers.v);
	return rc;
}
