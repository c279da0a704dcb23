/* Pages here are synthetic unless they come from REGWATCH_DATA. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/eping_api.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"

#define GOOD "{\"id\":7,\"area\":\"TBT\",\"documentSymbol\":\" G/TBT/N/IND/374\",\"notifyingMember\":\"India\"," \
	"\"notifyingMemberCode\":\"C356\",\"distributionDate\":\"2025-06-12T00:00:00+00:00\",\"title\":\"<p>Toys</p>\"}"

static void
assert_refused(const char *text, const char *expected)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	struct error err;

	assert_int_equal(eping_api_rows(text, strlen(text), &rows, &err), ERR_DATA);
	assert_string_equal(err.text, expected);
	assert_int_equal(rows.n, 0);
	assert_int_equal(rows.bad, 0);
}

static void
test_page_that_is_no_json_says_what_it_is(void **state)
{
	(void)state;
	assert_refused("", "an empty answer");
	assert_refused(" \r\n", "an empty answer");
	assert_refused("<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>", "an HTML page titled 'We will be back soon'");
	assert_refused("\n<html><head><title>\n Error 500 </title></head>", "an HTML page titled 'Error 500'");
	assert_refused("<!DOCTYPE html><html><body><div id='app'></div></body></html>", "an HTML page");
	assert_refused("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "an XML document 'a'");
	assert_refused("<ArrayOfNotification/>", "an XML document 'ArrayOfNotification'");
	assert_refused("{\"statusCode\":401,\"message\":\"Access denied\"}", "a JSON object without an array 'items', saying 'Access denied'");
	assert_refused("{\"items\":null}", "a JSON object without an array 'items'");
	assert_refused("\"items\"", "line 1, column 7: '[' or '{' expected near '\"items\"'");
}

static void
assert_no_page(const char *text)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	struct error err;

	assert_int_equal(eping_api_rows(text, strlen(text), &rows, &err), ERR_DATA);
}

static void
test_page_of_hostile_json_is_refused(void **state)
{
	AUTO_BUF deep = BUF_INIT;

	(void)state;
	assert_no_page("{\"items\":[" GOOD);					/* cut short */
	assert_no_page("{\"items\":[" GOOD "]}{}");				/* bytes behind */
	assert_no_page("{\"items\":[{\"documentSymbol\":\"G/TBT/N/FRA/1\",\"title\":\"S\xe9" "curit\xe9\"}]}");	/* Latin-1 */
	buf_adds(&deep, "{\"items\":");
	for (int i = 0; i < 200000; i++)
		buf_addc(&deep, '[');
	assert_no_page(buf_str(&deep));
	buf_reset(&deep);
	buf_adds(&deep, "[" GOOD);
	for (int i = 0; i < 1000; i++)
		buf_adds(&deep, "," GOOD);
	buf_addc(&deep, ']');
	assert_no_page(buf_str(&deep));						/* 1,001 items */
}

static void
test_page_whose_layout_changed_is_refused(void **state)
{
	(void)state;
	assert_refused("{\"items\":[{\"symbol\":\"G/TBT/N/IND/374\"}]}",
	    "layout changed: 1 of 1 items lack 'documentSymbol' or 'distributionDate'");
	assert_refused("{\"items\":[" GOOD "," GOOD ",{},{\"documentSymbol\":\"G/TBT/N/IND/374\"}]}",
	    "layout changed: 2 of 4 items lack 'documentSymbol' or 'distributionDate'");
}

static void
test_bad_item_costs_no_good_one(void **state)
{
	static const char page[] = "{\"items\":[" GOOD ",{\"documentSymbol\":\" \",\"distributionDate\":\"2025-06-12\"},"
	    "{\"documentSymbol\":\"G/TBT/N/IND/375\",\"distributionDate\":\"2025-02-31T00:00:00+00:00\"},"
		    "{\"documentSymbol\":\"2024/0321/FI\",\"distributionDate\":\"2025-06-12\"},17],\"totalCount\":5}";
	AUTO_EPING_PAGE p;
	struct error err;

	(void)state;
	assert_int_equal(eping_api_page(page, strlen(page), &p, &err), 0);
	assert_int_equal(p.rows, 5);
	assert_int_equal(p.items.n, 1);
	assert_int_equal(p.items.bad, 4);
	assert_int_equal(p.items.problems.n, 4);
	assert_string_equal(p.items.problems.v[0], "item 2: no symbol");
	assert_string_equal(p.items.problems.v[1], "item 3: field 'distributionDate': '2025-02-31T00:00:00+00:00' is no date");
	assert_string_equal(p.items.problems.v[2], "item 4: '2024/0321/FI' is a number of TRIS, not a symbol of the WTO");
	assert_string_equal(p.items.problems.v[3], "item 5: not an object");
}

static void
test_unclear_deadline_costs_the_deadline_alone(void **state)
{
	static const char odd[] = "{\"documentSymbol\":\"G/TBT/N/IND/375\",\"distributionDate\":\"2025-06-12\",\"title\":\"Wheat\","
	    "\"commentDeadlineDate\":\"9999-12-31T00:00:00+00:00\"}";
	AUTO_BUF page = BUF_INIT;
	AUTO_NOTICE again = NOTICE_INIT;
	AUTO_EPING_PAGE p;
	struct error err;

	(void)state;
	buf_addf(&page, "[" GOOD ",%s]", odd);
	assert_int_equal(eping_api_page(buf_str(&page), page.len, &p, &err), 0);
	assert_int_equal(p.items.n, 2);
	assert_int_equal(p.items.bad, 0);
	assert_int_equal(p.items.problems.n, 1);
	assert_string_equal(p.items.problems.v[0],
	    "item 2: field 'commentDeadlineDate': '9999-12-31T00:00:00+00:00' is no date, so that the deadline is unknown");
	assert_string_equal(p.items.v[1].notice.title.s, "Wheat");
	assert_false(date_is_set(p.items.v[1].notice.deadline));
	assert_false(p.items.v[1].notice.known & NOTICE_BIT(deadline));
	assert_int_equal(eping_api_decode(odd, strlen(odd), &again, &err), 0);
	assert_true(notice_equal(&again, &p.items.v[1].notice));
}

static void
test_page_of_unclear_deadlines_is_refused(void **state)
{
	static const char odd[] = ",{\"documentSymbol\":\"G/TBT/N/IND/375\",\"distributionDate\":\"2025-06-12\",\"commentDeadlineDate\":\"12 June\"}";
	AUTO_BUF page = BUF_INIT;
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	struct error err;

	(void)state;
	buf_addf(&page, "[" GOOD "%s%s%s]", odd, odd, odd);
	assert_int_equal(eping_api_rows(buf_str(&page), page.len, &rows, &err), 0);
	buf_truncate(&page, page.len - 1);
	buf_addf(&page, "%s]", odd);
	assert_refused(buf_str(&page), "layout changed: 'commentDeadlineDate' of 4 of 5 items is no date");
}

/* As of other controls, nothing of the NUL is left in the record, and all that stands behind it. */
static void
test_nul_in_a_text_costs_nothing_else(void **state)
{
	static const char odd[] = "{\"documentSymbol\":\"G/TBT/N/IND\\u0000/375\",\"distributionDate\":\"2025-06-12\",\"title\":\"Wheat\\u0000 flour\","
	    "\"descriptionPlain\":\"a\\\\u0000\\u0001b\",\"hsCodes\":[\"1101\\u0000; 1102\"],\"x\\u0000\":null}";
	AUTO_BUF page = BUF_INIT;
	AUTO_EPING_PAGE p;
	struct error err;

	(void)state;
	buf_addf(&page, "{\"items\":[" GOOD ",%s,{\"documentSymbol\":\"G/TBT/N/IND/376\",\"distributionDate\":\"2025-06-12\\u0000\"}]}", odd);
	assert_int_equal(eping_api_page(buf_str(&page), page.len, &p, &err), 0);
	assert_int_equal(p.items.n, 2);
	assert_string_equal(p.items.v[1].notice.id, "G/TBT/N/IND/375");
	assert_string_equal(p.items.v[1].notice.title.s, "Wheat flour");
	assert_string_equal(p.items.v[1].notice.description.s, "a\\u0000b");
	assert_int_equal(p.items.v[1].notice.hs.n, 2);
	assert_string_equal(buf_str(&p.items.v[1].raw), odd);
	assert_int_equal(p.items.bad, 1);
	assert_string_equal(p.items.problems.v[0], "item 3: field 'distributionDate': '2025-06-12\001' is no date");
}

#define ITEM(NUMBER, MORE) "{\"documentSymbol\":\" G/TBT/N/IND/" NUMBER "\",\"distributionDate\":\"2025-06-12\"," MORE "}"

static void
assert_decoded_again(const struct item *item)
{
	AUTO_NOTICE back = NOTICE_INIT;
	struct error err;

	assert_int_equal(eping_api_decode(item->raw.data, item->raw.len, &back, &err), 0);
	assert_true(notice_equal(&item->notice, &back));
}

static void
test_broken_character_costs_only_itself(void **state)
{
	static const char page[] = "{\"items\":[" ITEM("1", "\"title\":\"S\xe9""curit\\ud800 of\ntoys\"") ",\n" ITEM("2", "\"title\":\"Toys\"") "],\"totalCount\":2}";
	static const char first[] = ITEM("1", "\"title\":\"S\xe9""curit\\ud800 of\ntoys\"");
	AUTO_EPING_PAGE p = { .total = 0 };
	struct error err;

	(void)state;
	assert_int_equal(eping_api_page(page, strlen(page), &p, &err), 0);
	assert_int_equal(p.items.n, 2);
	assert_int_equal(p.items.bad, 0);
	assert_int_equal(p.total, 2);
	assert_string_equal(p.items.v[0].notice.title.s, "S\ufffdcurit\ufffd of toys");
	assert_string_equal(p.items.v[1].notice.title.s, "Toys");
	assert_int_equal(p.items.problems.n, 1);
	assert_string_equal(p.items.problems.v[0], "item 1: line 1, column 77: unable to decode byte 0xe9 near '\"S'; 3 broken characters are mended");
	assert_int_equal(p.items.v[0].raw.len, sizeof(first) - 1);
	assert_memory_equal(p.items.v[0].raw.data, first, sizeof(first) - 1);
	assert_decoded_again(&p.items.v[0]);
}

static void
test_item_that_is_no_json_costs_no_good_one(void **state)
{
	static const char *const bad[][2] = {
		{ ITEM("9", "\"title\":Toys"), "line 1, column 79: invalid token near 'Toys'" },
		{ ITEM("9", "\"id\":99999999999999999999"), "line 1, column 92: too big integer near '99999999999999999999'" },
		{ ITEM("9", "\"id\":1e999"), "line 1, column 77: real number overflow near '1e999'" },
		{ ITEM("9", "\"id\":1,\"id\":2"), "line 1, column 78: duplicate object key near '\"id\"'" },
		{ ITEM("9", "\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"), "line 1, column 103: nested too deeply" },
		{ ITEM("9", "\"title\" \"Toys\""), "line 1, column 81: ':' expected near '\"Toys\"'" },
		{ ITEM("9\xff", "\"id\":1"), "broken characters in 'documentSymbol'" },
		{ "nil", "line 1, column 3: '[' or '{' expected near 'nil'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		AUTO_BUF page = BUF_INIT, expected = BUF_INIT;
		AUTO_EPING_PAGE p = { .total = 0 };
		struct error err;

		buf_addf(&page, "[" ITEM("1", "\"id\":1") ",%s," ITEM("2", "\"id\":2") "]", bad[i][0]);
		buf_addf(&expected, "item 2: %s", bad[i][1]);
		assert_int_equal(eping_api_page(page.data, page.len, &p, &err), 0);
		assert_int_equal(p.items.bad, 1);
		assert_int_equal(p.items.problems.n, 1);
		assert_string_equal(p.items.problems.v[0], buf_str(&expected));
		assert_int_equal(p.items.n, 2);
		assert_string_equal(p.items.v[0].notice.id, "G/TBT/N/IND/1");
		assert_string_equal(p.items.v[1].notice.id, "G/TBT/N/IND/2");
	}
}

static void
test_page_that_is_broken_outside_its_items_is_refused(void **state)
{
	(void)state;
	assert_refused("{\"items\":[" ITEM("1", "\"title\":\"\xe9\""), "line 1, column 86: unable to decode byte 0xe9 near '\"'");
	assert_refused("{\"items\":[" ITEM("1", "\"a\":tru") "],\"totalCount\":x}", "line 1, column 84: invalid token near 'tru'");
	assert_refused("{\"items\":[" ITEM("1", "\"a\":1") ",],\"totalCount\":1}", "line 1, column 85: unexpected token near ']'");
	assert_refused("{\"items\":[],\"items\":[" ITEM("1", "\"a\":1") "]}", "line 1, column 19: duplicate object key near '\"items\"'");
}

static void
test_page_of_broken_items_is_refused(void **state)
{
	AUTO_BUF latin1 = BUF_INIT;

	(void)state;
	assert_refused("[" ITEM("1", "\"a\":x") "," ITEM("2", "\"a\":y") "]", "line 1, column 73: invalid token near 'x'");
	buf_adds(&latin1, "[" ITEM("1", "\"a\":1"));
	for (int i = 0; i < 4; i++)
		buf_adds(&latin1, "," ITEM("2", "\"a\":\"\xe9\""));
	buf_addc(&latin1, ']');
	assert_refused(buf_str(&latin1), "4 of 5 items have broken characters: line 1, column 147: unable to decode byte 0xe9 near '\"'");
}

/* Synthetic; the number is the first. */
#define NUMBERED(MORE) "{\"documentSymbol\":\" G/TBT/N/IND/1\"," MORE "}"

static void
test_item_without_day_of_distribution_needs_a_deadline(void **state)
{
	static const struct { const char *item, *problem; bool bad, in_words; } cases[] = {
		{ NUMBERED("\"distributionDate\":null,\"commentDeadlineDate\":\"2025-08-10\""), "item 1: no 'distributionDate', so that the day of distribution is unknown", false, false },
		{ NUMBERED("\"distributionDate\":20250612,\"commentDeadlineDate\":\"2025-08-10\""), "item 1: no 'distributionDate', so that the day of distribution is unknown", false, false },
		{ NUMBERED("\"distributionDate\":\"soon\",\"commentDeadlineDate\":\"2025-08-10\""), "item 1: field 'distributionDate': 'soon' is no date, so that the day of distribution is unknown", false, false },
		{ NUMBERED("\"distributionDate\":\"soon\",\"commentDeadlineDate\":\"n/a\""), "item 1: field 'distributionDate': 'soon' is no date", true, false },
		{ NUMBERED("\"commentDeadlineDate\":null"), "item 1: no 'distributionDate'", true, false },
		{ NUMBERED("\"distributionDate\":\"2025-06-12\",\"commentDeadlineDate\":\"n/a\""), NULL, false, true },
		{ NUMBERED("\"distributionDate\":\"2025-06-12\",\"commentDeadlineDate\":\" \""), NULL, false, false },
		{ NUMBERED("\"distributionDate\":\"2025-06-12\",\"commentDeadlineDate\":null"), NULL, false, false },
		{ NUMBERED("\"distributionDate\":\"2025-06-12\",\"commentDeadlineDate\":20250810"), "item 1: field 'commentDeadlineDate' is no text", false, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
		AUTO_BUF page = BUF_INIT;
		struct error err;

		buf_addf(&page, "[%s," ITEM("2", "\"id\":2") "," ITEM("3", "\"id\":3") "]", cases[i].item);
		assert_int_equal(eping_api_rows(page.data, page.len, &rows, &err), 0);
		assert_int_equal(rows.bad, cases[i].bad);
		assert_int_equal(rows.n, cases[i].bad ? 2 : 3);
		assert_int_equal(rows.problems.n, cases[i].problem != NULL);
		if (cases[i].problem != NULL)
			assert_string_equal(rows.problems.v[0], cases[i].problem);
		if (cases[i].bad)
			continue;
		assert_int_equal(rows.v[0].in_words, cases[i].in_words);
		assert_int_equal((rows.v[0].notice.known & NOTICE_BIT(distributed)) != 0, date_is_set(rows.v[0].notice.distributed));
	}
}

static void
test_field_of_another_type_is_not_known(void **state)
{
	static const char *const keys[] = { "title", "description", "productsFreeText", "objectivesFreeText", "relevantDocumentTitle", "objectives", "keywords", "countriesAffected",
		"hsCodes", "icsCodes", "proposedAdoptionDate", "proposedEntryIntoForceDate", "notifiedDocumentLink", "linkToNotification", "allTradingPartners", "notificationType" };
	static const char *const values[] = { "17", "{\"a\":[]}", "1.5" };
	AUTO_EPING_ROWS bare = EPING_ROWS_INIT;
	struct error err;

	(void)state;
	assert_int_equal(eping_api_rows("[" ITEM("1", "\"id\":1") "]", strlen("[" ITEM("1", "\"id\":1") "]"), &bare, &err), 0);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		for (size_t k = 0; k < sizeof(values) / sizeof(*values); k++) {
			AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
			AUTO_BUF page = BUF_INIT;

			buf_addf(&page, "[" ITEM("1", "\"id\":1,\"%s\":%s") "]", keys[i], values[k]);
			assert_int_equal(eping_api_rows(page.data, page.len, &rows, &err), 0);
			assert_int_equal(rows.n, 1);
			assert_int_equal(rows.problems.n, 1);
			assert_non_null(strstr(rows.problems.v[0], keys[i]));
			assert_true(rows.v[0].notice.known == bare.v[0].notice.known);
			assert_true(notice_equal(&rows.v[0].notice, &bare.v[0].notice));
		}
}

static void
test_item_that_is_too_large_costs_no_good_one(void **state)
{
	AUTO_EPING_PAGE p = { .total = 0 };
	AUTO_BUF page = BUF_INIT;
	struct error err;

	(void)state;
	buf_adds(&page, "[" ITEM("1", "\"id\":1") "," ITEM("2", "\"id\":2,\"description\":\""));
	buf_truncate(&page, page.len - 1);	/* the closing brace of the macro */
	for (int i = 0; i < 33 << 10; i++)
		buf_addf(&page, "%01024d", i);
	buf_adds(&page, "\"}," ITEM("3", "\"id\":3") "]");
	assert_int_equal(eping_api_page(page.data, page.len, &p, &err), 0);
	assert_int_equal(p.items.n, 2);
	assert_int_equal(p.items.bad, 1);
	assert_string_equal(p.items.problems.v[0], "item 2: 'G/TBT/N/IND/2' is too large: 34603099 bytes");
	assert_string_equal(p.items.v[1].notice.id, "G/TBT/N/IND/3");
}

static void
test_envelope_is_read_where_there_is_one(void **state)
{
	static const char page[] = "\xef\xbb\xbf{\"areas\":[{\"name\":\"TBT\"}],\"totalCount\":105251,\"currentPage\":3,\"pageSize\":50,"
	    "\"isCountExceeded\":true,\"items\":[]}";
	AUTO_EPING_PAGE p;
	AUTO_EPING_PAGE bare;
	struct error err;

	(void)state;
	assert_int_equal(eping_api_page(page, strlen(page), &p, &err), 0);
	assert_int_equal(p.total, 105251);
	assert_int_equal(p.current, 3);
	assert_int_equal(p.size, 50);
	assert_true(p.exceeded);
	assert_int_equal(p.rows, 0);
	assert_int_equal(eping_api_page("[" GOOD "]", strlen("[" GOOD "]"), &bare, &err), 0);
	assert_int_equal(bare.total, -1);
	assert_int_equal(bare.current, -1);
	assert_int_equal(bare.size, -1);
	assert_false(bare.exceeded);
	assert_int_equal(bare.items.n, 1);
}

static void
test_row_holds_what_identifies_it_and_its_very_bytes(void **state)
{
	static const char page[] = "{ \"items\" : [ " GOOD " ] }";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	struct error err;

	(void)state;
	assert_int_equal(eping_api_rows(page, strlen(page), &rows, &err), 0);
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.v[0].id, 7);
	assert_string_equal(rows.v[0].member, "IN");
	assert_string_equal(rows.v[0].member_name, "India");
	assert_int_equal(rows.v[0].notice.area, AREA_TBT);
	assert_int_equal(rows.v[0].number, 1);
	assert_string_equal(buf_str(&rows.v[0].raw), GOOD);
}

static const char whole_item[] = "{\"id\":52612,\"area\":\"SPS\",\"notificationType\":\"Emergency notifications (SPS)\","
    "\"documentSymbol\":\" g/sps/n/KOR/12\",\"notifyingMember\":\"Korea, Republic of\",\"notifyingMemberCode\":null,"
    "\"distributionDate\":\"2026-07-02T00:00:00+00:00\",\"commentDeadlineDate\":null,"
    "\"title\":\"<p>Ban of&nbsp;poultry</p>\",\"titlePlain\":null,"
    "\"description\":null,\"descriptionPlain\":\"Imports are banned.\",\"productsFreeText\":\"<p>Poultry</p>\","
    "\"hsCodes\":[{\"id\":2,\"code\":\"020714\",\"name\":\"020714 - Frozen cuts; offal\"},{\"id\":1,\"code\":\"0105\",\"name\":\"0105 - Live poultry\"},"
    "{\"id\":2,\"code\":\"020714\",\"name\":\"020714 - Frozen cuts; offal\"}],"
    "\"icsCodes\":[],\"icsCodeText\":\"67.120.20 - Poultry and eggs\","
    "\"objectives\":[{\"id\":1,\"name\":\"Food safety (SPS)\"},{\"id\":2,\"name\":\"Animal health (SPS)\"}],\"objectivesFreeText\":\"<p>Avian influenza</p>\","
    "\"keywords\":[{\"id\":1,\"name\":\"Animal health\"}],\"spsKeywords\":[{\"id\":9,\"name\":\"Avian Influenza\"},{\"id\":1,\"name\":\"Animal health\"}],"
    "\"countriesAffected\":[{\"name\":\"Poland\"}],\"allTradingPartners\":false,"
    "\"proposedAdoptionDate\":\"2026-08-01T00:00:00+00:00\",\"proposedAdoptionDateText\":null,"
    "\"proposedEntryIntoForceDate\":null,\"proposedEntryIntoForceDateText\":\"60 days after publication\","
    "\"relevantDocumentTitle\":\"<p>Notice 2026-1</p>\","
    "\"notifiedDocumentLink\":\"https://members.wto.org/crnattachments/2026/SPS/KOR/26_02883_00_x.pdf,\\r\\nhttps://example.kr/a\","
    "\"linkToNotification\":\"https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/T/G/SPS/NKOR12.docx\",\"dolLink\":\"G\\\\SPS\",\"somethingNew\":{\"a\":[1]}}";

static void
describe(const struct notice *n, struct buf *out)
{
	buf_addf(out, "%s %s %s %s%s\n", n->id, area_name(n->area), n->member, kind_name(n->kind), n->urgent ? " urgent" : "");
	for (size_t i = 0; i < notice_fields_count; i++) {
		if (notice_field_empty(n, i))
			continue;
		buf_addf(out, "%s: ", notice_fields[i].name);
		notice_field_text(n, i, out);
		buf_addc(out, '\n');
	}
}

static void
test_item_fills_all_fields_that_the_api_tells(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF got = BUF_INIT;
	struct error err;
	const uint64_t untold = NOTICE_BIT(agency) | NOTICE_BIT(contact);

	(void)state;
	assert_int_equal(eping_api_decode(whole_item, strlen(whole_item), &n, &err), 0);
	describe(&n, &got);
	assert_string_equal(buf_str(&got), "G/SPS/N/KOR/12 SPS KR urgent urgent\n"
	    "Title: Ban of poultry\n"
	    "Type: Emergency notifications (SPS)\n"
	    "Distributed: 2026-07-02\n"
	    "Adoption: 2026-08-01\n"
	    "Entry into force: 60 days after publication\n"
	    "HS: 0105, 0207.14\n"
	    "ICS: 67.120.20\n"
	    "Objective: Animal health (SPS), Food safety (SPS)\n"
	    "Keyword: Animal health, Avian Influenza\n"
	    "Affects: Poland\n"
	    "All trading partners: no\n"
	    "Language: en\n"
	    "Link: https://epingalert.org/en/Search?viewData=G%2FSPS%2FN%2FKOR%2F12\n"
	    "Document: draft https://example.kr/a, draft https://members.wto.org/crnattachments/2026/SPS/KOR/26_02883_00_x.pdf, "
	    "notification en https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/SPS/NKOR12.DOCX\n"
	    "Products: Poultry\n"
	    "Description: Imports are banned.\n"
	    "Rationale: Avian influenza\n"
	    "Relevant documents: Notice 2026-1\n");
	assert_string_equal(n.hs.v[1].label, "Frozen cuts; offal");
	assert_true(n.known == (notice_known_by(WAY_API) & ~untold));
}

static void
test_field_that_an_item_lacks_is_not_known(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_NOTICE ten = NOTICE_INIT;
	static const char latest[] = "{\"notifyingMember\":\"Cambodia\",\"distributionDate\":\"06/10/2026\",\"documentSymbol\":\" G/SPS/N/KHM/3\","
	    "\"title\":\"The Law on Fisheries\",\"products\":\"<p>Fish</p>\"}";
	struct error err;

	(void)state;
	assert_int_equal(eping_api_decode(GOOD, strlen(GOOD), &n, &err), 0);
	assert_true(n.known == (NOTICE_BIT(title) | NOTICE_BIT(distributed) | NOTICE_BIT(language) | NOTICE_BIT(url) | NOTICE_BIT(variants) |
	    NOTICE_BIT(vanished)));
	/* one of the latest ten */
	assert_int_equal(eping_api_decode(latest, strlen(latest), &ten, &err), 0);
	assert_int_equal(ten.distributed.month, 10);
	assert_string_equal(ten.products.s, "Fish");
	assert_true((ten.known & NOTICE_BIT(products)) != 0);
	assert_true((ten.known & NOTICE_BIT(deadline)) == 0);
}

/* One item in forms that no reader would tell apart: all give one record. */
static void
test_jitter_is_no_change(void **state)
{
	static const char *const forms[] = {
		"{\"documentSymbol\":\" G/TBT/N/IND/374\",\"distributionDate\":\"2025-06-12T00:00:00+00:00\",\"commentDeadlineDate\":null,"
		"\"title\":\"<p style=\\\"margin:2px\\\">Order on the safety &amp; labels of toys</p>\",\"titlePlain\":\"Order on the safety & labels of toys\","
		"\"hsCodes\":[{\"code\":\"9503\",\"name\":\"9503 - Toys\"},{\"code\":\"9504\",\"name\":\"9504 - Games\"}],"
		"\"keywords\":[{\"name\":\"A\"},{\"name\":\"B\"}],"
		"\"linkToNotification\":\"https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/TBTN25/IND374.DOCX\","
		"\"notifiedDocumentLink\":\"https://a.example/1,https://a.example/2\"}",

		"{\"distributionDate\":\"2025-06-12\",\"documentSymbol\":\"G/TBT/N/IND/374 \",\"commentDeadlineDate\":\"\","
		"\"title\":\"<p><span>Order&nbsp;on\\r\\nthe  safety &#38; labels of toys</span></p> <p></p>\",\"titlePlain\":null,"
		"\"hsCodes\":[{\"code\":\"9504\",\"name\":\"9504 - Games\"},{\"code\":\"9503\",\"name\":\"9503 - Toys\"},{\"code\":\"9504\",\"name\":\"9504 - Games\"}],"
		"\"keywords\":[{\"name\":\"B\"},{\"name\":\"A\"},{\"name\":\"B\"}],"
		"\"linkToNotification\":\"https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/T/G/TBTN25/IND374.docx\","
		"\"notifiedDocumentLink\":\"https://a.example/2\\r\\nhttps://a.example/1\"}",

		"{\"documentSymbol\":\"  G/TBT/N/ind/374\",\"distributionDate\":\"2025-06-12T00:00:00Z\",\"commentDeadlineDate\":null,"
		"\"title\":null,\"titlePlain\":\"Order on the sa\\u00adfety & labels of\\u00a0toys\","
		"\"hsCodes\":[],\"hsCodeText\":\"9503 - Toys; 9504 - Games\",\"keywords\":[\"A\",\"B\"],\"spsKeywords\":[{\"name\":\"B\"}],"
		"\"linkToNotification\":\" https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/TBTN25/IND374.docx\","
		"\"notifiedDocumentLink\":\"see https://a.example/1; https://a.example/2.\"}",
	};
	AUTO_NOTICE first = NOTICE_INIT;
	struct error err;

	(void)state;
	assert_int_equal(eping_api_decode(forms[0], strlen(forms[0]), &first, &err), 0);
	assert_int_equal(first.documents.n, 3);
	assert_int_equal(first.hs.n, 2);
	for (size_t i = 1; i < sizeof(forms) / sizeof(*forms); i++) {
		AUTO_NOTICE n = NOTICE_INIT;

		assert_int_equal(eping_api_decode(forms[i], strlen(forms[i]), &n, &err), 0);
		assert_true(notice_equal(&first, &n));
	}
}

#define JOINT(name, code, title, link) "{\"documentSymbol\":\" G/TBT/N/BDI/608, G/TBT/N/KEN/1808, G/TBT/N/RWA/1207\",\"notifyingMember\":\"" name \
	"\",\"notifyingMemberCode\":" code ",\"distributionDate\":\"2025-06-10T00:00:00+00:00\",\"title\":\"" title "\",\"notifiedDocumentLink\":\"" link "\"}"
#define RWANDA JOINT("Rwanda", "null", "Flour", "https://a.example/rwa")
#define BURUNDI JOINT("Burundi", "\"C108\"", "Flour", "https://a.example/bdi")
#define KENYA JOINT("Kenya", "null", "Wheat flour", "https://a.example/bdi")

static void
test_joint_rows_become_one_item_with_their_differences(void **state)
{
	static const char page[] = "{\"items\":[" RWANDA "," GOOD ", " BURUNDI "," KENYA "]}";
	AUTO_EPING_PAGE p;
	AUTO_NOTICE again = NOTICE_INIT;
	AUTO_BUF variants = BUF_INIT;
	struct notice *n;
	struct error err;

	(void)state;
	assert_int_equal(eping_api_page(page, strlen(page), &p, &err), 0);
	assert_int_equal(p.rows, 4);
	assert_int_equal(p.items.n, 2);
	assert_int_equal(p.items.bad, 0);
	assert_int_equal(p.items.problems.n, 0);
	n = &p.items.v[0].notice;
	assert_string_equal(n->id, "G/TBT/N/BDI/608");
	assert_string_equal(n->title.s, "Flour");
	assert_int_equal(n->members.n, 3);
	for (size_t i = 0; i < n->variants.n; i++)
		buf_addf(&variants, "%s %s: %s\n", n->variants.v[i].member, n->variants.v[i].field, n->variants.v[i].value);
	assert_string_equal(buf_str(&variants), "KE Title: Wheat flour\nRW Document: draft https://a.example/rwa\n");
	assert_int_equal(n->documents.n, 2);
	assert_string_equal(n->documents.v[0].url, "https://a.example/bdi");
	assert_string_equal(n->documents.v[1].url, "https://a.example/rwa");
	assert_string_equal(buf_str(&p.items.v[0].raw), "[" BURUNDI ",\n" KENYA ",\n" RWANDA "]");
	assert_string_equal(buf_str(&p.items.v[1].raw), GOOD);
	assert_int_equal(eping_api_decode(p.items.v[0].raw.data, p.items.v[0].raw.len, &again, &err), 0);
	assert_true(notice_equal(n, &again));
	assert_true(n->known == again.known);
}

static void
join(const char *first, const char *second, struct items *out)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	struct error err;

	assert_int_equal(eping_api_rows(first, strlen(first), &rows, &err), 0);
	assert_int_equal(eping_api_rows(second, strlen(second), &rows, &err), 0);
	eping_join(&rows, out);
	assert_int_equal(rows.n, 0);
}

static void
test_joint_rows_may_stand_on_two_pages_in_any_order(void **state)
{
	AUTO_ITEMS a = { .v = NULL };
	AUTO_ITEMS b = { .v = NULL };

	(void)state;
	join("[" KENYA "]", "[" RWANDA "," BURUNDI "]", &a);
	join("[" BURUNDI "," RWANDA "]", "[" KENYA "]", &b);
	assert_int_equal(a.n, 1);
	assert_int_equal(b.n, 1);
	assert_true(notice_equal(&a.v[0].notice, &b.v[0].notice));
	assert_string_equal(buf_str(&a.v[0].raw), buf_str(&b.v[0].raw));
}

static void
test_joint_notification_without_all_rows_still_names_all_members(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	join("[" KENYA "]", "[]", &items);
	assert_int_equal(items.n, 1);
	assert_string_equal(items.v[0].notice.id, "G/TBT/N/BDI/608");
	assert_string_equal(items.v[0].notice.member, "BI");
	assert_int_equal(items.v[0].notice.members.n, 3);
	assert_int_equal(items.v[0].notice.variants.n, 0);
	assert_true((items.v[0].notice.known & NOTICE_BIT(variants)) == 0);	/* the absent rows may differ */
}

static void
test_repeated_rows_are_dropped_and_different_ones_reported(void **state)
{
	AUTO_ITEMS same = { .v = NULL };
	AUTO_ITEMS differ = { .v = NULL };

	(void)state;
	join("[" GOOD "," BURUNDI "," RWANDA "," KENYA "]", "[" KENYA "," GOOD "]", &same);
	assert_int_equal(same.n, 2);
	assert_int_equal(same.problems.n, 0);
	assert_string_equal(buf_str(&same.v[0].raw), GOOD);
	join("[" JOINT("Kenya", "null", "Old", "") "]", "[" KENYA "]", &differ);
	assert_int_equal(differ.n, 1);
	assert_string_equal(differ.v[0].notice.title.s, "Wheat flour");
	assert_int_equal(differ.problems.n, 1);
	assert_string_equal(differ.problems.v[0], "G/TBT/N/BDI/608 comes twice for 'Kenya' and differs: the later one counts");
}

static void
test_decode_refuses_what_is_not_one_notification(void **state)
{
	static const char *const bad[] = { "", "17", "[]", "[" GOOD "," KENYA "]", "{\"documentSymbol\":\"G/TBT/N/IND/374\"}", "[{]", "{" };
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		AUTO_NOTICE n = NOTICE_INIT;

		assert_int_equal(eping_api_decode(bad[i], strlen(bad[i]), &n, &err), ERR_DATA);
	}
}

static void
test_real_items_decode_again_to_the_same_record(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF page = BUF_INIT;
	AUTO_EPING_PAGE p;
	struct error err;

	(void)state;
	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	path = file_join(data, "eping/api-page-reconstructed.json");
	assert_int_equal(file_read(path, 1 << 20, &page, &err), 0);
	assert_int_equal(eping_api_page(buf_str(&page), page.len, &p, &err), 0);
	assert_int_equal(p.rows, 14);
	assert_int_equal(p.total, 14);
	assert_int_equal(p.items.bad, 0);
	assert_int_equal(p.items.problems.n, 0);
	for (size_t i = 0; i < p.items.n; i++) {
		AUTO_NOTICE again = NOTICE_INIT;

		assert_int_equal(eping_api_decode(p.items.v[i].raw.data, p.items.v[i].raw.len, &again, &err), 0);
		assert_true(notice_equal(&p.items.v[i].notice, &again));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_that_is_no_json_says_what_it_is),
		cmocka_unit_test(test_page_of_hostile_json_is_refused),
		cmocka_unit_test(test_page_whose_layout_changed_is_refused),
		cmocka_unit_test(test_bad_item_costs_no_good_one),
		cmocka_unit_test(test_unclear_deadline_costs_the_deadline_alone),
		cmocka_unit_test(test_page_of_unclear_deadlines_is_refused),
		cmocka_unit_test(test_nul_in_a_text_costs_nothing_else),
		cmocka_unit_test(test_broken_character_costs_only_itself),
		cmocka_unit_test(test_item_that_is_no_json_costs_no_good_one),
		cmocka_unit_test(test_page_that_is_broken_outside_its_items_is_refused),
		cmocka_unit_test(test_page_of_broken_items_is_refused),
		cmocka_unit_test(test_item_without_day_of_distribution_needs_a_deadline),
		cmocka_unit_test(test_field_of_another_type_is_not_known),
		cmocka_unit_test(test_item_that_is_too_large_costs_no_good_one),
		cmocka_unit_test(test_envelope_is_read_where_there_is_one),
		cmocka_unit_test(test_row_holds_what_identifies_it_and_its_very_bytes),
		cmocka_unit_test(test_item_fills_all_fields_that_the_api_tells),
		cmocka_unit_test(test_field_that_an_item_lacks_is_not_known),
		cmocka_unit_test(test_jitter_is_no_change),
		cmocka_unit_test(test_joint_rows_become_one_item_with_their_differences),
		cmocka_unit_test(test_joint_rows_may_stand_on_two_pages_in_any_order),
		cmocka_unit_test(test_joint_notification_without_all_rows_still_names_all_members),
		cmocka_unit_test(test_repeated_rows_are_dropped_and_different_ones_reported),
		cmocka_unit_test(test_decode_refuses_what_is_not_one_notification),
		cmocka_unit_test(test_real_items_decode_again_to_the_same_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
