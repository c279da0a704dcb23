/* Digests as messages and feeds. All records are synthetic; what other programs read out of them is asked by check_report.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/file.h"
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

static void
compose(const struct digest *d, const struct mail_envelope *e, struct buf *out)
{
	struct error err;

	if (mail_compose(d, e, out, &err) < 0)
		fail_msg("%s", err.text);
}

static void
test_message_of_a_digest_is_the_same_each_time(void **state)
{
	AUTO_BUF first = BUF_INIT, second = BUF_INIT;
	struct digest d;

	(void)state;
	world_toys(&d);
	compose(&d, &world_envelope, &first);
	assert_golden("toys.eml", &first);
	compose(&d, &world_envelope, &second);
	assert_string_equal(buf_str(&first), buf_str(&second));
	digest_clear(&d);
}

static void
test_address_is_the_part_that_a_server_takes(void **state)
{
	static const struct { const char *mailbox, *address; } cases[] = {
		{ "alerts@example.org", "alerts@example.org" },
		{ "Sector alerts <alerts@example.org>", "alerts@example.org" },
		{ "\"Alerts, sectors\" <a.b+c@mail.example.org>", "a.b+c@mail.example.org" },
		{ "root@localhost", "root@localhost" },
		{ "", NULL }, { "alerts", NULL }, { "a@b, c@d", NULL }, { "<@example.org>", NULL }, { "a@", NULL },
		{ "a@b\r\nBcc: x@y", NULL }, { "a@b\n", NULL }, { "A <a@b\x01>", NULL }, { "a@b\xC3\xA9.example", NULL }, { "list: a@b, c@d;", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_FREE char *address = mail_address(cases[i].mailbox);

		if (cases[i].address == NULL ? address != NULL : address == NULL || strcmp(address, cases[i].address) != 0)
			fail_msg("'%s' gives '%s'", cases[i].mailbox, address != NULL ? address : "nothing");
	}
	assert_null(mail_address(NULL));
}

static void
assert_refused(struct mail_envelope e, const char *unsubscribe, const char *expected)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;
	struct digest d;

	world_toys(&d);
	if (unsubscribe != NULL) {
		free(d.unsubscribe);
		d.unsubscribe = xstrdup(unsubscribe);
	}
	assert_int_equal(mail_compose(&d, &e, &out, &err), ERR_CONF);
	assert_string_equal(err.text, expected);
	assert_int_equal(out.len, 0);
	digest_clear(&d);
}

static void
test_an_envelope_that_is_none_is_refused(void **state)
{
	struct mail_envelope e = world_envelope;

	(void)state;
	e.from = "nobody";
	assert_refused(e, NULL, "From: no mail address: 'nobody'");
	e.from = NULL;
	assert_refused(e, NULL, "From: no mail address: ''");
	e = world_envelope;
	e.from = "a@b, c@d";
	assert_refused(e, NULL, "From: no mail address: 'a@b, c@d'");
	e = world_envelope;
	e.to = "a@b\r\nBcc: c@d";
	assert_refused(e, NULL, "To: no mail address: 'a@b\r\nBcc: c@d'");
	e = world_envelope;
	e.message_id = "x>\r\nBcc: c@d";
	assert_refused(e, NULL, "no message id: 'x>\r\nBcc: c@d'");
	e = world_envelope;
	e.list_domain = "lists example";
	assert_refused(e, NULL, "list-domain: no name of a domain: 'lists example'");
	assert_refused(world_envelope, "javascript:alert(1)", "unsubscribe: neither an address nor a URL: 'javascript:alert(1)'");
}

/* The message of the toys with other settings. */
static void
with_unsubscribe(const char *unsubscribe, struct buf *out)
{
	struct digest d;

	world_toys(&d);
	free(d.unsubscribe);
	d.unsubscribe = xstrdup(unsubscribe);
	compose(&d, &world_envelope, out);
	digest_clear(&d);
}

static void
test_one_click_is_offered_for_https_alone(void **state)
{
	static const struct { const char *given, *header; bool click; } cases[] = {
		{ "https://x.example/u?a=1", "List-Unsubscribe: <https://x.example/u?a=1>\r\n", true },
		{ "http://x.example/u", "List-Unsubscribe: <http://x.example/u>\r\n", false },
		{ "leave@x.example", "List-Unsubscribe: <mailto:leave@x.example?subject=unsubscribe>\r\n", false },
		{ "mailto:leave@x.example?subject=a b", "List-Unsubscribe: <mailto:leave@x.example?subject=a%20b>\r\n", false },
		{ "https://x.example/>\r\nBcc: y", "List-Unsubscribe: <https://x.example/%3E%0D%0ABcc:%20y>\r\n", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_BUF out = BUF_INIT;

		with_unsubscribe(cases[i].given, &out);
		if (strstr(buf_str(&out), cases[i].header) == NULL)
			fail_msg("'%s' gives another header", cases[i].given);
		assert_int_equal(strstr(buf_str(&out), "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") != NULL, cases[i].click);
	}
}

static void
test_without_unsubscribe_no_header_speaks_of_it(void **state)
{
	AUTO_BUF out = BUF_INIT;

	(void)state;
	with_unsubscribe(NULL, &out);
	assert_null(strstr(buf_str(&out), "nsubscribe"));
}

/* The value of a header line, "" when it is not there; caller frees. */
static char *
header(const struct buf *message, const char *name)
{
	AUTO_FREE char *start = xasprintf("\r\n%s: ", name);
	const char *at = strstr(buf_str(message), start), *end;

	if (at == NULL)
		return xstrdup("");
	at += strlen(start);
	end = strstr(at, "\r\n");
	return xstrndup(at, (size_t)(end - at));
}

static void
test_messages_on_one_dossier_make_one_thread(void **state)
{
	AUTO_BUF first = BUF_INIT, second = BUF_INIT;
	AUTO_FREE char *one = NULL, *two = NULL, *reply = NULL;
	struct digest d;

	(void)state;
	world_frame(&d);
	events_add(&world_item(&d, "G/TBT/N/KEN/1", "x", "en", NULL)->events, EVENT_NEW, NULL, NULL, NULL);
	compose(&d, &world_envelope, &first);
	digest_clear(&d);
	world_frame(&d);
	events_add(&world_item(&d, "G/TBT/N/KEN/1/Add.1", "y", "en", NULL)->events, EVENT_ADDENDUM, NULL, NULL, NULL);
	compose(&d, &world_envelope, &second);
	digest_clear(&d);
	one = header(&first, "References");
	two = header(&second, "References");
	reply = header(&second, "In-Reply-To");
	assert_true(strncmp(one, "<dossier.", 9) == 0 && strstr(one, "@lists.example.org>") != NULL);
	assert_string_equal(one, two);
	assert_string_equal(one, reply);
}

static void
test_names_beyond_ascii_are_encoded_and_lines_stay_short(void **state)
{
	struct mail_envelope e = world_envelope;
	AUTO_BUF out = BUF_INIT;
	struct digest d;

	(void)state;
	e.from = "\xC3\x84mter f\xC3\xBCr Warnungen <alerts@example.org>";
	e.to = "A <a@example.org>, b@example.org, \"C, D\" <c@example.org>";
	e.list_domain = NULL;
	world_toys(&d);
	compose(&d, &e, &out);
	digest_clear(&d);
	assert_non_null(strstr(buf_str(&out), "\r\nFrom: =?utf-8?B?w4RtdGVyIGbDvHIgV2FybnVuZ2Vu?= <alerts@example.org>\r\n"
	    "To: A <a@example.org>,\r\n b@example.org,\r\n =?utf-8?B?QywgRA==?= <c@example.org>\r\n"));
	assert_non_null(strstr(buf_str(&out), "\r\n <toys-members.example.org>\r\n"));
}

static void
test_every_message_stays_under_the_limit(void **state)
{
	static const size_t sizes[] = { 0, 1, 40, 60, 80, 100, 200, 250, 300, 400, 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		AUTO_BUF out = BUF_INIT;
		struct digest d;

		world_many(&d, sizes[i]);
		compose(&d, &world_envelope, &out);
		digest_clear(&d);
		assert_true(out.len < MAIL_LIMIT);
		assert_int_equal(strlen(buf_str(&out)), out.len);
	}
}

/* ---- Atom ---- */

static void
test_feed_of_a_digest(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct digest d;

	(void)state;
	world_toys(&d);
	atom_render(&d, &(struct atom_feed){ d.subscription, d.title, d.site, NULL }, 100, &out);
	assert_golden("toys.atom", &out);
	digest_clear(&d);
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
test_feed_keeps_the_newest_entries(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct digest d;

	(void)state;
	world_many(&d, 30);
	atom_render(&d, &(struct atom_feed){ "s", "t", NULL, NULL }, 10, &out);
	assert_int_equal(count_of(buf_str(&out), "<entry>"), 10);
	assert_non_null(strstr(buf_str(&out), "<title>G/TBT/N/BRA/30: "));
	assert_non_null(strstr(buf_str(&out), "<title>G/TBT/N/BRA/21: "));
	assert_null(strstr(buf_str(&out), "<title>G/TBT/N/BRA/20: "));
	digest_clear(&d);
}

/* The id of the entry whose title holds 'title'. */
static char *
id_of(const struct buf *feed, const char *title)
{
	const char *at = strstr(buf_str(feed), title), *start = at;

	assert_non_null(at);
	while (strncmp(start, "<id>", 4) != 0)
		start--;
	return xstrndup(start, strcspn(start, "\n"));
}

static void
test_the_id_of_an_event_depends_on_nothing_but_it(void **state)
{
	AUTO_BUF all = BUF_INIT, one = BUF_INIT;
	AUTO_FREE char *a = NULL, *b = NULL;
	struct digest d;

	(void)state;
	world_toys(&d);
	atom_render(&d, &(struct atom_feed){ "toys", "Toys", NULL, NULL }, 100, &all);
	digest_clear(&d);
	world_frame(&d);
	d.today = DAY(2026, 1, 1);
	world_changed_toy(&d);
	events_clear(&d.items[0].events);
	memset(&d.items[0].events, 0, sizeof(d.items[0].events));
	events_add(&d.items[0].events, EVENT_EDITED, "description, hs", NULL, NULL);
	digest_sort(&d);
	atom_render(&d, &(struct atom_feed){ "other", "Other", "https://x.example/", NULL }, 100, &one);
	digest_clear(&d);
	a = id_of(&all, "edited at the source");
	b = id_of(&one, "edited at the source");
	assert_string_equal(a, b);
}

static void
test_a_feed_names_its_page_and_itself(void **state)
{
	struct digest d;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	digest_init(&d);
	atom_render(&d, &(struct atom_feed){ "sector/toys.atom", "Toys", "https://x.example/sector/toys.html", "https://x.example/sector/toys.atom" }, 100, &out);
	digest_clear(&d);
	assert_non_null(strstr(buf_str(&out), "<link rel=\"alternate\" type=\"text/html\" href=\"https://x.example/sector/toys.html\"/>\n"
	    "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://x.example/sector/toys.atom\"/>\n"));
}

static void
test_a_feed_is_the_same_on_every_day(void **state)
{
	AUTO_BUF first = BUF_INIT, later = BUF_INIT;
	struct digest d;

	(void)state;
	world_toys(&d);
	atom_render(&d, &(struct atom_feed){ "toys", "Toys", NULL, NULL }, 100, &first);
	d.today = DAY(2026, 1, 1);
	d.at += 1000000;
	atom_render(&d, &(struct atom_feed){ "toys", "Toys", NULL, NULL }, 100, &later);
	assert_string_equal(buf_str(&first), buf_str(&later));
	digest_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_message_of_a_digest_is_the_same_each_time),
		cmocka_unit_test(test_address_is_the_part_that_a_server_takes),
		cmocka_unit_test(test_an_envelope_that_is_none_is_refused),
		cmocka_unit_test(test_one_click_is_offered_for_https_alone),
		cmocka_unit_test(test_without_unsubscribe_no_header_speaks_of_it),
		cmocka_unit_test(test_messages_on_one_dossier_make_one_thread),
		cmocka_unit_test(test_names_beyond_ascii_are_encoded_and_lines_stay_short),
		cmocka_unit_test(test_every_message_stays_under_the_limit),
		cmocka_unit_test(test_feed_of_a_digest),
		cmocka_unit_test(test_feed_keeps_the_newest_entries),
		cmocka_unit_test(test_the_id_of_an_event_depends_on_nothing_but_it),
		cmocka_unit_test(test_a_feed_names_its_page_and_itself),
		cmocka_unit_test(test_a_feed_is_the_same_on_every_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
