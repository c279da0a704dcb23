#include "search_list.h"

#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "search_index.h"

#define BITS 6			/* documents of a digit */
#define DIGITS (SEARCH_SEGMENT / BITS + 1)
#define FEW 64			/* bytes of a list that need not be shorter */
#define MARK '~'		/* begins numbers of 51,570 or more, which no segment has */
#define ELSEWHERE '!'		/* no digit */

/* ---- packing ---- */

struct packing {
	uint32_t has[DIGITS], head[DIGITS];
	size_t n;		/* documents that have the word */
	size_t digits;
};

static void
add_document(void *ctx, uint32_t doc, bool head)
{
	struct packing *p = ctx;

	p->has[doc / BITS] |= 1u << doc % BITS;
	p->head[p->n / BITS] |= (uint32_t)head << p->n % BITS;
	p->n++;
	p->digits = doc / BITS + 1;
}

void
search_list_pack(struct buf *list)
{
	struct packing p = { .n = 0 };
	AUTO_BUF bits = BUF_INIT;

	if (list->len < FEW || !search_list_each((struct search_reader){ buf_str(list), buf_str(list) + list->len }, SEARCH_SEGMENT, add_document, &p))
		return;
	buf_addc(&bits, MARK);
	search_number((uint32_t)p.digits, &bits);
	for (size_t i = 0; i < p.digits; i++)
		search_number(p.has[i], &bits);
	for (size_t i = 0; i * BITS < p.n; i++)
		search_number(p.head[i], &bits);
	if (bits.len >= list->len)
		return;
	buf_reset(list);
	buf_add(list, bits.data, bits.len);
}

void
search_list_elsewhere(uint32_t part, struct buf *list)
{
	buf_reset(list);
	buf_addc(list, ELSEWHERE);
	search_number(part, list);
}

/* ---- reading ---- */

bool
search_elsewhere(struct search_reader list)
{
	return list.at < list.end && *list.at == ELSEWHERE;
}

static bool
each_bit(struct search_reader list, size_t n, void (*fn)(void *ctx, uint32_t doc, bool head), void *ctx)
{
	uint32_t digits, has, heads = 0, found = 0;
	struct search_reader head;

	list.at++;
	if (!search_number_read(&list, &digits) || digits == 0 || digits > (size_t)(list.end - list.at))
		return false;
	head = (struct search_reader){ list.at + digits, list.end };
	for (uint32_t i = 0; i < digits; i++) {
		if (!search_number_read(&list, &has) || has >= 1u << BITS)
			return false;
		for (uint32_t bit = 0; bit < BITS; bit++) {
			if ((has >> bit & 1) == 0)
				continue;
			if (i * BITS + bit >= n || (found % BITS == 0 && !search_number_read(&head, &heads)))
				return false;
			fn(ctx, i * BITS + bit, (heads >> found++ % BITS & 1) != 0);
		}
	}
	return head.at == head.end;
}

bool
search_list_each(struct search_reader list, size_t n, void (*fn)(void *ctx, uint32_t doc, bool head), void *ctx)
{
	uint32_t value, doc;

	if (list.at < list.end && *list.at == MARK)
		return each_bit(list, n, fn, ctx);
	for (uint32_t next = 0; list.at < list.end; next = doc + 1) {
		if (!search_number_read(&list, &value) || (doc = next + value / 2) >= n)
			return false;
		fn(ctx, doc, (value & 1) != 0);
	}
	return true;
}
