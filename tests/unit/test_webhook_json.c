#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_world.h"

#include "lib/report/webhook_json.h"

static void
assert_body(const struct digest *d, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	webhook_json_render(d, "toys-members.1234@example.org", &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_webhook_body_tells_all_of_a_digest(void **state)
{
	struct digest d;

	(void)state;
	world_toys(&d);
	d.up_to = xstrdup("00000000000000000000000000000000000000ff");
	strv_add(&d.items[0].sectors, "toys");
	strv_add(&d.items[0].sectors, "chemicals");
	assert_body(&d,
	    "{\"subscription\":\"toys-members\",\"message_id\":\"toys-members.1234@example.org\",\"up_to\":\"00000000000000000000000000000000000000ff\",\"events\":["
	    "{\"event\":\"deadline\",\"at\":\"2025-06-12T06:00:00Z\",\"notification\":\"G/TBT/N/USA/2211\",\"dossier\":\"G/TBT/N/USA/2211\",\"source\":\"eping\","
	    "\"area\":\"TBT\",\"member\":\"US\",\"title\":\"Toys: limits for lead and phthalates\",\"sectors\":[\"toys\",\"chemicals\"],\"deadline\":\"2025-09-29\","
	    "\"old\":\"2025-07-29\",\"new\":\"2025-09-29\",\"detail\":\"extended\",\"commit\":\"0000000000000000000000000000000000000007\","
	    "\"reason\":\"toys: title: toy; HS 9503\"},"
	    "{\"event\":\"edited\",\"at\":\"2025-06-12T06:00:00Z\",\"notification\":\"G/TBT/N/USA/2211\",\"dossier\":\"G/TBT/N/USA/2211\",\"source\":\"eping\","
	    "\"area\":\"TBT\",\"member\":\"US\",\"title\":\"Toys: limits for lead and phthalates\",\"sectors\":[\"toys\",\"chemicals\"],\"deadline\":\"2025-09-29\","
	    "\"old\":null,\"new\":null,\"detail\":\"description, hs\",\"commit\":\"0000000000000000000000000000000000000007\","
	    "\"reason\":\"toys: title: toy; HS 9503\"},"
	    "{\"event\":\"new\",\"at\":\"2025-06-12T06:00:02Z\",\"notification\":\"2025/0311/FR\",\"dossier\":\"2025/0311/FR\",\"source\":\"tris\","
	    "\"area\":\"TRIS\",\"member\":\"FR\",\"title\":\"Décret relatif aux chaises hautes pour enfants\",\"sectors\":[],\"deadline\":\"2025-09-09\","
	    "\"old\":null,\"new\":null,\"detail\":null,\"commit\":\"0000000000000000000000000000000000000002\",\"reason\":\"toys: title: chaises hautes (fr)\"}],"
	    "\"deadlines\":["
	    "{\"dossier\":\"G/SPS/N/JPN/12\",\"title\":\"Toy food, maximum residues\",\"source\":\"eping\",\"member\":\"JP\",\"deadline\":\"2025-06-20\","
	    "\"remind\":\"2025-06-06\",\"url\":null,\"reason\":\"toys: title: toy\"},"
	    "{\"dossier\":\"G/TBT/N/CHL/700\",\"title\":\"Globos de látex\",\"source\":\"eping\",\"member\":\"CL\",\"deadline\":\"2025-06-22\",\"remind\":null,"
	    "\"url\":\"https://epingalert.org/en/Search?viewData=G%2FTBT%2FN%2FCHL%2F700\",\"reason\":\"toys: title: globos (es)\"}],"
	    "\"coverage\":{\"feeds\":[{\"feed\":\"ePing\",\"read\":\"2025-06-12\",\"problems\":[]},"
	    "{\"feed\":\"TRIS\",\"read\":\"2025-06-09\",\"problems\":[\"page not understood 27001: no message number\"]}],\"uncoded\":4}}\n");
	digest_clear(&d);
}

static void
test_webhook_body_without_anything_leaves_no_key_out(void **state)
{
	struct digest d;

	(void)state;
	digest_init(&d);
	assert_body(&d, "{\"subscription\":null,\"message_id\":\"toys-members.1234@example.org\",\"up_to\":null,\"events\":[],\"deadlines\":[],"
	    "\"coverage\":{\"feeds\":[{\"feed\":null,\"read\":null,\"problems\":[]},{\"feed\":null,\"read\":null,\"problems\":[]}],\"uncoded\":0}}\n");
	digest_clear(&d);
}

static void
test_webhook_body_escapes_what_a_title_brings(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct digest d;

	(void)state;
	world_one(&d, "a \"quote\" \\ and\n\x1b[31m</script>");
	webhook_json_render(&d, "x@y", &out);
	assert_non_null(strstr(buf_str(&out), "\"title\":\"a \\\"quote\\\" \\\\ and\\n\\u001B[31m</script>\""));
	digest_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_webhook_body_tells_all_of_a_digest),
		cmocka_unit_test(test_webhook_body_without_anything_leaves_no_key_out),
		cmocka_unit_test(test_webhook_body_escapes_what_a_title_brings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
