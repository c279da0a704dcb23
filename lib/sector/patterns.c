#include "patterns.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/rx.h"
#include "../base/utf8.h"

#define LANGUAGES_MAX 200	/* more than there are two-letter codes */
#define CHUNK 16000		/* bytes of one alternation: PCRE2 compiles at most 64 KB */
#define TREE_DEPTH 3		/* letters by which the alternatives are put into groups */

/* One distinct form, with all rules that have it. */
struct entry {
	char *text;		/* what to find behind a blank (or anywhere); a whole word ends with a blank */
	size_t n;
	const struct word_rule **rules;
	size_t rules_n, rules_cap;
	const struct entry *shorter;	/* the longest other entry that this one begins with: it stands there too */
};

/* Entries of one kind, sorted, and the alternations of them. */
struct table {
	bool anywhere;
	struct entry *v;
	size_t n, cap;
	struct rx **rx;
	size_t rx_n, rx_cap;
};

struct language {
	char code[4];
	struct table starts, anywhere;
};

struct patterns {
	const struct sectors *sectors;
	struct language *v[LANGUAGES_MAX];
	size_t n;
};

/* ---- entries ---- */

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->text, y->text);
}

static void
entry_own(struct entry *e, const struct word_rule *rule)
{
	e->rules = xgrow(e->rules, e->rules_n, &e->rules_cap, sizeof(const struct word_rule *));
	e->rules[e->rules_n++] = rule;
}

static void
table_add(struct table *t, const struct word_rule *rule)
{
	struct entry e = { .text = xasprintf("%s%s", rule->folded, rule->form == WORD_WHOLE ? " " : "") };

	e.n = strlen(e.text);
	entry_own(&e, rule);
	t->v = xgrow(t->v, t->n, &t->cap, sizeof(*t->v));
	t->v[t->n++] = e;
}

static void
entry_clear(struct entry *e)
{
	free(e->text);
	free(e->rules);
}

/* Sorts and makes one entry of equal ones. */
static void
table_unite(struct table *t)
{
	size_t n = 0;

	if (t->n == 0)
		return;
	qsort(t->v, t->n, sizeof(*t->v), compare_entries);
	for (size_t i = 1; i < t->n; i++) {
		if (strcmp(t->v[i].text, t->v[n].text) != 0) {
			t->v[++n] = t->v[i];
			continue;
		}
		entry_own(&t->v[n], t->v[i].rules[0]);
		entry_clear(&t->v[i]);
	}
	t->n = n + 1;
}

/* Sorted texts: one that this one begins with stands before it, and is the one before it or begins that one too. */
static void
table_link(struct table *t)
{
	for (size_t i = 1; i < t->n; i++) {
		const struct entry *e = &t->v[i - 1];

		while (e != NULL && strncmp(e->text, t->v[i].text, e->n) != 0)
			e = e->shorter;
		t->v[i].shorter = e;
	}
}

/* ---- the alternation ---- */

/* Bytes of the character at s. */
static size_t
character(const char *s)
{
	int32_t cp;

	return utf8_next(s, &cp);
}

/* Writes v[from, to), which share their first 'done' bytes, as alternatives, the longer before what it begins with. Patterns are literal: folded
 * text has letters, digits and blanks only. */
static void
write_group(const struct entry *v, size_t from, size_t to, size_t done, int depth, struct buf *out)
{
	size_t end = to;

	buf_adds(out, "(?:");
	while (end > from) {
		const char *rest = v[end - 1].text + done;
		size_t n = character(rest), start = end - 1;

		if (end < to)
			buf_addc(out, '|');
		while (n > 0 && start > from && strncmp(v[start - 1].text + done, rest, n) == 0)
			start--;
		if (depth == TREE_DEPTH || start == end - 1) {
			start = end - 1;
			buf_adds(out, rest);
		} else {
			buf_add(out, rest, n);
			write_group(v, start, end, done + n, depth + 1, out);
		}
		end = start;
	}
	buf_addc(out, ')');
}

static void
table_chunk(struct table *t, size_t from, size_t to)
{
	AUTO_BUF pattern = BUF_INIT;
	struct rx *rx = NULL;
	int rc;

	if (!t->anywhere)
		buf_addc(&pattern, ' ');
	write_group(t->v, from, to, 0, 0, &pattern);
	rc = rx_compile(pattern.data, 0, &rx, NULL);
	assert(rc == 0);	/* literal words of bounded length */
	(void)rc;
	t->rx = xgrow(t->rx, t->rx_n, &t->rx_cap, sizeof(struct rx *));
	t->rx[t->rx_n++] = rx;
}

static void
table_compile(struct table *t)
{
	size_t from = 0, bytes = 0;

	table_unite(t);
	table_link(t);
	for (size_t i = 0; i < t->n; i++) {
		bytes += t->v[i].n + 8;
		if (bytes >= CHUNK || i + 1 == t->n) {
			table_chunk(t, from, i + 1);
			from = i + 1;
			bytes = 0;
		}
	}
}

static void
table_clear(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		entry_clear(&t->v[i]);
	for (size_t i = 0; i < t->rx_n; i++)
		rx_free(t->rx[i]);
	free(t->v);
	free(t->rx);
}

/* ---- languages ---- */

struct patterns *
patterns_new(const struct sectors *s)
{
	struct patterns *p = xcalloc(1, sizeof(*p));

	p->sectors = s;
	return p;
}

void
patterns_free(struct patterns *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		table_clear(&p->v[i]->starts);
		table_clear(&p->v[i]->anywhere);
		free(p->v[i]);
	}
	free(p);
}

static struct language *
compile_language(const struct sectors *s, const char *code)
{
	struct language *l = xcalloc(1, sizeof(*l));

	memcpy(l->code, code, strlen(code) + 1);
	l->anywhere.anywhere = true;
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->v[i].n; k++) {
			const struct word_rule *rule = &s->v[i].words[k];

			if (strcmp(rule->lang, code) == 0 || rule->lang[0] == '\0')
				table_add(rule->form == WORD_ANYWHERE ? &l->anywhere : &l->starts, rule);
		}
	table_compile(&l->starts);
	table_compile(&l->anywhere);
	return l;
}

static struct language *
language(struct patterns *p, const char *code)
{
	if (!rules_language(code))
		code = "";
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i]->code, code) == 0)
			return p->v[i];
	assert(p->n < LANGUAGES_MAX);
	p->v[p->n] = compile_language(p->sectors, code);
	return p->v[p->n++];
}

/* ---- reading a text ---- */

static const struct entry *
table_find(const struct table *t, const char *text, size_t n)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int order = strncmp(t->v[mid].text, text, n);

		if (order == 0 && t->v[mid].n == n)
			return &t->v[mid];
		if (order >= 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

static void
add_hits(const struct entry *e, size_t start, struct hits *out)
{
	for (; e != NULL; e = e->shorter)
		for (size_t i = 0; i < e->rules_n; i++) {
			out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
			out->v[out->n++] = (struct hit){ start, start + strlen(e->rules[i]->folded), e->rules[i] };
		}
}

static void
table_scan(const struct table *t, const char *text, size_t n, struct hits *out)
{
	size_t before = t->anywhere ? 0 : 1;	/* the blank before a word */
	struct rx_match m;

	for (size_t i = 0; i < t->rx_n; i++)
		for (size_t from = 0; rx_exec(t->rx[i], text, n, from, &m, NULL); from = m.start[0] + character(text + m.start[0]))
			add_hits(table_find(t, text + m.start[0] + before, m.end[0] - m.start[0] - before), m.start[0] + before, out);
}

void
patterns_scan(struct patterns *p, const char *lang, const char *folded, size_t n, struct hits *out)
{
	const struct language *l = language(p, lang);

	table_scan(&l->starts, folded, n, out);
	table_scan(&l->anywhere, folded, n, out);
}
