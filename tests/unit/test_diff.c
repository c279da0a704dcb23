/* What 'diff' takes for its two sides, and what a follow-up changes. All records here are synthetic. */
#include "store_fixture.h"

#include "cmd/diff.h"
#include "cmd/diff_report.h"
#include "lib/notice/attached.h"
#include "lib/notice/symbol.h"
#include "store/intake.h"

struct place {
	struct fixture *f;
	struct app app;
	char *index;
	struct buf out;
};

static int
no_decode(const char *path, const char *raw, size_t n, struct notice *out, struct error *err)
{
	(void)path;
	(void)raw;
	(void)n;
	(void)out;
	return error_set(err, ERR_DATA, "not asked for here");
}

static int
setup(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));

	setenv("REGWATCH_NOW", "2025-07-01T06:00:00Z", 1);
	fixture_setup((void **)&p->f);
	p->index = xasprintf("%s/index.sqlite", p->f->folder);
	p->app.st = p->f->st;
	p->app.settings.language = xstrdup("en");
	assert_ok(p->f, index_open(p->index, p->f->st, NULL, &p->app.ix, &p->f->err));
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	index_free(p->app.ix);
	free(p->app.settings.language);
	free(p->app.settings.feed[SOURCE_TRIS].documents);
	buf_clear(&p->out);
	free(p->index);
	fixture_teardown((void **)&p->f);
	free(p);
	return 0;
}

/* ---- putting something into the store ---- */

struct doc {
	const char *kind, *lang, *text;	/* text NULL: the link alone */
};

struct given {
	const char *id, *day, *deadline, *title, *description;
	struct doc docs[4];
};

static struct date
iso(const char *text)
{
	struct date d = DATE_NONE;

	if (text != NULL)
		assert_true(date_parse_iso(text, &d, NULL));
	return d;
}

static void
add_texts(struct place *p, struct intake *in, const struct notice *n, const struct given *g)
{
	static unsigned number;		/* no two files are the same */

	for (size_t i = 0; i < 4 && g->docs[i].kind != NULL; i++) {
		AUTO_FREE char *url = xasprintf("https://example.org/%s-%s", g->docs[i].kind, g->docs[i].lang);
		char bytes[65] = "5f3b1c0e9a775f3b1c0e9a775f3b1c0e9a775f3b1c0e9a775f3b1c0e9a770000";
		bool changed;
		struct attached a = { .notification = n->id, .document = { (char *)g->docs[i].kind, (char *)g->docs[i].lang, url, NULL }, .extractor = "test 1",
		    .bytes_sha256 = bytes };
		AUTO_BUF payload = BUF_INIT;

		if (g->docs[i].text == NULL)
			continue;
		a.text = g->docs[i].text;
		snprintf(bytes + 60, 5, "%04u", ++number);
		a.text_len = strlen(a.text);
		attached_write(&a, &payload);
		assert_ok(p->f, intake_attach(in, n->id, &(struct arrival_text){ payload.data, payload.len }, 1, &changed, &p->f->err));
		assert_ok(p->f, intake_commit(in, &p->f->err));
	}
}

static void
take(struct place *p, const char *day, const struct given *g)
{
	struct intake *in = intake_new(p->f->st, p->app.ix, date_midnight(iso(day)) + 3600, no_decode);
	AUTO_FREE char *raw = xasprintf("{\"%s\": \"%s %s\"}", g->id, day, g->description);
	AUTO_NOTICE n = NOTICE_INIT;

	notice_init(&n);
	strv_add(&n.symbols, g->id);
	n.source = g->id[0] == 'G' ? SOURCE_EPING : SOURCE_TRIS;
	notice_set_text(&n.title, g->title != NULL ? g->title : "Order on toys", "en");
	notice_set_text(&n.description, g->description, "en");
	n.distributed = iso(g->day);
	n.deadline = n.standstill_end = iso(g->deadline);
	if (n.source == SOURCE_EPING)
		n.standstill_end = DATE_NONE;
	for (size_t i = 0; i < 4 && g->docs[i].kind != NULL; i++) {
		AUTO_FREE char *url = xasprintf("https://example.org/%s-%s", g->docs[i].kind, g->docs[i].lang);

		documents_add(&n.documents, g->docs[i].kind, g->docs[i].lang, url);
	}
	n.known = notice_known_by(n.source == SOURCE_TRIS ? WAY_TRIS : WAY_API);
	notice_normalise(&n);
	assert_ok(p->f, intake_add(in, &(struct arrival){ .notice = &n, .way = n.source == SOURCE_TRIS ? WAY_TRIS : WAY_API, .suffix = ".api.json", .raw = raw,
	    .raw_len = strlen(raw) }, NULL, &p->f->err));
	assert_ok(p->f, intake_commit(in, &p->f->err));
	add_texts(p, in, &n, g);
	intake_free(in);
}

#define TAKE_IN(p, day, ...) take(p, day, &(struct given){ __VA_ARGS__ })

/* ---- asking ---- */

/* What 'diff' prints for these arguments; the error's text when it fails. */
static const char *
diff(struct place *p, enum format format, const char *first, const char *second)
{
	AUTO_SIDE a = { .label = NULL };
	AUTO_SIDE b = { .label = NULL };
	AUTO_COMPARISON c = COMPARISON_INIT;
	AUTO_STRV arguments = STRV_INIT;
	struct error err;

	strv_add(&arguments, first);
	if (second != NULL)
		strv_add(&arguments, second);
	buf_reset(&p->out);
	if (sides_choose(&p->app, &arguments, &a, &b, &err) < 0 || compare_sides(&p->app, &a, &b, &c, &err) < 0 ||
	    comparison_print(&p->app, &(struct manner){ .format = format }, &c, &p->out, &err) < 0) {
		buf_reset(&p->out);
		buf_adds(&p->out, err.text);
	}
	return buf_str(&p->out);
}

/* The first line: what was compared with what. */
static const char *
sides(struct place *p, const char *first, const char *second)
{
	(void)diff(p, FORMAT_TEXT, first, second);
	if (p->out.len > 0)
		buf_truncate(&p->out, strcspn(p->out.data, "\n"));
	return buf_str(&p->out);
}

#define INDIA "G/TBT/N/IND/373"

static void
take_india(struct place *p)
{
	TAKE_IN(p, "2025-06-02", .id = INDIA, .day = "2025-06-01", .deadline = "2025-07-31", .description = "Lead is limited to 90 mg/kg. Records are kept.");
	TAKE_IN(p, "2025-06-10", .id = INDIA, .day = "2025-06-01", .deadline = "2025-07-31", .description = "Lead is limited to 45 mg/kg. Records are kept.");
	TAKE_IN(p, "2025-06-20", .id = INDIA, .day = "2025-06-01", .deadline = "2025-08-15", .description = "Lead is limited to 45 mg/kg. Records are kept.");
	TAKE_IN(p, "2025-06-21", .id = INDIA "/Add.1", .day = "2025-06-21", .deadline = "2025-09-15",
	    .description = "The comment period is extended until 15 September 2025. Samples of 250 g are taken.");
	TAKE_IN(p, "2025-06-22", .id = INDIA "/Rev.1", .day = "2025-06-22", .deadline = "2025-10-15", .description = "Lead is limited to 30 mg/kg. Records are kept.");
	TAKE_IN(p, "2025-06-23", .id = "G/TBT/N/BRA/7", .day = "2025-06-22", .deadline = "2025-08-22", .description = "Lead is limited to 60 mg/kg.");
}

static void
test_sides_are_numbers_days_tails_and_ids(void **state)
{
	struct place *p = *state;

	take_india(p);
	assert_string_equal(sides(p, INDIA, NULL), INDIA "@2 .. " INDIA "@3");
	assert_string_equal(sides(p, "g/tbt/n/ind/373", "1..2"), INDIA "@1 .. " INDIA "@2");
	assert_string_equal(sides(p, INDIA "@1..3", NULL), INDIA "@1 .. " INDIA "@3");
	assert_string_equal(sides(p, INDIA "@2025-06-15..", NULL), INDIA "@2 .. " INDIA);
	assert_string_equal(sides(p, INDIA, ".."), INDIA "@1 .. " INDIA);
	assert_string_equal(sides(p, INDIA, "..2"), INDIA "@1 .. " INDIA "@2");
	assert_string_equal(sides(p, INDIA "..Rev.1", NULL), INDIA " .. " INDIA "/Rev.1");
	assert_string_equal(sides(p, INDIA, "1..Rev.1"), INDIA "@1 .. " INDIA "/Rev.1");
	assert_string_equal(sides(p, INDIA, "1..Rev.1@1"), INDIA "@1 .. " INDIA "/Rev.1@1");
	assert_string_equal(sides(p, INDIA "/Rev.1.." INDIA, NULL), INDIA "/Rev.1 .. " INDIA);
	assert_string_equal(sides(p, INDIA "..G/TBT/N/BRA/7", NULL), INDIA " .. G/TBT/N/BRA/7");
	assert_string_equal(sides(p, INDIA "@1..G/TBT/N/BRA/7@1", NULL), INDIA "@1 .. G/TBT/N/BRA/7@1");
	assert_string_equal(sides(p, "G/TBT/N/BRA/7", NULL), "G/TBT/N/BRA/7@0 .. G/TBT/N/BRA/7@1");
}

static void
test_sides_that_are_none_are_refused(void **state)
{
	struct place *p = *state;

	take_india(p);
	assert_string_equal(sides(p, INDIA, "1..9"), "'" INDIA "' has no version '9'");
	assert_string_equal(sides(p, INDIA, "1..Rev.7"), "'Rev.7' is no version: a number from 1, a date, or a commit id");
	assert_string_equal(sides(p, INDIA, "2"), "'2' is no pair of sides like 1..2, 2025-01-31.., draft..final");
	assert_string_equal(sides(p, INDIA "@1..2", "1..2"), "'" INDIA "@1..2' and '1..2' are two pairs of sides");
	assert_string_equal(sides(p, INDIA, "draft..2"), "an attached text is compared with an attached text: draft..final");
	assert_string_equal(sides(p, "G/TBT/N/XXX/1", NULL), "no notification 'G/TBT/N/XXX/1'");
}

static void
test_addendum_tells_what_it_changes_and_calls_out_no_number_of_another_text(void **state)
{
	struct place *p = *state;

	take_india(p);
	assert_string_equal(diff(p, FORMAT_TEXT, INDIA "..Add.1", NULL),
	    INDIA " .. " INDIA "/Add.1\n"
	    INDIA "/Add.1 is a text of its own (addendum), which replaces none: comment period changed\n"
	    "Comments until 2025-08-15 -> 2025-09-15\n"
	    "It says\n"
	    "  The comment period is extended until 15 September 2025. Samples of 250 g are taken.\n");
	assert_non_null(strstr(diff(p, FORMAT_JSON, INDIA "..Add.1", NULL), "\"callouts\":[]"));
	assert_non_null(strstr(buf_str(&p->out), "\"relation\":\"amends\",\"effects\":[\"comment period changed\"],\"says\":\"The comment period is extended"));
}

static void
test_revision_stays_a_redline_of_what_it_replaces(void **state)
{
	struct place *p = *state;

	take_india(p);
	assert_non_null(strstr(diff(p, FORMAT_TEXT, INDIA "..Rev.1", NULL), "\n! 45 mg/kg -> 30 mg/kg\n"));
	assert_non_null(strstr(buf_str(&p->out), "Lead is limited to [-45-]{+30+} mg/kg."));
	assert_null(strstr(buf_str(&p->out), "Distributed"));	/* of another day by nature */
	assert_non_null(strstr(buf_str(&p->out), "\nEvidence: 1 limit changed\n  Description: Lead is limited to 45 mg/kg -> 30 mg/kg\n"
	    "  (Evidence from the words of the texts, not a verdict)\n"));
	assert_non_null(strstr(diff(p, FORMAT_JSON, INDIA "..Rev.1", NULL), "\"relation\":\"replaces\",\"effects\":[],\"says\":null"));
}

/* ---- attached texts ---- */

#define SPAIN "2025/0044/ES"
#define DRAFT "Article 1\nThe limit is 90 mg/kg.\n\nArticle 2\nRecords are kept.\n"
#define FINAL "Article 1\nThe limit is 45 mg/kg.\n\nArticle 2\nRecords are kept.\n"

static void
test_draft_is_compared_with_the_final_text_in_a_language_of_both(void **state)
{
	struct place *p = *state;

	TAKE_IN(p, "2025-06-02", .id = SPAIN, .day = "2025-06-01", .deadline = "2025-09-02", .description = "Toys.",
	    .docs = { { "draft", "es", "Un borrador.\n" }, { "draft", "en", DRAFT }, { "final", "en", FINAL } });
	assert_string_equal(sides(p, SPAIN, "draft..final"), SPAIN " draft en .. " SPAIN " final en");
	assert_non_null(strstr(diff(p, FORMAT_TEXT, "2025/44/ES", "draft..final"), "! 90 mg/kg -> 45 mg/kg\n"));
	assert_string_equal(diff(p, FORMAT_UNIFIED, SPAIN, "draft..final"),
	    "--- a/" SPAIN " draft en\n+++ b/" SPAIN " final en\n@@ -1,5 +1,5 @@\n Article 1\n-The limit is 90 mg/kg.\n+The limit is 45 mg/kg.\n \n Article 2\n Records are kept.\n");
	assert_non_null(strstr(diff(p, FORMAT_JSON, SPAIN, "draft..final"), "\"relation\":\"document\""));
}

static void
test_final_text_between_versions_is_held_against_the_draft(void **state)
{
	struct place *p = *state;

	TAKE_IN(p, "2025-06-02", .id = SPAIN, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "en", DRAFT } });
	TAKE_IN(p, "2025-06-05", .id = SPAIN, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "en", DRAFT }, { "final", "en", FINAL } });
	assert_non_null(strstr(diff(p, FORMAT_TEXT, SPAIN "@2025-06-02..", NULL), "\ndraft..final.en: 1 provision changed\n"));
	assert_null(strstr(buf_str(&p->out), "added:"));
	assert_non_null(strstr(buf_str(&p->out), "Evidence: 1 limit changed\n  Article 1: The limit is 90 mg/kg -> 45 mg/kg\n"));
}

static void
test_html_is_a_page_that_loads_and_runs_nothing(void **state)
{
	struct place *p = *state;
	const char *page;

	TAKE_IN(p, "2025-06-02", .id = SPAIN, .day = "2025-06-01", .description = "Toys.",
	    .docs = { { "draft", "en", "Article 1\nThe limit of <script>\"x\"</script> is 90 mg/kg.\n" }, { "final", "en", "Article 1\nThe limit of <script>\"x\"</script> is 45 mg/kg.\n" } });
	page = diff(p, FORMAT_HTML, SPAIN, "draft..final");
	assert_memory_equal(page, "<!DOCTYPE html>\n<html lang=\"en\">\n", 33);
	assert_non_null(strstr(page, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
	assert_non_null(strstr(page, "<li><a href=\"#change-final-en-article-1\">Article 1</a>: The limit of &lt;script&gt;"));
	assert_non_null(strstr(page, " id=\"change-final-en-article-1\""));
	assert_null(strstr(page, "<script"));
}

static void
test_missing_texts_are_named_with_the_reason(void **state)
{
	struct place *p = *state;

	p->app.settings.feed[SOURCE_TRIS].documents = xstrdup("none");
	TAKE_IN(p, "2025-06-02", .id = SPAIN, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "es", "Un borrador.\n" } });
	assert_string_equal(diff(p, FORMAT_TEXT, SPAIN, "draft..final"), "'" SPAIN "' has no final text");
	TAKE_IN(p, "2025-06-03", .id = SPAIN, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "es", NULL }, { "final", "en", NULL } });
	assert_string_equal(diff(p, FORMAT_TEXT, SPAIN, "draft..final"), "the final text of '" SPAIN "' is not held: documents = none");
	p->app.settings.feed[SOURCE_TRIS].documents[0] = '\0';
	TAKE_IN(p, "2025-06-04", .id = SPAIN, .day = "2025-06-01", .description = "Toys!", .docs = { { "draft", "es", NULL }, { "final", "en", FINAL } });
	assert_string_equal(diff(p, FORMAT_TEXT, SPAIN, "draft..final"), "no language has both texts: the draft is held in es, the final in en");
}

static void
test_final_text_of_a_follow_up_is_found_from_its_base(void **state)
{
	struct place *p = *state;

	TAKE_IN(p, "2025-06-02", .id = INDIA, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "en", DRAFT } });
	TAKE_IN(p, "2025-06-03", .id = INDIA "/Add.1", .day = "2025-06-03", .description = "Adopted.", .docs = { { "final", "en", FINAL } });
	assert_string_equal(sides(p, INDIA, "draft..final"), INDIA " draft en .. " INDIA "/Add.1 final en");
}

static void
test_versions_show_the_texts_that_changed_between_them(void **state)
{
	struct place *p = *state;

	TAKE_IN(p, "2025-06-02", .id = SPAIN, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "en", DRAFT } });
	TAKE_IN(p, "2025-06-05", .id = SPAIN, .day = "2025-06-01", .description = "Toys.", .docs = { { "draft", "en", FINAL } });
	assert_non_null(strstr(diff(p, FORMAT_TEXT, SPAIN "@2025-06-02..", NULL), "! 90 mg/kg -> 45 mg/kg\n"));
	assert_non_null(strstr(buf_str(&p->out), "The limit is [-90-]{+45+} mg/kg."));
}

/* ---- the report ---- */

static void
test_report_puts_limits_before_obligations_before_scope_before_wording(void **state)
{
	static const struct { const char *old, *new; enum consequence expected; } texts[] = {
		{ "Lead is limited to 90 mg/kg.", "Lead is limited to 45 mg/kg.", CONSEQUENCE_LIMITS },
		{ "Records should be kept.", "Records shall be kept.", CONSEQUENCE_OBLIGATIONS },
		{ "Records shall be kept in a book.", "Records shall be kept in a file.", CONSEQUENCE_WORDING },
		{ "This Act applies to toys.", "This Act applies to toys and games.", CONSEQUENCE_SCOPE },
		{ "Toys are sold.", "Toys are sold. This does not apply to books.", CONSEQUENCE_SCOPE },
		{ "See Article 7 of the Act.", "See Article 8 of the Act.", CONSEQUENCE_WORDING },
		{ "Some words are here.", "Other words are here.", CONSEQUENCE_WORDING },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		AUTO_NOTICE a = NOTICE_INIT;
		AUTO_NOTICE b = NOTICE_INIT;
		AUTO_REDLINE r = REDLINE_INIT;
		AUTO_REQUIREMENTS q = REQUIREMENTS_INIT;
		unsigned weight;

		notice_init(&a);
		notice_init(&b);
		notice_set_text(&a.description, texts[i].old, "en");
		notice_set_text(&b.description, texts[i].new, "en");
		redline_make(&a, &b, &r);
		requirements_find(&r, &q);
		assert_int_equal(report_consequence(&r, &q, 0, &weight), texts[i].expected);
		assert_true(weight > 0);
		assert_int_equal(report_consequence(&r, &q, 1u << EVENT_WITHDRAWN, &weight), CONSEQUENCE_LIMITS);
		codes_add(&b.hs, "9503", NULL);
		redline_clear(&r);
		requirements_clear(&q);
		redline_make(&a, &b, &r);
		requirements_find(&r, &q);
		assert_int_equal(report_consequence(&r, &q, 0, &weight), texts[i].expected < CONSEQUENCE_SCOPE ? texts[i].expected : CONSEQUENCE_SCOPE);
	}
}

static void
test_report_is_sorted_by_consequence_weight_and_deadline(void **state)
{
	struct report_dossier v[] = {
		{ .id = (char *)"e", .consequence = CONSEQUENCE_NEW, .deadline = { 2025, 7, 1 } },
		{ .id = (char *)"d", .consequence = CONSEQUENCE_LIMITS, .weight = 1 },
		{ .id = (char *)"c", .consequence = CONSEQUENCE_LIMITS, .weight = 1, .deadline = { 2025, 8, 1 } },
		{ .id = (char *)"b", .consequence = CONSEQUENCE_LIMITS, .weight = 1, .deadline = { 2025, 7, 1 } },
		{ .id = (char *)"a", .consequence = CONSEQUENCE_LIMITS, .weight = 2 },
	};
	struct report r = { .v = v, .n = 5 };

	(void)state;
	report_sort(&r);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(r.v[i].id[0], 'a' + (int)i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sides_are_numbers_days_tails_and_ids, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sides_that_are_none_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_addendum_tells_what_it_changes_and_calls_out_no_number_of_another_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_revision_stays_a_redline_of_what_it_replaces, setup, teardown),
		cmocka_unit_test_setup_teardown(test_draft_is_compared_with_the_final_text_in_a_language_of_both, setup, teardown),
		cmocka_unit_test_setup_teardown(test_final_text_between_versions_is_held_against_the_draft, setup, teardown),
		cmocka_unit_test_setup_teardown(test_html_is_a_page_that_loads_and_runs_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_missing_texts_are_named_with_the_reason, setup, teardown),
		cmocka_unit_test_setup_teardown(test_final_text_of_a_follow_up_is_found_from_its_base, setup, teardown),
		cmocka_unit_test_setup_teardown(test_versions_show_the_texts_that_changed_between_them, setup, teardown),
		cmocka_unit_test(test_report_puts_limits_before_obligations_before_scope_before_wording),
		cmocka_unit_test(test_report_is_sorted_by_consequence_weight_and_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
