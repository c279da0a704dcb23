#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/site/chart.h"
#include "lib/site/month.h"

static const char *const labels[] = { "a", "b", "<c>" };

/* 140 pixels for the highest, 34 above them: a figure of 2 in 4 stands at y 104 and is 70 high; three columns of 33.3 % with a tenth of air on each side. */
static void
test_columns_stand_on_round_figures(void **state)
{
	static const long values[] = { 2, 0, 4 };
	const struct chart_series series = { "Drafts", NULL, values };
	const struct chart c = { .id = "w", .title = "A & B", .axis = "Week", .unit = "drafts", .labels = labels, .n = 3, .series = &series, .series_n = 1,
		.mark = 1, .mark_label = "from here" };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	chart_columns(&c, &out);
	assert_string_equal(buf_str(&out),
	    "<figure class=\"chart\" id=\"w\">\n<figcaption>A &amp; B</figcaption>\n"
	    "<svg role=\"img\" aria-labelledby=\"w-name w-summary\" width=\"100%\" height=\"196\">\n<title id=\"w-name\">A &amp; B</title>\n"
	    "<desc id=\"w-summary\">Drafts: the highest of 3 is &lt;c&gt;: 4 drafts.</desc>\n"
	    "<defs><pattern id=\"w-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	    "<rect class=\"hatch\" width=\"3\" height=\"6\"/></pattern></defs>\n"
	    "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"174\" y2=\"174\"/>\n"
	    "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"139\" y2=\"139\"/>\n<text class=\"scale\" x=\"0\" y=\"136\">1</text>\n"
	    "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"104\" y2=\"104\"/>\n<text class=\"scale\" x=\"0\" y=\"101\">2</text>\n"
	    "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"69\" y2=\"69\"/>\n<text class=\"scale\" x=\"0\" y=\"66\">3</text>\n"
	    "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"34\" y2=\"34\"/>\n<text class=\"scale\" x=\"0\" y=\"31\">4</text>\n"
	    "<g><title>a: 2 drafts</title><rect class=\"hit\" x=\"0%\" y=\"34\" width=\"33.33%\" height=\"140\"/>"
	    "<rect class=\"bar short\" fill=\"url(#w-hatch)\" x=\"3.33%\" y=\"104\" width=\"26.66%\" height=\"70\"/>"
	    "<text class=\"figure\" x=\"16.66%\" y=\"100\">2</text></g>\n"
	    "<g><title>b: 0 drafts</title><rect class=\"hit\" x=\"33.33%\" y=\"34\" width=\"33.33%\" height=\"140\"/>"
	    "<text class=\"figure\" x=\"50%\" y=\"170\">0</text></g>\n"
	    "<g><title>&lt;c&gt;: 4 drafts</title><rect class=\"hit\" x=\"66.66%\" y=\"34\" width=\"33.33%\" height=\"140\"/>"
	    "<rect class=\"bar\" x=\"70%\" y=\"34\" width=\"26.66%\" height=\"140\"/><text class=\"figure\" x=\"83.33%\" y=\"30\">4</text></g>\n"
	    "<line class=\"reference\" x1=\"33.33%\" x2=\"33.33%\" y1=\"0\" y2=\"174\"/>\n"
	    "<text class=\"reference start\" x=\"33.33%\" dx=\"6\" y=\"12\">from here</text>\n"
	    "<text class=\"tick\" x=\"16.66%\" y=\"190\">a</text>\n<text class=\"tick\" x=\"50%\" y=\"190\">b</text>\n"
	    "<text class=\"tick\" x=\"83.33%\" y=\"190\">&lt;c&gt;</text>\n</svg>\n"
	    "<details>\n<summary>The figures as a table</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"A &amp; B\">\n"
	    "<table class=\"figures\">\n<caption>A &amp; B</caption>\n<thead><tr><th scope=\"col\">Week</th><th scope=\"col\">Drafts</th></tr></thead>\n<tbody>\n"
	    "<tr><th scope=\"row\">a</th><td>2</td></tr>\n<tr><th scope=\"row\">b</th><td>0</td></tr>\n<tr><th scope=\"row\">&lt;c&gt;</th><td>4</td></tr>\n"
	    "</tbody>\n</table>\n</div>\n</details>\n</figure>\n");
}

/* A row of 36 pixels: name and figure at 14, the bar from 18 on, 14 high. The reference is the highest here; a ninth more, rounded up, makes
 * room behind it: 60 and 30 of 67. */
static void
test_rows_lie_beside_a_reference(void **state)
{
	static const long values[] = { 30, -5 };
	const struct chart_series series = { "Days", NULL, values };
	const struct chart c = { .id = "d", .title = "T", .note = "N", .axis = "Member", .unit = "days", .labels = labels, .n = 2, .series = &series, .series_n = 1,
		.reference = 60, .reference_label = "60 days" };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	chart_rows(&c, &out);
	assert_non_null(strstr(buf_str(&out), "<figcaption>T</figcaption>\n<p class=\"quiet\">N</p>\n"));
	assert_non_null(strstr(buf_str(&out), "height=\"92\">\n"));
	assert_non_null(strstr(buf_str(&out),
	    "<g><title>a: 30 days</title><text class=\"name\" y=\"34\">a</text><text class=\"figure end\" x=\"100%\" y=\"34\">30</text>"
	    "<rect class=\"bar\" y=\"38\" width=\"44.77%\" height=\"14\"/></g>\n"
	    "<g><title>b: 0 days</title><text class=\"name\" y=\"70\">b</text><text class=\"figure end\" x=\"100%\" y=\"70\">0</text>"
	    "<rect class=\"bar\" y=\"74\" width=\"0%\" height=\"14\"/></g>\n"
	    "<line class=\"reference\" x1=\"89.55%\" x2=\"89.55%\" y1=\"0\" y2=\"92\"/>\n"
	    "<text class=\"reference end\" x=\"89.55%\" dx=\"-6\" y=\"12\">60 days</text>\n</svg>\n"));
}

/* Ten series: eight are drawn on one scale, each 22 + 34 pixels, all stand in the table. The highest of those drawn is 9 of 9: full height, 340 tenths. A label
 * tells the figures of all panels. */
static void
test_panels_share_a_scale_and_leave_the_rest_to_the_table(void **state)
{
	static const long low[] = { 3, 0, 0 }, high[] = { 0, 9, 0 }, beyond[] = { 99, 99, 99 };
	struct chart_series series[10];
	struct chart c = { .id = "p", .title = "T", .axis = "Month", .unit = "drafts", .labels = labels, .n = 3, .series = series, .series_n = 10 };
	AUTO_BUF out = BUF_INIT;
	size_t panels = 0;

	(void)state;
	for (size_t i = 0; i < 10; i++)
		series[i] = (struct chart_series){ i == 9 ? "last" : "first", i == 0 ? "x.html" : NULL, i == 0 ? low : i < 8 ? high : beyond };
	chart_panels(&c, &out);
	for (const char *p = buf_str(&out); (p = strstr(p, "<text class=\"name\"")) != NULL; p++)
		panels++;
	assert_int_equal(panels, 8);
	assert_non_null(strstr(buf_str(&out), " height=\"470\">\n"));	/* 8 * 56 + 22 */
	assert_non_null(strstr(buf_str(&out), "</desc>\n<g><title>a: 3, 0, 0, 0, 0, 0, 0, 0</title><rect class=\"hit\" x=\"0%\" y=\"0\" width=\"33.33%\" height=\"448\"/></g>\n"
	    "<g><title>b: 0, 9, 9, 9, 9, 9, 9, 9</title><rect class=\"hit\" x=\"33.33%\" "));
	assert_non_null(strstr(buf_str(&out), "y2=\"56\"/>\n<svg aria-hidden=\"true\" y=\"22\" width=\"100%\" height=\"34\" viewBox=\"0 0 30 340\" preserveAspectRatio=\"none\">"
	    "<path class=\"bar\" d=\"M0 340h1v-113h8v113h1h10h10\"/></svg>\n<g><title>first: 9 drafts"));	/* a third of 340 */
	assert_non_null(strstr(buf_str(&out), "<path class=\"bar\" d=\"M0 340h10h1v-340h8v340h1h10\"/>"));
	assert_non_null(strstr(buf_str(&out), "<p class=\"quiet\">All on one scale; its top is 9 drafts. At the right of each, its sum. 2 more are in the table.</p>"));
	assert_non_null(strstr(buf_str(&out), "<th scope=\"col\"><a href=\"x.html\">first</a></th>"));
	assert_non_null(strstr(buf_str(&out), "<th scope=\"col\">last</th></tr>"));
	assert_non_null(strstr(buf_str(&out), "<td>99</td></tr>\n</tbody>"));
}

/* Two years of eight members: with a table of lists, another chart and the style sheet 50 KB (test_site.c). */
static void
test_panels_are_light(void **state)
{
	static long values[24];
	static const char *months[24];
	struct chart_series series[8];
	const struct chart c = { .id = "p", .title = "T", .axis = "Month", .unit = "notifications", .labels = months, .n = 24, .series = series, .series_n = 8 };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 24; i++) {
		months[i] = "2025-06";
		values[i] = 99 + (long)i;
	}
	for (size_t i = 0; i < 8; i++)
		series[i] = (struct chart_series){ "Saint Vincent and the Grenadines", "member/VC.html", values };
	chart_panels(&c, &out);
	assert_in_range(out.len, 1, 15000);
}

static void
test_long_names_are_cut_for_the_screen(void **state)
{
	static const char *const names[] = { "All products: standards law, conformity assessment, market surveillance, labelling in general" };
	static const long values[] = { 1 };
	const struct chart_series series = { "S", NULL, values };
	const struct chart c = { .id = "n", .title = "T", .axis = "A", .unit = "u", .labels = names, .n = 1, .series = &series, .series_n = 1 };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	chart_rows(&c, &out);
	assert_non_null(strstr(buf_str(&out),
	    "<text class=\"name more\" y=\"34\">All products: standards law, conformity assessment, market surveillan\xE2\x80\xA6</text>"
	    "<text class=\"name less\" y=\"34\">All products: standards law, co\xE2\x80\xA6</text>"));
	assert_non_null(strstr(buf_str(&out), "labelling in general: 1 u</title>"));
}

static void
test_nothing_is_said_not_drawn(void **state)
{
	static const long none[] = { 0, 0, 0 };
	const struct chart_series series = { "S", NULL, none };
	struct chart c = { .id = "e", .title = "T", .axis = "Week", .unit = "drafts", .labels = labels, .n = 0 };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	chart_columns(&c, &out);
	chart_rows(&c, &out);
	chart_panels(&c, &out);
	assert_string_equal(buf_str(&out),
	    "<figure class=\"chart\" id=\"e\">\n<figcaption>T</figcaption>\n<p>Nothing to count yet.</p>\n</figure>\n"
	    "<figure class=\"chart\" id=\"e\">\n<figcaption>T</figcaption>\n<p>Nothing to count yet.</p>\n</figure>\n"
	    "<figure class=\"chart\" id=\"e\">\n<figcaption>T</figcaption>\n<p>Nothing to count yet.</p>\n</figure>\n");
	buf_reset(&out);
	c.n = 3;
	c.series = &series;
	c.series_n = 1;
	chart_columns(&c, &out);
	assert_null(strstr(buf_str(&out), "<svg"));
	assert_non_null(strstr(buf_str(&out), "<tr><th scope=\"row\">b</th><td>0</td></tr>"));
}

/* 10,000 labels: the last 400, and the figure says so; at most a few dozen bear their label. */
static void
test_many_labels_leave_out_the_first(void **state)
{
	static const char *many[10000];
	static long values[10000];
	const struct chart_series series = { "S", NULL, values };
	const struct chart c = { .id = "m", .title = "T", .axis = "Day", .unit = "drafts", .labels = many, .n = 10000, .series = &series, .series_n = 1 };
	AUTO_BUF out = BUF_INIT;
	size_t ticks = 0;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		many[i] = i < 9600 ? "early" : "2026-01-01";
		values[i] = (long)i * 1000000;
	}
	chart_columns(&c, &out);
	assert_null(strstr(buf_str(&out), "early"));
	assert_non_null(strstr(buf_str(&out), "<p class=\"quiet\">The last 400 of 10000.</p>"));
	for (const char *p = buf_str(&out); (p = strstr(p, "class=\"tick")) != NULL; p++)
		ticks++;
	assert_in_range(ticks, 3, 7);	/* 560 pixels hold six labels of ten letters */
	assert_in_range(out.len, 1000, 120000);
}

/* Fourteen weeks: the label of the last but one, 80 pixels in the middle of a column that ends 19 before the edge of 270, would be cut. */
static void
test_no_label_leaves_a_narrow_drawing(void **state)
{
	static const char *weeks[14];
	static const long values[14] = { 1 };
	const struct chart_series series = { "S", NULL, values };
	const struct chart c = { .id = "w", .title = "T", .axis = "Week from", .unit = "drafts", .labels = weeks, .n = 14, .series = &series, .series_n = 1 };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 14; i++)
		weeks[i] = i == 0 ? "2026-11-16" : i == 6 ? "2026-12-28" : i == 12 ? "2027-02-08" : "2027-00-00";
	chart_columns(&c, &out);
	assert_non_null(strstr(buf_str(&out), "<text class=\"tick start\" x=\"0%\" y=\"190\">2026-11-16</text>"));
	assert_non_null(strstr(buf_str(&out), "<text class=\"tick\" x=\"46.42%\" y=\"190\">2026-12-28</text>"));
	assert_non_null(strstr(buf_str(&out), "<text class=\"tick end\" x=\"92.85%\" y=\"190\">2027-02-08</text>"));
}

/* Years alone are named below 24 months: each where its January is; the year of a lone December gives way to the next. */
static void
test_ticks_that_are_given_are_kept(void **state)
{
	static const char *months[24], *ticks[24];
	static long values[24];
	const struct chart_series series = { "S", NULL, values };
	const struct chart c = { .id = "t", .title = "T", .axis = "Month", .unit = "drafts", .labels = months, .ticks = ticks, .n = 24, .series = &series, .series_n = 1 };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 24; i++) {
		months[i] = "2025-06";
		ticks[i] = i == 2 ? "2024" : i == 3 ? "2025" : i == 15 ? "2026" : "";
		values[i] = 1;
	}
	chart_columns(&c, &out);
	/* the middles of columns 3 and 15 of 24: 7 / 48, 31 / 48 */
	assert_non_null(strstr(buf_str(&out), "</g>\n<text class=\"tick\" x=\"64.58%\" y=\"190\">2026</text>\n<text class=\"tick\" x=\"14.58%\" y=\"190\">2025</text>\n</svg>"));
}

static void
test_days_given_are_sorted_around_sixty(void **state)
{
	(void)state;
	assert_int_equal(chart_given_bin(-40), 0);
	assert_int_equal(chart_given_bin(0), 0);
	assert_int_equal(chart_given_bin(1), 1);
	assert_int_equal(chart_given_bin(15), 1);
	assert_int_equal(chart_given_bin(59), CHART_GIVEN_MARK - 1);
	assert_int_equal(chart_given_bin(60), CHART_GIVEN_MARK);
	assert_string_equal(chart_given_labels[chart_given_bin(60)], "60");
	assert_int_equal(chart_given_bin(61), CHART_GIVEN_MARK + 1);
	assert_int_equal(chart_given_bin(90), 7);
	assert_int_equal(chart_given_bin(INT32_MAX), CHART_GIVEN_BINS - 1);
}

static void
test_months_and_weeks_are_counted_by_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(chart_months_between((struct date){ 2025, 11, 30 }, (struct date){ 2026, 2, 1 }), 3);
	assert_int_equal(chart_months_between((struct date){ 2026, 2, 1 }, (struct date){ 2025, 12, 31 }), -2);
	/* 22 November 2026 is a Sunday, the next day begins a week */
	assert_int_equal(chart_weeks_between((struct date){ 2026, 11, 22 }, (struct date){ 2026, 11, 23 }), 1);
	assert_int_equal(chart_weeks_between((struct date){ 2026, 11, 16 }, (struct date){ 2026, 11, 22 }), 0);
	assert_int_equal(chart_weeks_between((struct date){ 2026, 11, 16 }, (struct date){ 2026, 11, 15 }), -1);
}

/* ---- calendar ---- */

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* February 2027 begins on a Monday and has four weeks: no day of another month. */
static void
test_month_is_a_table_of_weeks(void **state)
{
	static const struct month_entry entries[] = {
		{ { 2027, 1, 31 }, "x.html", "earlier", NULL, NULL, NULL, NULL },
		{ { 2027, 2, 1 }, "../a.html", "G/TBT/N/CHL/1", "Juguetes & <b>", "es", "Chile", NULL },
		{ { 2027, 2, 28 }, "../b.html", "2026/1/FR", "", "", "", NULL },
		{ { 2027, 3, 1 }, "y.html", "later", NULL, NULL, NULL, NULL },
	};
	static const char begin[] =
	    "<nav class=\"pages\" aria-label=\"Months\">\n<a href=\"2027-01.html\" rel=\"prev\">January 2027</a>\n</nav>\n"
	    "<table class=\"calendar\">\n<caption>Deadlines in February 2027</caption>\n<thead><tr><th scope=\"col\">Monday</th><th scope=\"col\">Tuesday</th>"
	    "<th scope=\"col\">Wednesday</th><th scope=\"col\">Thursday</th><th scope=\"col\">Friday</th><th scope=\"col\">Saturday</th>"
	    "<th scope=\"col\">Sunday</th></tr></thead>\n<tbody>\n<tr>\n"
	    "<td id=\"d2027-02-01\"><time datetime=\"2027-02-01\"><span class=\"weekday\">Monday </span>1</time>\n<ul>\n"
	    "<li><a href=\"../a.html\">G/TBT/N/CHL/1</a> <span class=\"member\">Chile</span> <span class=\"title\" lang=\"es\" dir=\"auto\">Juguetes &amp; &lt;b&gt;</span></li>\n"
	    "</ul>\n</td>\n"
	    "<td id=\"d2027-02-02\" class=\"today\" aria-current=\"date\"><time datetime=\"2027-02-02\"><span class=\"weekday\">Tuesday </span>2</time>\n</td>\n"
	    "<td id=\"d2027-02-03\" class=\"empty\">";
	AUTO_BUF out = BUF_INIT;
	size_t rows = 0;

	(void)state;
	month_write(&(struct month){ .year = 2027, .month = 2, .today = { 2027, 2, 2 }, .entries = entries, .n = 4, .previous = "2027-01.html", .anchor = "d" }, &out);
	assert_memory_equal(buf_str(&out), begin, sizeof(begin) - 1);
	assert_non_null(strstr(buf_str(&out), "<li><a href=\"../b.html\">2026/1/FR</a></li>\n</ul>\n</td>\n</tr>\n</tbody>\n</table>\n"));
	assert_null(strstr(buf_str(&out), "earlier"));
	assert_null(strstr(buf_str(&out), "later"));
	assert_null(strstr(buf_str(&out), "outside"));
	for (const char *p = buf_str(&out); (p = strstr(p, "<tr>\n")) != NULL; p++)
		rows++;
	assert_int_equal(rows, 4);
}

/* November 2026 begins on a Sunday and ends on a Monday: six days before, six behind. A day of nine shows six, one of seven all. */
static void
test_month_fills_its_weeks_and_counts_the_rest_of_a_day(void **state)
{
	struct month_entry entries[9];
	AUTO_BUF out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 9; i++)
		entries[i] = (struct month_entry){ { 2026, 11, 30 }, "a.html", "x", NULL, NULL, NULL, i < 6 ? "early" : "../list.2.html" };
	month_write(&(struct month){ .year = 2026, .month = 11, .entries = entries, .n = 9, .next = "n.html" }, &out);
	assert_non_null(strstr(buf_str(&out), "rel=\"next\">December 2026</a>"));
	assert_non_null(strstr(buf_str(&out), "<tr>\n<td class=\"outside\" colspan=\"6\"></td>\n<td class=\"empty\"><time datetime=\"2026-11-01\">"));
	assert_non_null(strstr(buf_str(&out), "</ul>\n<p><a href=\"../list.2.html\">and 3 more</a></p>\n</td>\n<td class=\"outside\" colspan=\"6\"></td>\n</tr>\n</tbody>"));
	assert_int_equal(count(buf_str(&out), "<li>"), 6);
	buf_reset(&out);
	month_write(&(struct month){ .year = 2026, .month = 11, .entries = entries, .n = 7 }, &out);
	assert_int_equal(count(buf_str(&out), "<li>"), 7);
	assert_null(strstr(buf_str(&out), "more"));
}

/* Twenty a day, with titles as long as they are shown: as many of each day as have room, the rest is counted; 20 titles in Arabic have twice the bytes. */
static void
test_a_full_month_is_light(void **state)
{
	static struct month_entry entries[600];
	static char arabic[2 * MONTH_TITLE + 1];
	AUTO_BUF out = BUF_INIT, heavy = BUF_INIT;
	size_t named;

	(void)state;
	for (size_t i = 0; i < MONTH_TITLE; i++)
		memcpy(arabic + 2 * i, "\xD9\x86", 2);
	for (size_t i = 0; i < 600; i++)
		entries[i] = (struct month_entry){ { 2026, 11, (int8_t)(i / 20 + 1) }, "../eping/TBT/USA/22xx/2211.html", "G/TBT/N/USA/2211",
		    "Draft order on the requirements for the safety, the marking and the assessment of toys and", "en", "United States of America", "../deadlines.4.html" };
	month_write(&(struct month){ .year = 2026, .month = 11, .entries = entries, .n = 600 }, &out);
	assert_in_range(out.len, MONTH_ROOM * 3 / 4, MONTH_ROOM + 500);
	named = count(buf_str(&out), "<li>");
	assert_int_equal(named % 30, 0);
	assert_int_equal(named / 30, 3);	/* 3 * 30 * 256 bytes, and 30 days of 180 */
	assert_int_equal(count(buf_str(&out), ">and 17 more</a>"), 30);
	for (size_t i = 0; i < 600; i++) {
		entries[i].title = arabic;
		entries[i].lang = "ar";
	}
	month_write(&(struct month){ .year = 2026, .month = 11, .entries = entries, .n = 600 }, &heavy);
	assert_in_range(heavy.len, 1, MONTH_ROOM + 500);
	assert_int_equal(count(buf_str(&heavy), "<li>"), 60);
}

static void
test_month_names_cross_the_year(void **state)
{
	AUTO_BUF out = BUF_INIT;

	(void)state;
	month_write(&(struct month){ .year = 2026, .month = 12, .next = "n" }, &out);
	assert_non_null(strstr(buf_str(&out), "January 2027"));
	buf_reset(&out);
	month_write(&(struct month){ .year = 2027, .month = 1, .previous = "p" }, &out);
	assert_non_null(strstr(buf_str(&out), "December 2026"));
	buf_reset(&out);
	month_key(2027, 1, &out);
	assert_string_equal(buf_str(&out), "2027-01");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_stand_on_round_figures),
		cmocka_unit_test(test_rows_lie_beside_a_reference),
		cmocka_unit_test(test_panels_share_a_scale_and_leave_the_rest_to_the_table),
		cmocka_unit_test(test_panels_are_light),
		cmocka_unit_test(test_long_names_are_cut_for_the_screen),
		cmocka_unit_test(test_nothing_is_said_not_drawn),
		cmocka_unit_test(test_many_labels_leave_out_the_first),
		cmocka_unit_test(test_no_label_leaves_a_narrow_drawing),
		cmocka_unit_test(test_ticks_that_are_given_are_kept),
		cmocka_unit_test(test_days_given_are_sorted_around_sixty),
		cmocka_unit_test(test_months_and_weeks_are_counted_by_the_calendar),
		cmocka_unit_test(test_month_is_a_table_of_weeks),
		cmocka_unit_test(test_month_fills_its_weeks_and_counts_the_rest_of_a_day),
		cmocka_unit_test(test_a_full_month_is_light),
		cmocka_unit_test(test_month_names_cross_the_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
