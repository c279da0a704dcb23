/* Redlines, evidence and attached texts in the pages of a dossier. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/site/page.h"

static const struct site_meta meta = { .title = "Drafts", .today = { 2025, 6, 12 } };

/* A draft of two versions; the second has another text attached. */
struct story {
	struct notice notice;
	const struct notice *pointer;
	struct site_version versions[2];
	struct site_text text;
	struct site_member member;
	struct dossier dossier;
	struct site_dossier page;
};

static void
story_init(struct story *s, const char *old, const char *new)
{
	*s = (struct story){ .notice = NOTICE_INIT };
	notice_init(&s->notice);
	strv_add(&s->notice.symbols, "2024/0321/FI");
	notice_set_text(&s->notice.title, "Order on toys", "en");
	documents_add(&s->notice.documents, "draft", "fr", "https://example.org/draft");
	documents_add(&s->notice.documents, "final", "fr", "https://example.org/final");
	notice_normalise(&s->notice);
	s->notice.source = SOURCE_TRIS;
	s->pointer = &s->notice;
	for (int i = 0; i < 2; i++)
		s->versions[i] = (struct site_version){ .number = i + 1, .commit = "c", .at = 1749700000 };
	redline_add_document(&s->versions[1].redline, "draft.fr", old, new, "fr");
	s->text = (struct site_text){ .document = &s->notice.documents.v[0], .name = "draft.fr", .text = new, .bytes = strlen(new) };
	s->member = (struct site_member){ .notice = &s->notice, .versions = s->versions, .versions_n = 2, .texts = &s->text, .texts_n = 1 };
	dossier_init(&s->dossier, &s->pointer, 1);
	s->page = (struct site_dossier){ .id = "2024/0321/FI", .dossier = &s->dossier, .members = &s->member, .members_n = 1, .twin = "" };
	site_dossier_plan(&s->page);
}

static void
story_clear(struct story *s)
{
	dossier_clear(&s->dossier);
	redline_clear(&s->versions[1].redline);
	notice_clear(&s->notice);
}

static void
assert_has(const struct buf *page, const char *what)
{
	if (strstr(buf_str(page), what) == NULL)
		fail_msg("the page lacks '%s'", what);
}

static const char old_text[] = "Article 1\nLead shall not exceed 90 mg/kg.\nArticle 2\nImporters keep reports.\n";
static const char new_text[] = "Article 1\nLead shall not exceed 45 mg/kg.\nArticle 2\nImporters keep reports.\n";

static void
test_a_short_redline_of_texts_stands_in_the_page(void **state)
{
	AUTO_BUF page = BUF_INIT;
	struct story s;

	(void)state;
	story_init(&s, old_text, new_text);
	assert_false(s.versions[1].apart);
	site_dossier_page(&meta, &s.page, &page);
	assert_has(&page, "<p><strong>Evidence:</strong> 1 limit changed (1 tightened)</p>");
	assert_has(&page, "<li><a href=\"#v2-draft-fr-article-1\">Article 1</a>: Lead shall not exceed 90 mg/kg -&gt; 45 mg/kg (tightened)</li>");
	assert_has(&page, "<p class=\"caution\">Evidence from the words of the texts, not a verdict.</p>");
	assert_has(&page, "<section class=\"provision is-changed\" id=\"v2-draft-fr-article-1\">\n<h6>Article 1");
	assert_has(&page, "<details class=\"again\">\n<summary>Side by side</summary>\n");
	assert_has(&page, "<table class=\"sides\" lang=\"fr\">");
	story_clear(&s);
}

/* 400 provisions, each with another limit. */
static void
write_long(struct buf *out, int limit)
{
	for (int i = 1; i <= 400; i++)
		buf_addf(out, "Article %d\nThe substance of number %d shall not exceed %d mg/kg.\n", i, i, limit + i);
}

static void
test_a_long_redline_lies_on_pages_of_its_own(void **state)
{
	AUTO_BUF old = BUF_INIT, new = BUF_INIT, page = BUF_INIT, path = BUF_INIT, sides_path = BUF_INIT, whole = BUF_INIT, sides = BUF_INIT;
	struct story s;

	(void)state;
	write_long(&old, 1000);
	write_long(&new, 500);
	story_init(&s, buf_str(&old), buf_str(&new));
	assert_true(s.versions[1].apart);
	site_dossier_page(&meta, &s.page, &page);
	assert_true(page.len < 50000);
	assert_has(&page, "<li><a href=\"0321.v2.html#v2-draft-fr-article-1\">Article 1</a>: ");
	assert_has(&page, "<p class=\"summary\">draft.fr: 400 provisions changed</p>");
	assert_has(&page, "<a href=\"0321.v2.html\">The whole redline</a>");
	assert_has(&page, "<a href=\"0321.v2.sides.html\">Side by side</a>");
	assert_has(&page, "<li class=\"rest\">");
	site_redline_path(&s.page, &s.member, &s.versions[1], false, &path);
	assert_string_equal(buf_str(&path), "tris/2024/FI/0321.v2.html");
	site_redline_path(&s.page, &s.member, &s.versions[1], true, &sides_path);
	assert_string_equal(buf_str(&sides_path), "tris/2024/FI/0321.v2.sides.html");
	site_redline_page(&meta, &s.page, &s.member, &s.versions[1], false, &whole);
	assert_has(&whole, "id=\"v2-draft-fr-article-400\"");
	assert_has(&whole, "<a href=\"#v2-draft-fr-article-1\">");
	assert_has(&whole, "<a href=\"0321.html\">The dossier</a>");
	site_redline_page(&meta, &s.page, &s.member, &s.versions[1], true, &sides);
	assert_has(&sides, "The substance of number 400 shall not exceed <del>1400</del> mg/kg.");
	story_clear(&s);
}

static void
test_a_held_text_has_a_page_and_its_original_an_address(void **state)
{
	static const char hostile[] = "Article 1\n<script>alert(1)</script> \xE2\x80\xAE\n\nFin";
	AUTO_BUF page = BUF_INIT, text = BUF_INIT;
	struct story s;

	(void)state;
	story_init(&s, "a\n", hostile);
	site_dossier_page(&meta, &s.page, &page);
	assert_has(&page, "<tr><th scope=\"row\">Draft text</th><td>2024/0321/FI</td><td>fr</td><td><a href=\"0321.draft.fr.html\">draft.fr</a> "
	    "<span class=\"quiet\">(under 1 KB)</span></td><td><a href=\"https://example.org/draft\" rel=\"external noreferrer\">https://example.org/draft</a></td></tr>");
	assert_has(&page, "<tr><th scope=\"row\">Final text</th><td>2024/0321/FI</td><td>fr</td><td><span class=\"quiet\">not held</span></td>");
	site_text_page(&meta, &s.page, &s.member, &s.text, &text);
	assert_has(&text, "<article class=\"text\">\n<p lang=\"fr\" dir=\"auto\">Article 1</p>\n<p lang=\"fr\" dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
	assert_has(&text, "What counts is the original: <a href=\"https://example.org/draft\"");
	assert_null(strstr(buf_str(&text), "<script"));
	story_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_short_redline_of_texts_stands_in_the_page),
		cmocka_unit_test(test_a_long_redline_lies_on_pages_of_its_own),
		cmocka_unit_test(test_a_held_text_has_a_page_and_its_original_an_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
