#include "search_numbers.h"

#include "../base/buf.h"
#include "search_piece.h"

#define PAIR 13			/* bits of two characters */
#define SINGLE 6		/* of one */

/* Bits of all remainders are more and those of all quotients fewer the larger k is: the sum falls, then rises. */
static uint64_t
bits_of(const uint32_t *v, size_t n, uint32_t first, uint32_t k)
{
	uint64_t bits = (uint64_t)n * (k + 1);

	for (size_t i = 0; i < n; i++) {
		bits += (v[i] - first) >> k;
		first = v[i] + 1;
	}
	return bits;
}

static uint32_t
best_k(const uint32_t *v, size_t n, uint32_t first)
{
	uint64_t bits = bits_of(v, n, first, 0), next;
	uint32_t k = 0;

	while (n > 0 && (next = bits_of(v, n, first, k + 1)) < bits) {
		bits = next;
		k++;
	}
	return k;
}

struct writer {
	struct buf *out;
	uint32_t held, n;		/* bits that are no characters yet, and how many */
};

static void
add_bit(struct writer *w, uint32_t bit)
{
	w->held = w->held << 1 | bit;
	if (++w->n < PAIR)
		return;
	search_digit(w->held / SEARCH_DIGITS, w->out);
	search_digit(w->held % SEARCH_DIGITS, w->out);
	w->held = w->n = 0;
}

static void
end_bits(struct writer *w)
{
	if (w->n > SINGLE) {
		while (w->n > 0)
			add_bit(w, 1);
		return;
	}
	if (w->n > 0)
		search_digit(((w->held + 1) << (SINGLE - w->n)) - 1, w->out);
}

void
search_numbers(const uint32_t *v, size_t n, uint32_t first, struct buf *out)
{
	uint32_t k = best_k(v, n, first);
	struct writer w = { out, 0, 0 };

	search_digit(k, out);
	for (size_t i = 0; i < n; i++) {
		uint32_t between = v[i] - first;

		for (uint32_t q = between >> k; q > 0; q--)
			add_bit(&w, 1);
		add_bit(&w, 0);
		for (uint32_t bit = k; bit > 0; bit--)
			add_bit(&w, between >> (bit - 1) & 1);
		first = v[i] + 1;
	}
	end_bits(&w);
}
