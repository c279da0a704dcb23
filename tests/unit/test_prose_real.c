/* What each real follow-up of REGWATCH_DATA does, by its symbol, as a careful reader of its text says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/notice/prose.h"
#include "prose_fixture.h"

static const struct { const char *symbol, *says; } real[] = {
	{ "G/SPS/N/JPN/1345/Add.1", "in-force if=2025-06-10" },		/* came into force; the keyword leaves it open */
	{ "G/TBT/N/BRA/366/Add.1/Corr.1", "withdrawn" },		/* cancels the addendum below */
	{ "G/TBT/N/CRI/193/Add.8", "none" },				/* grants an equivalence */
	{ "G/TBT/N/BRA/384/Add.14", "content" },			/* an ordinance that amends the requirements */
	{ "G/TBT/N/BRA/336/Add.6", "content" },
	{ "G/SPS/N/CHL/796/Rev.1", "none" },				/* the new draft amends another act */
	{ "G/TBT/N/JPN/865/Add.1", "in-force if=2025-06-10" },		/* will come into force */
	{ "G/TBT/N/USA/1958/Rev.1", "none" },				/* full of dates: hearings */
	{ "G/TBT/N/USA/2107/Add.3", "content in-force if=2025-06-09" },	/* a reporting deadline moves, not that of comments */
	{ "G/TBT/N/CHL/368/Add.2", "adopted" },				/* informs of the publication, in Spanish */
	{ "G/TBT/N/THA/501/Add.3", "in-force if=2025-11-19" },		/* will enter into force */
	{ "G/TBT/N/ISR/1323/Add.1", "in-force if=2025-06-04" },
	{ "G/TBT/N/CHL/368/Add.1", "adopted" },
	{ "G/SPS/N/RUS/303/Add.1", "content" },				/* by its keyword alone */
	{ "G/SPS/N/JPN/1326/Add.1", "none" },				/* additional information */
	{ "G/TBT/N/BRA/366/Add.1", "content" },
	{ "G/TBT/N/BRA/907/Add.17", "content" },
	{ "G/TBT/N/BRA/349/Add.3", "content" },
};

static const char *
expected_of(const char *symbol)
{
	for (size_t i = 0; i < sizeof(real) / sizeof(*real); i++)
		if (strcmp(real[i].symbol, symbol) == 0)
			return real[i].says;
	return NULL;
}

/* Sets of words in the same order of kinds, whatever the table's. */
static bool
same_words(const char *a, const char *b)
{
	AUTO_STRV x = STRV_INIT, y = STRV_INIT;

	strv_split(&x, a, " ");
	strv_split(&y, b, " ");
	strv_sort(&x);
	strv_sort(&y);
	return strv_equal(&x, &y);
}

/* One row of the export; true when it is a follow-up. */
static bool
check_row(const json_t *row)
{
	const char *symbol = json_str(json_object_get(row, "Document symbol"), "text"), *expected;
	struct notice *n;
	AUTO_BUF got = BUF_INIT;

	symbol += strspn(symbol, " ");
	n = follow_up(symbol, kind_of(symbol, false));
	if (effects_is_base(n)) {
		forget(n);
		return false;
	}
	assert_true(date_parse_iso(json_str(row, "Distribution date"), &n->distributed, NULL));
	if (json_str(row, "Final date for comments") != NULL)
		date_parse_iso(json_str(row, "Final date for comments"), &n->deadline, NULL);
	notice_set_text(&n->title, json_str(row, "Title"), "");
	notice_set_text(&n->description, json_str(row, "Description"), "");
	if (json_str(row, "Keywords") != NULL)
		strv_split(&n->keywords, json_str(row, "Keywords"), ";");
	say(n, &got);
	expected = expected_of(n->id);
	if (expected == NULL || !same_words(expected, buf_str(&got)))
		fail_msg("%s says '%s', not '%s'", n->id, expected != NULL ? expected : "?", buf_str(&got));
	forget(n);
	return true;
}

static void
test_every_real_follow_up_says_what_a_reader_says(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF text = BUF_INIT;
	AUTO_STRV lines = STRV_INIT;
	struct error err;
	size_t seen = 0;

	(void)state;
	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	path = file_join(data, "eping/export-2025-06.jsonl");
	assert_int_equal(file_read(path, 1 << 22, &text, &err), 0);
	strv_split(&lines, buf_str(&text), "\n");
	for (size_t i = 0; i < lines.n; i++) {
		AUTO_JSON *row = NULL;

		assert_int_equal(json_parse(lines.v[i], strlen(lines.v[i]), &row, &err), 0);
		seen += check_row(row);
	}
	assert_int_equal(seen, sizeof(real) / sizeof(*real));
}

static void
test_real_addendum_form_says_published_with_final_text(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF text = BUF_INIT;
	struct prose p = { .effects = 0 };
	struct error err;

	(void)state;
	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	path = file_join(data, "eping/tbt-addendum-form.txt");
	assert_int_equal(file_read(path, 1 << 16, &text, &err), 0);
	prose_read(buf_str(&text), DATE_NONE, &p);
	assert_int_equal(p.effects, 1u << EVENT_ADOPTED);
	assert_false(date_is_set(p.deadline));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_real_follow_up_says_what_a_reader_says),
		cmocka_unit_test(test_real_addendum_form_says_published_with_final_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
