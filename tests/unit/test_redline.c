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
#include "rounds.h"

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
test_difference_is_exact_both_ways_over_random_edits(void **state)
{
	(void)state;
	seed = 20260301;
	for (int i = 0; i < ROUNDS(10000); i++) {
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

/* ---- minimality ---- */

static size_t
marked(const struct text_diff *d, enum change change, struct strv *out)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->v[i].n; k++)
			if (d->v[i].spans[k].change == change)
				strv_add(out, d->v[i].spans[k].s);
	return out->n;
}

static void
assert_marks(const char *old, const char *new, const char *deleted, const char *inserted)
{
	AUTO_STRV del = STRV_INIT;
	AUTO_STRV ins = STRV_INIT;
	AUTO_BUF a = BUF_INIT;
	AUTO_BUF b = BUF_INIT;
	struct text_diff d;

	text_diff(old, new, &d);
	assert_exact(old, new, &d);
	marked(&d, CHANGE_DELETED, &del);
	marked(&d, CHANGE_INSERTED, &ins);
	strv_join(&del, "|", &a);
	strv_join(&ins, "|", &b);
	if (strcmp(buf_str(&a), deleted) != 0 || strcmp(buf_str(&b), inserted) != 0)
		print_message("OLD %s\nNEW %s\n", old, new);
	assert_string_equal(buf_str(&a), deleted);
	assert_string_equal(buf_str(&b), inserted);
	text_diff_clear(&d);
}

static const char *const plain[] = {
	"manufacturers", "importers", "of", "toys", "ensure", "that", "products", "the", "market", "limit", "lead", "migration", "from", "parts", "accessible", "to",
	"children", "under", "normal", "use", "a", "an", "conformity", "assessment", "label"
};
#define PLAIN (sizeof(plain) / sizeof(plain[0]))

static void
test_one_changed_word_marks_exactly_that_word(void **state)
{
	(void)state;
	seed = 7;
	for (int round = 0; round < ROUNDS(2000); round++) {
		unsigned sentences = 1 + chance(8), at_sentence = chance(sentences);
		AUTO_BUF old = BUF_INIT;
		AUTO_BUF new = BUF_INIT;
		const char *was = NULL;

		for (unsigned i = 0; i < sentences; i++) {
			unsigned n = 2 + chance(20), at = chance(n);

			for (unsigned k = 0; k < n; k++) {
				const char *word = k == 0 ? "The" : plain[chance(PLAIN)];
				bool here = i == at_sentence && k == at;

				buf_addf(&old, "%s%s", k > 0 ? " " : "", word);
				buf_addf(&new, "%s%s", k > 0 ? " " : "", here ? "Xylophone" : word);
				if (here)
					was = word;
			}
			buf_adds(&old, i + 1 == sentences ? "." : i % 3 == 2 ? ".\n" : ". ");
			buf_adds(&new, i + 1 == sentences ? "." : i % 3 == 2 ? ".\n" : ". ");
		}
		assert_marks(buf_str(&old), buf_str(&new), was, "Xylophone");
	}
}

static void
test_marks_are_words_and_not_their_neighbours(void **state)
{
	(void)state;
	assert_marks("The limit is 90 mg/kg.", "The limit is 45 mg/kg.", "90", "45");
	assert_marks("A very big toy.", "A big toy.", "very ", "");
	assert_marks("A toy.", "A toy for children.", "", " for children");
	assert_marks("Toys", "Games", "Toys", "Games");
	assert_marks("Yes.", "No.", "Yes.", "No.");	/* no word is the same */
	assert_marks("Until 2026-01-20 only.", "Until 2026-03-20 only.", "2026-01-20", "2026-03-20");
	assert_marks("L'eau est froide.", "L'air est froid.", "eau|froide", "air|froid");
	assert_marks("Red, green and blue toys.", "Pink, black and blue toys.", "Red, green", "Pink, black");
	assert_marks("\xE5\xAE\x89\xE5\x85\xA8\xE6\xA0\x87\xE5\x87\x86", "\xE5\xAE\x89\xE5\x85\xA8\xE8\xA7\x84\xE5\x87\x86", "\xE6\xA0\x87", "\xE8\xA7\x84");
	assert_marks("See https://x.example/a for all.", "See https://x.example/b for all.", "https://x.example/a", "https://x.example/b");
	assert_marks("", "New.", "", "New.");
	assert_marks("Old.", "", "Old.", "");
	assert_marks("Same.", "Same.", "", "");
}

static void
test_split_and_joined_sentences_keep_their_words(void **state)
{
	(void)state;
	assert_marks("The importer checks the documents and the manufacturer keeps all records for inspection.",
	    "The importer checks the documents. The manufacturer keeps all records for inspection.", " and the", ". The");
	/* a paragraph that was broken elsewhere, as when a document was extracted anew */
	assert_marks("The importer checks the documents and\nthe manufacturer keeps all records for\ninspection.",
	    "The importer checks the\ndocuments and the manufacturer keeps\nall records for inspection.", " |\n| |\n", "\n| |\n| ");
}

static void
test_moved_sentence_is_recognised_once(void **state)
{
	struct text_diff d;

	(void)state;
	text_diff("First comes the scope of it. Then come the definitions of terms. Last come the limits.",
	    "Then come the definitions of terms. Last come the limits. First comes the scope of it.", &d);
	assert_int_equal(d.n, 4);
	assert_int_equal(d.v[0].kind, BLOCK_MOVED_FROM);
	assert_int_equal(d.v[0].pair, 3);
	assert_int_equal(d.v[3].kind, BLOCK_MOVED_TO);
	assert_well_formed(&d);
	text_diff_clear(&d);
	/* short ones recur by chance */
	text_diff("None. The scope is wide.", "The scope is wide. None.", &d);
	for (size_t i = 0; i < d.n; i++)
		assert_true(d.v[i].kind != BLOCK_MOVED_FROM && d.v[i].kind != BLOCK_MOVED_TO);
	text_diff_clear(&d);
}

static void
test_unlike_sentences_are_shown_whole(void **state)
{
	(void)state;
	assert_marks("Applicants file the form. Every toy bears the name of its maker.", "Applicants file the form. Lead in paint stays below a limit set by law.",
	    "Every toy bears the name of its maker.", "Lead in paint stays below a limit set by law.");
}

/* Length of the longest common subsequence, by the textbook. */
static size_t
longest_common(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	size_t row[64] = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t corner = 0;

		for (size_t j = 0; j < m; j++) {
			size_t above = row[j + 1];

			row[j + 1] = a[i] == b[j] ? corner + 1 : above > row[j] ? above : row[j];
			corner = above;
		}
	}
	return row[m];
}

static void
test_sequences_are_aligned_with_as_few_differences_as_can_be(void **state)
{
	(void)state;
	seed = 99;
	for (int round = 0; round < ROUNDS(20000); round++) {
		uint32_t a[40], b[40], match[40];
		size_t n = chance(40), m = chance(40), ids = 2 + chance(8), found = 0, last = 0;
		struct effort effort = { .limit = 1 << 20 };

		for (size_t i = 0; i < n; i++)
			a[i] = chance((unsigned)ids);
		for (size_t i = 0; i < m; i++)
			b[i] = chance((unsigned)ids);
		sequence_align(a, n, b, m, ids, SEQUENCE_MINIMAL, &effort, match);
		for (size_t i = 0; i < n; i++) {
			if (match[i] == SEQUENCE_NONE)
				continue;
			assert_true(match[i] + (size_t)1 > last && match[i] < m && a[i] == b[match[i]]);
			last = match[i] + (size_t)1;
			found++;
		}
		assert_int_equal(found, longest_common(a, n, b, m));
		assert_false(effort.coarse);
	}
}

/* ---- bounds ---- */

static char *
repeated(const char *s, size_t bytes)
{
	AUTO_BUF out = BUF_INIT;

	while (out.len < bytes)
		buf_adds(&out, s);
	return buf_take(&out);
}

static char *
unrelated(unsigned first, const char *end, unsigned words_in_sentence, size_t bytes)
{
	AUTO_BUF out = BUF_INIT;

	seed = first;
	while (out.len < bytes)
		buf_addf(&out, "W%u%s", chance(3000), chance(words_in_sentence) == 0 ? end : " ");
	return buf_take(&out);
}

/* Not by the clock: 16 steps a byte of both texts and 48 million are what the limits in the code allow; the bound is the same for any input. */
static void
assert_bounded(char *old, char *new)
{
	AUTO_FREE char *a = old, *b = new;
	struct text_diff d;

	text_diff(a, b, &d);
	assert_exact(a, b, &d);
	assert_true(d.steps < 48000000 + 16 * (strlen(a) + strlen(b)));
	text_diff_clear(&d);
}

static void
test_no_input_costs_more_than_the_bound(void **state)
{
	(void)state;
	assert_bounded(unrelated(1, ". ", 15, 200000), unrelated(2, ". ", 15, 200000));
	assert_bounded(unrelated(1, ". ", 2, 200000), unrelated(2, ". ", 2, 200000));
	assert_bounded(unrelated(1, " ", 2, 200000), unrelated(2, " ", 2, 200000));	/* one sentence */
	assert_bounded(repeated("a b ", 200000), repeated("b a a ", 200000));
	assert_bounded(repeated("A. B! C. D? ", 200000), repeated("D. A? C! B. ", 200000));
	assert_bounded(repeated("\n", 200000), repeated("x\n", 200000));
	assert_bounded(repeated(" ", 200000), repeated(". ", 200000));
	assert_bounded(repeated("(", 200000), repeated("((", 150001));
}

static void
test_coarse_comparison_says_so(void **state)
{
	AUTO_FREE char *old = unrelated(1, " ", 2, 200000), *new = unrelated(2, " ", 2, 200000);
	struct text_diff d;

	(void)state;
	text_diff(old, new, &d);
	assert_true(d.coarse);
	text_diff_clear(&d);
	text_diff("Toys shall be safe.", "Toys must be safe.", &d);
	assert_false(d.coarse);
	text_diff_clear(&d);
}

/* ---- real texts ---- */

static void
read_data(const char *name, struct buf *out)
{
	AUTO_FREE char *path = NULL;
	const char *data = getenv("REGWATCH_DATA");

	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	path = xasprintf("%s/tris/drafts/%s", data, name);
	assert_int_equal(file_read(path, 1 << 24, out, NULL), 0);
}

static bool
has_block(const struct text_diff *d, enum block_kind kind, const char *part)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->v[i].n; k++)
			if (d->v[i].kind == kind && strstr(d->v[i].spans[k].s, part) != NULL)
				return true;
	return false;
}

/* The annex of a French decree as adopted in 2022, and the draft of 2026 that rewrites it: another numbering, other line ends, other capitals. */
static void
test_real_rewritten_annex_is_exact_and_finds_what_went_on(void **state)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	struct text_diff d;

	(void)state;
	read_data("2021-0426-F.annexe.fr.v1-ADOPTED-2022.extracts.txt", &old);
	read_data("2026-0498-FR.annexe.fr.v2-PROJET.extracts.txt", &new);
	text_diff(buf_str(&old), buf_str(&new), &d);
	assert_exact(buf_str(&old), buf_str(&new), &d);
	assert_false(d.coarse);
	assert_true(has_block(&d, BLOCK_CHANGED, "Un renouvellement r\xC3\xA9gulier"));
	assert_true(has_block(&d, BLOCK_CHANGED, "doivent pouvoir \xC3\xA0 tout moment r\xC3\xA9voquer"));
	assert_true(has_block(&d, BLOCK_INSERTED, "EXI RIE-PS 03"));
	text_diff_clear(&d);
}

/* 200 KB with one word in 400 changed: every marked word is one that the test changed. */
static void
test_real_draft_of_200_kb_marks_only_what_changed(void **state)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	AUTO_STRV ins = STRV_INIT;
	struct text_diff d;
	size_t changed = 0, word = 0;

	(void)state;
	read_data("2020-0026-D.en.PROJET.paragraphs.txt", &old);
	for (const char *p = buf_str(&old); *p != '\0'; ) {
		size_t n = strcspn(p, " \n");

		if (n > 0 && strspn(p, "abcdefghijklmnopqrstuvwxyz") == n && ++word % 400 == 0) {
			buf_adds(&new, "xylophone");
			changed++;
		} else {
			buf_add(&new, p, n);
		}
		p += n;
		if (*p != '\0')
			buf_addc(&new, *p++);
	}
	text_diff(buf_str(&old), buf_str(&new), &d);
	assert_exact(buf_str(&old), buf_str(&new), &d);
	marked(&d, CHANGE_INSERTED, &ins);
	for (size_t i = 0; i < ins.n; i++)
		assert_string_equal(ins.v[i], "xylophone");
	assert_int_equal(ins.n, changed);
	assert_false(d.coarse);
	assert_true(d.steps < 1000000);
	text_diff_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_difference_is_exact_both_ways_over_random_edits),
		cmocka_unit_test(test_one_changed_word_marks_exactly_that_word),
		cmocka_unit_test(test_marks_are_words_and_not_their_neighbours),
		cmocka_unit_test(test_split_and_joined_sentences_keep_their_words),
		cmocka_unit_test(test_moved_sentence_is_recognised_once),
		cmocka_unit_test(test_unlike_sentences_are_shown_whole),
		cmocka_unit_test(test_sequences_are_aligned_with_as_few_differences_as_can_be),
		cmocka_unit_test(test_no_input_costs_more_than_the_bound),
		cmocka_unit_test(test_coarse_comparison_says_so),
		cmocka_unit_test(test_real_rewritten_annex_is_exact_and_finds_what_went_on),
		cmocka_unit_test(test_real_draft_of_200_kb_marks_only_what_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
