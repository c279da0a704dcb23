#include "sequence.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"

#define DEPTH_MAX 6		/* gaps between anchors within gaps between anchors */
#define REACH_MAX 20000		/* differences that one comparison may follow from either end */

struct range {
	size_t a0, a1, b0, b1;
};

struct work {
	const uint32_t *a, *b;
	uint32_t *match;
	size_t ids;
	struct effort *effort;
	int64_t *forward, *backward;	/* how far each diagonal reaches, from either end; [reach + 1] is diagonal 0 */
	int64_t reach;
	uint32_t *seen_a, *seen_b;	/* by id: 0 not seen, 1 + position, or SEQUENCE_NONE for several; NULL until needed */
};

static void align(struct work *w, struct range r, int depth);

/* ---- Myers, in linear space ---- */

/* Where diagonal k begins at distance d: from the better of its neighbours that stays inside the rectangle; -1 when none does. */
static int64_t
step_to(const int64_t *v, int64_t d, int64_t k, int64_t n, int64_t m)
{
	int64_t best = -1;

	if ((k != d || d == 0) && v[k + 1] >= 0 && v[k + 1] - k <= m)
		best = v[k + 1];
	if (k != -d && v[k - 1] >= 0 && v[k - 1] < n && v[k - 1] + 1 > best)
		best = v[k - 1] + 1;
	return best;
}

/* One end's search: at distance d, how far diagonal k reaches. 'from_end' reads both sequences backwards. */
static int64_t
advance(struct work *w, const struct range *r, int64_t d, int64_t k, bool from_end)
{
	const int64_t n = (int64_t)(r->a1 - r->a0), m = (int64_t)(r->b1 - r->b0);
	int64_t *v = (from_end ? w->backward : w->forward) + w->reach + 1;
	int64_t x = step_to(v, d, k, n, m), y = x - k;

	w->effort->steps++;
	while (x >= 0 && x < n && y < m && (from_end ? w->a[r->a1 - 1 - (size_t)x] == w->b[r->b1 - 1 - (size_t)y]
	    : w->a[r->a0 + (size_t)x] == w->b[r->b0 + (size_t)y])) {
		x++;
		y++;
		w->effort->steps++;
	}
	return v[k] = x;
}

/* Diagonals that a search at distance d has to look at: those outside the rectangle are left out. */
static int64_t
outermost(int64_t d, int64_t size)
{
	return d > size ? 2 * size - d : d;
}

/* Does the search at (x, k) meet the one from the other end, which has come to distance d? */
static bool
meets(const struct work *w, const struct range *r, int64_t x, int64_t k, int64_t d, bool from_end)
{
	const int64_t n = (int64_t)(r->a1 - r->a0), other = n - (int64_t)(r->b1 - r->b0) - k;
	const int64_t *v = (from_end ? w->forward : w->backward) + w->reach + 1;

	return x >= 0 && other >= -d && other <= d && v[other] >= 0 && x + v[other] >= n;
}

/* A point of a shortest path, about its middle. False when it would cost too much to find. */
static bool
middle(struct work *w, const struct range *r, size_t *at_a, size_t *at_b)
{
	const int64_t n = (int64_t)(r->a1 - r->a0), m = (int64_t)(r->b1 - r->b0);
	const bool odd = ((n - m) & 1) != 0;

	w->forward[w->reach + 2] = w->backward[w->reach + 2] = 0;
	for (int64_t d = 0; d <= w->reach && w->effort->steps < w->effort->limit; d++) {
		for (int64_t k = -outermost(d, m); k <= outermost(d, n); k += 2) {
			int64_t x = advance(w, r, d, k, false);

			if (odd && meets(w, r, x, k, d - 1, false)) {
				*at_a = r->a0 + (size_t)x;
				*at_b = r->b0 + (size_t)(x - k);
				return true;
			}
		}
		for (int64_t k = -outermost(d, m); k <= outermost(d, n); k += 2) {
			int64_t x = advance(w, r, d, k, true);

			if (!odd && meets(w, r, x, k, d, true)) {
				*at_a = r->a1 - (size_t)x;
				*at_b = r->b1 - (size_t)(x - k);
				return true;
			}
		}
	}
	return false;
}

/* ---- anchors ---- */

static void
note(uint32_t *seen, uint32_t id, size_t at)
{
	seen[id] = seen[id] == 0 ? (uint32_t)at + 1 : SEQUENCE_NONE;
}

/* Marks in tail[] the longest rising chain of b-positions; returns its length, links in before[]. Patience sorting. */
static size_t
longest_chain(const uint32_t *pos, size_t n, size_t *tail, size_t *before)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = length;

		while (low < high) {
			size_t half = (low + high) / 2;

			if (pos[tail[half]] < pos[i])
				low = half + 1;
			else
				high = half;
		}
		before[i] = low > 0 ? tail[low - 1] : n;
		tail[low] = i;
		if (low == length)
			length++;
	}
	return length;
}

/* What stands once in both ranges, in the order of a. */
static size_t
find_unique(struct work *w, const struct range *r, uint32_t *in_a, uint32_t *in_b)
{
	size_t n = 0;

	if (w->seen_a == NULL) {
		w->seen_a = xcalloc(w->ids + 1, sizeof(uint32_t));
		w->seen_b = xcalloc(w->ids + 1, sizeof(uint32_t));
	}
	for (size_t i = r->a0; i < r->a1; i++)
		note(w->seen_a, w->a[i], i);
	for (size_t i = r->b0; i < r->b1; i++)
		note(w->seen_b, w->b[i], i);
	for (size_t i = r->a0; i < r->a1; i++) {
		uint32_t a = w->seen_a[w->a[i]], b = w->seen_b[w->a[i]];

		if (a == SEQUENCE_NONE || b == SEQUENCE_NONE || b == 0)
			continue;
		in_a[n] = (uint32_t)i;
		in_b[n++] = b - 1;
	}
	for (size_t i = r->a0; i < r->a1; i++)
		w->seen_a[w->a[i]] = 0;
	for (size_t i = r->b0; i < r->b1; i++)
		w->seen_b[w->b[i]] = 0;
	w->effort->steps += 2 * (r->a1 - r->a0 + r->b1 - r->b0);
	return n;
}

/* Aligns at what is unique, then between. False when nothing is. */
static bool
align_anchored(struct work *w, struct range r, int depth)
{
	size_t most = r.a1 - r.a0 < r.b1 - r.b0 ? r.a1 - r.a0 : r.b1 - r.b0, n, length;
	AUTO_FREE uint32_t *in_a = xcalloc(most + 1, sizeof(*in_a)), *in_b = xcalloc(most + 1, sizeof(*in_b));
	AUTO_FREE size_t *tail = xcalloc(most + 1, sizeof(*tail)), *before = xcalloc(most + 1, sizeof(*before));
	struct range gap = r;

	n = find_unique(w, &r, in_a, in_b);
	length = longest_chain(in_b, n, tail, before);
	if (length == 0)
		return false;
	for (size_t i = tail[length - 1], k = length; k-- > 0; i = before[i])
		tail[k] = i;
	for (size_t k = 0; k < length; k++) {
		gap.a1 = in_a[tail[k]];
		gap.b1 = in_b[tail[k]];
		w->match[gap.a1] = (uint32_t)gap.b1;
		align(w, gap, depth + 1);
		gap.a0 = gap.a1 + 1;
		gap.b0 = gap.b1 + 1;
	}
	gap.a1 = r.a1;
	gap.b1 = r.b1;
	align(w, gap, depth + 1);
	return true;
}

/* ---- together ---- */

static void
trim(struct work *w, struct range *r)
{
	while (r->a0 < r->a1 && r->b0 < r->b1 && w->a[r->a0] == w->b[r->b0])
		w->match[r->a0++] = (uint32_t)r->b0++;
	while (r->a0 < r->a1 && r->b0 < r->b1 && w->a[r->a1 - 1] == w->b[r->b1 - 1])
		w->match[--r->a1] = (uint32_t)--r->b1;
}

static void
align(struct work *w, struct range r, int depth)
{
	size_t at_a, at_b;

	w->effort->steps++;
	trim(w, &r);
	if (r.a0 == r.a1 || r.b0 == r.b1)
		return;
	if (middle(w, &r, &at_a, &at_b)) {
		align(w, (struct range){ r.a0, at_a, r.b0, at_b }, depth);
		align(w, (struct range){ at_a, r.a1, at_b, r.b1 }, depth);
		return;
	}
	w->effort->coarse = true;
	if (depth < DEPTH_MAX)
		align_anchored(w, r, depth);
}

void
sequence_align(const uint32_t *a, size_t n, const uint32_t *b, size_t m, size_t ids, enum sequence_way way, struct effort *effort,
    uint32_t *match)
{
	int64_t reach = (int64_t)(n + m + 1) / 2 < REACH_MAX ? (int64_t)(n + m + 1) / 2 : REACH_MAX;
	AUTO_FREE int64_t *forward = xcalloc((size_t)(2 * reach + 3), sizeof(*forward));
	AUTO_FREE int64_t *backward = xcalloc((size_t)(2 * reach + 3), sizeof(*backward));
	struct work w = { a, b, match, ids, effort, forward, backward, reach, NULL, NULL };
	struct range all = { 0, n, 0, m };

	for (size_t i = 0; i < n; i++)
		match[i] = SEQUENCE_NONE;
	trim(&w, &all);
	if (way == SEQUENCE_MINIMAL || !align_anchored(&w, all, 0))
		align(&w, all, 0);
	free(w.seen_a);
	free(w.seen_b);
}

uint32_t *
sequence_ids(const struct slices *v, size_t from, size_t to)
{
	uint32_t *ids = xcalloc(to - from + 1, sizeof(*ids));

	for (size_t i = from; i < to; i++)
		ids[i - from] = v->v[i].id;
	return ids;
}
