/* Where attached texts lie, and the payload that the branch raw keeps of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/base/alloc.h"
#include "../../lib/base/error.h"
#include "../../lib/notice/attached.h"

static void
expect_path(const char *id, const char *kind, const char *lang, const char *url, const char *path)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF out = BUF_INIT;

	notice_init(&n);
	n.id = xstrdup(id);
	documents_add(&n.documents, kind, lang, url);
	notice_normalise(&n);
	attached_path(&n, &n.documents.v[0], &out);
	assert_string_equal(buf_str(&out), path);
	assert_true(attached_is_path(buf_str(&out)));
}

static void
test_path_of_a_tris_text_is_kind_and_language(void **state)
{
	(void)state;
	expect_path("2024/0321/FI", "draft", "EN", "https://technical-regulation-information-system.ec.europa.eu/en/notification/25975/text/D/EN",
	    "tris/2024/FI/0321/documents/draft.en.txt");
	expect_path("2024/0321/FI", "final", "fr", "https://technical-regulation-information-system.ec.europa.eu/en/notification/25975/text/F/FR",
	    "tris/2024/FI/0321/documents/final.fr.txt");
}

static void
test_path_of_an_attachment_names_its_file_and_its_follow_up(void **state)
{
	(void)state;
	expect_path("G/TBT/N/USA/2211", "draft", "en", "https://members.wto.org/crnattachments/2025/TBT/USA/25_04120_00_e.pdf",
	    "eping/TBT/USA/22xx/2211/documents/draft-25_04120_00_e.en.txt");
	expect_path("G/TBT/N/USA/2211/Rev.1/Add.2", "final", "", "https://members.wto.org/crnattachments/2025/TBT/USA/final_measure/25_04121_00_x.pdf",
	    "eping/TBT/USA/22xx/2211/documents/Rev.1-Add.2-final-25_04121_00_x.und.txt");
	expect_path("G/TBT/N/USA/2211", "notification", "en", "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/TBTN25/USA2211.DOCX",
	    "eping/TBT/USA/22xx/2211/documents/notification-usa2211.en.txt");
}

static void
test_letter_case_of_a_link_moves_no_file(void **state)
{
	(void)state;
	expect_path("G/TBT/N/USA/2211", "notification", "en", "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/T/G/TBTN25/USA2211.docx",
	    "eping/TBT/USA/22xx/2211/documents/notification-usa2211.en.txt");
}

/* Bytes that cannot stand in a path are replaced, and a mark of the whole link keeps such names apart. */
static void
test_path_never_leaves_its_folder(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF out = BUF_INIT;
	static const char folder[] = "eping/TBT/USA/22xx/2211/documents/other-";

	(void)state;
	notice_init(&n);
	n.id = xstrdup("G/TBT/N/USA/2211");
	documents_add(&n.documents, "other", "en", "https://x.example/a/..%2f..%2f.git%5Cconfig?x=../../..");
	notice_normalise(&n);
	attached_path(&n, &n.documents.v[0], &out);
	assert_memory_equal(buf_str(&out), folder, strlen(folder));
	assert_null(strstr(buf_str(&out), ".."));
	assert_null(strchr(buf_str(&out) + strlen(folder), '/'));
}

static void
test_two_links_with_one_file_name_have_two_paths(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF a = BUF_INIT, b = BUF_INIT;

	(void)state;
	notice_init(&n);
	n.id = xstrdup("G/TBT/N/USA/2211");
	documents_add(&n.documents, "draft", "en", "https://members.wto.org/2024/rule.pdf");
	documents_add(&n.documents, "draft", "en", "https://members.wto.org/2025/rule.pdf");
	notice_normalise(&n);
	attached_path(&n, &n.documents.v[0], &a);
	attached_path(&n, &n.documents.v[1], &b);
	assert_string_equal(buf_str(&a), "eping/TBT/USA/22xx/2211/documents/draft-rule.en.txt");
	assert_string_not_equal(buf_str(&a), buf_str(&b));
}

static const char payload[] =
    "Notification: 2024/0321/FI\n"
    "Document: draft en https://x.example/text/D/EN\n"
    "Bytes-SHA256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    "Extractor: regwatch-docx 1\n"
    "\n"
    "# Annex\nOne.\n";

static void
test_payload_reads_back_as_it_was_written(void **state)
{
	AUTO_ATTACHED a = ATTACHED_INIT;
	AUTO_BUF again = BUF_INIT;

	(void)state;
	assert_int_equal(attached_read(payload, sizeof(payload) - 1, &a, NULL), 0);
	assert_string_equal(a.notification, "2024/0321/FI");
	assert_string_equal(a.document.kind, "draft");
	assert_string_equal(a.document.lang, "en");
	assert_string_equal(a.extractor, "regwatch-docx 1");
	assert_int_equal(a.text_len, strlen("# Annex\nOne.\n"));
	/* printf '# Annex\nOne.\n' | sha256sum */
	assert_string_equal(a.document.text_sha256, "59960937f815bd9c33ce1ad2569d3ee17c17afcd401ce75c24d697f0e7b4f080");
	attached_write(&a, &again);
	assert_string_equal(buf_str(&again), payload);
}

static void
test_notes_on_how_a_text_was_read_are_kept_and_stay_in_their_lines(void **state)
{
	static const char hash[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	struct attached a = { .notification = (char[]){ "2024/0321/FI" }, .bytes_sha256 = (char *)(uintptr_t)hash, .extractor = (char[]){ "e" }, .text = "One.\n", .text_len = 5 };
	AUTO_ATTACHED back = ATTACHED_INIT;
	AUTO_BUF written = BUF_INIT;

	(void)state;
	a.document = (struct document){ .kind = (char[]){ "draft" }, .lang = (char[]){ "" }, .url = (char[]){ "https://x.example/" } };
	for (int i = 0; i < ATTACHED_NOTES + 5; i++)
		strv_add(&a.notes, "'a\nNote: b' is\nrefused");
	attached_write(&a, &written);
	strv_clear(&a.notes);
	assert_int_equal(attached_read(buf_str(&written), written.len, &back, NULL), 0);
	assert_int_equal(back.notes.n, ATTACHED_NOTES);
	assert_string_equal(back.notes.v[0], "'a Note: b' is refused");
	assert_string_equal(back.text, "One.\n");
}

static void
test_damaged_payload_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *error; } bad[] = {
		{ "", "line 1: no 'Notification: '" },
		{ "Notification: x\nDocument: draft en\n", "line 2: 'draft en' is no kind, language and link" },
		{ "Notification: x\nDocument: draught en https://x/\n", "line 2: 'draught en https://x/' is no kind, language and link" },
		{ "Notification: x\nDocument: draft en https://x/\nBytes-SHA256: 12\n", "line 3: no 'Bytes-SHA256: ' with 64 digits" },
		{ "Notification: x\nDocument: draft - https://x/\n"
		  "Bytes-SHA256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nExtractor: e\ntext", "line 5: not empty" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct attached a;
		struct error err;

		assert_int_equal(attached_read(bad[i].text, strlen(bad[i].text), &a, &err), ERR_DATA);
		assert_string_equal(err.text, bad[i].error);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_of_a_tris_text_is_kind_and_language),
		cmocka_unit_test(test_path_of_an_attachment_names_its_file_and_its_follow_up),
		cmocka_unit_test(test_letter_case_of_a_link_moves_no_file),
		cmocka_unit_test(test_path_never_leaves_its_folder),
		cmocka_unit_test(test_two_links_with_one_file_name_have_two_paths),
		cmocka_unit_test(test_payload_reads_back_as_it_was_written),
		cmocka_unit_test(test_notes_on_how_a_text_was_read_are_kept_and_stay_in_their_lines),
		cmocka_unit_test(test_damaged_payload_is_refused_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
