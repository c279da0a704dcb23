/* A growing byte string. 'data' is never NULL after the first write and always NUL-terminated behind 'len'. */
#ifndef REGWATCH_BASE_BUF_H
#define REGWATCH_BASE_BUF_H

#include <stddef.h>
#include <string.h>

struct buf {
	char *data;
	size_t len, cap;
};

#define BUF_INIT { NULL, 0, 0 }
#define AUTO_BUF __attribute__((cleanup(buf_clear))) struct buf

void buf_clear(struct buf *b);			/* frees; b is then as BUF_INIT */
void buf_reset(struct buf *b);			/* empties, keeps the room */
void buf_reserve(struct buf *b, size_t more);	/* makes room for this many bytes and the NUL behind them */
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_truncate(struct buf *b, size_t len);	/* len <= b->len */
void buf_trim(struct buf *b);			/* drops ASCII white space at the end */

/* Pages are written in short pieces, and texts are folded and unescaped a character at a time: these are inline, where most lengths are known. */
static inline void
buf_add(struct buf *b, const void *data, size_t n)
{
	if (n >= b->cap - b->len)
		buf_reserve(b, n);
	if (n > 0)
		memcpy(b->data + b->len, data, n);
	b->len += n;
	b->data[b->len] = '\0';
}

static inline void
buf_adds(struct buf *b, const char *s)	/* NULL adds nothing */
{
	if (s != NULL)
		buf_add(b, s, strlen(s));
}

static inline void
buf_addc(struct buf *b, char c)
{
	if (b->cap - b->len <= 1)
		buf_reserve(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

/* The text as a C string, "" when nothing was written; valid until the next write. */
const char *buf_str(const struct buf *b);

/* Hands the string (never NULL) to the caller, who frees it; b is then empty. */
char *buf_take(struct buf *b);

#endif
