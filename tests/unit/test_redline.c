/* The comparison of texts: exact, minimal, bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/redline/redline.h"
#include "lib/redline/sequence.h"

/* ---- a repeatable source of chance ---- */

static uint64_t seed;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static const char *const words[] = {
	"the", "toys", "shall", "lead", "limit", "of", "90", "mg/kg", "0.05", "%", "and", "Annex", "manufacturer", "importer", "label", "(EU)",
	"2015/1535", "No.", "5", "a", "\xC3\xA9t\xC3\xA9", "l'eau", "\xE4\xB8\xAD\xE6\x96\x87", "\xF0\x9F\x9A\xAB", "\xE2\x80\x9Cquoted\xE2\x80\x9D", "-", "must",
	"https://x.example/a?b=c", "1.", "(a)", ";", "Art.", "e.g.", "\xFF", "x\xCC\x81"
};
#define WORDS (sizeof(words) / sizeof(words[0]))
static const char *const ends[] = { ".", ".", ".", "!", "?", ";", "", ")." };

static void
add_sentence(struct strv *text)
{
	AUTO_BUF s = BUF_INIT;
	unsigned n = 1 + chance(14);

	buf_adds(&s, "The");
	for (unsigned i = 0; i < n; i++)
		buf_addf(&s, " %s", words[chance(WORDS)]);
	buf_adds(&s, ends[chance(8)]);
	strv_add(text, buf_str(&s));
}

static void
random_text(struct strv *text)
{
	for (unsigned n = chance(12); n > 0; n--)
		add_sentence(text);
}

static char *
joined(const struct strv *text)
{
	AUTO_BUF s = BUF_INIT;

	for (size_t i = 0; i < text->n; i++)
		buf_addf(&s, "%s%s", text->v[i], i + 1 == text->n ? "" : chance(4) == 0 ? "\n" : " ");
	if (chance(20) == 0)
		buf_adds(&s, "\n");
	if (chance(40) == 0)
		buf_adds(&s, "\n\n");
	return buf_take(&s);
}

/* Cuts bytes out of a string or puts some in, wherever it may be. */
static char *
scratched(char *s)
{
	AUTO_FREE char *old = s;
	AUTO_BUF out = BUF_INIT;
	unsigned n = (unsigned)strlen(old), from = chance(n + 1), to = from + chance(8);

	buf_add(&out, old, from);
	if (chance(2) == 0)
		buf_adds(&out, words[chance(WORDS)]);
	if (chance(3) == 0)
		buf_adds(&out, chance(2) == 0 ? " " : "\n");
	if (to < n)
		buf_adds(&out, old + to);
	return buf_take(&out);
}

static void
swap(char **a, char **b)
{
	char *c = *a;

	*a = *b;
	*b = c;
}

/* A few random edits of sentences: dropped, moved, repeated, reworded. */
static void
edit(struct strv *text)
{
	for (unsigned n = chance(5); n > 0; n--) {
		unsigned size = (unsigned)text->n, i;

		if (size == 0 || chance(5) == 0) {
			add_sentence(text);
			continue;
		}
		i = chance(size);
		switch (chance(4)) {
		case 0:
			swap(&text->v[i], &text->v[chance(size)]);
			break;
		case 1:
			swap(&text->v[i], &text->v[size - 1]);
			free(text->v[--text->n]);
			break;
		case 2:
			strv_add(text, text->v[i]);
			break;
		default:
			text->v[i] = scratched(text->v[i]);
			break;
		}
	}
}

static void
assert_exact(const char *old, const char *new, const struct text_diff *d)
{
	AUTO_BUF a = BUF_INIT;
	AUTO_BUF b = BUF_INIT;

	text_diff_old(d, &a);
	text_diff_new(d, &b);
	assert_string_equal(buf_str(&a), old);
	assert_string_equal(buf_str(&b), new);
}

/* What holds of every difference, besides that it is exact. */
static void
assert_well_formed(const struct text_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct block *b = &d->v[i];

		for (size_t k = 0; k < b->n; k++) {
			assert_true(b->spans[k].s[0] != '\0');
			assert_true(k == 0 || b->spans[k].change != b->spans[k - 1].change);
			if (b->kind == BLOCK_SAME)
				assert_int_equal(b->spans[k].change, CHANGE_SAME);
			if (b->kind == BLOCK_DELETED || b->kind == BLOCK_MOVED_FROM)
				assert_int_equal(b->spans[k].change, CHANGE_DELETED);
			if (b->kind == BLOCK_INSERTED || b->kind == BLOCK_MOVED_TO)
				assert_int_equal(b->spans[k].change, CHANGE_INSERTED);
		}
		if (b->kind == BLOCK_MOVED_FROM) {
			assert_true(b->pair < d->n);
			assert_int_equal(d->v[b->pair].kind, BLOCK_MOVED_TO);
			assert_int_equal(d->v[b->pair].pair, i);
			assert_string_equal(d->v[b->pair].spans[0].s, b->spans[0].s);
		}
	}
}

static void
test_difference_is_exact_both_ways_over_10000_random_edits(void **state)
{
	(void)state;
	seed = 20260301;
	for (int i = 0; i < 10000; i++) {
		AUTO_STRV text = STRV_INIT;
		AUTO_FREE char *old = NULL, *new = NULL;
		struct text_diff d;

		random_text(&text);
		old = joined(&text);
		edit(&text);
		new = chance(3) == 0 ? scratched(joined(&text)) : joined(&text);
		text_diff(old, new, &d);
		assert_exact(old, new, &d);
		assert_well_formed(&d);
		assert_false(d.coarse);
		text_diff_clear(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_difference_is_exact_both_ways_over_10000_random_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
