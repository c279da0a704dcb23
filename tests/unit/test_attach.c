/* Which attached texts are read, and what is not believed to be one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../feeds/attach.h"
#include "../../feeds/attach_guard.h"
#include "../../lib/base/alloc.h"

static struct feed_settings settings;
static struct feed feed;

static void
use(const char *name, const char *documents, const char *host)
{
	free(settings.url);
	strv_clear(&settings.document_hosts);
	settings.url = xstrdup(strcmp(name, "tris") == 0 ? "http://127.0.0.1:8080" : "https://epingalert.org");
	settings.documents = (char *)(uintptr_t)documents;
	if (host != NULL)
		strv_add(&settings.document_hosts, host);
	feed = (struct feed){ .name = name, .settings = &settings, .language = "en", .server = (char *)(uintptr_t)(strcmp(name, "tris") == 0 ? "127.0.0.1:8080" : "epingalert.org") };
}

/* The chosen documents as "kind lang, kind lang". */
static void
expect_chosen(const struct notice *n, bool open, const char *want)
{
	AUTO_BUF got = BUF_INIT;
	size_t chosen[20], count = attach_wanted(&feed, n, open) ? attach_choose(&feed, n, open, chosen, 20) : 0;

	for (size_t i = 0; i < count; i++)
		buf_addf(&got, "%s%s %s", i > 0 ? ", " : "", n->documents.v[chosen[i]].kind, n->documents.v[chosen[i]].lang);
	assert_string_equal(buf_str(&got), want);
}

#define TRIS "https://technical-regulation-information-system.ec.europa.eu/en/notification/101/text"

static void
make_tris(struct notice *n)
{
	notice_init(n);
	n->id = xstrdup("2025/0301/DE");
	documents_add(&n->documents, "draft", "de", TRIS "/D/DE");
	documents_add(&n->documents, "draft", "en", TRIS "/D/EN");
	documents_add(&n->documents, "final", "de", TRIS "/F/DE");
	notice_normalise(n);
}

static void
test_the_preferred_language_is_read_and_what_comes_in_none_of_ours(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	make_tris(&n);
	use("tris", "open", NULL);
	expect_chosen(&n, true, "draft en, final de");
	feed.language = "de";
	expect_chosen(&n, true, "draft de, final de");
	feed.language = "fr";
	expect_chosen(&n, true, "draft en, final de");
}

static void
test_a_closed_record_gives_only_the_final_text_of_a_draft_that_is_held(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	make_tris(&n);
	use("tris", "open", NULL);
	expect_chosen(&n, false, "");
	n.documents.v[1].text_sha256 = xstrdup("ab");
	expect_chosen(&n, false, "final de");
	use("tris", "all", NULL);
	expect_chosen(&n, false, "draft en, final de");
	use("tris", "none", NULL);
	expect_chosen(&n, true, "");
}

static void
test_a_tris_link_is_asked_at_the_configured_address(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_FREE char *address = NULL;

	(void)state;
	make_tris(&n);
	use("tris", "open", NULL);
	address = attach_address(&feed, &n.documents.v[1]);
	assert_string_equal(address, "http://127.0.0.1:8080/en/notification/101/text/D/EN");
	assert_string_equal(attach_host(&feed, address), "127.0.0.1:8080");
}

static void
test_only_allowed_hosts_are_asked(void **state)
{
	(void)state;
	use("eping", "open", NULL);
	assert_string_equal(attach_host(&feed, "https://members.wto.org/crnattachments/x.pdf"), "");
	assert_null(attach_host(&feed, "https://members.wto.org.evil.example/x.pdf"));
	assert_null(attach_host(&feed, "https://example.org/x.pdf"));
	assert_null(attach_host(&feed, "ftp://members.wto.org/x.pdf"));
	use("eping", "open", "files.example.org");
	assert_string_equal(attach_host(&feed, "https://files.example.org:8443/x.pdf"), "files.example.org");
	assert_null(attach_host(&feed, "https://members.wto.org/crnattachments/x.pdf"));
	use("eping", "open", "127.0.0.1:99");
	assert_null(attach_host(&feed, "http://127.0.0.1:98/x.pdf"));
}

static void
expect_reason(const char *bytes, const char *text, const char *reason)
{
	const char *got = attach_no_text(bytes, strlen(bytes), text);

	if (reason == NULL)
		assert_null(got);
	else
		assert_string_equal(got, reason);
}

static void
test_what_is_no_document_is_named(void **state)
{
	(void)state;
	expect_reason("{\"items\":[]}", "{\"items\":[]}", "data of a program came where a document was due");
	expect_reason("[ {\"id\": 1, \"title\": \"a\"} ]", "[ {\"id\": 1, \"title\": \"a\"} ]", "data of a program came where a document was due");
	expect_reason("[extract]\nThe limit shall be 90 mg/kg.\n", "[extract]\nThe limit shall be 90 mg/kg.\n", NULL);
	expect_reason("<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>", "# We will be back soon\n",
	    "a page without a text came where a document was due");
	expect_reason("<html><body><p>Please sign in to go on reading this document.</p></body></html>", "Please sign in to go on reading this document.\n",
	    "a page that tells of an error came where a document was due");
	expect_reason("<html><body><p>Article 1</p><p>Boards shall be of class B.</p></body></html>", "Article 1\nBoards shall be of class B.\n", NULL);
	expect_reason("Article 1\nBoards with an error in marking are not found fit.\n", "Article 1\nBoards with an error in marking are not found fit.\n", NULL);
}

static void
test_texts_with_few_words_in_common_are_strangers(void **state)
{
	(void)state;
	assert_false(attach_strangers("The limit shall be 50 mg/kg from 2027 on.\n", "The limit shall be 40 mg/kg.\n"));
	assert_true(attach_strangers("The limit shall be 50 mg/kg from 2027 on.\n", "Beethoven and Dvorak are played by the municipal orchestra.\n"));
	assert_false(attach_strangers("", "Anything at all may follow nothing.\n"));
}

static void
test_a_stranger_is_believed_on_the_third_day(void **state)
{
	AUTO_JSON *entry = json_object();

	(void)state;
	assert_false(attach_believe(entry, "aa", "2025-06-12"));
	assert_false(attach_believe(entry, "aa", "2025-06-12"));	/* the same day counts once */
	assert_false(attach_believe(entry, "aa", "2025-06-13"));
	assert_false(attach_believe(entry, "bb", "2025-06-14"));	/* other bytes begin anew */
	assert_false(attach_believe(entry, "bb", "2025-06-15"));
	assert_true(attach_believe(entry, "bb", "2025-06-16"));
	assert_null(json_object_get(entry, "doubt"));
}

static void
test_bytes_that_take_too_long_twice_are_told_from_those_that_do_once(void **state)
{
	AUTO_JSON *entry = json_object();

	(void)state;
	assert_false(attach_slow(entry, "aa"));
	assert_false(attach_slow(entry, "bb"));
	assert_true(attach_slow(entry, "bb"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_preferred_language_is_read_and_what_comes_in_none_of_ours),
		cmocka_unit_test(test_a_closed_record_gives_only_the_final_text_of_a_draft_that_is_held),
		cmocka_unit_test(test_a_tris_link_is_asked_at_the_configured_address),
		cmocka_unit_test(test_only_allowed_hosts_are_asked),
		cmocka_unit_test(test_what_is_no_document_is_named),
		cmocka_unit_test(test_texts_with_few_words_in_common_are_strangers),
		cmocka_unit_test(test_a_stranger_is_believed_on_the_third_day),
		cmocka_unit_test(test_bytes_that_take_too_long_twice_are_told_from_those_that_do_once),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	free(settings.url);
	strv_clear(&settings.document_hosts);
	return failed;
}
