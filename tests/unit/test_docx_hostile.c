/* Documents that are damaged or mean harm are refused with their reason. All are synthetic. */
#include "docx_fixture.h"

#include "lib/base/limits.h"

static void
refuse(struct zip_maker *zip, size_t lost, const char *why)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };
	int rc = docx_text(zip->file.data, zip->file.len - lost, &d, &err);

	buf_clear(&zip->file);
	assert_string_equal(err.text, why);
	assert_int_equal(rc, ERR_DATA);
	assert_int_equal(err.code, ERR_DATA);
}

static void
refuse_document(const char *document, const char *why)
{
	struct zip_maker zip = { .members = 0 };

	zip_text(&zip, "word/document.xml", document);
	zip_end(&zip);
	refuse(&zip, 0, why);
}

/* "<open>" n times, then "<close>" n times. */
static char *
nest(const char *open, const char *close, size_t n)
{
	AUTO_BUF out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		buf_adds(&out, open);
	for (size_t i = 0; i < n; i++)
		buf_adds(&out, close);
	return buf_take(&out);
}

static void
test_entities_are_refused(void **state)
{
	(void)state;
	refuse_document("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body><w:p><w:r><w:t>&b;"
	    "</w:t></w:r></w:p></w:body></w:document>", "'word/document.xml': a document type, which could declare entities");
}

static void
test_other_roots_and_missing_parts_are_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };

	(void)state;
	refuse_document("<html><body>x</body></html>", "'word/document.xml': no Word document: its root is 'html'");
	refuse_document("<document><body/></document>", "'word/document.xml': no Word document: its root is 'document'");
	zip_text(&zip, "[Content_Types].xml", "<Types/>");
	zip_end(&zip);
	refuse(&zip, 0, "no Word document: 'word/document.xml' is missing");
}

static void
test_member_outside_the_archive_is_refused(void **state)
{
	static const struct { const char *name, *why; } cases[] = {
		{ "word/../../evil.xml", "a member leads outside the archive: 'word/../../evil.xml'" },
		{ "/etc/passwd", "a member leads outside the archive: '/etc/passwd'" },
		{ "../word/document.xml", "a member leads outside the archive: '../word/document.xml'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct zip_maker zip = { .members = 0 };

		docx_make(&zip, &(struct docx_parts){ .body = PT("text") });
		zip.members = 0;
		buf_clear(&zip.file);
		zip_text(&zip, cases[i].name, "x");
		zip_end(&zip);
		refuse(&zip, 0, cases[i].why);
	}
}

static void
test_depth_is_bounded(void **state)
{
	char *tables = nest("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 300);
	char *boxes = nest("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", 40);
	char *document = xasprintf("<w:document xmlns:w=\"" DOCX_W_SPACE "\">\n<w:body>%s</w:body></w:document>", tables);

	(void)state;
	refuse_document(document, "'word/document.xml': line 2: elements nest deeper than 200");
	docx_body_expect(boxes, "");	/* deep, but not too deep: what is in boxes in boxes is left out */
	free(tables);
	free(boxes);
	free(document);
}

static void
test_row_without_end_is_refused(void **state)
{
	AUTO_BUF document = BUF_INIT;

	(void)state;
	buf_adds(&document, "<w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body><w:tbl><w:tr>");
	for (size_t i = 0; i < 1001; i++)
		buf_adds(&document, "<w:tc/>");
	buf_adds(&document, "</w:tr></w:tbl></w:body></w:document>");
	refuse_document(buf_str(&document), "'word/document.xml': a row of a table has more than 1000 cells");
}

static void
test_element_with_attributes_without_end_is_refused(void **state)
{
	AUTO_BUF document = BUF_INIT;

	(void)state;
	buf_adds(&document, "<w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body><w:p");
	for (size_t i = 0; i < 100000; i++)
		buf_addf(&document, " a%zu = '>'", i);
	buf_adds(&document, "/></w:body></w:document>");
	refuse_document(buf_str(&document), "'word/document.xml': an element has more than 1000 attributes");
}

/* 80 MB that pack into 200 KB. */
static void
test_bomb_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	static const char start[] = "<w:document xmlns:w=\"" DOCX_W_SPACE "\">";
	size_t n = (size_t)80 << 20;
	char *paragraphs = xcalloc(1, n);

	(void)state;
	for (size_t i = 0; i + 6 <= n; i += 6)
		memcpy(paragraphs + i, "<w:p/>", 6);
	memset(paragraphs, ' ', strlen(start) / 6 * 6 + 6);
	memcpy(paragraphs, start, strlen(start));
	zip_member(&zip, "word/document.xml", paragraphs, n);
	zip_end(&zip);
	free(paragraphs);
	refuse(&zip, 0, "'word/document.xml': unpacks to more than 64 MB");
}

static void
test_more_text_than_is_allowed_is_refused(void **state)
{
	AUTO_BUF document = BUF_INIT;

	(void)state;
	buf_adds(&document, "<w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body>");
	for (size_t i = 0; i < 18; i++) {
		buf_adds(&document, "<w:p>");
		for (size_t k = 0; k < 16384; k++)
			buf_adds(&document, "<w:r><w:t>The quick brown fox jumps over the lazy dogs, again and again</w:t></w:r>");
		buf_adds(&document, "</w:p>");
	}
	buf_adds(&document, "</w:body></w:document>");
	refuse_document(buf_str(&document), "'word/document.xml': more than 16 MB of text");
}

/* Cut anywhere it is refused or, when only what stands behind its text is lost, read. */
static void
test_truncated_document_never_gives_part_of_its_text(void **state)
{
	const struct docx_parts parts = { .body = PT("Article 1") PT("Article 2"), .styles = "<w:style w:styleId=\"x\"/>" };
	struct zip_maker zip = { .members = 0 };
	size_t refused = 0;

	(void)state;
	docx_make(&zip, &parts);
	for (size_t n = 4; n < zip.file.len; n++) {
		AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
		struct error err = { 0, "" };
		int rc = docx_text(zip.file.data, n, &d, &err);

		if (rc == 0)
			assert_string_equal(d.text, "Article 1\nArticle 2\n");
		else
			assert_int_equal(rc, ERR_DATA);
		refused += rc < 0;
	}
	assert_true(refused > zip.file.len / 3);
	buf_clear(&zip.file);
}

static void
test_damaged_part_is_refused(void **state)
{
	static const char *const damaged[] = {
		"<w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body><w:p><w:r><w:t>Article 1</w:t></w:r></w:p>", "<w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body></w:p>",
		"<w:document xmlns:w=\"" DOCX_W_SPACE "\"><w:body>\xff", "", "text",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		struct zip_maker zip = { .members = 0 };
		AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
		struct error err = { 0, "" };

		zip_text(&zip, "word/document.xml", damaged[i]);
		zip_end(&zip);
		assert_int_equal(docx_text(zip.file.data, zip.file.len, &d, &err), ERR_DATA);
		assert_memory_equal(err.text, "'word/document.xml': ", 21);	/* what follows is libxml2's */
		assert_null(d.text);
		buf_clear(&zip.file);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entities_are_refused),
		cmocka_unit_test(test_other_roots_and_missing_parts_are_refused),
		cmocka_unit_test(test_member_outside_the_archive_is_refused),
		cmocka_unit_test(test_depth_is_bounded),
		cmocka_unit_test(test_row_without_end_is_refused),
		cmocka_unit_test(test_element_with_attributes_without_end_is_refused),
		cmocka_unit_test(test_bomb_is_refused),
		cmocka_unit_test(test_more_text_than_is_allowed_is_refused),
		cmocka_unit_test(test_truncated_document_never_gives_part_of_its_text),
		cmocka_unit_test(test_damaged_part_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
