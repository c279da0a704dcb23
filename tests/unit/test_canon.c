#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/notice/canon.h"
#include "lib/notice/fields.h"
#include "lib/notice/symbol.h"

/* ---- a repeatable source of chance ---- */

static uint64_t seed;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static const char *const pieces[] = {
	"a", "B", "The", "shall", "No.", "Art.", "5", "12.", "3)", "U.S.", "e.g.", "EU.", "text.", "Text!", "\xC3\xA9", "\xC3\x89t\xC3\xA9.", "\xE2\x80\x9C", "\xE2\x80\x9D",
	"\xF0\x9F\x9A\xAB", "\xD0\x9F\xD1\x80", "\xE4\xB8\xAD\xE6\x96\x87\xE3\x80\x82", "#", "##", "## Description", "# Title", ">", "-", "+", "=", "===", "---", "~", "~~~", "|",
	"|a|b|", ":-|-:", "*", "**", "_", "__", "_a_", "a_b", "\\", "\\\\", "`", "```", "<b>", "</p>", "[x](y)", "![", "&amp;", "&#160;", "&", "&x",
	"Notification: G/TBT/N/USA/1", "Deadline: 2026-01-01", "HS: 9503 - Toys", " - ", "- ", ": ", "(sha256 0)", "2026-01-01", "yes", "1.", "1)",
	"1. ", "\xC2\xB5g/kg", "90", "%", "\"", "'", ")", "(", "...", "?", "!", ";", ",", ". ", "KW Products: x", "Language of title: es", "http://x/_y_"
};

static void
random_text(struct buf *out, bool lines, unsigned most)
{
	AUTO_BUF raw = BUF_INIT;
	unsigned n = 1 + chance(most);

	for (unsigned i = 0; i < n; i++) {
		buf_adds(&raw, pieces[chance(sizeof(pieces) / sizeof(pieces[0]))]);
		if (chance(3) > 0)
			buf_addc(&raw, ' ');
		if (lines && chance(12) == 0)
			buf_addc(&raw, '\n');
	}
	buf_adds(out, buf_str(&raw));
}

static void
random_line(char **line)
{
	AUTO_BUF text = BUF_INIT;

	random_text(&text, false, 6);
	notice_set_line(line, buf_str(&text));
}

static struct date
random_date(void)
{
	return chance(3) == 0 ? DATE_NONE : date_from_days((int32_t)(10000 + chance(20000)));
}

static const char *
random_lang(void)
{
	static const char *const langs[] = { "en", "en", "en", "fr", "es", "", "de" };

	return langs[chance(7)];
}

static void
random_codes(struct codes *c)
{
	static const char *const codes[] = { "9503", "3926.90", "04", "9850.9909", "97.200.50", "C50A" };

	for (unsigned n = chance(5); n > 0; n--) {
		AUTO_FREE char *label = NULL;

		if (chance(3) > 0)
			random_line(&label);
		codes_add(c, codes[chance(6)], label);
	}
}

static void
random_documents(struct documents *d)
{
	static const char *const kinds[] = { "draft", "final", "modification", "notification", "other", "strange" };

	for (unsigned n = chance(4); n > 0; n--) {
		AUTO_BUF url = BUF_INIT;
		size_t before = d->n;

		buf_adds(&url, "https://x.example/");
		random_text(&url, false, 4);
		documents_add(d, kinds[chance(6)], random_lang(), buf_str(&url));
		if (d->n > before && chance(2) == 0)
			d->v[before].text_sha256 = xstrdup("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	}
}

static void
random_variants(struct variants *v)
{
	static const char *const members[] = { "KW", "US", "", "EU" };

	for (unsigned n = chance(4); n > 0; n--) {
		AUTO_FREE char *value = NULL;

		if (chance(5) > 0)
			random_line(&value);
		variants_add(v, members[chance(4)], notice_fields[chance((unsigned)notice_fields_count)].name, value);
	}
}

static void
random_field(struct notice *n, size_t row)
{
	void *p = notice_at(n, row);
	AUTO_BUF text = BUF_INIT;

	switch (notice_fields[row].type) {
	case FIELD_LINE:
		random_line(p);
		break;
	case FIELD_TEXT:
		random_text(&text, true, 40);
		notice_set_text(p, buf_str(&text), random_lang());
		break;
	case FIELD_DATE:
		*(struct date *)p = random_date();
		break;
	case FIELD_SET:
		for (unsigned i = chance(4); i > 0; i--) {
			char *item = NULL;

			random_line(&item);
			if (item != NULL)
				strv_take(p, item);
		}
		break;
	case FIELD_CODES:
		random_codes(p);
		break;
	case FIELD_ANSWER:
		*(enum answer *)p = (enum answer)chance(3);
		break;
	case FIELD_MILESTONE:
		((struct milestone *)p)->date = random_date();
		if (chance(2) == 0)
			random_line(&((struct milestone *)p)->text);
		break;
	case FIELD_DOCUMENTS:
		random_documents(p);
		break;
	case FIELD_VARIANTS:
		random_variants(p);
		break;
	}
}

static void
random_notice(struct notice *n)
{
	static const char *const ids[] = {
		"G/TBT/N/USA/2211", "G/SPS/N/KOR/1/Rev.1/Add.2", "2024/0321/FI", "2020/0026/D", "something *else* # here", "G/TBT/N/ZZZ/1/Corr.1",
		"G/TBT/N/ARE/703, G/TBT/N/BHR/780, G/TBT/N/KWT/764", "G/TBT/N/ZZZ/1, G/TBT/N/USA/2"
	};

	notice_init(n);
	symbol_split(ids[chance(8)], &n->symbols);
	n->urgent = chance(4) == 0;
	if (chance(4) == 0)
		strv_add(&n->members, "JP");
	for (size_t i = 0; i < notice_fields_count; i++)
		if (chance(2) == 0)
			random_field(n, i);
	if (chance(2) == 0)
		notice_set_line(&n->language, "en");
	notice_normalise(n);
}

static void
assert_reads(const struct buf *text, struct notice *out)
{
	struct error err = { ERR_NONE, "" };

	if (canon_read(text->data, text->len, out, &err) != 0)
		fail_msg("%s in\n%s", err.text, text->data);
}

static void
test_canon_round_trips_5000_random_records(void **state)
{
	(void)state;
	seed = 88172645463325252u;
	for (unsigned i = 0; i < 5000; i++) {
		AUTO_NOTICE n = NOTICE_INIT, back = NOTICE_INIT;
		AUTO_BUF text = BUF_INIT, again = BUF_INIT;

		random_notice(&n);
		canon_write(&n, &text);
		assert_reads(&text, &back);
		for (size_t row = 0; row < notice_fields_count; row++)
			if (!notice_field_equal(&n, &back, row))
				fail_msg("record %u: field '%s' differs in\n%s", i, notice_fields[row].name, text.data);
		assert_true(notice_equal(&n, &back));
		canon_write(&back, &again);
		assert_string_equal(buf_str(&text), buf_str(&again));
	}
}

/* One random change of the text. */
static void
mutate(struct buf *text)
{
	AUTO_BUF out = BUF_INIT;
	size_t at = chance((unsigned)text->len), n = chance(8);

	buf_add(&out, text->data, at);
	switch (chance(5)) {
	case 0:		/* drop some bytes */
		at += n < text->len - at ? n : text->len - at;
		break;
	case 1:		/* write a byte over */
		buf_addc(&out, (char)chance(256));
		at++;
		break;
	case 2:
		buf_adds(&out, pieces[chance(sizeof(pieces) / sizeof(pieces[0]))]);
		break;
	case 3:
		buf_addc(&out, " \n\\#-:.)"[chance(8)]);
		break;
	default: {	/* repeat a line */
		const char *nl = memchr(text->data + at, '\n', text->len - at);
		size_t from = nl != NULL ? (size_t)(nl - text->data) + 1 : text->len;

		buf_add(&out, text->data + at, from - at);
		nl = from < text->len ? memchr(text->data + from, '\n', text->len - from) : NULL;
		if (nl != NULL)
			buf_add(&out, text->data + from, (size_t)(nl - text->data) + 1 - from);
		at = from;
		break;
	}
	}
	if (at < text->len)
		buf_add(&out, text->data + at, text->len - at);
	buf_reset(text);
	buf_add(text, out.data, out.len);
}

static unsigned accepted;

/* Either refused with a line number, or a record whose form reads back as the same record. */
static void
check_mutant(const struct buf *text)
{
	AUTO_NOTICE n = NOTICE_INIT, back = NOTICE_INIT;
	AUTO_BUF form = BUF_INIT, again = BUF_INIT;
	struct error err = { ERR_NONE, "" };
	AUTO_FREE char *exact = xmalloc(text->len);	/* so that reading past the end is seen */

	memcpy(exact, text->data, text->len);
	if (canon_read(exact, text->len, &n, &err) != 0) {
		assert_int_equal(err.code, ERR_DATA);
		assert_memory_equal(err.text, "line ", 5);
		assert_null(n.id);
		return;
	}
	accepted++;
	canon_write(&n, &form);
	assert_reads(&form, &back);
	assert_true(notice_equal(&n, &back));
	canon_write(&back, &again);
	assert_string_equal(buf_str(&form), buf_str(&again));
}

static void
test_canon_survives_mutations(void **state)
{
	(void)state;
	seed = 4101842887655102017u;
	for (unsigned i = 0; i < 6000; i++) {
		AUTO_NOTICE n = NOTICE_INIT;
		AUTO_BUF text = BUF_INIT;

		random_notice(&n);
		canon_write(&n, &text);
		for (unsigned k = 1 + chance(3); k > 0 && text.len > 0; k--)
			mutate(&text);
		check_mutant(&text);
	}
	assert_true(accepted > 30);
}

/* ---- whole texts ---- */

static void
assert_text(const char *text, const char *file_and_line)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF again = BUF_INIT;
	struct error err = { ERR_NONE, "" };

	if (canon_read(text, strlen(text), &n, &err) != 0)
		fail_msg("%s: %s", file_and_line, err.text);
	canon_write(&n, &again);
	assert_string_equal(buf_str(&again), text);
}

static void
test_canon_writes_a_joint_notification_for_people(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;

	(void)state;
	symbol_split("G/TBT/N/ARE/703, G/TBT/N/BHR/780", &n.symbols);
	notice_set_text(&n.title, "Reglamento *b\xC3\xA1sico* #", "es");
	notice_set_line(&n.language, "en");
	notice_set_text(&n.products, "Toys; HS 9503", "en");
	notice_set_text(&n.description, "- See Art. 5 of G/TBT/N/ARE/1. It _shall_ a_b apply, e.g. to <toys>.\n## Products\nNotification: x", "en");
	n.distributed = (struct date){ 2025, 6, 12 };
	n.adoption.date = (struct date){ 2026, 1, 1 };
	notice_set_line(&n.adoption.text, "or later");
	notice_set_line(&n.entry_into_force.text, "To be determined");
	codes_add(&n.hs, "9503", "Toys & games");
	codes_add(&n.hs, "3926.90", NULL);
	n.all_trading_partners = ANSWER_YES;
	documents_add(&n.documents, "notification", "", "https://docs.wto.org/A.DOCX");
	documents_add(&n.documents, "draft", "en", "https://members.wto.org/25_1_00_e.pdf");
	variants_add(&n.variants, "BH", "Products", "ICS : 43.020");
	variants_add(&n.variants, "BH", "HS", NULL);
	notice_normalise(&n);
	n.documents.v[0].text_sha256 = xstrdup("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	canon_write(&n, &text);
	assert_string_equal(buf_str(&text),
	    "# Reglamento \\*b\xC3\xA1sico\\* \\#\n"
	    "\n"
	    "Notification: G/TBT/N/ARE/703  \n"
	    "Symbol: G/TBT/N/ARE/703  \n"
	    "Symbol: G/TBT/N/BHR/780  \n"
	    "Dossier: G/TBT/N/ARE/703  \n"
	    "Source: eping  \n"
	    "Area: TBT  \n"
	    "Kind: draft  \n"
	    "Member: AE  \n"
	    "Joint with: BH  \n"
	    "Distributed: 2025-06-12  \n"
	    "Adoption: 2026-01-01 - or later  \n"
	    "Entry into force: - To be determined  \n"
	    "HS: 3926.90  \n"
	    "HS: 9503 - Toys & games  \n"
	    "All trading partners: yes  \n"
	    "Language: en  \n"
	    "Language of title: es  \n"
	    "Document: draft en https://members.wto.org/25_1_00_e.pdf "
	    "(sha256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef)  \n"
	    "Document: notification - https://docs.wto.org/A.DOCX  \n"
	    "\n"
	    "## As notified by members\n"
	    "\n"
	    "BH HS:   \n"
	    "BH Products: ICS : 43.020  \n"
	    "\n"
	    "## Products\n"
	    "\n"
	    "Toys; HS 9503\n"
	    "\n"
	    "## Description\n"
	    "\n"
	    "\\- See Art. 5 of G/TBT/N/ARE/1.\n"
	    "It \\_shall\\_ a_b apply, e.g. to \\<toys>.\n"
	    "\n"
	    "\\## Products\n"
	    "\n"
	    "Notification: x\n");
	assert_text(buf_str(&text), "joint");
}

static void
test_canon_writes_an_empty_record(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;

	(void)state;
	n.id = xstrdup("2020/0026/D");
	n.urgent = true;
	notice_normalise(&n);
	canon_write(&n, &text);
	assert_string_equal(buf_str(&text), "#\n\nNotification: 2020/0026/D  \nDossier: 2020/0026/D  \nSource: tris  \nArea: TRIS  \nKind: urgent  \n"
	    "Urgent: yes  \nMember: DE  \n");
	assert_text(buf_str(&text), "empty");
}

#define HEAD "# T\n\nNotification: G/TBT/N/USA/1  \nDossier: G/TBT/N/USA/1  \nSource: eping  \nArea: TBT  \nKind: draft  \nMember: US  \n"

static void
test_canon_refuses_what_it_does_not_write(void **state)
{
	static const char *const rows[][2] = {
		{ "", "line 1: no title" },
		{ "T\n", "line 1: no title" },
		{ "# T\nNotification: x  \n", "line 2: no empty line below the title" },
		{ "# T\n\n", "line 2: no 'Notification' or no 'Dossier'" },
		{ "# T\n\nNotification: G/TBT/N/USA/1\n", "line 3: not 'Name: value' with two blanks at the end" },
		{ HEAD "Colour: red  \n", "line 9: unknown name 'Colour'" },
		{ HEAD "Distributed: 2025-02-31  \n", "line 9: not a date '2025-02-31'" },
		{ HEAD "HS: <b>  \n", "line 9: not a code, or too many '<b>'" },
		{ HEAD "Distributed: 2025-02-01  \nDistributed: 2025-02-01  \n", "line 10: given twice '2025-02-01'" },
		{ HEAD "Comments until: 2025-02-01  \nDistributed: 2025-01-01  \n", "line 9: not in the form of a record" },
		{ HEAD "HS: 9503  \nHS: 04  \n", "line 9: not in the form of a record" },
		{ HEAD "Agency: *x*  \n", "line 9: not in the form of a record" },
		{ HEAD "Agency: a\\x  \n", "line 9: a stray backslash" },
		{ HEAD "Agency: a  b  \n", "line 9: not in the form of a record" },
		{ HEAD "Agency:   \n", "line 9: not in the form of a record" },
		{ HEAD "Document: draft https://x.example/  \n", "line 9: a document is 'KIND LANGUAGE URL' 'draft https://x.example/'" },
		{ HEAD "\n## Colour\n\nRed.\n", "line 10: unknown section 'Colour'" },
		{ HEAD "\n## Products\n\n", "line 11: an empty section" },
		{ HEAD "\n## Products\n\nA.\n\n## Products\n\nB.\n", "line 15: given twice" },
		{ HEAD "\nloose\n", "line 10: not the heading of a section" },
		{ HEAD "\n## Products\n\nA", "line 12: not in the form of a record" },
		{ HEAD "\n## Products\n\n# A\n", "line 12: not in the form of a record" },
		{ "# T\n\nNotification: G/TBT/N/USA/1  \nSymbol: G/TBT/N/USA/2  \nDossier: G/TBT/N/USA/1  \n",
		    "line 5: not among the symbols 'G/TBT/N/USA/1'" },
		{ "# T\n\nNotification: G/TBT/N/USA/1  \nDossier: G/TBT/N/USA/2  \n", "line 4: not the dossier of the notification 'G/TBT/N/USA/2'" },
		{ "# T\n\nNotification: G/TBT/N/USA/1/Add.1  \nDossier: G/TBT/N/USA/1  \nSource: eping  \nArea: TBT  \nKind: draft  \n",
		    "line 7: not the kind of the notification 'draft'" },
		{ "# T\n\nNotification: G/TBT/N/USA/1  \nDossier: G/TBT/N/USA/1  \nSource: eping  \nArea: SPS  \nKind: draft  \n",
		    "line 7: not the source or area of the notification" },
		{ HEAD "Agency: \xFF  \n", "line 1: not UTF-8" },
	};

	(void)state;
	assert_text(HEAD, "head");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO_NOTICE n = NOTICE_INIT;
		struct error err = { ERR_NONE, "" };

		assert_int_equal(canon_read(rows[i][0], strlen(rows[i][0]), &n, &err), ERR_DATA);
		assert_string_equal(err.text, rows[i][1]);
	}
}

/* A later version may end sentences at other places; what an earlier one wrote stays readable. */
static void
test_canon_reads_sentences_that_end_elsewhere(void **state)
{
	static const char text[] = HEAD "\n## Products\n\nOne\ntwo. Three\n\\- four 4\n5\\. six.\n";
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err = { ERR_NONE, "" };

	(void)state;
	if (canon_read(text, strlen(text), &n, &err) != 0)
		fail_msg("%s", err.text);
	assert_string_equal(n.products.s, "One two. Three - four 4 5. six.");
}

static void
assert_sentences(const char *paragraph, const char *expected)
{
	AUTO_FREE size_t *starts = NULL;
	AUTO_BUF marked = BUF_INIT;
	size_t n = canon_sentences(paragraph, strlen(paragraph), &starts);

	for (size_t i = 0; i < n; i++) {
		size_t end = i + 1 < n ? starts[i + 1] - 1 : strlen(paragraph);

		buf_addf(&marked, "%s%.*s", i > 0 ? "|" : "", (int)(end - starts[i]), paragraph + starts[i]);
	}
	assert_string_equal(buf_str(&marked), expected);
}

static void
test_sentences_end_where_readers_see_an_end(void **state)
{
	(void)state;
	assert_sentences("One. Two! Three? Four\xE2\x80\xA6 Five", "One.|Two!|Three?|Four\xE2\x80\xA6|Five");
	assert_sentences("See No. 5 and Art. 3(1). The U.S. Agency, e.g. FDA, cf. Reg. (EU) 2015/1535.",
	    "See No. 5 and Art. 3(1).|The U.S. Agency, e.g. FDA, cf. Reg. (EU) 2015/1535.");
	assert_sentences("Adopted in 2020. The answer is no. That is all.", "Adopted in 2020.|The answer is no.|That is all.");
	assert_sentences("1. Scope 1.2 mg/kg. 2. Limits", "1. Scope 1.2 mg/kg.|2. Limits");
	assert_sentences("He said (\xE2\x80\x9CNo.\xE2\x80\x9D) Then \"Yes.\" \xC3\x89t\xC3\xA9. \xC3\xA9t\xC3\xA9.",
	    "He said (\xE2\x80\x9CNo.\xE2\x80\x9D)|Then \"Yes.\"|\xC3\x89t\xC3\xA9. \xC3\xA9t\xC3\xA9.");
	assert_sentences("Am 3. M\xC3\xA4rz. Nach Abs. 2 gilt Nr. 7.", "Am 3. M\xC3\xA4rz.|Nach Abs. 2 gilt Nr. 7.");
	assert_sentences("and so on. continued", "and so on. continued");
	assert_sentences("Dr. J. Smith vs. Prof. X. Y. No. IV applies.", "Dr. J. Smith vs. Prof. X. Y. No. IV applies.");
	assert_sentences("x", "x");
	assert_sentences("", "");
}

/* Titles, descriptions and codes of real rows survive the text form. */
static void
test_canon_round_trips_real_rows(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF all = BUF_INIT;
	size_t rows = 0;

	(void)state;
	if (data == NULL) {
		print_message("skipped: REGWATCH_DATA is not set\n");
		skip();
	}
	path = file_join(data, "eping/export-2025-06.jsonl");
	assert_int_equal(file_read(path, 16 << 20, &all, NULL), 0);
	for (char *line = strtok(all.data, "\n"); line != NULL; line = strtok(NULL, "\n"), rows++) {
		AUTO_NOTICE n = NOTICE_INIT, back = NOTICE_INIT;
		AUTO_BUF text = BUF_INIT;
		AUTO_JSON *row = NULL;

		assert_int_equal(json_parse(line, strlen(line), &row, NULL), 0);
		symbol_split(json_str(json_object_get(row, "Document symbol"), "text"), &n.symbols);
		notice_set_text(&n.title, json_str(row, "Title"), "en");
		notice_set_text(&n.description, json_str(row, "Description"), "en");
		notice_set_text(&n.products, json_str(row, "Products covered"), "es");
		notice_set_line(&n.agency, json_str(row, "HS code(s)"));
		notice_normalise(&n);
		canon_write(&n, &text);
		assert_reads(&text, &back);
		assert_true(notice_equal(&n, &back));
		assert_text(buf_str(&text), n.id);
	}
	assert_int_equal(rows, 120);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canon_writes_a_joint_notification_for_people),
		cmocka_unit_test(test_canon_writes_an_empty_record),
		cmocka_unit_test(test_canon_refuses_what_it_does_not_write),
		cmocka_unit_test(test_canon_reads_sentences_that_end_elsewhere),
		cmocka_unit_test(test_sentences_end_where_readers_see_an_end),
		cmocka_unit_test(test_canon_round_trips_real_rows),
		cmocka_unit_test(test_canon_round_trips_5000_random_records),
		cmocka_unit_test(test_canon_survives_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
