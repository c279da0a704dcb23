#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "../base/utf8_code.h"

#define WEIGHT_MAX 10		/* letters */
#define MARKS_MAX 3		/* marks between two changes that are shown as changed with them */

/* ---- words ---- */

enum class { BLANK, LETTER, DIGIT, IDEOGRAPH, MARK };

/* Marks that are no ASCII: Latin-1's, general punctuation to symbols and arrows, CJK punctuation. */
static bool
is_mark(int32_t cp)
{
	if (cp < 0x100)
		return cp < 0xc0 ? cp != 0xaa && cp != 0xb5 && cp != 0xba : cp == 0xd7 || cp == 0xf7;
	return (cp >= 0x2010 && cp <= 0x206f) || (cp >= 0x20a0 && cp <= 0x20cf) || (cp >= 0x2190 && cp <= 0x2bff) ||
	    (cp >= 0x3001 && cp <= 0x303f) || (cp >= 0xff01 && cp <= 0xff0f) || cp == 0xfffd;
}

static bool
is_ideograph(int32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x30ff) || (cp >= 0x3400 && cp <= 0x4dbf) || (cp >= 0x4e00 && cp <= 0x9fff) ||
	    (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x3ffff);
}

static enum class
class_at(const char *s, size_t n, size_t *length)
{
	char c = *s;
	int32_t cp;

	*length = 1;
	if ((unsigned char)c < 0x80) {
		if (c >= '0' && c <= '9')
			return DIGIT;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return LETTER;
		return c == ' ' || c == '\n' || c == '\t' || c == '\r' ? BLANK : MARK;
	}
	*length = utf8_decode(s, n, &cp);
	if (cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x3000)
		return BLANK;
	if (cp == UTF8_BROKEN || is_mark(cp))
		return MARK;
	return is_ideograph(cp) ? IDEOGRAPH : LETTER;
}

/* Where an address begins: "https://", "www.", and "//" itself, behind which there may be a password that must stay in one piece. */
static bool
is_address(const char *s, size_t n)
{
	static const char *const heads[] = { "//", "https://", "http://", "ftp://", "www." };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (n > strlen(heads[i]) && memcmp(s, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

/* To the next white space, but not with the punctuation of the sentence around it. */
static size_t
address_length(const char *s, size_t n)
{
	size_t i = 0, length;

	while (i < n && class_at(s + i, n - i, &length) != BLANK)
		i += length;
	while (i > 2 && strchr(".,;:!?)]>\"'", s[i - 1]) != NULL)
		i--;
	return i;
}

/* A mark that joins two digits to one number, date or reference. */
static bool
joins_digits(const char *s, size_t n)
{
	return n > 1 && strchr(".,/-:", *s) != NULL && s[1] >= '0' && s[1] <= '9';
}

static size_t
word_length(const char *s, size_t n)
{
	size_t i = 0, length;
	enum class c = MARK, before;

	while (i < n) {
		before = c;
		c = class_at(s + i, n - i, &length);
		if (i > 0 && c == MARK && before == DIGIT && joins_digits(s + i, n - i))
			c = DIGIT;
		else if (c != LETTER && c != DIGIT)
			break;
		i += length;
	}
	return i;
}

void
words_split(const char *s, size_t n, struct slices *out)
{
	size_t length;

	for (size_t i = 0; i < n; i += length) {
		enum class c = class_at(s + i, n - i, &length);

		if (c == BLANK)
			continue;
		if (is_address(s + i, n - i))
			length = address_length(s + i, n - i);
		else if (c == LETTER || c == DIGIT)
			length = word_length(s + i, n - i);
		slices_add(out, s + i, length);
	}
}

size_t
words_blank(const char *s, size_t n)
{
	size_t length;

	return n > 0 && class_at(s, n, &length) == BLANK ? length : 0;
}

size_t
words_flatten(const char *s, size_t n, char *to)
{
	size_t at = 0, length;

	for (size_t i = 0; i < n; i += length) {
		length = words_blank(s + i, n - i);
		if (length == 0) {
			to[at++] = s[i];
			length = 1;
		} else if (at > 0 && to[at - 1] != ' ') {
			to[at++] = ' ';
		}
	}
	return at > 0 && to[at - 1] == ' ' ? at - 1 : at;
}

bool
words_is_word(const struct slice *w)
{
	size_t length;
	enum class c = class_at(w->s, w->n, &length);

	return c != MARK || w->n > length;
}

unsigned
words_weight(const struct slice *w)
{
	if (!words_is_word(w))
		return 0;
	return w->n < WEIGHT_MAX ? (unsigned)w->n : WEIGHT_MAX;
}

/* ---- spans ---- */

void
block_add_span(struct block *block, enum change change, const char *s, size_t n)
{
	if (n == 0)
		return;
	block->spans = xgrow(block->spans, block->n, &block->cap, sizeof(*block->spans));
	block->spans[block->n++] = (struct span){ change, xstrndup(s, n) };
}

/* A span that may still grow: what comes next of the same kind stands right behind it in its text. */
struct writer {
	struct block *out;
	enum change change;
	const char *s;
	size_t n;
};

static void
flush(struct writer *w)
{
	block_add_span(w->out, w->change, w->s, w->n);
	w->n = 0;
}

static void
add(struct writer *w, enum change change, const char *s, size_t n)
{
	if (n == 0)
		return;
	if (w->n > 0 && w->change == change) {
		w->n += n;
		return;
	}
	flush(w);
	*w = (struct writer){ w->out, change, s, n };
}

/* ---- comparison ---- */

/* Two sentences and which word of the one is which of the other. */
struct pair {
	const char *a, *b;
	size_t n, m;
	struct slices words;		/* of a, then of b */
	size_t split;			/* number of those of a */
	uint32_t *match;
};

/* Words [a0, a1) that became [b0, b1). */
struct hunk {
	size_t a0, a1, b0, b1;
};

struct hunks {
	struct hunk *v;
	size_t n, cap;
};

static const struct slice *
old_word(const struct pair *p, size_t i)
{
	return &p->words.v[i];
}

static const struct slice *
new_word(const struct pair *p, size_t j)
{
	return &p->words.v[p->split + j];
}

/* Only what both begin with and end with. */
static bool
match_edges(struct pair *p)
{
	size_t n = p->split, m = p->words.n - p->split, i = 0, k = 0;
	bool any = false;

	for (size_t x = 0; x < n; x++)
		p->match[x] = SEQUENCE_NONE;
	for (; i < n && i < m && old_word(p, i)->id == new_word(p, i)->id; i++) {
		p->match[i] = (uint32_t)i;
		any = any || words_is_word(old_word(p, i));
	}
	for (; i + k < n && i + k < m && old_word(p, n - 1 - k)->id == new_word(p, m - 1 - k)->id; k++) {
		p->match[n - 1 - k] = (uint32_t)(m - 1 - k);
		any = any || words_is_word(old_word(p, n - 1 - k));
	}
	return any;
}

static void
match_all(struct pair *p, size_t ids, struct effort *effort)
{
	AUTO_FREE uint32_t *a = sequence_ids(&p->words, 0, p->split), *b = sequence_ids(&p->words, p->split, p->words.n);

	sequence_align(a, p->split, b, p->words.n - p->split, ids, SEQUENCE_MINIMAL, effort, p->match);
}

static void
find_hunks(const struct pair *p, struct hunks *out)
{
	size_t n = p->split, m = p->words.n - p->split, i = 0, j = 0;

	while (i < n || j < m) {
		struct hunk h = { i, i, j, j };

		while (h.a1 < n && p->match[h.a1] == SEQUENCE_NONE)
			h.a1++;
		h.b1 = h.a1 < n ? p->match[h.a1] : m;
		if (h.a1 > h.a0 || h.b1 > h.b0) {
			out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
			out->v[out->n++] = h;
		}
		i = h.a1 + 1;
		j = h.b1 + 1;
	}
}

static bool
has_word(const struct pair *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (words_is_word(&p->words.v[i]))
			return true;
	return false;
}

/* Cells of a table stay apart. */
static bool
has_bar(const struct pair *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (*p->words.v[i].s == '|')
			return true;
	return false;
}

/* Both sides of a change have words: something was replaced. */
static bool
replaces(const struct pair *p, const struct hunk *h)
{
	return has_word(p, h->a0, h->a1) && has_word(p, p->split + h->b0, p->split + h->b1);
}

/* "[-a-]{+x+}, [-b-]{+y+}" reads better as "[-a, b-]{+x, y+}". Words that did not change are never marked. */
static void
join_over_marks(struct pair *p)
{
	struct hunks hunks = { NULL, 0, 0 };

	find_hunks(p, &hunks);
	for (size_t i = 1; i < hunks.n; i++) {
		const struct hunk *last = &hunks.v[i - 1], *next = &hunks.v[i];

		if (next->a0 - last->a1 > MARKS_MAX || has_word(p, last->a1, next->a0) || has_bar(p, last->a1, next->a0) || !replaces(p, last) || !replaces(p, next))
			continue;
		for (size_t k = last->a1; k < next->a0; k++)
			p->match[k] = SEQUENCE_NONE;
	}
	free(hunks.v);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* What stands between two words that are the same, in either text. White space that both have at an end has not changed. */
static void
add_between(struct slice old, struct slice new, struct writer *out)
{
	size_t head = 0, tail = 0;

	if (old.n == new.n && memcmp(old.s, new.s, old.n) == 0)
		head = old.n;
	while (head < old.n && head < new.n && old.s[head] == new.s[head] && is_blank(old.s[head]))
		head++;
	while (head + tail < old.n && head + tail < new.n && old.s[old.n - 1 - tail] == new.s[new.n - 1 - tail] && is_blank(old.s[old.n - 1 - tail]))
		tail++;
	add(out, CHANGE_SAME, old.s, head);
	add(out, CHANGE_DELETED, old.s + head, old.n - head - tail);
	add(out, CHANGE_INSERTED, new.s + head, new.n - head - tail);
	add(out, CHANGE_SAME, old.s + old.n - tail, tail);
}

static struct slice
from_to(const char *from, const char *to)
{
	return (struct slice){ .s = from, .n = (size_t)(to - from) };
}

static void
add_spans(const struct pair *p, struct block *out)
{
	struct writer w = { .out = out };
	const char *a = p->a, *b = p->b;

	for (size_t i = 0; i < p->split; i++) {
		const struct slice *old = old_word(p, i), *new;

		if (p->match[i] == SEQUENCE_NONE)
			continue;
		new = new_word(p, p->match[i]);
		add_between(from_to(a, old->s), from_to(b, new->s), &w);
		add(&w, CHANGE_SAME, old->s, old->n);
		a = old->s + old->n;
		b = new->s + new->n;
	}
	add_between(from_to(a, p->a + p->n), from_to(b, p->b + p->m), &w);
	flush(&w);
}

bool
words_diff(const char *a, size_t n, const char *b, size_t m, bool edges, struct effort *effort, struct block *out)
{
	struct pair p = { .a = a, .b = b, .n = n, .m = m, .words = SLICES_INIT };
	size_t ids;
	bool any = true;

	words_split(a, n, &p.words);
	p.split = p.words.n;
	words_split(b, m, &p.words);
	ids = intern(&p.words);
	p.match = xcalloc(p.split + 1, sizeof(*p.match));
	if (edges)
		any = match_edges(&p);
	else
		match_all(&p, ids, effort);
	join_over_marks(&p);
	if (any)
		add_spans(&p, out);
	free(p.match);
	slices_clear(&p.words);
	return any;
}
