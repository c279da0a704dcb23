/* A page of ePing's JSON of which most is known. A run reads again what it read yesterday, and of an item that the store has byte for byte it needs
 * only who it is and its days, by which the answer is checked: the rest need be neither parsed nor cleaned. */
#ifndef REGWATCH_FEEDS_EPING_BRIEF_H
#define REGWATCH_FEEDS_EPING_BRIEF_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"
#include "../lib/base/json.h"

/* Are these the bytes that were read last of the record with this symbol? */
struct eping_known {
	bool (*fn)(void *ctx, const char *symbol, const char *raw, size_t n);
	void *ctx;
};

struct eping_brief {
	struct buf text;		/* the page with each known item cut to what is needed of it */
	struct json_span *spans;	/* of its items, in the page as received */
	bool *known;			/* for each of them; NULL when none is, and then there is no text */
	size_t n;
};

#define EPING_BRIEF_INIT { .text = BUF_INIT }
#define AUTO_EPING_BRIEF __attribute__((cleanup(eping_brief_clear))) struct eping_brief

/* The text parses just when the page does: a known item was parsed before, and what takes its place is made of its parts. */
void eping_brief_make(const char *page, size_t n, const struct eping_known *known, struct eping_brief *out);
void eping_brief_clear(struct eping_brief *b);

#endif
