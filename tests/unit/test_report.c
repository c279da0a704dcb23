/* Digests as text and HTML. All records are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/file.h"
#include "lib/base/utf8.h"
#include "report_world.h"

static void
assert_golden(const char *name, const struct buf *got)
{
	AUTO_FREE char *path = xasprintf("%s/../golden/report/%s", getenv("REGWATCH_TEST_DATA"), name);
	AUTO_BUF expected = BUF_INIT;
	struct error err;

	if (file_read(path, 1 << 20, &expected, &err) < 0)
		fail_msg("%s", err.text);
	assert_string_equal(buf_str(got), buf_str(&expected));
}

/* ---- the model ---- */

static void
test_sectors_come_by_title_and_the_uncoded_last(void **state)
{
	struct digest d;

	(void)state;
	digest_init(&d);
	digest_sector(&d, "uncoded", "In no sector");
	digest_sector(&d, "b", "zinc");
	digest_sector(&d, "a", "\xC3\x84pfel");
	digest_sector(&d, "c", "Bread");
	assert_ptr_equal(digest_sector(&d, "b", "another title"), &d.sectors[1]);
	digest_sort(&d);
	assert_int_equal(d.sectors_n, 4);
	assert_string_equal(d.sectors[0].name, "a");
	assert_string_equal(d.sectors[1].name, "c");
	assert_string_equal(d.sectors[2].name, "b");
	assert_string_equal(d.sectors[3].name, "uncoded");
	digest_clear(&d);
}

static void
test_new_items_come_first_each_kind_in_the_order_of_main(void **state)
{
	static const bool fresh[] = { false, true, false, true };
	static const size_t expected[] = { 1, 3, 0, 2 };
	struct digest d;

	(void)state;
	digest_init(&d);
	for (size_t i = 0; i < 4; i++)
		digest_add_item(&d)->is_new = fresh[i];
	for (size_t i = 4; i-- > 0; )
		digest_sector_add(digest_sector(&d, "a", "A"), i);
	digest_sort(&d);
	assert_memory_equal(d.sectors[0].items, expected, sizeof(expected));
	digest_clear(&d);
}

static void
test_deadlines_come_soonest_first_then_by_symbol(void **state)
{
	static const char *const ids[] = { "G/TBT/N/USA/10", "G/TBT/N/USA/9", "G/TBT/N/USA/1" };
	struct digest d;

	(void)state;
	digest_init(&d);
	for (size_t i = 0; i < 3; i++) {
		struct digest_deadline *dl = digest_add_deadline(&d);

		dl->dossier = xstrdup(ids[i]);
		dl->deadline = DAY(2025, 6, i < 2 ? 20 : 21);
	}
	digest_sort(&d);
	assert_string_equal(d.deadlines[0].dossier, "G/TBT/N/USA/9");
	assert_string_equal(d.deadlines[1].dossier, "G/TBT/N/USA/10");
	assert_string_equal(d.deadlines[2].dossier, "G/TBT/N/USA/1");
	assert_true(digest_is_empty(&d));
	d.deadlines[1].remind = DAY(2025, 6, 1);
	assert_false(digest_is_empty(&d));
	digest_clear(&d);
}

static void
assert_summary(const struct digest *d, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	digest_summary(d, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_summary_counts_what_is_new_changed_and_closing(void **state)
{
	struct digest d;

	(void)state;
	digest_init(&d);
	assert_summary(&d, "nothing new");
	digest_add_deadline(&d)->deadline = DAY(2025, 6, 20);
	assert_summary(&d, "1 closes by 2025-06-20");
	digest_add_item(&d)->is_new = true;
	digest_sector_add(digest_sector(&d, "toys", "Toys"), 0);
	assert_summary(&d, "1 new in Toys; 1 closes by 2025-06-20");
	digest_add_item(&d);
	digest_sector_add(digest_sector(&d, "water", "Water"), 1);
	digest_add_deadline(&d)->deadline = DAY(2025, 6, 22);
	assert_summary(&d, "1 new, 1 changed in Toys and 1 other sector; 2 close by 2025-06-22");
	digest_sector(&d, "wine", "Wine");
	assert_summary(&d, "1 new, 1 changed in Toys and 2 other sectors; 2 close by 2025-06-22");
	digest_clear(&d);
}

static void
test_summary_of_one_item_names_it_in_120_columns_and_one_line(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct digest d;

	(void)state;
	world_one(&d, "Toys\r\nBcc: x@y.example\t\xE2\x80\xAE" "a");
	assert_summary(&d, "1 new in Toys Bcc: x@y.example a: G/TBT/N/KEN/1 Toys Bcc: x@y.example a");
	digest_clear(&d);
	world_one(&d, "A title that goes on and on and on and on and on and on and on and on and on and on and on and on and on and on");
	digest_summary(&d, &out);
	assert_int_equal(utf8_width(buf_str(&out)), 120);
	assert_string_equal(buf_str(&out) + out.len - 3, "\xE2\x80\xA6");
	digest_clear(&d);
}

/* ---- whole renderings ---- */

static void
test_text_and_html_of_a_digest(void **state)
{
	AUTO_BUF text = BUF_INIT, html = BUF_INIT;
	struct digest d;

	(void)state;
	world_toys(&d);
	digest_text(&d, 0, &text);
	assert_golden("toys.txt", &text);
	digest_html(&d, 0, &html);
	assert_golden("toys.html", &html);
	digest_clear(&d);
}

static void
test_source_links_lead_to_the_language_of_the_reader(void **state)
{
	static const struct { const char *language, *tris; } rows[] = {
		{ "fr", "/fr/notification/27011" }, { "pt", "/pt/notification/27011" }, { "en", "/en/notification/27011" }, { NULL, "/en/notification/27011" },
		{ "zh", "/en/notification/27011" }, { "f", "/en/notification/27011" }, { "fr pt", "/en/notification/27011" }, { "", "/en/notification/27011" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		AUTO_BUF text = BUF_INIT;
		struct digest d;

		world_toys(&d);
		free(d.language);
		d.language = xstrdup(rows[i].language);
		digest_text(&d, 0, &text);
		assert_non_null(strstr(buf_str(&text), rows[i].tris));
		assert_non_null(strstr(buf_str(&text), "https://epingalert.org/en/Search?viewData=G%2FTBT%2FN%2FUSA%2F2211\n"));
		digest_clear(&d);
	}
}

static void
test_an_empty_digest_says_what_was_read(void **state)
{
	AUTO_BUF text = BUF_INIT;
	struct digest d;

	(void)state;
	world_frame(&d);
	digest_text(&d, 0, &text);
	assert_golden("empty.txt", &text);
	digest_clear(&d);
}

static void
test_a_feed_that_was_never_read_is_told(void **state)
{
	AUTO_BUF text = BUF_INIT, html = BUF_INIT;
	struct digest d;

	(void)state;
	world_frame(&d);
	d.coverage[1].read = DATE_NONE;
	d.uncoded = 0;
	digest_text(&d, 0, &text);
	assert_non_null(strstr(buf_str(&text), "* TRIS: never read completely; 1 problem\n  - page not understood 27001: no message number\n"
	    "* No event since the last digest is without a sector\n"));
	digest_html(&d, 0, &html);
	assert_non_null(strstr(buf_str(&html), "<li>TRIS: never read completely; 1 problem\n<ul>\n<li>page not understood 27001: no message number</li>\n"
	    "</ul></li>\n<li>No event since the last digest is without a sector</li>\n</ul>\n"));
	digest_clear(&d);
}

static void
test_of_many_problems_the_first_are_told_and_the_others_counted(void **state)
{
	AUTO_BUF text = BUF_INIT;
	struct digest d;

	(void)state;
	world_frame(&d);
	for (int i = 0; i < 1000; i++)
		strv_add(&d.coverage[0].problems, "refused");
	digest_text(&d, 0, &text);
	assert_non_null(strstr(buf_str(&text), "* ePing: read up to 2025-06-12; 1000 problems\n  - refused\n"));
	assert_non_null(strstr(buf_str(&text), "  - refused\n  - and 992 more: 'regwatch status' shows them\n* TRIS"));
	digest_clear(&d);
}

/* ---- long differences ---- */

/* A text of n sentences, each with the given number in it. */
static char *
sentences(size_t n, int number)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%sSentence %zu allows %d grams of lead.", i > 0 ? " " : "", i, number);
	return buf_take(&out);
}

static void
world_long(struct digest *d, size_t n)
{
	AUTO_FREE char *old = sentences(n, 90), *new = sentences(n, 45);
	struct digest_item *item;
	struct notice before;

	world_frame(d);
	item = digest_add_item(d);
	world_toy(&before, true);
	world_toy(&item->notice, true);
	notice_set_text(&before.description, old, "en");
	notice_set_text(&item->notice.description, new, "en");
	redline_make(&before, &item->notice, &item->redline);
	notice_clear(&before);
	item->commit = xstrdup("c");
	events_add(&item->events, EVENT_EDITED, "description", NULL, NULL);
	item->reason = xstrdup("toys: HS 9503");
	digest_sector_add(digest_sector(d, "toys", "Toys"), 0);
	digest_sort(d);
}

static size_t
count_of(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

static void
test_a_long_difference_is_cut_and_says_how_much_is_left(void **state)
{
	AUTO_BUF text = BUF_INIT, html = BUF_INIT;
	struct digest d;

	(void)state;
	world_long(&d, 200);
	digest_text(&d, 0, &text);
	assert_int_equal(count_of(buf_str(&text), "allows [-90-]{+45+} grams"), 16);
	assert_non_null(strstr(buf_str(&text), "    (184 more: 'regwatch diff G/TBT/N/USA/2211')\n"));
	digest_html(&d, 0, &html);
	assert_int_equal(count_of(buf_str(&html), "allows <del>90</del><ins>45</ins> grams"), 16);
	assert_non_null(strstr(buf_str(&html), "<p class=\"quiet\">184 more: <code>regwatch diff G/TBT/N/USA/2211</code></p>"));
	digest_clear(&d);
}

static void
test_a_change_too_large_for_a_message_is_named(void **state)
{
	AUTO_BUF text = BUF_INIT, old = BUF_INIT, new = BUF_INIT;
	struct digest_item *item;
	struct notice before;
	struct digest d;

	(void)state;
	world_long(&d, 1);
	for (int i = 0; i < 3000; i++) {
		buf_adds(&old, "aa ");
		buf_adds(&new, "zz ");
	}
	item = &d.items[0];
	redline_clear(&item->redline);
	memset(&item->redline, 0, sizeof(item->redline));
	world_toy(&before, true);
	notice_set_text(&before.description, buf_str(&old), "en");
	notice_set_text(&item->notice.description, buf_str(&new), "en");
	redline_make(&before, &item->notice, &item->redline);
	notice_clear(&before);
	digest_text(&d, 0, &text);
	assert_non_null(strstr(buf_str(&text), "  Changed  Description\n    ("));
	assert_non_null(strstr(buf_str(&text), " in all, too long for a message: 'regwatch diff G/TBT/N/USA/2211')\n"));
	digest_clear(&d);
}

/* ---- limits ---- */

/* How many of the numbered items of world_many a text names. */
static size_t
named(const char *text, size_t n)
{
	size_t found = 0;

	for (size_t i = 1; i <= n; i++) {
		AUTO_FREE char *symbol = xasprintf("G/TBT/N/BRA/%zu", i);
		const char *at = text;

		while ((at = strstr(at, symbol)) != NULL && at[strlen(symbol)] >= '0' && at[strlen(symbol)] <= '9')
			at++;
		found += at != NULL;
	}
	return found;
}

/* The number in "N more have no room here"; 0 when there is no such sentence. */
static size_t
unnamed(const char *text)
{
	const char *at = strstr(text, " more ha");

	while (at != NULL && at > text && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return at != NULL ? strtoul(at, NULL, 10) : 0;
}

static void
test_no_limit_is_exceeded_and_nothing_dropped_silently(void **state)
{
	static const size_t limits[] = { 8000, 9000, 12000, 20000, 50000, 100000, 200000 };
	struct digest d;

	(void)state;
	world_many(&d, 300);
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		AUTO_BUF text = BUF_INIT, html = BUF_INIT;

		digest_text(&d, limits[i], &text);
		assert_true(text.len <= limits[i]);
		assert_int_equal(named(buf_str(&text), 300) + unnamed(buf_str(&text)), 300);
		digest_html(&d, limits[i], &html);
		assert_true(html.len <= limits[i]);
		assert_int_equal(named(buf_str(&html), 300) + unnamed(buf_str(&html)), 300);
	}
	digest_clear(&d);
}

static void
test_what_does_not_fit_in_full_is_listed_with_its_link(void **state)
{
	AUTO_BUF text = BUF_INIT;
	struct digest d;

	(void)state;
	world_many(&d, 100);
	digest_text(&d, 30000, &text);
	assert_int_equal(named(buf_str(&text), 100), 100);
	assert_int_equal(unnamed(buf_str(&text)), 0);
	assert_int_equal(count_of(buf_str(&text), "https://epingalert.org/"), 100);
	assert_in_range(count_of(buf_str(&text), "  Why      "), 10, 90);
	digest_clear(&d);
}

static void
test_reminders_have_room_before_items(void **state)
{
	AUTO_BUF text = BUF_INIT;
	struct digest d;

	(void)state;
	world_many(&d, 300);
	world_closing(&d);
	digest_sort(&d);
	digest_text(&d, 60000, &text);
	assert_non_null(strstr(buf_str(&text), "* G/SPS/N/JPN/12, Japan\n"));
	digest_clear(&d);
}

/* Lines of 78 columns, but for addresses; no line ends in a blank. */
static void
assert_lines(const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		AUTO_BUF line = BUF_INIT;

		buf_add(&line, text, n);
		if (strstr(buf_str(&line), "http") == NULL && utf8_width(buf_str(&line)) > 78)
			fail_msg("wide: '%s'", buf_str(&line));
		if (n > 0 && text[n - 1] == ' ')
			fail_msg("blank at the end: '%s'", buf_str(&line));
		text += n + (text[n] == '\n');
	}
}

static void
test_lines_are_at_most_78_columns(void **state)
{
	AUTO_BUF wide = BUF_INIT;
	struct digest d;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_adds(&wide, "\xE7\x8E\xA9" "a");
	for (int i = 0; i < 3; i++) {
		AUTO_BUF text = BUF_INIT;

		if (i == 0)
			world_toys(&d);
		else if (i == 1)
			world_one(&d, buf_str(&wide));
		else
			world_many(&d, 100);
		digest_text(&d, i == 2 ? 20000 : 0, &text);
		assert_lines(buf_str(&text));
		digest_clear(&d);
	}
}

static void
test_only_web_addresses_become_links(void **state)
{
	AUTO_BUF html = BUF_INIT;
	struct digest d;

	(void)state;
	world_one(&d, "x");
	d.site = xstrdup("javascript:alert(1)");
	d.unsubscribe = xstrdup("https://x.example/\" onclick=\"y");
	d.items[0].page = xstrdup("https://x.example/a b");
	digest_html(&d, 0, &html);
	assert_null(strstr(buf_str(&html), "<a "));
	assert_null(strstr(buf_str(&html), "onclick=\""));
	digest_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sectors_come_by_title_and_the_uncoded_last),
		cmocka_unit_test(test_new_items_come_first_each_kind_in_the_order_of_main),
		cmocka_unit_test(test_deadlines_come_soonest_first_then_by_symbol),
		cmocka_unit_test(test_summary_counts_what_is_new_changed_and_closing),
		cmocka_unit_test(test_summary_of_one_item_names_it_in_120_columns_and_one_line),
		cmocka_unit_test(test_text_and_html_of_a_digest),
		cmocka_unit_test(test_source_links_lead_to_the_language_of_the_reader),
		cmocka_unit_test(test_an_empty_digest_says_what_was_read),
		cmocka_unit_test(test_a_feed_that_was_never_read_is_told),
		cmocka_unit_test(test_of_many_problems_the_first_are_told_and_the_others_counted),
		cmocka_unit_test(test_a_long_difference_is_cut_and_says_how_much_is_left),
		cmocka_unit_test(test_a_change_too_large_for_a_message_is_named),
		cmocka_unit_test(test_no_limit_is_exceeded_and_nothing_dropped_silently),
		cmocka_unit_test(test_what_does_not_fit_in_full_is_listed_with_its_link),
		cmocka_unit_test(test_reminders_have_room_before_items),
		cmocka_unit_test(test_lines_are_at_most_78_columns),
		cmocka_unit_test(test_only_web_addresses_become_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
