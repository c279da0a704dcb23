#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/strv.h"
#include "lib/site/search_index.h"
#include "lib/site/search_often.h"
#include "lib/site/search_past.h"
#include "search_decode.h"

/* Files as "NAME: bytes". */
static int
collect(void *ctx, const char *name, const struct buf *bytes)
{
	AUTO_BUF file = BUF_INIT;

	buf_addf(&file, "%s: ", name);
	buf_add(&file, bytes->data, bytes->len);
	strv_add(ctx, buf_str(&file));
	return 0;
}

static const char *
file_of(const struct strv *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++) {
		if (strncmp(files->v[i], name, strlen(name)) == 0)
			return files->v[i] + strlen(name) + 2;
	}
	return NULL;
}

/* ---- a site: pieces of segments, those of closed segments with what they were made of, and what was known of them ---- */

struct site {
	struct strv segments, past, made_of;	/* made_of: "BEGIN HEX" */
	struct buf known;
	struct strv *before;			/* what an earlier site was made of; NULL: nothing is kept */
	size_t kept, emitted, read;
};

static void
site_clear(struct site *s)
{
	strv_clear(&s->segments);
	strv_clear(&s->past);
	strv_clear(&s->made_of);
	buf_clear(&s->known);
}
#define AUTO_SITE __attribute__((cleanup(site_clear))) struct site
#define SITE { STRV_INIT, STRV_INIT, STRV_INIT, BUF_INIT, NULL, 0, 0, 0 }

static bool
keep(void *ctx, const char *begin, uint64_t made_of)
{
	struct site *s = ctx;
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, "%s %llx", begin, (unsigned long long)made_of);
	if (!strv_has(&s->made_of, buf_str(&line)))
		strv_add(&s->made_of, buf_str(&line));
	if (s->before == NULL || !strv_has(s->before, buf_str(&line)))
		return false;
	s->kept++;
	return true;
}

static int
emit(void *ctx, const char *name, const struct buf *bytes)
{
	struct site *s = ctx;

	s->emitted++;
	return collect(&s->past, name, bytes);
}

static bool
read_segment(void *ctx, const char *name, struct buf *bytes)
{
	struct site *s = ctx;
	const char *text = file_of(&s->segments, name);

	s->read++;
	if (text != NULL)
		buf_adds(bytes, text);
	return text != NULL;
}

static struct search_doc
doc(const char *id, int year, int month, int day, const char *title)
{
	return (struct search_doc){ .id = id, .date = { (int16_t)year, (int8_t)month, (int8_t)day }, .path = "p.html", .title = title };
}

/* The table over docs, cut into segments of so many; made_of of each. Segments that 'known' knows are read from the pieces that s has already. Returns what broke. */
static const char *
make(struct site *s, const struct search_doc *docs, size_t n, size_t each, const uint64_t *made_of, const char *known)
{
	static char broken[SEARCH_KEY];
	struct search_past *past = search_past_new(known);
	const struct search_past_io io = { keep, read_segment, emit, s };

	for (size_t from = 0; from < n; from += each) {
		size_t span = n - from < each ? n - from : each;
		char key[32];

		(void)snprintf(key, sizeof(key), "%d-%zu", docs[from].date.year, from / each);
		if (!search_past_segment(past, key, made_of != NULL ? made_of[from / each] : 1, docs + from, span))
			assert_int_equal(search_segment_write(key, docs + from, span, past, collect, &s->segments), 0);
	}
	assert_int_equal(search_past_write(past, &io, broken), 0);
	buf_reset(&s->known);
	search_past_known(past, &s->known);
	search_past_free(past);
	return broken;
}

static void
test_segments_before_the_newest_are_closed(void **state)
{
	struct search_doc docs[] = { doc("a", 0, 0, 0, ""), doc("b", 2024, 12, 31, ""), doc("c", 2025, 1, 1, ""), doc("d", 2025, 2, 1, "") };

	(void)state;
	assert_int_equal(search_past_span(docs, 4), 2);
	assert_int_equal(search_past_span(docs, 2), 1);
	assert_int_equal(search_past_span(docs, 1), 0);		/* without a date, but there are no others */
	assert_int_equal(search_past_span(docs + 2, 2), 0);
	assert_int_equal(search_past_span(docs, 0), 0);
}

/* A segment has 4,096 documents: of a year that has more all are closed but the last ones. */
static void
test_a_full_segment_of_the_newest_year_is_closed(void **state)
{
	static struct search_doc docs[8200];

	(void)state;
	for (size_t i = 0; i < 8200; i++)
		docs[i] = doc("x", i < 3 ? 2024 : 2025, 1, 1, "");
	assert_int_equal(search_past_span(docs, 3 + 4096), 3);
	assert_int_equal(search_past_span(docs, 3 + 4097), 3 + 4096);
	assert_int_equal(search_past_span(docs, 3 + 8192), 3 + 4096);
	assert_int_equal(search_past_span(docs, 3 + 8193), 3 + 8192);
}

static void
test_rows_grow_with_documents(void **state)
{
	(void)state;
	assert_int_equal(search_past_rows(0), 0);
	assert_int_equal(search_past_rows(1), 1);
	assert_int_equal(search_past_rows(17), 2);
	assert_int_equal(search_past_rows(1000000), 256);
}

/* "lead" is in documents 0, 1 and 2, "toys" in 1 and 2; each id is a word too. The lists: test_site_search_numbers.c. One part: no boundaries. */
static void
test_a_word_tells_the_numbers_of_documents(void **state)
{
	struct search_doc docs[] = { doc("xa", 1900, 1, 1, "lead"), doc("xb", 1900, 1, 3, "lead toys"), doc("xc", 1900, 1, 3, "lead toys") };
	AUTO_SITE s = SITE;

	(void)state;
	assert_string_equal(make(&s, docs, 3, 3, NULL, ""), "");
	assert_int_equal(s.past.n, 2);
	assert_string_equal(file_of(&s.past, "past/00/w000.js"), "regwatchIndex(\"past/00/w000\",\"#lead!#* #toys!#J #xa!#B $b!#R $c!#Z \")\n");
	assert_string_equal(file_of(&s.past, "past/00/t.js"), "regwatchIndex(\"past/00/t\",\"!\")\n");
}

static void
test_numbers_go_on_in_the_next_segment(void **state)
{
	struct search_doc docs[] = { doc("xa", 1900, 1, 1, ""), doc("xb", 1900, 1, 1, "") };
	AUTO_SITE s = SITE;

	(void)state;
	assert_string_equal(make(&s, docs, 2, 1, NULL, ""), "");
	assert_string_equal(file_of(&s.past, "past/00/w000.js"), "regwatchIndex(\"past/00/w000\",\"#xa!#B $b!#R \")\n");
}

/* Each of the words takes 12 bytes: 83 are a part of 1,000. What begins a part is told as far as it differs from the word before, in whole letters: of "þ7000"
 * the first, two bytes. */
static void
test_parts_are_told_by_where_they_begin(void **state)
{
	static struct search_doc docs[8];
	static char titles[8][4000];
	AUTO_SITE s = SITE;

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		for (size_t k = 0, at = 0; k < 83; k++)
			at += (size_t)snprintf(titles[i] + at, sizeof(titles[i]) - at, "%s%zu%03zu ", i < 7 ? "abc" : "\xC3\xBE", i, k);
		docs[i] = doc("x", 1900, 1, 1, titles[i]);
	}
	assert_string_equal(make(&s, docs, 8, 8, NULL, ""), "");
	assert_string_equal(file_of(&s.past, "past/00/t.js"),
	    "regwatchIndex(\"past/00/t\",\"abc1 abc2 abc3 abc4 abc5 abc6 \xC3\xBE!\")\n");
}

/* A piece holds each i from 'first' up to 'end' for which has(i) says so, counted from 'first'. */
static void
assert_list(const struct strv *files, const char *name, uint32_t first, uint32_t end, bool (*has)(uint32_t number))
{
	static uint32_t got[20000], wanted[20000];
	AUTO_FREE char *path = xasprintf("%s.js", name), *call = xasprintf("regwatchIndex(\"%s\",\"", name);
	const char *bytes = file_of(files, path);
	size_t n = 0;

	assert_non_null(bytes);
	assert_memory_equal(bytes, call, strlen(call));
	for (uint32_t i = first; i < end; i++)
		if (has(i))
			wanted[n++] = i;
	assert_int_equal(decode_numbers(bytes + strlen(call), '"', first, got, 20000), n);
	assert_memory_equal(got, wanted, n * sizeof(*got));
}

/* The same in the folder of a word, when there are 256 rows. */
static void
assert_often(const struct strv *files, const char *word, const char *piece, uint32_t first, uint32_t end, bool (*has)(uint32_t number))
{
	AUTO_FREE char *name = xasprintf("past/%02x/%s", search_shard(word) / SEARCH_PAST_GROUP, piece);

	assert_list(files, name, first, end, has);
}

static bool
in_many(uint32_t i)
{
	return i % 13 < 2;
}

static bool
in_each(uint32_t i)
{
	(void)i;
	return true;
}

static bool
in_twentieth(uint32_t i)
{
	return i % 20 == 0;
}

/* Two documents a day for 5,000 days from 1 January 2000: 2 of them bear "rare", which stays beside its word; 20 "some", whose list lies apart; two of
 * thirteen "many" (1,540) and all "much": their lists lie in pieces of their own. 1,540 are rank 4 ('\''), four eighths above 1,024; 10,000 are rank 25 ('<'), an eighth
 * above 8,192. Both are cut after 2007: until then there are 5,844 documents, behind it 4,156. */
static void
test_frequent_words_lie_apart(void **state)
{
	static struct search_doc docs[10000];
	static char ids[10000][16], titles[10000][32];
	AUTO_BUF all = BUF_INIT;
	AUTO_SITE s = SITE;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		struct date day = date_add_days((struct date){ 2000, 1, 1 }, (int32_t)(i / 2));

		(void)snprintf(ids[i], sizeof(ids[i]), "%zuth", i);
		(void)snprintf(titles[i], sizeof(titles[i]), "much %s %s", i % 13 < 2 ? "many" : "", i % 5000 == 0 ? "rare" : i % 500 == 0 ? "some" : "");
		docs[i] = doc(ids[i], day.year, day.month, day.day, titles[i]);
	}
	struct search_past *past = search_past_new("");
	const struct search_past_io io = { keep, read_segment, emit, &s };
	char broken[SEARCH_KEY];
	unsigned chunk = 0;

	for (size_t from = 0, n; from < 10000; from += n) {
		char key[SEARCH_KEY];

		n = search_segment_span(docs + from, 10000 - from, &chunk, key);
		assert_false(search_past_segment(past, key, 1, docs + from, n));
		assert_int_equal(search_segment_write(key, docs + from, n, past, collect, &s.segments), 0);
	}
	assert_int_equal(search_past_write(past, &io, broken), 0);
	search_past_free(past);
	strv_join(&s.past, "\n", &all);
	assert_non_null(strstr(buf_str(&all), "many!' "));
	assert_non_null(strstr(buf_str(&all), "uch!< "));
	assert_non_null(strstr(buf_str(&all), "some! "));
	assert_null(strstr(buf_str(&all), "rare! "));
	assert_non_null(strstr(buf_str(&all), "rare!"));
	assert_often(&s.past, "many", "f6d616e79-2000", 0, 5844, in_many);
	assert_often(&s.past, "many", "f6d616e79-2008", 5844, 10000, in_many);
	assert_often(&s.past, "much", "f6d756368-2000", 0, 5844, in_each);
	assert_often(&s.past, "much", "f6d756368-2008", 5844, 10000, in_each);
	for (size_t i = 0; i < s.past.n; i++)
		assert_true(strlen(s.past.v[i]) < 6000);
}

/* 1,200 documents stand in the table, one more do not. */
static void
test_a_word_is_frequent_from_1201_documents_on(void **state)
{
	static struct search_doc docs[1201];
	AUTO_SITE s = SITE;
	size_t often = 0;

	(void)state;
	for (size_t i = 0; i < 1201; i++)
		docs[i] = doc("x", 1900, 1, 1, i > 0 ? "less more" : "more");
	assert_string_equal(make(&s, docs, 1201, 1201, NULL, ""), "");
	for (size_t i = 0; i < s.past.n; i++) {
		often += strstr(s.past.v[i], "/f6d6f7265-0.js:") != NULL;
		assert_null(strstr(s.past.v[i], "/f6c657373-"));
	}
	assert_int_equal(often, 1);
}

static void
fill_years(struct search_years *years, uint32_t documents, unsigned year)
{
	for (unsigned y = year + 1; y <= SEARCH_YEARS; y++)
		years->before[y] += documents;
}

/* So many documents in 2000 and as many in 2016; the word is in all of 2000, and of 2016 if 'both'. The names of its pieces. */
static void
cut_into(uint32_t documents, bool both, struct strv *files, struct buf *names)
{
	static struct search_years years;
	uint32_t n = both ? 2 * documents : documents;
	AUTO_FREE uint32_t *v = xcalloc(n, sizeof(*v));

	years = (struct search_years){ { 0 } };
	fill_years(&years, documents, 2000);
	fill_years(&years, documents, 2016);
	for (uint32_t i = 0; i < n; i++)
		v[i] = i;
	assert_int_equal(search_often_write(&years, "past/00", "x", v, n, collect, files), 0);
	for (size_t k = 0; k < files->n; k++)
		buf_addf(names, "%.*s ", (int)strcspn(files->v[k], ":") - 8, files->v[k] + 8);
}

/* All documents have the word: 9,000 are still whole. Two more are halved: years 0 to 8191 have all, those from 8192 on none, and so on down to 1984 to
 * 2015 and 2016 to 2047, with half of them each. When these are too many, a year stays whole. */
static void
test_long_lists_are_cut_by_years(void **state)
{
	static const struct { uint32_t documents, rank; const char *names; } cases[] = {
		{ 512, 0, "f78-0.js " }, { 576, 1, "f78-0.js " }, { 4500, 24, "f78-0.js " }, { 4501, 24, "f78-1984.js f78-2016.js " },
		{ 9001, 32, "f78-2000.js f78-2016.js " }, { 130000, 63, "f78-2000.js f78-2016.js " }, { 140000, 63, "f78-2000.js f78-2016.js " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_STRV files = STRV_INIT;
		AUTO_BUF names = BUF_INIT;

		cut_into(cases[i].documents, true, &files, &names);
		assert_string_equal(buf_str(&names), cases[i].names);
		assert_int_equal(search_rank(2 * cases[i].documents), cases[i].rank);
	}
}

static void
test_years_without_a_frequent_word_say_so(void **state)
{
	AUTO_STRV files = STRV_INIT;
	AUTO_BUF names = BUF_INIT;

	(void)state;
	cut_into(9001, false, &files, &names);
	assert_string_equal(buf_str(&names), "f78-2000.js f78-2016.js ");
	assert_string_equal(file_of(&files, "past/00/f78-2016.js"), "regwatchIndex(\"past/00/f78-2016\",\"#\")\n");
}

/* 13,000 documents of a day, and words that each n-th has. "b" and "c" (each fifth and fourth: 2,600 and 3,250, ranks 10 and 12, at least 2,560 and 3,072 documents) have both
 * every twentieth: 2,560 * 3,072 / 13,000 is 604, under a twelfth of all. With "a", which each second has (6,500, rank 20, at least 6,144), "b" makes 1,209: no list. */
static void
test_two_frequent_words_have_a_list(void **state)
{
	static const struct { const char *word; uint32_t each, rank; } words[] = { { "a", 2, 20 }, { "b", 5, 10 }, { "c", 4, 12 } };
	static uint32_t numbers[3][6500];
	static struct search_years years;
	struct search_frequent v[3];
	AUTO_STRV pairs = STRV_INIT;

	(void)state;
	fill_years(&years, 13000, 2000);
	for (size_t i = 0; i < 3; i++) {
		v[i] = (struct search_frequent){ words[i].word, search_rank(13000 / words[i].each), numbers[i], 13000 / words[i].each };
		assert_int_equal(v[i].rank, words[i].rank);
		for (uint32_t n = 0; n < v[i].n; n++)
			numbers[i][n] = n * words[i].each;
	}
	for (size_t i = 0; i < 3; i++)
		for (size_t k = i + 1; k < 3; k++)
			assert_int_equal(search_pair_write(&years, &v[i], &v[k], collect, &pairs), 0);
	assert_int_equal(pairs.n, 1);
	assert_list(&pairs, "past/pairs/62-63-0", 0, 13000, in_twentieth);
}

/* Of no more than SEARCH_PAIRED words none is too rare; one more, and the rarest of them are. */
static void
test_the_most_frequent_words_are_paired(void **state)
{
	size_t ranks[SEARCH_RANKS] = { [3] = 2, [9] = SEARCH_PAIRED - 2 };

	(void)state;
	assert_int_equal(search_paired_from(ranks), 0);
	ranks[9]++;
	assert_int_equal(search_paired_from(ranks), 4);
}

/* ---- what is known ---- */

#define DOCS 9000
#define EACH 1800		/* documents of a segment */
#define SEGMENTS (DOCS / EACH)

static char ids[DOCS][24], titles[DOCS][64];

/* One document of six has "often", one of seven "common": so frequent that they have lists of their own, and one of both. */
static void
make_documents(struct search_doc docs[DOCS])
{
	for (size_t i = 0; i < DOCS; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "G/TBT/N/CHL/%zu", i + 1);
		(void)snprintf(titles[i], sizeof(titles[i]), "word%zu %s \xC3\xA9t\xC3\xA9%zu %s %zuth", i * 7919 % 300, i % 6 == 0 ? "often" : "",
		    i % 40, i % 7 == 0 ? "common" : "", i);
		docs[i] = doc(ids[i], 2001 + (int)(i / EACH), 1 + (int)(i % EACH / 150), 1 + (int)(i % 50 / 2), titles[i]);
	}
}

static void
copy(const struct strv *from, struct strv *to)
{
	for (size_t i = 0; i < from->n; i++)
		strv_add(to, from->v[i]);
}

static void
test_what_is_known_is_read_from_its_pieces(void **state)
{
	static struct search_doc docs[DOCS];
	AUTO_SITE direct = SITE, again = SITE;

	(void)state;
	make_documents(docs);
	assert_string_equal(make(&direct, docs, DOCS, EACH, NULL, ""), "");
	assert_int_equal(direct.read, 0);
	copy(&direct.segments, &again.segments);
	assert_string_equal(make(&again, docs, DOCS, EACH, NULL, buf_str(&direct.known)), "");
	assert_true(again.read > 0);
	assert_int_equal(again.segments.n, direct.segments.n);		/* none was made */
	assert_true(strv_equal(&direct.past, &again.past));
	assert_string_equal(buf_str(&direct.known), buf_str(&again.known));
}

/* The site after a change in one segment, made on top of the old one: what was kept of it and what is new. */
static void
assert_made_on_top(const struct search_doc *docs, const struct site *old, const uint64_t *made_of, size_t changed)
{
	AUTO_SITE fresh = SITE, on_top = SITE;
	struct strv known_of = STRV_INIT;

	assert_string_equal(make(&fresh, docs, DOCS, EACH, made_of, ""), "");
	for (size_t i = 0; i < old->segments.n; i++) {
		AUTO_FREE char *begin = xasprintf("%zu-%zu/", 2001 + changed, changed);

		if (strncmp(old->segments.v[i], begin, strlen(begin)) != 0)
			strv_add(&on_top.segments, old->segments.v[i]);
	}
	copy(&old->made_of, &known_of);
	on_top.before = &known_of;
	assert_string_equal(make(&on_top, docs, DOCS, EACH, made_of, buf_str(&old->known)), "");
	strv_clear(&known_of);
	assert_true(on_top.kept > 0);
	assert_true(on_top.emitted > 0 && on_top.emitted < fresh.emitted / 2);
	for (size_t i = 0; i < on_top.past.n; i++)
		assert_true(strv_has(&fresh.past, on_top.past.v[i]));
	for (size_t i = 0; i < fresh.past.n; i++)	/* what was not made again was right already */
		assert_true(strv_has(&on_top.past, fresh.past.v[i]) || strv_has(&old->past, fresh.past.v[i]));
	assert_string_equal(buf_str(&fresh.known), buf_str(&on_top.known));
}

static void
test_a_change_makes_few_groups_anew(void **state)
{
	static struct search_doc docs[DOCS];
	uint64_t made_of[SEGMENTS] = { 1, 1, 1, 1, 1 };
	AUTO_SITE old = SITE;

	(void)state;
	make_documents(docs);
	assert_string_equal(make(&old, docs, DOCS, EACH, made_of, ""), "");
	docs[1900].title = "word1 \xC3\xA9t\xC3\xA9 velocipede 700th";
	made_of[1] = 2;
	assert_made_on_top(docs, &old, made_of, 1);
}

static bool
has_begin(const struct strv *lines, const char *begin)
{
	for (size_t i = 0; i < lines->n; i++)
		if (strncmp(lines->v[i], begin, strlen(begin)) == 0)
			return true;
	return false;
}

/* Frequent words that change take their pairs with them, also with words whose own lists stayed. */
static void
test_a_change_of_a_frequent_word_changes_its_pairs(void **state)
{
	static const char pair[] = "past/pairs/636f6d6d6f6e-6f6674656e-0.js", *const left[] = { "no more common", "no more often" };
	static struct search_doc docs[DOCS];
	uint64_t made_of[SEGMENTS] = { 1, 1, 1, 1, 1 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		AUTO_SITE old = SITE;

		make_documents(docs);
		made_of[2] = 1;
		assert_string_equal(make(&old, docs, DOCS, EACH, made_of, ""), "");
		assert_non_null(file_of(&old.past, pair));
		assert_true(has_begin(&old.made_of, "past/pairs/636f6d6d6f6e-6f6674656e- "));
		assert_non_null(strstr(titles[3612], "often"));
		assert_non_null(strstr(titles[3612], "common"));
		docs[3612].title = left[i];
		made_of[2] = 2;
		assert_made_on_top(docs, &old, made_of, 2);
	}
}

/* What its group is made of for two documents with the same words, behind the first of which so many without any follow. */
static void
group_of_two(const char *first_key, const char *second_key, size_t blanks, struct strv *made_of)
{
	struct search_doc docs[] = { doc("", 2001, 1, 1, "toys"), doc("", 2001, 1, 1, ""), doc("", 2001, 1, 1, "") }, second = doc("", 2002, 1, 1, "toys");
	struct search_past *past = search_past_new("");
	AUTO_SITE s = SITE;
	const struct search_past_io io = { keep, read_segment, emit, &s };
	char broken[SEARCH_KEY];

	assert_false(search_past_segment(past, first_key, 1, docs, 1 + blanks));
	assert_int_equal(search_segment_write(first_key, docs, 1 + blanks, past, collect, &s.segments), 0);
	assert_false(search_past_segment(past, second_key, 1, &second, 1));
	assert_int_equal(search_segment_write(second_key, &second, 1, past, collect, &s.segments), 0);
	assert_int_equal(search_past_write(past, &io, broken), 0);
	search_past_free(past);
	assert_int_equal(s.made_of.n, 1);
	assert_false(strv_has(made_of, s.made_of.v[0]));
	strv_add(made_of, s.made_of.v[0]);
}

/* A late arrival changes the numbers behind it; the years are told by the keys. */
static void
test_groups_hang_on_the_place_of_all_documents(void **state)
{
	AUTO_STRV made_of = STRV_INIT;

	(void)state;
	group_of_two("2001-0", "2002-0", 0, &made_of);
	group_of_two("2001-0", "2002-0", 1, &made_of);
	group_of_two("2001-0", "2002-0", 2, &made_of);
	group_of_two("2001-0", "2003-0", 0, &made_of);
}

/* The list of files and what is known may be of different times. */
static void
test_a_group_that_was_known_otherwise_is_made_anew(void **state)
{
	struct search_doc d = doc("a", 2024, 1, 1, "toys");
	AUTO_SITE good = SITE, s = SITE;
	char *made_of;

	(void)state;
	assert_string_equal(make(&good, &d, 1, 1, NULL, ""), "");
	copy(&good.segments, &s.segments);
	s.before = &good.made_of;
	assert_string_equal(make(&s, &d, 1, 1, NULL, buf_str(&good.known)), "");
	assert_int_equal(s.emitted, 0);
	made_of = strstr(good.known.data, "group 0 ") + 8;
	*made_of = *made_of == '1' ? '2' : '1';
	assert_string_equal(make(&s, &d, 1, 1, NULL, buf_str(&good.known)), "");
	assert_true(strv_equal(&good.past, &s.past));
}

static void
assert_broken(const struct search_doc *docs, const char *words)
{
	AUTO_SITE good = SITE, s = SITE;
	AUTO_FREE char *piece = xasprintf("2024-0/w00.js: %s", words);

	assert_string_equal(make(&good, docs, 1, 1, NULL, ""), "");
	strv_add(&s.segments, piece);
	strv_add(&s.segments, "2024-0/l00.js: regwatchIndex(\"2024-0/l00\",\"\")\n");
	assert_string_equal(make(&s, docs, 1, 1, NULL, buf_str(&good.known)), "2024-0");
	assert_int_equal(s.past.n, 0);
}

static void
test_damaged_pieces_are_told(void **state)
{
	struct search_doc d = doc("a", 2024, 1, 1, "toys");

	(void)state;
	assert_broken(&d, "");
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"");
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!$ ");
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!$\")\n");		/* no end of the list */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys$ \")\n");
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"$toys!$ \")\n");		/* shares a letter with nothing */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!% \")\n");		/* document 1 of one */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!\x7f \")\n");
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!w \")\n");		/* a number cut short */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~# \")\n");		/* bits of no document */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~$$ \")\n");		/* none for the head */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~$%$ \")\n");		/* document 1 of one */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~$$$# \")\n");		/* more than tells of it */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys! \")\n");		/* its list is not there */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!!$ \")\n");		/* nor its piece */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!!# \")\n");		/* nor in that piece */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!!~### \")\n");	/* more pieces than there are */
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!! \")\n");
	assert_broken(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!$ '!$ \")\n");		/* a word twice */
}

/* Whoever makes the broken segment anew gets the rest: of 100 documents' eight rows those of the second group. */
static void
test_a_broken_segment_is_made_anew(void **state)
{
	struct search_doc docs[100];
	AUTO_SITE good = SITE, s = SITE;
	struct search_past *past;
	char broken[SEARCH_KEY];

	(void)state;
	for (size_t i = 0; i < 100; i++)
		docs[i] = doc("x", 2024, 1, 1, i > 0 ? "zebra" : "apple");
	assert_string_equal(make(&good, docs, 100, 100, NULL, ""), "");
	for (size_t i = 0; i < good.segments.n; i++)
		if (strncmp(good.segments.v[i], "2024-0/w07.js", 13) != 0)
			strv_add(&s.segments, good.segments.v[i]);
	assert_int_equal(s.segments.n, good.segments.n - 1);
	past = search_past_new(buf_str(&good.known));
	const struct search_past_io io = { keep, read_segment, emit, &s };

	assert_true(search_past_segment(past, "2024-0", 1, docs, 100));
	assert_int_equal(search_past_write(past, &io, broken), 0);
	assert_string_equal(broken, "2024-0");
	assert_true(s.past.n > 0 && s.past.n < good.past.n);
	assert_int_equal(search_segment_write("2024-0", docs, 100, past, collect, &s.segments), 0);
	assert_int_equal(search_past_write(past, &io, broken), 0);
	assert_string_equal(broken, "");
	assert_true(strv_equal(&good.past, &s.past));
	search_past_free(past);
}

/* Cut anywhere: only whole lines are known. */
static void
test_damaged_knowledge_is_none(void **state)
{
	struct search_doc d = doc("a", 2024, 1, 1, "toys");
	AUTO_SITE good = SITE;

	(void)state;
	assert_string_equal(make(&good, &d, 1, 1, NULL, ""), "");
	for (size_t cut = 0; cut < good.known.len; cut++) {
		AUTO_FREE char *text = xstrndup(buf_str(&good.known), cut);
		struct search_past *past = search_past_new(text);

		assert_int_equal(search_past_segment(past, "2024-0", 1, &d, 1), strcspn(buf_str(&good.known), "\n") < cut);
		search_past_free(past);
	}
}

/* Nor is what stands behind it. */
static void
test_hostile_knowledge_is_none(void **state)
{
	static const char *const bad[] = { "\n", "toys\n", "group\n", "group 40 1\n", "group 0 x\n", "group 0 1 toys\n", "group 0 1 toys 40 1\n", "group 0 1 toys 1\n",
		"segment\n", "segment 2024-0\n", "segment 2024-0 1 1\n", "segment 2024-01234567890 1 1\n" };
	struct search_doc d = doc("a", 2024, 1, 1, "toys");
	AUTO_SITE good = SITE;

	(void)state;
	assert_string_equal(make(&good, &d, 1, 1, NULL, ""), "");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		AUTO_FREE char *text = xasprintf("%s%s", bad[i], buf_str(&good.known));
		struct search_past *past = search_past_new(text);

		assert_false(search_past_segment(past, "2024-0", 1, &d, 1));
		search_past_free(past);
	}
}

static void
test_another_state_is_not_known(void **state)
{
	struct search_doc docs[] = { doc("a", 2024, 1, 1, "toys"), doc("b", 2024, 1, 1, "toys") };
	AUTO_SITE good = SITE;
	struct search_past *past;

	(void)state;
	assert_string_equal(make(&good, docs, 1, 1, NULL, ""), "");
	past = search_past_new(buf_str(&good.known));
	assert_false(search_past_segment(past, "2024-0", 2, docs, 1));
	assert_false(search_past_segment(past, "2024-1", 1, docs, 1));
	assert_false(search_past_segment(past, "2024-0", 1, docs, 2));
	assert_true(search_past_segment(past, "2024-0", 1, docs, 1));
	search_past_free(past);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_segments_before_the_newest_are_closed),
		cmocka_unit_test(test_a_full_segment_of_the_newest_year_is_closed),
		cmocka_unit_test(test_rows_grow_with_documents),
		cmocka_unit_test(test_a_word_tells_the_numbers_of_documents),
		cmocka_unit_test(test_numbers_go_on_in_the_next_segment),
		cmocka_unit_test(test_parts_are_told_by_where_they_begin),
		cmocka_unit_test(test_frequent_words_lie_apart),
		cmocka_unit_test(test_a_word_is_frequent_from_1201_documents_on),
		cmocka_unit_test(test_long_lists_are_cut_by_years),
		cmocka_unit_test(test_years_without_a_frequent_word_say_so),
		cmocka_unit_test(test_two_frequent_words_have_a_list),
		cmocka_unit_test(test_the_most_frequent_words_are_paired),
		cmocka_unit_test(test_what_is_known_is_read_from_its_pieces),
		cmocka_unit_test(test_a_change_makes_few_groups_anew),
		cmocka_unit_test(test_a_change_of_a_frequent_word_changes_its_pairs),
		cmocka_unit_test(test_groups_hang_on_the_place_of_all_documents),
		cmocka_unit_test(test_a_group_that_was_known_otherwise_is_made_anew),
		cmocka_unit_test(test_damaged_pieces_are_told),
		cmocka_unit_test(test_a_broken_segment_is_made_anew),
		cmocka_unit_test(test_damaged_knowledge_is_none),
		cmocka_unit_test(test_hostile_knowledge_is_none),
		cmocka_unit_test(test_another_state_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
