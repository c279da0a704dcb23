#include "delta.h"

#include <stdint.h>
#include <string.h>

#define COPY_MAX 0xffffu	/* three size bytes exist in the format, but old readers know only two */
#define INSERT_MAX 127u
#define BLOCK 16u		/* bytes that must agree before a copy is worth its seven bytes */
#define SLOT_BITS_MIN 6
#define SLOT_BITS_MAX 13

static void
add_size(size_t n, struct buf *out)
{
	for (; n >= 0x80; n >>= 7)
		buf_addc(out, (char)(n | 0x80));
	buf_addc(out, (char)n);
}

void
delta_begin(size_t base_len, size_t result_len, struct buf *out)
{
	add_size(base_len, out);
	add_size(result_len, out);
}

/* One copy of at most COPY_MAX bytes: a byte that says which bytes of offset and size follow, the zero ones being left out. */
static void
copy_once(size_t offset, size_t n, struct buf *out)
{
	unsigned char op[8];
	size_t used = 1;

	op[0] = 0x80;
	for (unsigned i = 0; i < 4; i++) {
		if (((offset >> (8 * i)) & 0xff) != 0) {
			op[0] |= (unsigned char)(1u << i);
			op[used++] = (unsigned char)(offset >> (8 * i));
		}
	}
	for (unsigned i = 0; i < 2; i++) {
		if (((n >> (8 * i)) & 0xff) != 0) {
			op[0] |= (unsigned char)(0x10u << i);
			op[used++] = (unsigned char)(n >> (8 * i));
		}
	}
	buf_add(out, op, used);
}

void
delta_copy(size_t offset, size_t n, struct buf *out)
{
	while (n > 0) {
		size_t part = n < COPY_MAX ? n : COPY_MAX;

		copy_once(offset, part, out);
		offset += part;
		n -= part;
	}
}

void
delta_insert(const void *data, size_t n, struct buf *out)
{
	const char *at = data;

	while (n > 0) {
		size_t part = n < INSERT_MAX ? n : INSERT_MAX;

		buf_addc(out, (char)part);
		buf_add(out, at, part);
		at += part;
		n -= part;
	}
}

/* Where each block of the base starts, by its hash: offset + 1, 0 for none. Of equal blocks the first stays. Most bases are small, and clearing the
 * whole table would take longer than the rest. */
struct blocks {
	unsigned bits;
	uint32_t slots[1u << SLOT_BITS_MAX];
};

static uint32_t
hash_block(const unsigned char *p, unsigned bits)
{
	uint64_t a, b;

	memcpy(&a, p, 8);
	memcpy(&b, p + 8, 8);
	return (uint32_t)(((a * UINT64_C(0x9e3779b97f4a7c15)) ^ (b * UINT64_C(0xc2b2ae3d27d4eb4f))) >> (64 - bits));
}

static void
index_blocks(const unsigned char *base, size_t n, struct blocks *b)
{
	for (b->bits = SLOT_BITS_MIN; b->bits < SLOT_BITS_MAX && ((size_t)1 << b->bits) < n / BLOCK * 16; b->bits++)
		;
	memset(b->slots, 0, sizeof(*b->slots) << b->bits);
	for (size_t i = 0; i + BLOCK <= n; i += BLOCK) {
		uint32_t h = hash_block(base + i, b->bits);

		if (b->slots[h] == 0)
			b->slots[h] = (uint32_t)i + 1;
	}
}

struct pair {
	const unsigned char *base, *result;
	size_t base_len, result_len;
};

/* A stretch of the result that the base holds too. */
struct match {
	size_t base, result, n;
};

/* The match around the block that result[at] and the base share, grown both ways but not before 'floor'. n is 0 when they do not share it. */
static struct match
grow(const struct pair *p, size_t candidate, size_t at, size_t floor)
{
	size_t b = candidate, r = at, n = 0;

	while (b + n < p->base_len && r + n < p->result_len && p->base[b + n] == p->result[r + n])
		n++;
	if (n < BLOCK)
		return (struct match){ 0, 0, 0 };
	while (b > 0 && r > floor && p->base[b - 1] == p->result[r - 1]) {
		b--;
		r--;
		n++;
	}
	return (struct match){ b, r, n };
}

bool
delta_find(const void *base, size_t base_len, const void *result, size_t result_len, size_t max, struct buf *out)
{
	const struct pair p = { base, result, base_len, result_len };
	size_t start = out->len, done = 0;
	struct blocks blocks;

	if (base_len >= UINT32_MAX || result_len >= UINT32_MAX)
		return false;
	index_blocks(p.base, base_len, &blocks);
	delta_begin(base_len, result_len, out);
	for (size_t at = 0; at + BLOCK <= result_len && out->len - start <= max; at++) {
		uint32_t slot = blocks.slots[hash_block(p.result + at, blocks.bits)];
		struct match m = slot != 0 ? grow(&p, slot - 1, at, done) : (struct match){ 0, 0, 0 };

		if (m.n == 0)
			continue;
		delta_insert(p.result + done, m.result - done, out);
		delta_copy(m.base, m.n, out);
		done = m.result + m.n;
		at = done - 1;
	}
	delta_insert(p.result + done, result_len - done, out);
	if (out->len - start <= max)
		return true;
	buf_truncate(out, start);
	return false;
}
