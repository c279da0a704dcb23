/* Pages of the public site: models to bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/site/page.h"

static const struct site_sector sectors[] = { { "toys", "Toys & games" } };
static const struct site_meta meta = { .title = "Drafts", .today = { 2025, 6, 12 }, .sectors = sectors, .sectors_n = 1 };

static struct site_row
row(const char *id, const char *title)
{
	return (struct site_row){ .id = id, .dossier = "G/TBT/N/USA/2211", .title = title, .member = "US", .members = "US", .sectors = "toys", .twin = "",
	    .kind = KIND_DRAFT, .versions = 1, .distributed = { 2025, 6, 1 }, .effective_deadline = { 2025, 8, 1 }, .open = true };
}

static void
test_path_of_a_dossier_is_the_folder_of_the_store(void **state)
{
	AUTO_BUF base = BUF_INIT, add = BUF_INIT, tris = BUF_INIT, other = BUF_INIT;

	(void)state;
	site_dossier_base("G/TBT/N/USA/2211", &base);
	assert_string_equal(buf_str(&base), "eping/TBT/USA/22xx/2211");
	site_dossier_path("G/TBT/N/USA/2211", "G/TBT/N/USA/2211/Rev.1/Add.2", &add);
	assert_string_equal(buf_str(&add), "eping/TBT/USA/22xx/2211.html#Rev.1-Add.2");
	site_dossier_path("2024/0321/FI", NULL, &tris);
	assert_string_equal(buf_str(&tris), "tris/2024/FI/0321.html");
	site_dossier_path("../../etc/passwd", NULL, &other);
	assert_null(strstr(buf_str(&other), ".."));
}

static void
test_links_are_relative_to_the_page(void **state)
{
	const struct page deep = { .path = "eping/TBT/USA/22xx/2211.html" }, top = { .path = "index.html" };
	AUTO_BUF a = BUF_INIT, b = BUF_INIT;

	(void)state;
	page_href(&deep, "style.css", &a);
	assert_string_equal(buf_str(&a), "../../../../style.css");
	page_href(&top, "style.css", &b);
	assert_string_equal(buf_str(&b), "style.css");
}

static void
test_outside_text_is_escaped_cleaned_and_cut(void **state)
{
	static const struct { const char *text; size_t columns; const char *html; } cases[] = {
		{ "plain text", 0, "plain text" },
		{ "<script>alert(\"1\" & '2')</script>", 0, "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;" },
		{ "a\xE2\x80\xAE" "b\xE2\x80\xAC" "c", 0, "abc" },
		{ " two  blanks\tand\nlines ", 0, "two blanks and lines" },
		{ "x_x000D_y", 0, "xy" },
		{ "0123456789", 10, "0123456789" },
		{ "0123456789a", 10, "012345678\xE2\x80\xA6" },
		{ "01 & <6789a", 10, "01 &amp; &lt;678\xE2\x80\xA6" },
		{ "0123456789", 1, "\xE2\x80\xA6" },
		{ "01234567e\xCC\x81x", 9, "01234567\xE2\x80\xA6" },
		{ "\x01\x02", 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_BUF out = BUF_INIT;

		page_text(cases[i].text, cases[i].columns, &out);
		assert_string_equal(buf_str(&out), cases[i].html);
	}
}

static void
test_only_web_addresses_become_links(void **state)
{
	static const char *const bad[] = { "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b", "https://a\"onclick=\"x", "//example.org", "" };
	AUTO_BUF good = BUF_INIT;

	(void)state;
	page_source_link("https://example.org/?a=1&b=2", "there", &good);
	assert_string_equal(buf_str(&good), "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"external noreferrer\">there</a>");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		AUTO_BUF out = BUF_INIT;

		page_source_link(bad[i], "there", &out);
		assert_string_equal(buf_str(&out), "there");
	}
}

static void
test_a_title_tells_its_language(void **state)
{
	AUTO_BUF spanish = BUF_INIT, arabic = BUF_INIT;

	(void)state;
	assert_string_equal(page_title_language("Order on the safety of toys"), "en");
	assert_string_equal(page_title_language("\xD9\x84\xD8\xA7\xD8\xA6\xD8\xAD\xD8\xA9"), "ar");
	page_quote("td", "title", "es", "Resoluci\xC3\xB3n", 0, &spanish);
	assert_string_equal(buf_str(&spanish), "<td class=\"title\" lang=\"es\" dir=\"auto\">Resoluci\xC3\xB3n</td>");
	page_quote("h1", NULL, "en", "\u0644\u0627\u0626\u062d\u0629", 0, &arabic);	/* a record of an English feed */
	assert_string_equal(buf_str(&arabic), "<h1 lang=\"ar\" dir=\"auto\">\u0644\u0627\u0626\u062d\u0629</h1>");
}

static void
test_a_row_of_a_list(void **state)
{
	const struct page p = { .path = "sector/toys.html" };
	struct site_row first = row("G/TBT/N/USA/2211", "Order on toys"), second = row("G/TBT/N/USA/2211/Add.1", "Second");
	const struct site_row *rows[] = { &first, &second };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	second.open = false;
	second.withdrawn = true;
	second.kind = KIND_ADDENDUM;
	page_rows(&meta, &p, "Newest", rows, 2, &out);
	assert_string_equal(strstr(buf_str(&out), "<tbody>"),
	    "<tbody>\n"
	    "<tr><th scope=\"row\" class=\"symbol\"><a href=\"../eping/TBT/USA/22xx/2211.html\">G/TBT/N/USA/2211</a></th><td class=\"title\" dir=\"auto\">Order on toys</td>"
	    "<td class=\"member\"><a href=\"../member/US.html\">United States of America</a></td><td class=\"day\"><time>2025-06-01</time></td>"
	    "<td class=\"deadline\"><time>2025-08-01</time> <span class=\"mark open\">open</span></td></tr>\n"
	    "<tr><th scope=\"row\" class=\"symbol\"><a href=\"../eping/TBT/USA/22xx/2211.html#Add.1\">G/TBT/N/USA/2211/Add.1</a></th><td class=\"title\" dir=\"auto\">Second</td>"
	    "<td class=\"member\"><a href=\"../member/US.html\">United States of America</a></td><td class=\"day\"><time>2025-06-01</time></td>"
	    "<td class=\"deadline\"><time>2025-08-01</time> <span class=\"mark withdrawn\">withdrawn</span></td></tr>\n"
	    "</tbody>\n</table>\n</div>\n");
}

static size_t
occurrences(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* Page 1 holds the oldest, so that what is new changes the last page only. */
static void
test_pages_of_a_list_are_numbered_from_the_oldest(void **state)
{
	static struct site_row all[250];
	static const struct site_row *rows[250];
	static char ids[250][32];
	struct site_list l = { .folder = "sector", .name = "toys", .title = "Toys", .noun = "sector", .rows = rows, .n = 250, .feed = "sector/toys.atom", .calendar = "sector/toys.ics" };
	AUTO_BUF before = BUF_INIT, after = BUF_INIT, last = BUF_INIT, front = BUF_INIT, path = BUF_INIT;
	const struct site_row *const *shown;

	(void)state;
	for (int i = 0; i < 250; i++) {
		snprintf(ids[i], sizeof(ids[i]), "G/TBT/N/USA/%d", i + 1);
		all[i] = row(ids[i], "t");
		rows[i] = &all[i];
	}
	assert_int_equal(site_list_pages(&l, SITE_ALL), 5);
	assert_int_equal(site_list_rows(&l, SITE_ALL, 5, &shown), 10);
	assert_ptr_equal(shown[0], &all[240]);
	assert_int_equal(site_list_rows(&l, SITE_FRONT, 0, &shown), SITE_NEWEST_ROWS);
	assert_ptr_equal(shown[SITE_NEWEST_ROWS - 1], &all[249]);
	site_list_path(&l, SITE_ALL, 5, &path);
	assert_string_equal(buf_str(&path), "sector/toys.5.html");
	site_list_page(&meta, &l, SITE_ALL, 1, &before);
	site_list_page(&meta, &l, SITE_ALL, 5, &last);
	l.n = 249;
	site_list_page(&meta, &l, SITE_ALL, 1, &after);
	assert_string_equal(buf_str(&before), buf_str(&after));
	assert_int_equal(occurrences(buf_str(&last), "<tr><th scope=\"row\""), 10);
	assert_null(strstr(buf_str(&last), ">Newer<"));
	assert_true(strstr(buf_str(&last), "USA/250</a>") < strstr(buf_str(&last), "USA/241</a>"));
	site_list_page(&meta, &l, SITE_FRONT, 0, &front);
	assert_non_null(strstr(buf_str(&front), "Nothing here is open for comment."));
	assert_non_null(strstr(buf_str(&front), "<span>2025:</span> <a href=\"toys.5.html\">5</a> <a href=\"toys.4.html\">4</a>"));
}

/* With rows as long as they get, thirty years of them: 50 KB with the style sheet (13 KB) and, on the first, the charts (11 KB). */
static void
test_pages_of_a_long_list_are_light(void **state)
{
	enum { ROWS = 17000 };
	static struct site_row all[ROWS];
	static const struct site_row *rows[ROWS];
	struct site_list l = { .folder = "sector", .name = "toys", .title = "Toys", .noun = "sector", .rows = rows, .n = ROWS, .closing = rows, .closing_n = 400,
	    .feed = "sector/toys.atom", .calendar = "sector/toys.ics" };
	AUTO_BUF front = BUF_INIT, further = BUF_INIT;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		all[i] = row("G/TBT/N/USA/2211/Rev.1/Add.12", "Draft order of the Ministry on the requirements for the safety, the marking and the conformity assessment of toys and "
		    "of childcare articles that are placed on the market");
		all[i].distributed.year = (short)(1995 + i / 550);
		rows[i] = &all[i];
	}
	site_list_page(&meta, &l, SITE_FRONT, 0, &front);
	site_list_page(&meta, &l, SITE_ALL, 284, &further);
	assert_true(front.len < 50000 - 14200 - 11000);
	assert_true(further.len < 50000 - 14200);
	assert_non_null(strstr(buf_str(&front), "<span>1995:</span>"));
	assert_non_null(strstr(buf_str(&front), "<a href=\"toys.1.html\">1</a></li>\n</ul>"));
}

static void
test_a_list_with_nothing_in_it_says_so(void **state)
{
	const struct site_list l = { .folder = "sector", .name = "toys", .title = "Toys", .noun = "sector", .feed = "sector/toys.atom", .calendar = "sector/toys.ics" };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	assert_int_equal(site_list_pages(&l, SITE_ALL), 0);
	site_list_page(&meta, &l, SITE_FRONT, 0, &out);
	assert_non_null(strstr(buf_str(&out), "There is no notification here yet."));
	assert_non_null(strstr(buf_str(&out), "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"What is new and changed\" href=\"toys.atom\">"));
	assert_int_equal(occurrences(buf_str(&out), "<h1"), 1);
	assert_int_equal(occurrences(buf_str(&out), "aria-current"), 1);
}

/* 50 KB with the style sheet (14 KB) and charts (22 KB); the charts of more lists lie on a page of their own. */
static void
test_a_table_of_many_lists_is_light(void **state)
{
	static char charts[22001];
	struct site_entry entries[200];
	AUTO_BUF some = BUF_INIT, many = BUF_INIT, path = BUF_INIT, beside = BUF_INIT;

	(void)state;
	memset(charts, 'x', sizeof(charts) - 1);
	for (size_t i = 0; i < 200; i++)
		entries[i] = (struct site_entry){ "member/SA.html", "Saudi Arabia", 12345, 123, { 2025, 6, 1 } };
	assert_false(site_index_charts_apart(SITE_INDEX_WITH_CHARTS));
	site_index_page(&meta, SITE_MEMBERS, entries, SITE_INDEX_WITH_CHARTS, charts, &some);
	assert_in_range(some.len, sizeof(charts), 50000 - 14200);
	assert_non_null(strstr(buf_str(&some), "<tr><th scope=\"row\"><a href=\"member/SA.html\">Saudi Arabia</a></th><td>12345</td><td>123</td><td><time>2025-06-01</time></td></tr>\n"));
	assert_true(site_index_charts_apart(200));
	site_index_page(&meta, SITE_MEMBERS, entries, 200, charts, &many);
	assert_in_range(many.len, 1, 50000 - 14200);
	assert_null(strstr(buf_str(&many), "xxx"));
	assert_non_null(strstr(buf_str(&many), "<p><a href=\"members.charts.html\">Charts of them</a></p>\n"));
	site_index_charts_path(SITE_MEMBERS, &path);
	assert_string_equal(buf_str(&path), "members.charts.html");
	site_index_charts_page(&meta, SITE_MEMBERS, charts, &beside);
	assert_non_null(strstr(buf_str(&beside), charts));
	assert_non_null(strstr(buf_str(&beside), "<p><a href=\"members.html\">Members</a></p>\n"));
}

/* ---- a dossier ---- */

#define ADDENDA 40

struct story {
	struct notice notices[ADDENDA + 1];
	const struct notice *pointers[ADDENDA + 1];
	struct site_version versions[ADDENDA + 1];
	struct site_member members[ADDENDA + 1];
	struct dossier dossier;
};

static void
story_init(struct story *s, size_t addenda, const char *title)
{
	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i <= addenda; i++) {
		struct notice *n = &s->notices[i];
		char id[40];

		if (i == 0)
			snprintf(id, sizeof(id), "G/TBT/N/USA/2211");
		else
			snprintf(id, sizeof(id), "G/TBT/N/USA/2211/Add.%zu", i);
		notice_init(n);
		strv_add(&n->symbols, id);
		notice_set_text(&n->title, title, "en");
		notice_set_line(&n->url, "javascript:alert(1)");
		n->distributed = (struct date){ 2025, 6, 1 };
		notice_normalise(n);
		s->pointers[i] = n;
		s->versions[i] = (struct site_version){ .number = 1, .commit = "c", .at = 1749700000 };
		events_add(&s->versions[i].events, i == 0 ? EVENT_NEW : EVENT_ADDENDUM, NULL, NULL, NULL);
		s->members[i] = (struct site_member){ .notice = n, .versions = &s->versions[i], .versions_n = 1 };
	}
	s->notices[0].deadline = (struct date){ 2025, 8, 1 };
	dossier_init(&s->dossier, s->pointers, addenda + 1);
}

static void
story_clear(struct story *s, size_t addenda)
{
	for (size_t i = 0; i <= addenda; i++) {
		notice_clear(&s->notices[i]);
		events_clear(&s->versions[i].events);
	}
	dossier_clear(&s->dossier);
}

static struct site_dossier
story_dossier(struct story *s, size_t addenda)
{
	static const struct site_label labels[] = { { "toys", "Toys & games", "title: toy", true } };

	return (struct site_dossier){ .id = "G/TBT/N/USA/2211", .dossier = &s->dossier, .members = s->members, .members_n = addenda + 1, .labels = labels,
	    .labels_n = 1, .twin = "2025/0001/DE", .open = true };
}

static void
story_page(struct story *s, size_t addenda, struct buf *out)
{
	const struct site_dossier d = story_dossier(s, addenda);

	site_dossier_page(&meta, &d, out);
}

static void
test_a_dossier_with_forty_addenda_has_each_once(void **state)
{
	static struct story s;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	story_init(&s, ADDENDA, "Order on toys");
	story_page(&s, ADDENDA, &out);
	assert_int_equal(occurrences(buf_str(&out), "<h3 id=\"Add."), ADDENDA);
	assert_int_equal(occurrences(buf_str(&out), "<h3 id=\"Add.40\">"), 1);
	assert_int_equal(occurrences(buf_str(&out), "href=\"#Add.40\""), 1);
	assert_true(strstr(buf_str(&out), "href=\"#Add.9\"") < strstr(buf_str(&out), "href=\"#Add.10\""));
	assert_non_null(strstr(buf_str(&out), "<li class=\"official\"><strong><time>2025-08-01</time>: comments close</strong></li>"));
	assert_non_null(strstr(buf_str(&out), "<a href=\"../../../../tris/2025/DE/0001.html\">2025/0001/DE</a>"));
	assert_non_null(strstr(buf_str(&out), "Toys &amp; games</a>: <span class=\"quiet\">title: toy</span> <span class=\"mark low\">a guess</span>"));
	assert_non_null(strstr(buf_str(&out), "type=\"application/json\" title=\"This dossier as JSON\" href=\"2211.json\""));
	assert_null(strstr(buf_str(&out), "whole.html"));
	assert_non_null(strstr(buf_str(&out), " Its last version came here on <time>2025-06-12</time>.</p>\n</blockquote>"));	/* 1749700000 */
	assert_non_null(strstr(buf_str(&out), "<title>G/TBT/N/USA/2211: Order on toys - "));
	story_clear(&s, ADDENDA);
}

/* A notification as long as they are: a few paragraphs and two attached texts. */
static void
fill_notice(struct notice *n, size_t number)
{
	char text[900], url[100];

	memset(text, 'w', sizeof(text) - 1);
	text[300] = text[600] = '\n';
	text[sizeof(text) - 1] = '\0';
	notice_set_text(&n->description, text, "en");
	for (int i = 0; i < 2; i++) {
		snprintf(url, sizeof(url), "https://members.wto.org/crnattachments/2026/TBT/USA/synthetic_%zu_%02d_e.pdf", number, i);
		documents_add(&n->documents, "draft", "en", url);
	}
	notice_normalise(n);
}

/* With the style sheet (14 KB) under 50 KB; the oldest are told on pages of their own, and nothing is told nowhere. */
static void
test_a_dossier_with_forty_long_addenda_is_light(void **state)
{
	static struct story s;
	struct site_dossier d;
	AUTO_BUF out = BUF_INIT, path = BUF_INIT, first = BUF_INIT;

	(void)state;
	story_init(&s, ADDENDA, "Order on toys");
	for (size_t i = 0; i <= ADDENDA; i++)
		fill_notice(&s.notices[i], i);
	d = story_dossier(&s, ADDENDA);
	site_dossier_plan(&d);
	assert_int_equal(s.members[0].told, SITE_TOLD_HERE);	/* in force */
	assert_int_equal(s.members[1].told, SITE_TOLD_APART);
	assert_int_equal(s.members[ADDENDA].told, SITE_TOLD_HERE);
	site_dossier_page(&meta, &d, &out);
	assert_in_range(out.len, 1, 50000 - 14200);
	assert_int_equal(occurrences(buf_str(&out), "<h3 id=\"Add."), ADDENDA);
	assert_int_equal(occurrences(buf_str(&out), ".record.html\">What it says</a></p>") + occurrences(buf_str(&out), "<summary>What it says</summary>"), ADDENDA);
	assert_non_null(strstr(buf_str(&out), "<a href=\"2211.Add.1.record.html\">What it says</a>"));
	assert_null(strstr(buf_str(&out), "synthetic_1_00_e.pdf"));
	site_record_path(&d, &s.members[1], &path);
	assert_string_equal(buf_str(&path), "eping/TBT/USA/22xx/2211.Add.1.record.html");
	site_record_page(&meta, &d, &s.members[1], &first);
	assert_int_equal(occurrences(buf_str(&first), "synthetic_1_00_e.pdf</a>"), 1);
	assert_int_equal(occurrences(buf_str(&first), "synthetic_1_01_e.pdf</a>"), 1);
	assert_non_null(strstr(buf_str(&first), "<a href=\"2211.html#Add.1\">The dossier</a>"));
	story_clear(&s, ADDENDA);
}

/* What the sheet of the one lacks is on the sheet of the other, to which it leads without a link. */
static void
test_a_dossier_with_forty_long_addenda_is_whole_on_one_page_to_print(void **state)
{
	static struct story s;
	struct site_meta known = meta;
	struct site_dossier d;
	AUTO_BUF page = BUF_INIT, path = BUF_INIT, whole = BUF_INIT;

	(void)state;
	known.url = "https://drafts.example/";
	story_init(&s, ADDENDA, "Order on toys");
	for (size_t i = 0; i <= ADDENDA; i++)
		fill_notice(&s.notices[i], i);
	d = story_dossier(&s, ADDENDA);
	assert_false(site_dossier_has_whole(&d));
	site_dossier_plan(&d);
	assert_true(site_dossier_has_whole(&d));
	site_dossier_page(&known, &d, &page);
	assert_int_equal(occurrences(buf_str(&page), "<a type=\"text/html\" href=\"2211.whole.html\">All on one page, to print</a>"), 1);
	assert_int_equal(occurrences(buf_str(&page), "to print: https://drafts.example/eping/TBT/USA/22xx/2211.whole.html</p>"), 1);
	buf_reset(&page);
	site_dossier_page(&meta, &d, &page);
	assert_int_equal(occurrences(buf_str(&page), "to print: 2211.whole.html</p>"), 1);
	site_dossier_whole_path(&d, &path);
	assert_string_equal(buf_str(&path), "eping/TBT/USA/22xx/2211.whole.html");
	site_dossier_whole_page(&meta, &d, &whole);
	assert_int_equal(occurrences(buf_str(&whole), "<dl class=\"facts\">"), ADDENDA + 1);
	assert_int_equal(occurrences(buf_str(&whole), "_e.pdf</a>"), 2 * (ADDENDA + 1));
	assert_int_equal(occurrences(buf_str(&whole), " at ePing</li>"), ADDENDA + 1);
	assert_int_equal(occurrences(buf_str(&whole), "<details>"), 0);
	assert_null(strstr(buf_str(&whole), "record.html"));
	assert_non_null(strstr(buf_str(&whole), "<title>G/TBT/N/USA/2211: Order on toys - "));
	assert_non_null(strstr(buf_str(&whole), "href=\"2211.html\">In parts, for the screen</a>"));
	story_clear(&s, ADDENDA);
}

/* 400 paragraphs of 300 letters, with their elements 319 bytes each: four of them here (300 and the weight of a paragraph, 320, leave 220 of 1500 to the fifth), all of them there. */
static void
test_a_long_text_in_force_is_cut_to_its_beginning(void **state)
{
	static struct story s;
	static char text[400 * 301 + 1];
	struct site_dossier d;
	AUTO_BUF out = BUF_INIT, whole = BUF_INIT;

	(void)state;
	memset(text, 'w', sizeof(text) - 1);
	for (size_t i = 1; i <= 400; i++)
		text[i * 301 - 1] = '\n';
	text[400 * 301 - 1] = '\0';
	story_init(&s, 0, "Order on toys");
	notice_set_text(&s.notices[0].description, text, "en");
	d = story_dossier(&s, 0);
	site_dossier_plan(&d);
	assert_int_equal(s.members[0].told, SITE_TOLD_IN_PART);
	site_dossier_page(&meta, &d, &out);
	assert_in_range(out.len, 1, 10000);
	assert_int_equal(occurrences(buf_str(&out), "<p dir=\"auto\">www"), 5);
	assert_int_equal(occurrences(buf_str(&out), "w\xE2\x80\xA6</p>\n<p><a href=\"2211.base.record.html\">The whole text</a></p>\n</dd>"), 1);
	assert_non_null(strstr(buf_str(&out), "<p>Only the beginnings of long texts and lists: <a href=\"2211.base.record.html\">all that it says</a> <span class=\"quiet\">(128 KB)</span></p>\n"
	    "<dl class=\"facts\">"));
	site_record_page(&meta, &d, &s.members[0], &whole);
	assert_int_equal(occurrences(buf_str(&whole), "<p dir=\"auto\">www"), 400);
	story_clear(&s, 0);
}

/* 60 documents of 200 letters, twice each: twelve here, all of them there. */
static void
test_a_record_in_force_with_sixty_documents_shows_the_first(void **state)
{
	static struct story s;
	struct site_dossier d;
	AUTO_BUF out = BUF_INIT, whole = BUF_INIT;

	(void)state;
	story_init(&s, 0, "Order on toys");
	for (int i = 0; i < 60; i++) {
		char url[300];

		snprintf(url, sizeof(url), "https://members.wto.org/synthetic_%02d_%0160d_e.pdf", i, 0);
		documents_add(&s.notices[0].documents, "draft", "en", url);
	}
	notice_normalise(&s.notices[0]);
	d = story_dossier(&s, 0);
	site_dossier_plan(&d);
	assert_int_equal(s.members[0].told, SITE_TOLD_IN_PART);
	site_dossier_page(&meta, &d, &out);
	assert_in_range(out.len, 1, 12000);
	assert_int_equal(occurrences(buf_str(&out), "_e.pdf</a>"), 12);
	assert_int_equal(occurrences(buf_str(&out), "<p><a href=\"2211.base.record.html#documents\">48 more of G/TBT/N/USA/2211</a></p>\n"), 1);
	assert_null(strstr(buf_str(&out), "KB)"));	/* its page has under 50 KB, like others */
	site_record_page(&meta, &d, &s.members[0], &whole);
	assert_int_equal(occurrences(buf_str(&whole), "_e.pdf</a>"), 60);
	assert_non_null(strstr(buf_str(&whole), "<a href=\"#documents\">Documents</a>"));
	story_clear(&s, 0);
}

static void
test_a_joint_notification_names_all_its_members(void **state)
{
	static struct story s;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	story_init(&s, 0, "Order on toys");
	strv_add(&s.notices[0].symbols, "G/TBT/N/KEN/77");
	notice_normalise(&s.notices[0]);
	story_page(&s, 0, &out);
	assert_non_null(strstr(buf_str(&out), "<p class=\"lead\">G/TBT/N/USA/2211, United States of America, Kenya. Comments until 2025-08-01: open.</p>"));
	assert_non_null(strstr(buf_str(&out), "<dt>Members</dt>\n<dd>United States of America, Kenya</dd>\n<dt>Symbols</dt>\n<dd>G/TBT/N/USA/2211, G/TBT/N/KEN/77</dd>\n"));
	story_clear(&s, 0);
}

static void
test_a_hostile_dossier_stays_text(void **state)
{
	static struct story s;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	story_init(&s, 0, "<script>alert(1)</script><img src=x onerror=alert(1)> \"quoted\"");
	story_page(&s, 0, &out);
	assert_null(strstr(buf_str(&out), "<script"));
	assert_null(strstr(buf_str(&out), "<img"));
	assert_null(strstr(buf_str(&out), "href=\"javascript"));
	assert_non_null(strstr(buf_str(&out), "<h1 dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;"));
	story_clear(&s, 0);
}

static void
test_a_title_of_2000_characters_is_whole_on_its_page_only(void **state)
{
	static struct story s;
	static char title[2001], whole[2100];
	struct site_row r;
	const struct site_row *rows[] = { &r };
	const struct page p = { .path = "index.html" };
	AUTO_BUF page = BUF_INIT, list = BUF_INIT;

	(void)state;
	memset(title, 'x', 2000);
	snprintf(whole, sizeof(whole), "<h1 dir=\"auto\">%s</h1>", title);
	story_init(&s, 0, title);
	story_page(&s, 0, &page);
	assert_non_null(strstr(buf_str(&page), whole));
	r = row("G/TBT/N/USA/2211", title);
	page_rows(&meta, &p, "Newest", rows, 1, &list);
	assert_true(list.len < 1500);
	story_clear(&s, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_of_a_dossier_is_the_folder_of_the_store),
		cmocka_unit_test(test_links_are_relative_to_the_page),
		cmocka_unit_test(test_outside_text_is_escaped_cleaned_and_cut),
		cmocka_unit_test(test_only_web_addresses_become_links),
		cmocka_unit_test(test_a_title_tells_its_language),
		cmocka_unit_test(test_a_row_of_a_list),
		cmocka_unit_test(test_pages_of_a_list_are_numbered_from_the_oldest),
		cmocka_unit_test(test_pages_of_a_long_list_are_light),
		cmocka_unit_test(test_a_list_with_nothing_in_it_says_so),
		cmocka_unit_test(test_a_table_of_many_lists_is_light),
		cmocka_unit_test(test_a_dossier_with_forty_addenda_has_each_once),
		cmocka_unit_test(test_a_dossier_with_forty_long_addenda_is_light),
		cmocka_unit_test(test_a_dossier_with_forty_long_addenda_is_whole_on_one_page_to_print),
		cmocka_unit_test(test_a_joint_notification_names_all_its_members),
		cmocka_unit_test(test_a_long_text_in_force_is_cut_to_its_beginning),
		cmocka_unit_test(test_a_record_in_force_with_sixty_documents_shows_the_first),
		cmocka_unit_test(test_a_hostile_dossier_stays_text),
		cmocka_unit_test(test_a_title_of_2000_characters_is_whole_on_its_page_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
