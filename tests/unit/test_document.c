/* What an attached text is by its bytes, and how it is read in a child. All documents here are synthetic. */
#include "docx_fixture.h"

static void
expect_kind(const char *bytes, size_t n, enum document_form form, const char *why)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	assert_string_equal(document_form_name(document_form(bytes, n)), document_form_name(form));
	if (why == NULL)
		return;
	assert_int_equal(document_extract("a.bin", bytes, n, &d, &err), ERR_DATA);
	assert_string_equal(err.text, why);
	assert_null(d.text);
}

#define KIND(bytes, form, why) expect_kind(bytes, sizeof(bytes) - 1, form, why)
#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"
#define NOT_READ "'a.bin': its text cannot be read: it is "

static void
test_form_follows_from_the_bytes(void **state)
{
	(void)state;
	KIND("%PDF-1.7\n", DOCUMENT_PDF, NULL);
	KIND("\r\n%PDF-1.4\n\xff\xff\0", DOCUMENT_PDF, NULL);
	KIND("<p>the mark %PDF- stands in it</p>", DOCUMENT_HTML, NULL);
	KIND("\xef\xbb\xbf\n <!DOCTYPE HTML>", DOCUMENT_HTML, NULL);
	KIND("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", DOCUMENT_HTML, NULL);
	KIND("\xff\xfe<\0h\0t\0m\0l\0>\0", DOCUMENT_HTML, NULL);
	KIND("Article 1\r\n\f", DOCUMENT_PLAIN, NULL);
	KIND("BMW and MZ are makers", DOCUMENT_PLAIN, NULL);
	KIND("\xff\xfe" "A\0", DOCUMENT_PLAIN, NULL);
	KIND("Za\xbf\xf3\xb3\xe6", DOCUMENT_PLAIN, NULL);
}

static void
test_what_cannot_be_read_is_named(void **state)
{
	(void)state;
	KIND(OLE "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", DOCUMENT_UNKNOWN, NOT_READ "an encrypted Office document");
	KIND(OLE "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", DOCUMENT_UNKNOWN, NOT_READ "an old Word document (.doc)");
	KIND(OLE "W\0o\0r\0k\0b\0o\0o\0k\0", DOCUMENT_UNKNOWN, NOT_READ "an old Excel workbook (.xls)");
	KIND(OLE, DOCUMENT_UNKNOWN, NOT_READ "an old Office document");
	KIND("\x89PNG\r\n\x1a\n", DOCUMENT_UNKNOWN, NOT_READ "a picture (PNG)");
	KIND("\xff\xd8\xff\xe0\0\x10JFIF", DOCUMENT_UNKNOWN, NOT_READ "a picture (JPEG)");
	KIND("{\\rtf1\\ansi x}", DOCUMENT_UNKNOWN, NOT_READ "a Rich Text document (.rtf)");
	KIND("<?xml version='1.0'?><a/>", DOCUMENT_UNKNOWN, NOT_READ "an XML document");
	KIND("\1\2\3", DOCUMENT_UNKNOWN, NOT_READ "of an unknown kind");
	KIND("", DOCUMENT_UNKNOWN, NOT_READ "empty");
	KIND(" \n", DOCUMENT_UNKNOWN, NOT_READ "empty");
}

static void
expect_archive(const char *const names[], size_t n, enum document_form form, const char *why)
{
	struct zip_maker zip = { .members = 0 };

	for (size_t i = 0; i < n; i++)
		zip_text(&zip, names[i], "x");
	zip_end(&zip);
	expect_kind(zip.file.data, zip.file.len, form, why);
	buf_clear(&zip.file);
}

static void
test_archives_are_told_apart_by_their_members(void **state)
{
	static const char *const word[] = { "a.xml", "word/document.xml" }, *const bare[] = { "docProps/app.xml", "[Content_Types].xml" };
	static const char *const excel[] = { "[Content_Types].xml", "xl/workbook.xml" }, *const open[] = { "mimetype", "META-INF/manifest.xml" };
	static const char *const files[] = { "draft.docx", "folder/word/document.xml" };

	(void)state;
	expect_archive(word, 2, DOCUMENT_DOCX, NULL);
	expect_archive(bare, 2, DOCUMENT_DOCX, "'a.bin': no Word document: 'word/document.xml' is missing");
	expect_archive(excel, 2, DOCUMENT_UNKNOWN, NOT_READ "an Excel workbook (.xlsx)");
	expect_archive(open, 2, DOCUMENT_UNKNOWN, NOT_READ "an OpenDocument file");
	expect_archive(files, 2, DOCUMENT_ZIP, NULL);
}

static void
test_docx_comes_through_the_child_as_it_is(void **state)
{
	const struct docx_parts parts = { .body = P(R(T("The \u201climit\u201d is ")) "<w:ins>" R(T("0.1")) "</w:ins>" "<w:del><w:r><w:delText>1</w:delText></w:r></w:del>") };
	struct zip_maker zip = { .members = 0 };
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	(void)state;
	docx_make(&zip, &parts);
	assert_int_equal(document_extract("draft", zip.file.data, zip.file.len, &d, &err), 0);
	assert_string_equal(d.text, "The “limit” is 0.1\n");
	assert_string_equal(d.tool, "regwatch-docx 1");
	assert_int_equal(d.insertions, 1);
	assert_int_equal(d.deletions, 1);
	assert_int_equal(d.notes.n, 1);
	assert_string_equal(d.notes.v[0], "2 tracked changes were accepted");
	/* cut off */
	document_text_clear(&d);
	assert_int_equal(document_extract("draft", zip.file.data, 200, &d, &err), ERR_DATA);
	assert_memory_equal(err.text, "'draft': ", 9);
	assert_null(d.text);
	buf_clear(&zip.file);
}

/* ---- ZIP of several files ---- */

static void
pack(struct zip_maker *zip)
{
	zip_text(zip, "b/second.html", "<h1>Annex</h1><p>Text <del>a</del>b</p>");
	zip_text(zip, "A first.txt", "Article 1\n");
	zip_text(zip, "__MACOSX/._x", "litter");
	zip_text(zip, "picture.png", "\x89PNG\r\n\x1a\n");
	zip_end(zip);
}

static void
test_members_of_an_archive_follow_each_other_by_name(void **state)
{
	struct zip_maker zip = { .members = 0 };
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	(void)state;
	zip_text(&zip, "../evil.txt", "outside");
	pack(&zip);
	assert_int_equal(document_extract("all.zip", zip.file.data, zip.file.len, &d, &err), 0);
	assert_string_equal(d.text, "# A first.txt\nArticle 1\n# b/second.html\n## Annex\nText b\n");
	assert_string_equal(d.tool, "regwatch-zip 1; regwatch-html 1; regwatch-plain 1");
	assert_int_equal(d.deletions, 1);
	assert_int_equal(d.notes.n, 3);
	assert_string_equal(d.notes.v[0], "refused: '../evil.txt': its path leads outside the archive");
	assert_string_equal(d.notes.v[1], "'b/second.html': 1 marked change was accepted");
	assert_string_equal(d.notes.v[2], "refused: 'picture.png': its text cannot be read: it is a picture (PNG)");
	buf_clear(&zip.file);
}

static void
test_archive_in_an_archive_is_read_once(void **state)
{
	struct zip_maker zip[3] = { { .members = 0 } };
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT, e = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	(void)state;
	zip_text(&zip[0], "c.txt", "deepest");
	zip_end(&zip[0]);
	zip_member(&zip[1], "inner.zip", zip[0].file.data, zip[0].file.len);
	zip_text(&zip[1], "b.txt", "deep");
	zip_end(&zip[1]);
	zip_member(&zip[2], "outer.zip", zip[1].file.data, zip[1].file.len);
	zip_end(&zip[2]);
	assert_int_equal(document_extract("one", zip[1].file.data, zip[1].file.len, &d, &err), 0);
	assert_string_equal(d.text, "# b.txt\ndeep\n# inner.zip\n## c.txt\ndeepest\n");
	assert_int_equal(document_extract("two", zip[2].file.data, zip[2].file.len, &e, &err), 0);
	assert_string_equal(e.text, "# outer.zip\n## b.txt\ndeep\n");
	assert_int_equal(e.notes.n, 1);
	assert_string_equal(e.notes.v[0], "'outer.zip': refused: 'inner.zip': an archive in an archive in an archive");
	for (size_t i = 0; i < 3; i++)
		buf_clear(&zip[i].file);
}

static void
test_archive_of_which_nothing_can_be_read_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	(void)state;
	zip_text(&zip, "b.png", "\x89PNG\r\n\x1a\n");
	zip_text(&zip, "a.doc", "\1\2");
	zip_end(&zip);
	assert_int_equal(document_extract("all", zip.file.data, zip.file.len, &d, &err), ERR_DATA);
	assert_string_equal(err.text, "'all': 'a.doc': its text cannot be read: it is of an unknown kind");
	assert_null(d.text);
	buf_clear(&zip.file);
	zip_text(&zip, ".hidden", "x");
	zip_end(&zip);
	assert_int_equal(document_extract("all", zip.file.data, zip.file.len, &d, &err), ERR_DATA);
	assert_string_equal(err.text, "'all': an archive without files");
	buf_clear(&zip.file);
	for (int i = 0; i < 101; i++)
		zip_text(&zip, "x", "x");
	zip_end(&zip);
	assert_int_equal(document_extract("all", zip.file.data, zip.file.len, &d, &err), ERR_DATA);
	assert_string_equal(err.text, "'all': an archive of 101 files; 100 are read at most");
	buf_clear(&zip.file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form_follows_from_the_bytes),
		cmocka_unit_test(test_what_cannot_be_read_is_named),
		cmocka_unit_test(test_archives_are_told_apart_by_their_members),
		cmocka_unit_test(test_docx_comes_through_the_child_as_it_is),
		cmocka_unit_test(test_members_of_an_archive_follow_each_other_by_name),
		cmocka_unit_test(test_archive_in_an_archive_is_read_once),
		cmocka_unit_test(test_archive_of_which_nothing_can_be_read_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
