/* Documents compared by provision: exact, bounded, and no word marked that did not change. The texts are SYNTHETIC. */
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
#include "lib/base/strv.h"
#include "lib/redline/document_diff.h"
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

/* ---- texts that look like law ---- */

static const char *const subjects[] = { "The manufacturer", "The importer", "An economic operator", "The market surveillance authority", "A notified body", "Le fabricant",
	"Der Hersteller", "The product", "A toy" };
static const char *const duties[] = { "shall ensure that", "must keep", "may not place on the market", "should verify", "doit fournir", "muss vorlegen", "shall affix to", "is to declare" };
static const char *const objects[] = { "the technical documentation", "the declaration of conformity", "lead in amounts over 90 mg/kg", "a label in the official language",
	"records for 10 years", "les informations requises", "die Unterlagen", "the batch number", "warnings referred to in Article 7(2)", "the limits of Annex II" };
static const char *const tails[] = { "", " before 1 January 2027", " unless Article 4 applies", " within 30 days", ", in accordance with EN 71-3", " (see No. 5)",
	" and shall inform the Commission", " f\xC3\xBCr mindestens f\xC3\xBCnf Jahre" };
#define PICK(list) list[chance(sizeof(list) / sizeof(list[0]))]

static char *
sentence(void)
{
	return xasprintf("%s %s %s%s.", PICK(subjects), PICK(duties), PICK(objects), PICK(tails));
}

static void
add_line(struct strv *doc, const char *head)
{
	AUTO_BUF line = BUF_INIT;

	buf_adds(&line, head);
	for (unsigned n = 1 + chance(3); n > 0; n--) {
		AUTO_FREE char *s = sentence();

		buf_addf(&line, "%s%s", line.len > 0 && line.data[line.len - 1] != ' ' ? " " : "", s);
	}
	strv_add(doc, buf_str(&line));
}

static void
add_article(struct strv *doc, unsigned number)
{
	static const char *const forms[] = { "Article ", "# Article ", "Art. ", "\xC2\xA7 ", "Artikel ", "Section ", "3.", "EXI RIE " };
	AUTO_FREE char *head = xasprintf("%s%u", PICK(forms), number);

	strv_add(doc, head);
	if (chance(2) == 0)
		strv_add(doc, "Obligations of operators");
	for (unsigned n = chance(4), i = 1; i <= n; i++) {
		AUTO_FREE char *label = chance(3) == 0 ? xasprintf("(%c) ", 'a' + (int)i) : chance(2) == 0 ? xasprintf("%u. ", i) : xstrdup("");

		add_line(doc, label);
	}
	if (chance(5) == 0)
		for (unsigned n = 1 + chance(4); n > 0; n--) {
			AUTO_FREE char *row = xasprintf("| Substance %u | %u mg/kg | %u |", chance(9), chance(100), chance(100));

			strv_add(doc, row);
		}
}

static void
random_document(struct strv *doc)
{
	add_line(doc, "");
	for (unsigned n = chance(8), i = 1; i <= n; i++)
		add_article(doc, i);
	if (chance(3) == 0) {
		strv_add(doc, "# Annex I");
		add_line(doc, "1. ");
		add_line(doc, "[^1]: ");
	}
}

static char *
joined(const struct strv *doc)
{
	AUTO_BUF s = BUF_INIT;

	for (size_t i = 0; i < doc->n; i++)
		buf_addf(&s, "%s%s", doc->v[i], i + 1 < doc->n || chance(10) > 0 ? "\n" : "");
	return buf_take(&s);
}

/* ---- edits ---- */

static void
move_lines(struct strv *doc)
{
	size_t from = chance((unsigned)doc->n), n = 1 + chance(4), to;
	AUTO_STRV cut = STRV_INIT;

	if (from + n > doc->n)
		n = doc->n - from;
	for (size_t i = 0; i < n; i++)
		strv_take(&cut, doc->v[from + i]);
	memmove(doc->v + from, doc->v + from + n, (doc->n - from - n) * sizeof(*doc->v));
	doc->n -= n;
	to = chance((unsigned)doc->n + 1);
	memmove(doc->v + to + n, doc->v + to, (doc->n - to) * sizeof(*doc->v));
	for (size_t i = 0; i < n; i++)
		doc->v[to + i] = cut.v[i];
	doc->n += n;
	cut.n = 0;
}

static void
remove_line(struct strv *doc)
{
	size_t at = chance((unsigned)doc->n);

	free(doc->v[at]);
	memmove(doc->v + at, doc->v + at + 1, (doc->n - at - 1) * sizeof(*doc->v));
	doc->n--;
}

/* Changes a few bytes somewhere, wherever they are; puts a word in, breaks a line, or doubles a blank. */
static void
scratch(struct strv *doc)
{
	static const char *const in[] = { "shall", " not ", "\n", "  ", "45 mg/kg", "Article 9", "\n(b) ", "| x |", "\xC3\xA9", "\xFF", "#", "", "\n\n", "\xC2\xA0" };
	size_t at = chance((unsigned)doc->n);
	AUTO_FREE char *old = doc->v[at];
	unsigned n = (unsigned)strlen(old), from = chance(n + 1), to = from + chance(12);
	AUTO_BUF out = BUF_INIT;

	buf_add(&out, old, from);
	buf_adds(&out, PICK(in));
	if (to < n)
		buf_adds(&out, old + to);
	doc->v[at] = buf_take(&out);
}

/* Adds one to each number that stands behind a blank in a line of its own: articles get other numbers. */
static void
renumber(struct strv *doc)
{
	for (size_t i = 0; i < doc->n; i++) {
		char *blank = strrchr(doc->v[i], ' ');
		unsigned number = blank != NULL && strlen(doc->v[i]) < 16 ? (unsigned)atoi(blank) : 0;

		if (number > 0) {
			*blank = '\0';
			blank = xasprintf("%s %u", doc->v[i], number + 1);
			free(doc->v[i]);
			doc->v[i] = blank;
		}
	}
}

static void
edit(struct strv *doc)
{
	for (unsigned n = chance(6); n > 0 && doc->n > 0; n--)
		switch (chance(6)) {
		case 0:
			move_lines(doc);
			break;
		case 1:
			remove_line(doc);
			break;
		case 2:
			renumber(doc);
			break;
		case 3:
			add_article(doc, 1 + chance(9));
			break;
		default:
			scratch(doc);
			break;
		}
}

/* ---- what holds of every difference ---- */

static void
assert_exact(const char *old, const char *new, const struct document_diff *d)
{
	AUTO_BUF a = BUF_INIT;
	AUTO_BUF b = BUF_INIT;

	text_diff_old(&d->text, &a);
	text_diff_new(&d->text, &b);
	assert_string_equal(buf_str(&a), old);
	assert_string_equal(buf_str(&b), new);
}

static void
assert_blocks(const struct text_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct block *b = &d->v[i];

		assert_true(b->layout);
		if (b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO) {
			assert_true(b->pair < d->n && d->v[b->pair].pair == i);
			assert_int_equal(d->v[b->pair].kind, b->kind == BLOCK_MOVED_FROM ? BLOCK_MOVED_TO : BLOCK_MOVED_FROM);
		}
		for (size_t k = 0; k < b->n; k++) {
			if (b->kind == BLOCK_SAME && b->spans[k].change != CHANGE_SAME)
				assert_int_equal(strspn(b->spans[k].s, " \n\t#\xC2\xA0"), strlen(b->spans[k].s));
			if (b->kind == BLOCK_DELETED || b->kind == BLOCK_MOVED_FROM)
				assert_int_equal(b->spans[k].change, CHANGE_DELETED);
			if (b->kind == BLOCK_INSERTED || b->kind == BLOCK_MOVED_TO)
				assert_int_equal(b->spans[k].change, CHANGE_INSERTED);
		}
	}
}

static void
assert_provisions(const struct document_diff *d)
{
	AUTO_STRV anchors = STRV_INIT;
	size_t at = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct provision_change *p = &d->v[i];

		assert_int_equal(p->first, at);
		at += p->blocks;
		assert_int_equal(d->v[p->pair].pair, i);
		if (p->kind == PROVISION_MOVED)
			assert_true(p->pair != i && d->v[p->pair].moved_from != p->moved_from);
		if (p->kind == PROVISION_SAME)
			for (size_t k = p->first; k < at; k++)
				assert_int_equal(d->text.v[k].kind, BLOCK_SAME);
		assert_true(p->anchor[0] != '\0' && strspn(p->anchor, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(p->anchor));
		strv_add(&anchors, p->anchor);
		assert_blocks(&p->inner);
	}
	assert_int_equal(at, d->text.n);
	strv_sort(&anchors);
	assert_int_equal(anchors.n, d->n);
}

static void
test_document_difference_is_exact_both_ways_over_random_edits(void **state)
{
	(void)state;
	seed = 20261122;
	for (int i = 0; i < ROUNDS(10000); i++) {
		AUTO_STRV doc = STRV_INIT;
		AUTO_FREE char *old = NULL, *new = NULL;
		AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;

		random_document(&doc);
		old = joined(&doc);
		edit(&doc);
		new = joined(&doc);
		document_diff(old, new, &d);
		assert_exact(old, new, &d);
		assert_blocks(&d.text);
		assert_provisions(&d);
		assert_false(d.text.coarse);
	}
}

/* ---- what a reader sees ---- */

/* "Article 5 changed|Article 7 added": what is not the same, in order; a moved one in its new place. */
static void
tell(const struct document_diff *d, struct buf *out)
{
	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].kind == PROVISION_SAME || d->v[i].moved_from)
			continue;
		buf_adds(out, out->len > 0 ? "|" : "");
		provision_change_title(&d->v[i], out);
		buf_addf(out, " %s", provision_change_name(d->v[i].kind));
	}
}

static void
tell_marks(const struct text_diff *d, size_t from, size_t n, struct buf *out)
{
	for (size_t i = from; i < from + n; i++)
		for (size_t k = 0; k < d->v[i].n; k++) {
			const struct span *s = &d->v[i].spans[k];

			if (s->change != CHANGE_SAME && strspn(s->s, " \n") < strlen(s->s) && d->v[i].kind != BLOCK_MOVED_FROM && d->v[i].kind != BLOCK_MOVED_TO)
				buf_addf(out, s->change == CHANGE_DELETED ? "[-%s-]" : "{+%s+}", s->s);
		}
}

/* All words that are marked. */
static void
tell_words(const struct document_diff *d, struct buf *out)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct provision_change *p = &d->v[i];

		if (p->kind == PROVISION_MOVED && !p->moved_from)
			tell_marks(&p->inner, 0, p->inner.n, out);
		else if (p->kind != PROVISION_MOVED)
			tell_marks(&d->text, p->first, p->blocks, out);
	}
}

static void
assert_told(const char *old, const char *new, const char *provisions, const char *words)
{
	AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;
	AUTO_BUF told = BUF_INIT;
	AUTO_BUF marks = BUF_INIT;

	document_diff(old, new, &d);
	assert_exact(old, new, &d);
	assert_provisions(&d);
	tell(&d, &told);
	tell_words(&d, &marks);
	assert_string_equal(buf_str(&told), provisions);
	assert_string_equal(buf_str(&marks), words);
}

#define ONE "Article 1\nScope\nThis Regulation applies to toys that are placed on the market.\n"
#define TWO(limit) "Article 2\nLimits\n(a) Lead shall not exceed " limit " mg/kg in accessible parts.\n(b) Cadmium shall not exceed 75 mg/kg in any part.\n"
#define RECORDS(n) "Article " n "\nRecords\nThe manufacturer keeps the technical documentation for ten years after the last toy was sold.\n"
#define WARNINGS(n) "Article " n "\nWarnings\nWarnings shall be visible, easily legible and understandable for consumers before the purchase.\n"

static void
test_changed_provision_is_the_only_one_told(void **state)
{
	AUTO_DOCUMENT_DIFF none = DOCUMENT_DIFF_INIT;

	(void)state;
	document_diff(NULL, NULL, &none);
	assert_int_equal(none.text.n, 0);
	assert_told(ONE TWO("90") RECORDS("3"), ONE TWO("45") RECORDS("3"), "Article 2 Limits changed", "[-90-]{+45+}");
	assert_told(ONE RECORDS("2"), ONE RECORDS("2"), "", "");
	assert_told("", ONE, "Article 1 Scope added", "{+Article 1+}{+Scope+}{+This Regulation applies to toys that are placed on the market.+}");
	assert_told(ONE, "", "Article 1 Scope removed", "[-Article 1-][-Scope-][-This Regulation applies to toys that are placed on the market.-]");
}

static void
test_added_article_renumbers_those_behind_it_and_changes_none(void **state)
{
	(void)state;
	assert_told(ONE TWO("90") RECORDS("3") WARNINGS("4"),
	    ONE TWO("90") "Article 3\nImporters\nImporters indicate their name and address on each toy.\n" RECORDS("4") WARNINGS("5"),
	    "Article 3 Importers added|Article 4 (was Article 3) Records renumbered|Article 5 (was Article 4) Warnings renumbered",
	    "{+Article 3+}{+Importers+}{+Importers indicate their name and address on each toy.+}[-3-]{+4+}[-4-]{+5+}");
}

static void
test_moved_provision_is_told_once_with_what_changed_in_it(void **state)
{
	(void)state;
	assert_told(ONE RECORDS("2") WARNINGS("3") TWO("90"), ONE WARNINGS("2") TWO("90") "Article 5\nRecords\n"
	    "The manufacturer keeps the technical documentation for five years after the last toy was sold.\n",
	    "Article 2 (was Article 3) Warnings renumbered|Article 5 (was Article 2) Records moved", "[-3-]{+2+}[-2-]{+5+}[-ten-]{+five+}");
}

static void
test_line_breaks_are_no_change(void **state)
{
	(void)state;
	assert_told("Article 1\nThe manufacturer keeps the technical documentation and the EU\ndeclaration of conformity for ten years after the last toy was\nplaced on the market.\n"
	    "Article 2\nAnother text that stays as it was in every word of it, in all lines.\n",
	    "Article 1\nThe manufacturer keeps the technical\ndocumentation and the EU declaration of\nconformity for ten years after the last\ntoy was placed on the market.\n\n"
	    "Article 2\nAnother text that stays as it was in\nevery word of it, in all lines.\n", "", "");
	/* the same label in other spelling is its label changed */
	assert_told("Art. 1\nToys are safe for every child that plays with them.\n", "Article 1\nToys are safe for every child that plays with them.\n",
	    "Article 1 (was Art. 1) renumbered", "[-Art.-]{+Article+}");
}

static void
test_rows_of_tables_are_compared_as_rows(void **state)
{
	(void)state;
	assert_told("# Annex I\n| Substance | Limit |\n| Lead | 90 |\n| Cadmium | 75 |\n| Mercury | 60 |\n",
	    "# Annex I\n| Substance | Limit |\n| Arsenic | 25 |\n| Lead | 45 |\n| Cadmium | 75 |\n", "Annex I changed", "{+| Arsenic | 25 |+}[-90-]{+45+}[-| Mercury | 60 |-]");
	assert_told("| Lead | 10 | 20 | 30 | 40 |\n| Zinc | 1 | 2 | 3 | 4 |\n", "| Lead | 11 | 21 | 31 | 41 |\n| Zinc | 1 | 2 | 3 | 4 |\n", "Beginning changed",
	    "[-10-]{+11+}[-20-]{+21+}[-30-]{+31+}[-40-]{+41+}");
}

static void
test_reference_to_a_renumbered_article_is_a_change_of_words(void **state)
{
	(void)state;
	assert_told(ONE RECORDS("2") "Article 3\nThe records of Article 2 are kept in one of the official languages.\n",
	    ONE WARNINGS("2") RECORDS("3") "Article 4\nThe records of Article 3 are kept in one of the official languages.\n",
	    "Article 2 Warnings added|Article 3 (was Article 2) Records renumbered|Article 4 (was Article 3) changed",
	    "{+Article 2+}{+Warnings+}{+Warnings shall be visible, easily legible and understandable for consumers before the purchase.+}[-2-]{+3+}[-3-]{+4+}[-2-]{+3+}");
}

static void
test_rewritten_article_in_its_place_stays_one(void **state)
{
	(void)state;
	assert_told(ONE "Article 2\nToys bear a mark.\n" WARNINGS("3"), ONE "Article 2\nImporters file yearly accounts electronically.\n" WARNINGS("3"),
	    "Article 2 changed", "[-Toys bear a mark.-]{+Importers file yearly accounts electronically.+}");
}

/* ---- bounds ---- */

static char *
repeated(const char *s, size_t times)
{
	AUTO_BUF out = BUF_INIT;

	while (times-- > 0)
		buf_adds(&out, s);
	return buf_take(&out);
}

/* n articles; what stands in for %u is 'first', then one 'step' further in each. */
static char *
articles(const char *form, unsigned first, int step, unsigned n)
{
	AUTO_BUF out = BUF_INIT;

	for (unsigned i = 0; i < n; i++) {
		unsigned number = (unsigned)((int)first + step * (int)i);
		const char *p = form;

		for (const char *q; (q = strchr(p, '%')) != NULL; p = q + 1) {
			buf_add(&out, p, (size_t)(q - p));
			buf_addf(&out, "%u", number);
		}
		buf_adds(&out, p);
	}
	return buf_take(&out);
}

/* Not by the clock: what the limits in the code allow, for any input. */
static void
assert_bounded(char *old, char *new)
{
	AUTO_FREE char *a = old, *b = new;
	AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;

	document_diff(a, b, &d);
	assert_exact(a, b, &d);
	assert_provisions(&d);
	assert_true(d.text.steps < 60000000 + 20 * (strlen(a) + strlen(b)));
}

static void
test_no_document_costs_more_than_the_bound(void **state)
{
	(void)state;
	assert_bounded(repeated("The same sentence stands here again. ", 10000), repeated("The same sentence stands here again. ", 9000));
	assert_bounded(repeated("word ", 100000), repeated("word ", 99000));
	assert_bounded(repeated("Article 5\nThe same.\n", 10000), repeated("Article 5\nThe same.\nOther.\n", 10000));
	assert_bounded(articles("Article %\nOperator % keeps record % of batch %.\n", 1, 1, 9000), articles("Article %\nOperator % keeps record % of batch %.\n", 9000, -1, 9000));
	assert_bounded(articles("Article %\nSentence number % is about thing % alone.\n", 1, 1, 9000), articles("Article %\nQuite other word% here%.\n", 1, 1, 9000));
	assert_bounded(articles("Word% is% here% now%. ", 1, 1, 9000), articles("Other% was% there% then%. ", 1, 1, 9000));
	assert_bounded(articles("(a) item %\n", 1, 1, 20000), articles("(b) item %\n", 20000, -1, 20000));
	assert_bounded(articles("| % | x |\n", 1, 1, 20000), articles("| % | x |\n", 20000, -1, 20000));
	assert_bounded(repeated("#", 100000), repeated("# a\n", 25001));
	assert_bounded(repeated(")", 200000), repeated("1.1.", 50000));
	assert_bounded(repeated("\n", 200000), repeated(" \n", 100000));
}

static void
test_too_many_provisions_are_told(void **state)
{
	AUTO_FREE char *old = repeated("Article 1\nText of it.\n", PROVISIONS_MAX + 10), *new = articles("Article %\nText of it.\n", 1, 1, 3);
	AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;

	(void)state;
	document_diff(old, new, &d);
	assert_exact(old, new, &d);
	assert_true(d.cut);
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

/* The annex of a French decree as adopted in 2022, and the draft of 2026 that rewrites and renumbers it. Read by hand: what has its counterpart is
 * EXI 13 (two of its four points went on) and EXI 21 (three of three); the others are gone or new. */
static void
test_real_rewritten_annex_finds_the_provisions_that_went_on(void **state)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	AUTO_BUF told = BUF_INIT;
	AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;

	(void)state;
	read_data("2021-0426-F.annexe.fr.v1-ADOPTED-2022.extracts.txt", &old);
	read_data("2026-0498-FR.annexe.fr.v2-PROJET.extracts.txt", &new);
	document_diff(buf_str(&old), buf_str(&new), &d);
	assert_exact(buf_str(&old), buf_str(&new), &d);
	assert_provisions(&d);
	tell(&d, &told);
	assert_string_equal(buf_str(&told), "Beginning changed|EXI 03 removed|EXI 04 removed|1.0 Avril 2022 Version initiale added|EXI RIE-PS 02 added|"
	    "EXI RIE-PS 03 added|EXI RIE-PS 08 (was EXI 21) moved|EXI RIE-PS 09 (was EXI 13) changed|EXI 22 removed");
}

/* 200 KB, edited: one word in every fifth section, one section taken out, so that all behind it have other numbers. */
static void
test_real_draft_of_200_kb_marks_only_what_was_edited(void **state)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	AUTO_BUF marks = BUF_INIT;
	AUTO_BUF expected = BUF_INIT;
	AUTO_PROVISIONS p = PROVISIONS_INIT;
	AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;
	size_t changed = 0, removed = 0, sections = 0;

	(void)state;
	read_data("2020-0026-D.en.PROJET.paragraphs.txt", &old);
	provisions_split(buf_str(&old), &p);
	for (size_t i = 0; i < p.n; i++) {
		const char *s = buf_str(&old) + p.v[i].from, *found = NULL;
		size_t n = p.v[i].to - p.v[i].from;

		sections += p.v[i].kind == PROVISION_ARTICLE;
		if (p.v[i].kind == PROVISION_ARTICLE && sections == 40) {
			while (i + 1 < p.n && !p.v[i + 1].main)
				i++;
			removed++;
			continue;
		}
		if (i % 25 == 0 && p.v[i].kind == PROVISION_ITEM)
			found = memmem(s, n, " the ", 5);
		if (found != NULL) {
			buf_add(&new, s, (size_t)(found - s));
			buf_adds(&new, " xylophone ");
			buf_add(&new, found + 5, n - (size_t)(found - s) - 5);
			buf_adds(&expected, "[-the-]{+xylophone+}");
			changed++;
		} else {
			buf_add(&new, s, n);
		}
	}
	document_diff(buf_str(&old), buf_str(&new), &d);
	assert_exact(buf_str(&old), buf_str(&new), &d);
	assert_provisions(&d);
	assert_false(d.text.coarse);
	assert_true(changed > 5 && removed == 1);
	for (size_t i = 0; i < d.n; i++)
		if (d.v[i].kind == PROVISION_CHANGED)
			tell_marks(&d.text, d.v[i].first, d.v[i].blocks, &marks);
		else
			assert_true(d.v[i].kind == PROVISION_SAME || d.v[i].kind == PROVISION_REMOVED);
	assert_string_equal(buf_str(&marks), buf_str(&expected));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_document_difference_is_exact_both_ways_over_random_edits),
		cmocka_unit_test(test_changed_provision_is_the_only_one_told),
		cmocka_unit_test(test_added_article_renumbers_those_behind_it_and_changes_none),
		cmocka_unit_test(test_moved_provision_is_told_once_with_what_changed_in_it),
		cmocka_unit_test(test_line_breaks_are_no_change),
		cmocka_unit_test(test_rows_of_tables_are_compared_as_rows),
		cmocka_unit_test(test_reference_to_a_renumbered_article_is_a_change_of_words),
		cmocka_unit_test(test_rewritten_article_in_its_place_stays_one),
		cmocka_unit_test(test_no_document_costs_more_than_the_bound),
		cmocka_unit_test(test_too_many_provisions_are_told),
		cmocka_unit_test(test_real_rewritten_annex_finds_the_provisions_that_went_on),
		cmocka_unit_test(test_real_draft_of_200_kb_marks_only_what_was_edited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
