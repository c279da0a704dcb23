#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/settings.h"
#include "lib/base/alloc.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"

static int
read_text(const char *text, struct settings *s, struct error *err)
{
	struct conf conf = CONF_INIT;
	int rc = conf_parse(&conf, "regwatch.conf", text, err);

	*s = (struct settings){ 0 };
	if (rc == 0)
		rc = settings_read(s, &conf, err);
	conf_clear(&conf);
	return rc;
}

static void
assert_refused(const char *text, const char *expected)
{
	struct settings s;
	struct error err = { 0 };

	assert_int_equal(read_text(text, &s, &err), ERR_CONF);
	assert_string_equal(err.text, expected);
	settings_clear(&s);
}

static void
test_settings_have_the_defaults_of_the_contract(void **state)
{
	struct settings s;
	struct error err;

	(void)state;
	assert_int_equal(read_text("", &s, &err), 0);
	assert_int_equal(s.time_limit, 1800);
	assert_string_equal(s.feed[SOURCE_EPING].url, "https://epingalert.org");
	assert_int_equal(s.feed[SOURCE_EPING].delay, 1);
	assert_int_equal(s.feed[SOURCE_TRIS].delay, 3);
	assert_int_equal(s.feed[SOURCE_TRIS].start_id, 28700);
	assert_int_equal(s.feed[SOURCE_EPING].areas.n, 2);
	assert_true(s.feed[SOURCE_EPING].enabled && s.feed[SOURCE_TRIS].enabled);
	settings_clear(&s);
}

static void
test_settings_read_every_kind_of_value(void **state)
{
	struct settings s;
	struct error err;
	const struct subscription *sub;

	(void)state;
	assert_int_equal(read_text("[regwatch]\n\ttime-limit = 2h\n"
				   "[feed \"eping\"]\n\turl = http://127.0.0.1:8080/\n\tarea = TBT\n"
				   "[subscription \"toys-members\"]\n\tsector = toys, house\n\tsector = elec\n"
				   "\tto = mailto:a@example.org, atom:/srv/a,b.atom\n\tto = command:/bin/true\n"
				   "\tevery = week\n\tbackfill = 7d\n\tremind = 21d, end\n\tlead = 21d, enquiry point\n\tempty = yes\n", &s, &err), 0);
	assert_int_equal(s.time_limit, 7200);
	assert_string_equal(s.feed[SOURCE_EPING].url, "http://127.0.0.1:8080");
	assert_int_equal(s.feed[SOURCE_EPING].areas.n, 1);
	assert_int_equal(s.subscriptions_n, 1);
	sub = &s.subscriptions[0];
	assert_int_equal(sub->sectors.n, 3);
	assert_int_equal(sub->targets.n, 3);
	assert_string_equal(sub->targets.v[1], "atom:/srv/a,b.atom");
	assert_int_equal(sub->every, EVERY_WEEK);
	assert_int_equal(sub->backfill, 7 * 86400);
	assert_true(sub->empty);
	assert_int_equal(sub->events.n, 2);
	assert_string_equal(sub->leads.v[0], "21d, enquiry point");
	settings_clear(&s);
}

static void
test_settings_name_the_line_and_the_nearest_word(void **state)
{
	(void)state;
	assert_refused("[regwatch]\n\tcontact = x\n\tcontakt = y\n", "regwatch.conf:3: regwatch.contakt: unknown key 'contakt'; did you mean 'contact'?");
	assert_refused("[subscriptoin \"a\"]\n\tto = x\n", "regwatch.conf:2: subscriptoin \"a\".to: unknown section 'subscriptoin'; did you mean 'subscription'?");
	assert_refused("[feed \"epping\"]\n\turl = x\n", "regwatch.conf:2: feed \"epping\".url: unknown feed 'epping'; did you mean 'eping'?");
	assert_refused("[feed \"tris\"]\n\tkey-file = x\n", "regwatch.conf:2: feed \"tris\".key-file: feed 'tris' has no key 'key-file'");
}

static void
test_settings_refuse_values_that_cannot_be(void **state)
{
	(void)state;
	assert_refused("[subscription \"A b\"]\n\tsector = toys\n", "regwatch.conf:2: subscription \"A b\".sector: the name 'A b' may hold only a-z, 0-9 and '-'");
	assert_refused("[subscription \"a\"]\n\tto = someone@example.org\n",
	    "regwatch.conf:2: subscription \"a\".to: the target 'someone@example.org' begins with none of mailto: atom: ical: webhook: command: maildir:");
	assert_refused("[subscription \"a\"]\n\tto = mailto:\n", "regwatch.conf:2: subscription \"a\".to: the target 'mailto:' is empty");
	assert_refused("[subscription \"a\"]\n\tevery = month\n", "regwatch.conf:2: subscription \"a\".every: 'month' is none of: run day week");
	assert_refused("[subscription \"a\"]\n\tevent = newest\n", "regwatch.conf:2: subscription \"a\".event: unknown event 'newest'");
	assert_refused("[subscription \"a\"]\n\tevent = new\n\tmember = IN, Nowhere\n", "regwatch.conf:3: subscription \"a\".member: unknown member 'Nowhere'");
	assert_refused("[subscription \"a\"]\n\tmember = usa\n", "regwatch.conf:2: subscription \"a\".member: unknown member 'usa'; did you mean 'US'?");
	assert_refused("[subscription \"a\"]\n\tremind = 7d, association\n", "regwatch.conf:2: subscription \"a\".remind: 'association' is no time like 21d, 3w, 3bd or end");
	assert_refused("[subscription \"a\"]\n\tlead = 1x\n", "regwatch.conf:2: subscription \"a\".lead: not a time like 21d, 3w or 3bd: '1x'");
	assert_refused("[feed \"eping\"]\n\tarea = TBT, XYZ\n", "regwatch.conf:2: feed \"eping\".area: 'XYZ' is none of: TBT SPS");
	assert_refused("[feed \"eping\"]\n\turl = epingalert.org\n", "regwatch.conf:2: feed \"eping\".url: 'epingalert.org' is no URL");
	assert_refused("[regwatch]\n\tlanguage = english\n", "regwatch.conf:2: regwatch.language: 'english' is no language of two letters, as in 'en'");
	assert_refused("[regwatch]\n\tlanguage =\n", "regwatch.conf:2: regwatch.language: '' is no language of two letters, as in 'en'");
	assert_refused("[site \"x\"]\n\tdir = /x\n", "regwatch.conf:2: site \"x\".dir: the section takes no name: [site]");
}

static void
test_settings_look_at_sections_without_a_key(void **state)
{
	(void)state;
	assert_refused("[regwatch]\n[regwach]\n", "regwatch.conf:2: regwach: unknown section 'regwach'; did you mean 'regwatch'?");
	assert_refused("[feed \"trs\"]\n", "regwatch.conf:1: feed \"trs\": unknown feed 'trs'; did you mean 'tris'?");
	assert_refused("[subscription]\n", "regwatch.conf:1: subscription: the section needs a name: [subscription \"NAME\"]");
	assert_refused("[mail \"x\"]\n", "regwatch.conf:1: mail \"x\": the section takes no name: [mail]");
}

static void
test_settings_refuse_a_subscription_without_a_target(void **state)
{
	struct settings s;
	struct error err;

	(void)state;
	assert_refused("\n[subscription \"a\"]\n\tsector = toys\n", "regwatch.conf:2: subscription \"a\": the subscription tells nobody: it needs a 'to'");
	assert_refused("[subscription \"a\"]\n", "regwatch.conf:1: subscription \"a\": the subscription tells nobody: it needs a 'to'");
	assert_refused("[subscription \"a\"]\n\tto =\n", "regwatch.conf:1: subscription \"a\": the subscription tells nobody: it needs a 'to'");
	assert_int_equal(read_text("[subscription \"a\"]\n\tsector = toys\n[subscription \"a\"]\n\tto = maildir:x\n", &s, &err), 0);
	settings_clear(&s);
}

static void
test_settings_refuse_a_scheme_that_a_url_cannot_have(void **state)
{
	(void)state;
	assert_refused("[mail]\n\tserver = http://127.0.0.1\n", "regwatch.conf:2: mail.server: 'http://' is none of: smtp smtp+starttls smtps");
	assert_refused("[mail]\n\tserver = smt://127.0.0.1\n", "regwatch.conf:2: mail.server: 'smt://' is none of: smtp smtp+starttls smtps");
	assert_refused("[site]\n\turl = file:///srv/www\n", "regwatch.conf:2: site.url: 'file://' is none of: https http");
}

static void
test_settings_refuse_a_site_that_no_page_can_be_put_behind(void **state)
{
	static const char *const good[] = { "https://example.org", "http://[::1]:8080/a/", "https://Example.org:443", "https://example.org/a%20b/caf%C3%A9/~x@y;z=1,2" };

	(void)state;
	assert_refused("[site]\n\turl = https://example.org/a b\n", "regwatch.conf:2: site.url: 'https://example.org/a b': byte 22 has to be written as '%20'");
	assert_refused("[site]\n\turl = https://example.org/caf\xc3\xa9\n",
	    "regwatch.conf:2: site.url: 'https://example.org/caf\xc3\xa9': byte 24 has to be written as '%C3'");
	assert_refused("[site]\n\turl = https://example.org/100%\n", "regwatch.conf:2: site.url: 'https://example.org/100%': byte 24 has to be written as '%25'");
	assert_refused("[site]\n\turl = https://example.org/?p=1\n",
	    "regwatch.conf:2: site.url: 'https://example.org/?p=1': pages are put behind it, so that it has no '?' and no '#'");
	assert_refused("[site]\n\turl = \"https://example.org/#x\"\n",
	    "regwatch.conf:2: site.url: 'https://example.org/#x': pages are put behind it, so that it has no '?' and no '#'");
	assert_refused("[site]\n\turl = https://me:secret@example.org/\n", "regwatch.conf:2: site.url: a site has no user and password: everybody reads its URL");
	assert_refused("[site]\n\turl = https://\n", "regwatch.conf:2: site.url: 'https://' is no URL");
	assert_refused("[site]\n\turl = https:///regwatch\n", "regwatch.conf:2: site.url: 'https:///regwatch' is no URL");
	assert_refused("[site]\n\turl = https://example.org:99999/\n", "regwatch.conf:2: site.url: 'https://example.org:99999/' is no URL");
	assert_refused("[site]\n\turl = https://example.org:0/\n", "regwatch.conf:2: site.url: 'https://example.org:0/' is no URL");
	assert_refused("[site]\n\turl = https://example.org:8o/\n", "regwatch.conf:2: site.url: 'https://example.org:8o/' is no URL");
	assert_refused("[site]\n\turl = https://[::1/\n", "regwatch.conf:2: site.url: 'https://[::1/' is no URL");
	assert_refused("[site]\n\turl = https://[::1]x/\n", "regwatch.conf:2: site.url: 'https://[::1]x/' is no URL");
	assert_refused("[site]\n\turl = https://example.org*/\n", "regwatch.conf:2: site.url: 'https://example.org*/' is no URL");
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		AUTO_FREE char *text = xasprintf("[site]\n\turl = \"%s\"\n", good[i]);
		struct settings s;
		struct error err;

		assert_int_equal(read_text(text, &s, &err), 0);
		assert_memory_equal(s.site_url, good[i], strlen(s.site_url));
		settings_clear(&s);
	}
}

static void
test_settings_template_is_a_configuration_without_surprises(void **state)
{
	struct settings s;
	struct error err;

	(void)state;
	assert_int_equal(read_text(settings_template, &s, &err), 0);
	assert_string_equal(s.feed[SOURCE_EPING].url, "https://epingalert.org");
	settings_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_settings_have_the_defaults_of_the_contract),
		cmocka_unit_test(test_settings_read_every_kind_of_value),
		cmocka_unit_test(test_settings_name_the_line_and_the_nearest_word),
		cmocka_unit_test(test_settings_refuse_values_that_cannot_be),
		cmocka_unit_test(test_settings_look_at_sections_without_a_key),
		cmocka_unit_test(test_settings_refuse_a_subscription_without_a_target),
		cmocka_unit_test(test_settings_refuse_a_scheme_that_a_url_cannot_have),
		cmocka_unit_test(test_settings_refuse_a_site_that_no_page_can_be_put_behind),
		cmocka_unit_test(test_settings_template_is_a_configuration_without_surprises),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
