#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/notice/notice_json.h"
#include "lib/notice/symbol.h"

static void
assert_json(const struct notice *n, const struct notice_view *view, const char *expected)
{
	AUTO_JSON *json = notice_to_json(n, view);
	AUTO_BUF out = BUF_INIT;

	json_write(json, true, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_json_of_an_empty_record_has_every_key(void **state)
{
	static const struct notice_view view = { .open = false };
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	n.id = xstrdup("G/TBT/Notif.99/320");
	notice_normalise(&n);
	assert_json(&n, &view,
	    "{\"notification\":\"G/TBT/Notif.99/320\",\"symbols\":[\"G/TBT/Notif.99/320\"],\"dossier\":\"G/TBT/Notif.99/320\",\"source\":\"eping\","
	    "\"area\":\"TBT\",\"kind\":\"draft\",\"member\":null,\"members\":[],\"agency\":null,\"title\":null,\"products\":null,\"hs\":[],\"ics\":[],"
	    "\"category\":null,\"description\":null,\"objectives\":[],\"rationale\":null,\"documents\":[],\"distributed\":null,\"deadline\":null,"
	    "\"effective_deadline\":null,\"open\":false,\"adoption\":null,\"entry_into_force\":null,\"standstill_end\":null,\"reactions\":[],"
	    "\"urgent\":false,\"language\":null,\"url\":null,\"sectors\":[],\"twin\":null,"
	    "\"type\":null,\"contact\":null,\"standstill_original\":null,\"category_label\":null,\"keywords\":[],\"countries\":[],"
	    "\"all_trading_partners\":null,\"notified_under\":[],\"reasons\":[],\"urgency_invoked\":null,\"confidential\":null,\"fiscal\":null,\"message\":null,\"withdrawal\":null,"
	    "\"vanished\":null,\"variants\":[],\"relevant\":null,\"grounds_for_urgency\":null,\"basic_texts\":null,\"other_act\":null,"
	    "\"impact\":null,\"tbt_sps\":null,\"languages\":{}}\n");
}

static void
fill(struct notice *n)
{
	notice_init(n);
	symbol_split("2026/266/ES", &n->symbols);
	notice_set_text(&n->title, "Draft \"decree\"", "en");
	notice_set_text(&n->description, "One.\nTwo.", "");
	notice_set_line(&n->category, "X00M");
	n->adoption.date = (struct date){ 2026, 12, 1 };
	notice_set_line(&n->entry_into_force.text, "on publication");
	n->deadline = n->standstill_end = (struct date){ 2026, 9, 28 };
	n->fiscal = ANSWER_NO;
	n->confidential = ANSWER_YES;
	strv_add(&n->comments_by, "Germany");
	strv_add(&n->opinions_by, "European Commission");
	codes_add(&n->hs, "9503", "Toys");
	documents_add(&n->documents, "draft", "", "https://x.example/d");
	variants_add(&n->variants, "", "Products", "x");
	n->urgent = true;
	notice_normalise(n);
}

static void
test_json_of_a_full_record(void **state)
{
	AUTO_STRV sectors = STRV_INIT;
	struct notice_view view = { .effective_deadline = { 2026, 9, 28 }, .open = true, .sectors = &sectors, .twin = "G/TBT/N/ESP/1" };
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	strv_add(&sectors, "toys");
	fill(&n);
	assert_json(&n, &view,
	    "{\"notification\":\"2026/0266/ES\",\"symbols\":[\"2026/0266/ES\"],\"dossier\":\"2026/0266/ES\",\"source\":\"tris\","
	    "\"area\":\"TRIS\",\"kind\":\"urgent\",\"member\":\"ES\",\"members\":[\"ES\"],\"agency\":null,\"title\":\"Draft \\\"decree\\\"\","
	    "\"products\":null,\"hs\":[\"9503\"],\"ics\":[],\"category\":\"X00M\",\"description\":\"One.\\nTwo.\",\"objectives\":[],"
	    "\"rationale\":null,\"documents\":[{\"kind\":\"draft\",\"lang\":null,\"url\":\"https://x.example/d\",\"text_sha256\":null}],"
	    "\"distributed\":null,\"deadline\":\"2026-09-28\",\"effective_deadline\":\"2026-09-28\",\"open\":true,"
	    "\"adoption\":{\"date\":\"2026-12-01\",\"text\":null},\"entry_into_force\":{\"date\":null,\"text\":\"on publication\"},"
	    "\"standstill_end\":\"2026-09-28\",\"reactions\":[{\"kind\":\"comments\",\"by\":\"Germany\"},"
	    "{\"kind\":\"detailed opinion\",\"by\":\"European Commission\"}],"
	    "\"urgent\":true,\"language\":null,\"url\":null,\"sectors\":[\"toys\"],\"twin\":\"G/TBT/N/ESP/1\","
	    "\"type\":null,\"contact\":null,\"standstill_original\":null,\"category_label\":null,\"keywords\":[],\"countries\":[],"
	    "\"all_trading_partners\":null,\"notified_under\":[],\"reasons\":[],\"urgency_invoked\":null,\"confidential\":true,\"fiscal\":false,\"message\":null,\"withdrawal\":null,"
	    "\"vanished\":null,\"variants\":[{\"member\":null,\"field\":\"Products\",\"value\":\"x\"}],\"relevant\":null,"
	    "\"grounds_for_urgency\":null,\"basic_texts\":null,\"other_act\":null,\"impact\":null,\"tbt_sps\":null,"
	    "\"languages\":{\"title\":\"en\",\"description\":null}}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_of_an_empty_record_has_every_key),
		cmocka_unit_test(test_json_of_a_full_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
