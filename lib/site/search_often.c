#include "search_often.h"

#include <stdbool.h>
#include <stdlib.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "search_numbers.h"

#define LEAST 1024		/* documents of rank 0 */
#define BITS 6			/* documents that a character stands for at least */
#define ROOM 1500		/* bytes that a piece has if a word is as frequent in its years as in others; search_index.js has the same number */

/* ---- how frequent ---- */

/* Eighths of a doubling. */
uint32_t
search_rank(size_t n)
{
	uint32_t doublings = 0;

	if (n < LEAST)
		return 0;
	while (doublings < SEARCH_RANKS / 8 - 1 && n >> doublings >= 2 * LEAST)
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

/* ---- a list ---- */

/* Years of one piece, or of two halves that are cut alike. */
struct span {
	unsigned first, n;
};

struct writing {
	const struct search_years *years;
	const char *name;		/* of all pieces, up to the year */
	const uint32_t *v;
	size_t n;
	uint64_t most;			/* documents in all that set the cut */
	search_emit emit;
	void *ctx;
};

static bool
is_long(const struct writing *w, struct span s)
{
	uint64_t all = w->years->before[SEARCH_YEARS], docs = w->years->before[s.first + s.n] - w->years->before[s.first];

	return w->most * docs > ROOM * BITS * all;
}

/* How many of the numbers lie before one. */
static size_t
numbers_before(const struct writing *w, uint32_t number)
{
	size_t low = 0, high = w->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (w->v[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int
write_piece(const struct writing *w, struct span s)
{
	uint32_t first = w->years->before[s.first];
	size_t from = numbers_before(w, first), n = numbers_before(w, w->years->before[s.first + s.n]) - from;
	AUTO_FREE char *name = xasprintf("%s-%u", w->name, s.first), *path = xasprintf("%s.js", name);
	AUTO_BUF bytes = BUF_INIT;

	buf_addf(&bytes, "regwatchIndex(\"%s\",\"", name);
	search_numbers(w->v + from, n, first, &bytes);
	buf_adds(&bytes, "\")\n");
	return w->emit(w->ctx, path, &bytes);
}

/* Years without a document have no piece; a piece without the word says so. */
static int
write_years(const struct writing *w, struct span s)
{
	struct span half = { s.first, s.n / 2 };
	int rc;

	if (w->years->before[s.first] == w->years->before[s.first + s.n])
		return 0;
	if (s.n == 1 || !is_long(w, s))
		return write_piece(w, s);
	if ((rc = write_years(w, half)) != 0)
		return rc;
	half.first += half.n;
	return write_years(w, half);
}

/* No piece is longer than one of so many documents that each stands for a bit. */
static int
write_list(const struct search_years *years, const char *name, const uint32_t *v, size_t n, uint64_t least, search_emit emit, void *ctx)
{
	uint64_t all = years->before[SEARCH_YEARS];
	struct writing w = { years, name, v, n, least * BITS < all ? least * BITS : all, emit, ctx };

	return write_years(&w, (struct span){ 0, SEARCH_YEARS });
}

static void
add_hex(const char *word, struct buf *out)
{
	static const char digits[] = "0123456789abcdef";

	for (; *word != '\0'; word++) {
		buf_addc(out, digits[(unsigned char)*word >> 4]);
		buf_addc(out, digits[(unsigned char)*word & 15]);
	}
}

int
search_often_write(const struct search_years *years, const char *folder, const char *word, const uint32_t *v, size_t n, search_emit emit, void *ctx)
{
	AUTO_BUF name = BUF_INIT;

	buf_addf(&name, "%s/f", folder);
	add_hex(word, &name);
	return write_list(years, buf_str(&name), v, n, least_of(search_rank(n)), emit, ctx);
}

/* ---- two words ---- */

uint32_t
search_paired_from(const size_t ranks[SEARCH_RANKS])
{
	uint32_t rank = SEARCH_RANKS;
	size_t sum = 0;

	while (rank > 0 && (sum += ranks[rank - 1]) <= SEARCH_PAIRED)
		rank--;
	return rank;
}

/* If they fall independently. */
static uint64_t
least_of_both(const struct search_years *years, const struct search_frequent *a, const struct search_frequent *b)
{
	return least_of(a->rank) * least_of(b->rank) / years->before[SEARCH_YEARS];
}

bool
search_pair_has(const struct search_years *years, const struct search_frequent *a, const struct search_frequent *b, struct buf *begin)
{
	if (least_of_both(years, a, b) * 2 * BITS >= years->before[SEARCH_YEARS])
		return false;
	buf_reset(begin);
	buf_adds(begin, "past/pairs/");
	add_hex(a->word, begin);
	buf_addc(begin, '-');
	add_hex(b->word, begin);
	return true;
}

static size_t
common(const struct search_frequent *a, const struct search_frequent *b, uint32_t *out)
{
	size_t n = 0;

	for (size_t i = 0, k = 0; i < a->n && k < b->n; ) {
		uint32_t x = a->v[i], y = b->v[k];

		if (x == y)
			out[n++] = x;
		i += x <= y;
		k += y <= x;
	}
	return n;
}

int
search_pair_write(const struct search_years *years, const struct search_frequent *a, const struct search_frequent *b, search_emit emit, void *ctx)
{
	AUTO_FREE uint32_t *both = xcalloc((a->n < b->n ? a->n : b->n) + 1, sizeof(*both));
	AUTO_BUF name = BUF_INIT;

	if (!search_pair_has(years, a, b, &name))
		return 0;
	return write_list(years, buf_str(&name), both, common(a, b, both), least_of_both(years, a, b), emit, ctx);
}
