/* Whole records out of whole pages. The pages in tests/data/tris are synthetic; the texts in REGWATCH_DATA are of real pages, put into a frame here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/tris_page.h"
#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/xml.h"
#include "lib/notice/notice.h"

#define SITE "https://technical-regulation-information-system.ec.europa.eu/en/notification/"
#define OLD_SITE "https://ec.europa.eu/growth/tools-databases/tris/fr/search/?trisaction=search.detail&year=2020&num=191&mLang=MT"

static void
read_data(const char *name, struct buf *out)
{
	AUTO_FREE char *path = file_join(getenv("REGWATCH_TEST_DATA"), name);
	struct error err;

	if (file_read(path, 1 << 24, out, &err) < 0)
		fail_msg("%s", err.text);
}

static void
show_text(const struct notice *n, size_t row, struct buf *out)
{
	const struct text *t = (const struct text *)(const void *)((const char *)n + notice_fields[row].offset);

	buf_addf(out, "%s [%s]: %s\n", notice_fields[row].name, t->lang, t->s);
}

/* A record as lines: identity, fields, what the page could not know, warnings. */
static void
show(const struct notice *n, const struct strv *warnings, struct buf *out)
{
	uint64_t all = notice_known_by(WAY_TRIS) | NOTICE_BIT(type) | NOTICE_BIT(keywords);

	buf_addf(out, "%s member %s %s\n", n->id, n->member, kind_name(n->kind));
	for (size_t i = 0; i < notice_fields_count; i++) {
		if (notice_field_empty(n, i))
			continue;
		if (notice_fields[i].type == FIELD_TEXT) {
			show_text(n, i, out);
		} else if (notice_fields[i].type == FIELD_DOCUMENTS) {
			for (size_t k = 0; k < n->documents.n; k++)
				buf_addf(out, "document %s %s %s\n", n->documents.v[k].kind, n->documents.v[k].lang, n->documents.v[k].url);
		} else {
			buf_addf(out, "%s: ", notice_fields[i].name);
			notice_field_text(n, i, out);
			buf_addc(out, '\n');
		}
	}
	for (size_t i = 0; i < notice_fields_count; i++)
		if ((all & ~n->known & UINT64_C(1) << i) != 0)
			buf_addf(out, "not known: %s\n", notice_fields[i].name);
	for (size_t i = 0; i < warnings->n; i++)
		buf_addf(out, "! %s\n", warnings->v[i]);
}

static void
decode(const char *html, size_t n, const char *url, struct notice *out, struct strv *warnings)
{
	struct error err;

	if (tris_page_decode(html, n, "", url, out, warnings, &err) < 0)
		fail_msg("%s", err.text);
}

static void
check_page(const char *page, const char *expected_file, const char *url)
{
	AUTO_BUF html = BUF_INIT, expected = BUF_INIT, shown = BUF_INIT;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	read_data(page, &html);
	read_data(expected_file, &expected);
	decode(html.data, html.len, url, &n, &warnings);
	show(&n, &warnings, &shown);
	assert_string_equal(buf_str(&shown), buf_str(&expected));
	assert_int_equal(n.source, SOURCE_TRIS);
	assert_int_equal(n.area, AREA_TRIS);
	assert_string_equal(n.dossier, n.id);
	assert_string_equal(n.symbols.v[0], n.id);
	assert_string_equal(n.members.v[0], n.member);
}

static void
test_page_reads_the_new_generation_in_ecl_rows(void **state)
{
	(void)state;
	check_page("tris/ecl.html", "tris/ecl.txt", SITE "28999");
}

static void
test_page_reads_a_migrated_record_in_a_definition_list(void **state)
{
	(void)state;
	check_page("tris/dl.html", "tris/dl.txt", SITE "16999");
}

static void
test_page_reads_an_efta_message_in_a_table(void **state)
{
	(void)state;
	check_page("tris/table.html", "tris/table.txt", SITE "26999");
}

static void
test_page_reads_the_old_site_with_french_labels_and_a_maltese_message(void **state)
{
	(void)state;
	check_page("tris/old.html", "tris/old.txt", OLD_SITE);
}

static void
test_page_tells_its_own_address_by_its_links(void **state)
{
	AUTO_BUF html = BUF_INIT;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE saved = NOTICE_INIT, fetched = NOTICE_INIT;

	(void)state;
	read_data("tris/dl.html", &html);
	decode(html.data, html.len, NULL, &saved, &warnings);
	decode(html.data, html.len, SITE "16999", &fetched, &warnings);
	assert_true(notice_equal(&saved, &fetched));
}

/* ---- small pages, made here: synthetic ---- */

#define HEAD "<html><body><main><h1>Act on toys</h1><dl><dt>Notification number</dt><dd>2026/0001/DE (Germany)</dd>"
#define RECEIVED "<dt>Date received</dt><dd>05/01/2026</dd>"
#define MESSAGE "</dl><p>Message 001</p><p>TRIS/(2026) 0001</p><p>MSG: 20260001.EN</p><p>1. MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF</p>" \
	"<p>2. Germany</p><p>3A. Bund</p><p>4. 2026/0001/DE - H00</p><p>5. Act on toys</p>"
#define TAIL "</main></body></html>"

static void
check_field(const char *html, size_t offset, const char *expected)
{
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF value = BUF_INIT;

	decode(html, strlen(html), SITE "1", &n, &warnings);
	notice_field_text(&n, notice_row(offset), &value);
	assert_string_equal(buf_str(&value), expected);
}

static void
check_error(const char *html, size_t n, const char *expected)
{
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE out = NOTICE_INIT;
	struct error err;

	assert_int_equal(tris_page_decode(html, n, "", SITE "1", &out, &warnings, &err), ERR_DATA);
	assert_string_equal(err.text, expected);
}

static void
test_page_without_number_is_an_unknown_layout(void **state)
{
	static const char other[] = "<html><body><main><h1>Act</h1><p>1. MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF</p><p>2. Germany</p></main></body></html>";
	static const char app[] = "<!DOCTYPE html><html><body><div id='app'></div><script src='/main.js'></script></body></html>";

	(void)state;
	check_error(other, sizeof other - 1, "layout unknown: no notification number");
	check_error(app, sizeof app - 1, "layout unknown: no notification number");
	check_error("", 0, "empty page");
}

static void
test_page_without_date_or_title_names_what_is_missing(void **state)
{
	static const char undated[] = HEAD "</dl></main></body></html>";
	static const char untitled[] = "<html><body><dl><dt>Notification number</dt><dd>2026/1/DE</dd>" RECEIVED "</dl></body></html>";

	(void)state;
	check_error(undated, sizeof undated - 1, "layout unknown: '2026/0001/DE' has no date received");
	check_error(untitled, sizeof untitled - 1, "layout unknown: '2026/0001/DE' has no title");
}

static void
test_page_date_falls_back_to_item_1_and_not_to_nonsense(void **state)
{
	(void)state;
	check_field(HEAD "<dt>Date received</dt><dd>31/02/2026</dd>" MESSAGE TAIL, offsetof(struct notice, distributed), "2026-01-05");
	check_field(HEAD MESSAGE TAIL, offsetof(struct notice, distributed), "2026-01-05");
}

static void
test_page_header_alone_is_a_record(void **state)
{
	static const char html[] = HEAD RECEIVED "<dt>End of Standstill</dt><dd>07/04/2026</dd></dl>" TAIL;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	decode(html, sizeof html - 1, SITE "1", &n, &warnings);
	assert_string_equal(n.title.s, "Act on toys");
	assert_string_equal(n.title.lang, "");
	assert_int_equal(n.known & (NOTICE_BIT(description) | NOTICE_BIT(agency) | NOTICE_BIT(language) | NOTICE_BIT(category)), 0);
	assert_int_not_equal(n.known & NOTICE_BIT(standstill_end), 0);
	assert_int_equal(warnings.n, 1);
	assert_string_equal(warnings.v[0], "page: no message");
}

static void
test_page_cut_off_does_not_claim_its_last_item(void **state)
{
	static const char html[] = HEAD RECEIVED MESSAGE "<p>6. Toys</p><p>7. -</p><p>8. The act lim";
	static const char in_header[] = HEAD RECEIVED "<dt>End of Stand";
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	decode(html, sizeof html - 1, SITE "1", &n, &warnings);
	assert_string_equal(n.description.s, "The act lim");
	assert_int_equal(n.known & (NOTICE_BIT(description) | NOTICE_BIT(keywords) | NOTICE_BIT(rationale) | NOTICE_BIT(documents)), 0);
	assert_int_not_equal(n.known & NOTICE_BIT(products), 0);
	check_error(in_header, sizeof in_header - 1, "page of '2026/0001/DE' is cut off before the message");
}

static void
test_page_keeps_an_earlier_standstill_when_its_label_is_gone(void **state)
{
	static const char html[] = HEAD RECEIVED "<dt>Pause ends</dt><dd>07/04/2026</dd>" MESSAGE TAIL;
	static const char words[] = HEAD RECEIVED "<dt>End of standstill</dt><dd>see message</dd>" MESSAGE TAIL;
	static const char none[] = HEAD RECEIVED "<dt>End of standstill</dt><dd>-</dd>" MESSAGE TAIL;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE a = NOTICE_INIT, b = NOTICE_INIT, c = NOTICE_INIT;

	(void)state;
	decode(html, sizeof html - 1, SITE "1", &a, &warnings);
	assert_int_equal(a.known & (NOTICE_BIT(standstill_end) | NOTICE_BIT(deadline) | NOTICE_BIT(standstill_original)), 0);
	assert_string_equal(warnings.v[1], "header: unknown label 'Pause ends': '07/04/2026'");
	decode(words, sizeof words - 1, SITE "1", &b, &warnings);
	assert_int_equal(b.known & NOTICE_BIT(standstill_end), 0);
	decode(none, sizeof none - 1, SITE "1", &c, &warnings);
	assert_int_not_equal(c.known & NOTICE_BIT(standstill_end), 0);
}

static void
test_page_reads_issuers_as_a_set_of_english_names(void **state)
{
	(void)state;
	check_field(HEAD RECEIVED "<dt>Issue of comments by</dt><dd>Commission, Hungary,European Commission,European Free Trade Association</dd>" MESSAGE TAIL,
	    offsetof(struct notice, comments_by), "European Commission, European Free Trade Association, Hungary");
}

static void
test_page_withdrawal_is_told_by_label_or_wording_but_not_by_a_title(void **state)
{
	size_t field = offsetof(struct notice, withdrawal);

	(void)state;
	check_field(HEAD RECEIVED "<dt>Date of withdrawal</dt><dd>01/02/2026</dd>" MESSAGE TAIL, field, "01/02/2026");
	check_field(HEAD RECEIVED "<dt>Withdrawn</dt><dd>Yes</dd>" MESSAGE TAIL, field, "Withdrawn");
	check_field(HEAD RECEIVED "<dt>Withdrawn</dt><dd>No</dd>" MESSAGE TAIL, field, "");
	check_field(HEAD RECEIVED "</dl><p>This notification has been withdrawn.</p><dl>" MESSAGE TAIL, field, "This notification has been withdrawn.");
	check_field("<html><body><h1>Draft withdrawn by traders: rules</h1><dl><dt>Notification number</dt><dd>2026/1/DE</dd>" RECEIVED MESSAGE TAIL, field, "");
}

static void
test_page_state_codes_stay_as_notified(void **state)
{
	static const char html[] = "<html><body><h1>Act</h1><dl><dt>Notification number</dt><dd>2026/9/UK(NI) (United Kingdom)</dd>" RECEIVED "</dl>" TAIL;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	decode(html, sizeof html - 1, SITE "1", &n, &warnings);
	assert_string_equal(n.id, "2026/0009/UK(NI)");
	assert_string_equal(n.member, "GB");
}

static void
test_page_warns_when_number_and_country_disagree(void **state)
{
	static const char html[] = "<html><body><h1>Act on toys</h1><dl><dt>Notification number</dt><dd>2026/2/FR (Germany)</dd>" RECEIVED MESSAGE
	    "<p>6. a</p><p>7.</p><p>8. a</p><p>9. a</p><p>10. a</p><p>11. No</p><p>12.</p><p>13. Perhaps</p><p>14. no</p><p>15. a</p><p>16. a</p>" TAIL;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	decode(html, sizeof html - 1, SITE "1", &n, &warnings);
	assert_string_equal(n.id, "2026/0002/FR");
	assert_string_equal(n.member, "FR");
	assert_int_equal(warnings.n, 3);
	assert_string_equal(warnings.v[0], "message: item 13: 'Perhaps' is neither yes nor no");
	assert_string_equal(warnings.v[1], "number '2026/0002/FR' of the header is '2026/0001/DE' in the message");
	assert_string_equal(warnings.v[2], "number '2026/0002/FR' is of 'FR', the page says 'Germany'");
}

static void
test_page_markup_of_the_same_text_is_no_change(void **state)
{
	static const char one[] = HEAD RECEIVED MESSAGE "<p>6. Toys<br>Dolls</p><p>7.</p><p>8. For children&#8217;s use &amp; pl&eacute;asure</p>" TAIL;
	static const char two[] = "<HTML>\n<BODY><!-- c --><MAIN class=a><H1>Act  on\n\ttoys</H1><DL><DT><b>Notification</b> number :</DT><DD><p>2026/0001/DE"
	    "&nbsp;(Germany )</p></DD><DT>Date received&nbsp;:</DT><DD> 05/01/2026 </DD></DL><DIV><DIV>Message 001</DIV>TRIS/(2026) 0001<BR/>MSG: 20260001.EN"
	    "<BR><B>1.</B>\n MSG 001 IND 2026\n0001 DE EN 05-01-2026 DE NOTIF<P>2.&#160;Germany<P>3A.\nBund<P>4. 2026/0001/DE - H00<P>5. Act <i>on</i> toys"
	    "<P>6. Toys<P>Dolls<P>7.  <P>8. For children\xE2\x80\x99s\n   use & pl\xC3\xA9" "asure</DIV></MAIN></BODY></HTML>";
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE a = NOTICE_INIT, b = NOTICE_INIT;

	(void)state;
	decode(one, sizeof one - 1, SITE "1", &a, &warnings);
	decode(two, sizeof two - 1, SITE "1", &b, &warnings);
	assert_string_equal(a.products.s, "Toys\nDolls");
	assert_string_equal(a.description.s, "For children\xE2\x80\x99s use & pl\xC3\xA9" "asure");
	assert_true(notice_equal(&a, &b));
	assert_int_equal(a.known, b.known);
}

/* ---- bytes ---- */

static void
test_page_in_latin_1_without_declaration_is_read(void **state)
{
	(void)state;
	check_field("<html><body><h1>D\xE9" "cret relatif \xE0 l\x92\xE9tiquetage</h1><dl><dt>Num\xE9ro de notification</dt><dd>2026/1/FR</dd>"
	    "<dt>Date de r\xE9" "ception</dt><dd>05/01/2026</dd></dl>" TAIL, offsetof(struct notice, title),
	    "D\xC3\xA9" "cret relatif \xC3\xA0 l\xE2\x80\x99\xC3\xA9tiquetage");
}

static void
test_page_with_nul_bytes_is_read(void **state)
{
	static const char html[] = HEAD "\0" RECEIVED "\0\0" MESSAGE "<p>6. To\0ys</p>" TAIL;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	decode(html, sizeof html - 1, SITE "1", &n, &warnings);
	assert_string_equal(n.products.s, "To ys");
}

static void
test_broken_character_of_a_page_costs_only_itself(void **state)
{
	static const char html[] = HEAD RECEIVED MESSAGE "<p>6. J\xc3\xa4tespielzeug, K\xc3\xb6nig\xe4 und B\xc3\xa4r</p>" TAIL;
	static const char *const labels[] = { "", "utf-8", "iso-8859-1", "windows-1252" };	/* of HTTP, which the store does not keep */

	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		AUTO_STRV warnings = STRV_INIT;
		AUTO_NOTICE n = NOTICE_INIT;
		struct error err;

		assert_int_equal(tris_page_decode(html, sizeof html - 1, labels[i], SITE "1", &n, &warnings, &err), 0);
		assert_string_equal(n.products.s, "J\u00e4tespielzeug, K\u00f6nig\ufffd und B\u00e4r");
		assert_string_equal(warnings.v[0], "page: some characters are broken");
	}
}

static void
test_page_of_garbage_is_an_error_and_no_crash(void **state)
{
	unsigned seed = 1;
	char bytes[5000];

	(void)state;
	for (int round = 0; round < 50; round++) {
		AUTO_STRV warnings = STRV_INIT;
		AUTO_NOTICE n = NOTICE_INIT;
		struct error err;

		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * 1103515245u + 12345u;
			bytes[i] = round % 2 ? (char)(seed >> 16) : "<>/&;=\"'ap1.dltr \0:MSG"[(seed >> 16) % 22];
		}
		assert_int_equal(tris_page_decode(bytes, sizeof bytes, "", SITE "1", &n, &warnings, &err), ERR_DATA);
		(void)tris_page_is_error(bytes, sizeof bytes);
	}
}

static void
test_page_changed_in_any_byte_is_no_crash(void **state)
{
	AUTO_BUF html = BUF_INIT;
	size_t decoded = 0;

	(void)state;
	read_data("tris/ecl.html", &html);
	for (size_t at = 0; at < html.len; at += 7) {
		AUTO_STRV warnings = STRV_INIT;
		AUTO_NOTICE n = NOTICE_INIT;
		char was = html.data[at];

		html.data[at] = at % 2 ? '<' : '\0';
		decoded += tris_page_decode(html.data, html.len, "utf-8", SITE "28999", &n, &warnings, NULL) == 0;
		html.data[at] = was;
	}
	assert_true(decoded > html.len / 7 * 9 / 10);
}

static void
test_page_cut_at_any_byte_is_no_crash(void **state)
{
	AUTO_BUF html = BUF_INIT;
	size_t decoded = 0;

	(void)state;
	read_data("tris/ecl.html", &html);
	for (size_t n = 0; n < html.len; n += 11) {
		AUTO_STRV warnings = STRV_INIT;
		AUTO_NOTICE out = NOTICE_INIT;
		AUTO_FREE char *part = xstrndup(html.data, n);

		decoded += tris_page_decode(part, n, "", SITE "28999", &out, &warnings, NULL) == 0;
	}
	assert_true(decoded > 50);
}

static void
test_page_nested_too_deeply_is_refused(void **state)
{
	AUTO_BUF html = BUF_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err;

	(void)state;
	buf_adds(&html, HEAD RECEIVED MESSAGE);
	for (int i = 0; i < 100000; i++)
		buf_adds(&html, "<div>");
	assert_int_equal(tris_page_decode(html.data, html.len, "", SITE "1", &n, NULL, &err), ERR_DATA);
}

static void
test_page_of_thirty_megabytes_is_bounded(void **state)
{
	AUTO_BUF html = BUF_INIT;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT, none = NOTICE_INIT;

	(void)state;
	buf_adds(&html, HEAD RECEIVED MESSAGE "<p>6. Toys</p><p>7.</p><p>8. Text");
	while (html.len < (size_t)30 << 20)
		buf_adds(&html, "<br>8. And so on with many words, for ever, until nobody reads them any more, and then once more from the beginning");
	buf_adds(&html, "</p><p>9. Grounds</p>" TAIL);
	decode(html.data, html.len, SITE "1", &n, &warnings);
	assert_string_equal(n.products.s, "Toys");
	assert_true(strlen(n.description.s) <= 1 << 20);
	while (html.len < (size_t)33 << 20)
		buf_adds(&html, "                                                                ");
	assert_int_equal(tris_page_decode(html.data, html.len, "", SITE "1", &none, NULL, NULL), ERR_DATA);
}

static void
test_page_of_ten_thousand_links_and_labels_is_bounded(void **state)
{
	AUTO_BUF html = BUF_INIT;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	buf_adds(&html, HEAD RECEIVED);
	for (int i = 0; i < 10000; i++)
		buf_addf(&html, "<dt>label %d</dt><dd>value</dd><a href='/en/notification/1/annex/%d'>x</a>", i, i);
	buf_adds(&html, MESSAGE TAIL);
	decode(html.data, html.len, SITE "1", &n, &warnings);
	assert_in_range(n.documents.n, 1, 300);
	assert_in_range(warnings.n, 1, 20);
}

static void
test_page_of_the_site_for_a_missing_id_is_an_error_page(void **state)
{
	static const char missing[] = "<html><body>Internal Server Error</body></html>";
	static const char titled[] = "<html><head><title>Error | TRIS</title></head><body>Something</body></html>";
	static const char later[] = "<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>";
	static const char record[] = HEAD RECEIVED MESSAGE "<p>8. Correction of an error</p>" TAIL;

	(void)state;
	assert_true(tris_page_is_error(missing, sizeof missing - 1));
	assert_true(tris_page_is_error(titled, sizeof titled - 1));
	assert_false(tris_page_is_error(later, sizeof later - 1));
	assert_false(tris_page_is_error(record, sizeof record - 1));
	assert_false(tris_page_is_error("", 0));
}

/* ---- real texts ---- */

/* What a person reads in the texts: number, received, message, language, category, agency's first and contact's first address line. NULL: cut off before it. */
static const struct {
	const char *file, *id, *received, *message, *language, *category, *label, *agency, *contact, *title, *products, *content;
} real[] = {
	{ "pages-new/bg-26329.txt", "2024/9015/NO", "2024-10-02", "901 TRIS/(2024) 2683", "bg", "X40M", "Етикетиране и реклама",
	  "Royal Ministry of Health and Care Services; Department fo Public Health; P.O. Box 8011 Dep; NO-0030 Oslo; Norway",
	  "Royal Ministry of Trade, Industry and Fisheries; ", "Изменение на Закона за храните и предложение за нови Правила за забрана", NULL, NULL },
	{ "pages-new/en-16100.txt", "2021/0665/E", "2021-10-15", "002 TRIS/(2021) 03771", "en", "H10", NULL,
	  "Ministerio de Consumo; Secretaría General de Consumo y Juego; Dirección General de Ordenación del Juego; C/ Atocha 3, 28012 Madrid; Teléfono: 914250810",
	  "Subdirección General de Asuntos Industriales, Energéticos, de Transportes, Comunicaciones y Medio Ambiente.; ",
	  "Draft Royal Decree developing safer gaming environments", "The draft affects the gambling sector in Spain", "This Royal Decree consists of a preamble" },
	{ "pages-new/en-16224.txt", "2017/0182/B", "2017-05-10", "002 TRIS/(2017) 01172", "en", "C50A", NULL,
	  "Service public fédéral Santé publique, Sécurité de la Chaîne alimentaire et Environnement; ", "SPF Economie, PME, Classes moyennes et Energie; ",
	  "Ministerial decree amending the Ministerial Decree of 19 February 2009", "Food supplements", NULL },
	{ "pages-new/en-17302.txt", "2021/0481/F", "2021-07-20", "002 TRIS/(2021) 02767", "en", "C10C", NULL,
	  "Direction des affaires juridiques des ministères sociaux; 14 avenue Duquesne; 75350 Paris SP 07; DAJ-SEC@sg.social.gouv.fr",
	  "Direction générale des entreprises; SQUALPI; Bât. Sieyès -Teledoc 151; 61, Bd Vincent Auriol; 75703 PARIS Cedex 13; d9834.france@finances.gouv.fr",
	  "Decree implementing article R. 5132-86 of the Public Health Code for Cannabis", "Varieties of Cannabis sativa L.", "The purpose of this draft decree is to regulate" },
	{ "pages-new/en-21330.txt", "2016/9040/N", "2016-11-11", "901 TRIS/(2016) 03454", "en", "C80A", NULL,
	  "The Norwegian Food Safety Authority; P.O. 383; N-2381 Brumunddal", "ROYAL MINISTRY OF TRADE, INDUSTRY AND FISHERIES; ",
	  "Regulation relating to amendment of regulation on food supplements", "Food supplements", "National maximum limits for the amount of folic acid" },
	{ "pages-new/en-23418.txt", "2023/0230/CZ", "2023-05-10", "001 TRIS/(2023) 01305", "cs", "C00C", NULL,
	  "Ministerstvo zdravotnictví České republiky; Palackého náměstí 4; 128 01 Praha 2", "Úřad pro technickou normalizaci, metrologii a státní zkušebnictví; ",
	  "Draft Government Regulation amending Government Regulation No 463/2013", "Psychotropic substances included in Schedule I", "The Draft Regulation introduces new substances" },
	{ "pages-new/en-23873.txt", "2023/0351/PL", "2023-06-07", "001 TRIS/(2023) 1726", "en", "S10E", "Packaging",
	  "Ministerstwo Klimatu i Środowiska; Departament Gospodarki Odpadami; Wawelska 52/54, 00-922 Warszawa; ", "Ministerstwo Rozwoju i Technologii; ",
	  "Draft Act amending the Act on the management of packaging", "Packaging and waste generated from it.", "The aim of the draft Act is to intr" },
	{ "pages-new/en-25891.txt", "2024/0265/CZ", "2024-05-17", "001 TRIS/(2024) 1304", "en", "C00C", "CHEMICALS",
	  "Ministerstvo zdravotnictví České republiky; Palackého náměstí 4; 128 01 Praha 2; tel: 224 971 111; e-mail: mzcr@mzcr.cz",
	  "Úřad pro technickou normalizaci, metrologii a státní zkušebnictví; ", "Draft Act amending Act No 167/1998 on addictive substances",
	  "The Act will make it possible to regulate the market", NULL },
	{ "pages-new/en-26274.txt", "2024/0527/PL", "2024-09-19", "001 TRIS/(2024) 2528", "en", "S10E", "Packaging",
	  "Ministerstwo Klimatu i Środowiska, Departament Gospodarki Odpadami; ", "Ministerstwo Rozwoju i Technologii, Departament Obrotu",
	  "Draft Act amending the Act on Packaging Management", "Packaging and Packaging Waste", "In order to ensure the planned implementation of dep" },
	{ "pages-new/en-26455.txt", "2024/0646/DK", "2024-11-27", "001 TRIS/(2024) 3166", "en", "C00C", "CHEMICALS",
	  "Miljø- og Ligestillingsministeriet; Frederiksholms Kanal 26; 1220 København K; Tlf.: +45 38 14 21 42",
	  "Erhvervsstyrelsen; Langelinie allé 17; 2100 København Ø; Danmark; +45 35 29 10 00; notifikationer@erst.dk",
	  "Order prohibiting the import and sale to consumers of clothing", "Clothing, footwear and consumer waterproofing agents containing PFAS.",
	  "The draft Order introduces national provisions" },
	{ "pages-new/en-26624.txt", "2025/0044/ES", "2025-01-24", "001 TRIS/(2025) 0221", "en", NULL, NULL,
	  "Unidad de Prevención y Control del Tabaquismo; ", "Ministerio de Asuntos Exteriores, Unión Europea y Cooperación; ", NULL, NULL, NULL },
	{ "pages-new/en-26754.txt", "2025/9005/NO", "2025-03-17", "901 TRIS/(2025) 0756", "en", "C50A", "Foodstuffs",
	  "Royal Ministry of Health and Care ervices; Department for Public Health; P.O. Box 8090, Dep; NO-0032 Oslo; Norway",
	  "Royal Ministry of Trade, Industry and Fisheries; Departement of Trade Policy; P.O. Box 8090, Dep; NO-0032 Oslo; Norway; Email: tbt.notifications@nfd.dep.no",
	  "Regulation prohibiting the sale of energy drinks to children under 16 years of age.", "The sale of energy drinks.", "The draft regulation includes nine articles." },
	{ "pages-new/et-26760.txt", "2025/0155/FR", "2025-03-19", "001 TRIS/(2025) 0787", "et", "C00P", "Farmaatsiatooted ja kosmeetikatooted",
	  "Ministère du travail, de la santé et des solidarités; ", "Ministères économiques et financiers; Direction générale des entreprises; ",
	  "Määrus, millega kehtestatakse", NULL, NULL },
	{ "pages-new/fr-26329.txt", "2024/9015/NO", "2024-10-02", "901 TRIS/(2024) 2683", "fr", "X40M", "Étiquetage et publicité",
	  "Royal Ministry of Health and Care Services; Department fo Public Health; P.O. Box 8011 Dep; NO-0030 Oslo; Norway",
	  "Royal Ministry of Trade, Industry and Fisheries; ", "Modification de la loi sur les aliments",
	  "La vente et la publicité de certaines denrées alimentaires et boissons", "Les mesures suivantes sont proposées:\n1) Modification de l'article 26a" },
	{ "pages-old/en-2016-615.txt", "2016/0615/B", "2016-11-25", "002 TRIS/(2016) 03589", "en", NULL, NULL,
	  "Federale Overheidsdienst Volksgezondheid, Veiligheid Voedselketen en Leefmilieu; ", "FOD Economie, KMO, Middenstand en Energie; ",
	  "Royal Decree amending the Royal Decree of 3 March 1992", NULL, NULL },
	{ "pages-old/en-2019-94-mLang-ES.txt", "2019/0094/GR", "2019-03-05", "002 TRIS/(2019) 00606", "es", NULL, NULL,
	  "ΥΠΟΥΡΓΕΙΟ ΥΓΕΙΑΣ", "ΕΛΟΤ, ΚΕΝΤΡΟ ΠΛΗΡΟΦΟΡΗΣΗΣ", "‘Amendments to Law 4419/2016", NULL, NULL },
	{ "pages-old/en-2020-174.txt", "2020/0174/D", "2020-03-30", "002 TRIS/(2020) 01101", "en", "SERV60", NULL,
	  "Bundesministerium der Justiz und für Verbraucherschutz, Referat V B 2, 10117 Berlin; Tel.: 0049-30-18580-9522",
	  "Bundesministerium für Wirtschaft und Energie, Referat E C 2, 11019 Berlin; Tel.: 0049-30-2014-6353",
	  "Draft Act amending the Network Enforcement Act", "Providers of social networks and video-sharing platforms", "The Network Enforcement Act (NetzDG) obliges" },
	{ "pages-old/fr-2020-191-mLang-MT.txt", "2020/0191/F", "2020-04-02", "002 TRIS/(2020) 01175", "mt", "T40T", NULL,
	  "Ministère de la Transition écologique et solidaire; Direction générale de l’énergie et du climat; ", "Direction générale des entreprises; SQUALPI; ",
	  "Digr", NULL, NULL },
};

#define REAL (sizeof real / sizeof real[0])

/* The text in a page: lines by turns in <p> and before <br>, or all in <pre>; a header in front of those texts that lack it. */
static void
frame(const char *text, const char *id, const char *received, bool preformatted, struct buf *html)
{
	AUTO_STRV lines = STRV_INIT;

	strv_split(&lines, text, "\n");
	buf_adds(html, "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><main>");
	if (id != NULL)
		buf_addf(html, "<h1>A heading</h1><dl><dt>Notification Number</dt><dd>%s</dd><dt>Date received</dt><dd>%.2s/%.2s/%.4s</dd></dl>", id,
		    received + 8, received + 5, received);
	buf_adds(html, preformatted ? "<pre>" : "<div>");
	for (size_t i = 0; i < lines.n; i++) {
		if (!preformatted && i % 2 == 0)
			buf_adds(html, "<p>");
		xml_escape(lines.v[i], html);
		buf_adds(html, preformatted ? "\n" : i % 2 == 0 ? "</p>" : "<br>");
	}
	buf_adds(html, preformatted ? "</pre></main></body></html>" : "</div></main></body></html>");
}

static void
check_start(const char *file, const char *what, const char *value, const char *expected)
{
	if (expected == NULL ? value != NULL : value == NULL || strncmp(value, expected, strlen(expected)) != 0)
		fail_msg("%s: %s is '%s', not '%s...'", file, what, value != NULL ? value : "(none)", expected != NULL ? expected : "(none)");
}

static void
check_real(size_t i, const struct notice *n)
{
	const char *file = real[i].file;
	char date[DATE_TEXT];

	check_start(file, "id", n->id, real[i].id);
	check_start(file, "date", date_format(n->distributed, date), real[i].received);
	check_start(file, "message", n->message, real[i].message);
	check_start(file, "language", n->language, real[i].language);
	check_start(file, "category", n->category, real[i].category);
	check_start(file, "category label", n->category_label, real[i].label);
	check_start(file, "agency", n->agency, real[i].agency);
	check_start(file, "contact", n->contact, real[i].contact);
	check_start(file, "title", n->title.s, real[i].title != NULL ? real[i].title : "A heading");
	check_start(file, "products", n->products.s, real[i].products);
	check_start(file, "content", n->description.s, real[i].content);
}

static void
test_page_reads_every_real_text(void **state)
{
	const char *folder = getenv("REGWATCH_DATA");

	(void)state;
	if (folder == NULL) {
		print_message("REGWATCH_DATA is not set: real texts are not read\n");
		skip();
	}
	for (size_t i = 0; i < 2 * REAL; i++) {
		AUTO_FREE char *path = xasprintf("%s/tris/%s", folder, real[i / 2].file);
		bool old = strstr(path, "pages-old") != NULL;
		AUTO_BUF text = BUF_INIT, html = BUF_INIT;
		AUTO_STRV warnings = STRV_INIT;
		AUTO_NOTICE n = NOTICE_INIT;

		if (file_read(path, 1 << 20, &text, NULL) < 0)
			fail_msg("cannot read '%s'", path);
		frame(buf_str(&text), old ? NULL : real[i / 2].id, real[i / 2].received, i % 2 == 1, &html);
		decode(html.data, html.len, SITE "1", &n, &warnings);
		check_real(i / 2, &n);
	}
}

static void
test_page_real_texts_of_the_old_site_tell_standstill_and_issuers(void **state)
{
	static const struct {
		const char *file, *first, *end, *comments, *opinions;
	} old[] = {
		{ "en-2016-615.txt", "2016/0615/B 2017-02-27", "2017-05-29", "European Commission, Hungary", "European Commission" },
		{ "en-2019-94-mLang-ES.txt", "2019/0094/GR 2019-06-06", "2019-09-06", "", "Bulgaria, Romania" },
		{ "en-2020-174.txt", "2020/0174/D 2020-07-01", "2020-07-01", "European Commission", "" },
		{ "fr-2020-191-mLang-MT.txt", "2020/0191/F 2020-07-03", "2020-07-03", "European Commission", "" },
	};
	const char *folder = getenv("REGWATCH_DATA");

	(void)state;
	if (folder == NULL)
		skip();
	for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
		AUTO_FREE char *path = xasprintf("%s/tris/pages-old/%s", folder, old[i].file), *first = NULL;
		AUTO_BUF text = BUF_INIT, html = BUF_INIT, comments = BUF_INIT, opinions = BUF_INIT;
		AUTO_STRV warnings = STRV_INIT;
		AUTO_NOTICE n = NOTICE_INIT;
		char date[DATE_TEXT];

		assert_int_equal(file_read(path, 1 << 20, &text, NULL), 0);
		frame(buf_str(&text), NULL, NULL, false, &html);
		decode(html.data, html.len, SITE "1", &n, &warnings);
		first = xasprintf("%s %s", n.id, date_format(n.standstill_original, date));
		assert_string_equal(first, old[i].first);
		assert_string_equal(date_format(n.standstill_end, date), old[i].end);
		assert_string_equal(date_format(n.deadline, date), old[i].end);
		strv_join(&n.comments_by, ", ", &comments);
		strv_join(&n.opinions_by, ", ", &opinions);
		assert_string_equal(buf_str(&comments), old[i].comments);
		assert_string_equal(buf_str(&opinions), old[i].opinions);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_reads_the_new_generation_in_ecl_rows),
		cmocka_unit_test(test_page_reads_a_migrated_record_in_a_definition_list),
		cmocka_unit_test(test_page_reads_an_efta_message_in_a_table),
		cmocka_unit_test(test_page_reads_the_old_site_with_french_labels_and_a_maltese_message),
		cmocka_unit_test(test_page_tells_its_own_address_by_its_links),
		cmocka_unit_test(test_page_without_number_is_an_unknown_layout),
		cmocka_unit_test(test_page_without_date_or_title_names_what_is_missing),
		cmocka_unit_test(test_page_date_falls_back_to_item_1_and_not_to_nonsense),
		cmocka_unit_test(test_page_header_alone_is_a_record),
		cmocka_unit_test(test_page_cut_off_does_not_claim_its_last_item),
		cmocka_unit_test(test_page_keeps_an_earlier_standstill_when_its_label_is_gone),
		cmocka_unit_test(test_page_reads_issuers_as_a_set_of_english_names),
		cmocka_unit_test(test_page_withdrawal_is_told_by_label_or_wording_but_not_by_a_title),
		cmocka_unit_test(test_page_state_codes_stay_as_notified),
		cmocka_unit_test(test_page_warns_when_number_and_country_disagree),
		cmocka_unit_test(test_page_markup_of_the_same_text_is_no_change),
		cmocka_unit_test(test_page_in_latin_1_without_declaration_is_read),
		cmocka_unit_test(test_page_with_nul_bytes_is_read),
		cmocka_unit_test(test_broken_character_of_a_page_costs_only_itself),
		cmocka_unit_test(test_page_of_garbage_is_an_error_and_no_crash),
		cmocka_unit_test(test_page_changed_in_any_byte_is_no_crash),
		cmocka_unit_test(test_page_cut_at_any_byte_is_no_crash),
		cmocka_unit_test(test_page_nested_too_deeply_is_refused),
		cmocka_unit_test(test_page_of_ten_thousand_links_and_labels_is_bounded),
		cmocka_unit_test(test_page_of_the_site_for_a_missing_id_is_an_error_page),
		cmocka_unit_test(test_page_reads_every_real_text),
		cmocka_unit_test(test_page_real_texts_of_the_old_site_tell_standstill_and_issuers),
		/* last: a heap that was this large makes glibc's MALLOC_PERTURB_ slow for whoever comes after */
		cmocka_unit_test(test_page_of_thirty_megabytes_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
