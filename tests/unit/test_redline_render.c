/* Renderings of a difference, compared whole with what a reader should see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/utf8.h"
#include "lib/notice/canon.h"
#include "lib/notice/notice.h"
#include "lib/redline/redline.h"
#include "lib/redline/redline_json.h"

static const struct redline_style plain = { .colour = false, .width = 72, .context = 1 };

/* Two synthetic versions of a notification. */
static void
make(struct notice *n, bool newer)
{
	notice_init(n);
	n->id = xstrdup("G/TBT/N/UGA/2211");
	notice_set_text(&n->title, newer ? "Draft standard for toys" : "Draft standard for dolls", "en");
	notice_set_line(&n->agency, "Uganda National Bureau of Standards");
	n->deadline = newer ? (struct date){ 2026, 3, 20 } : (struct date){ 2026, 1, 20 };
	if (newer)
		n->adoption.date = (struct date){ 2026, 6, 1 };
	codes_add(&n->hs, newer ? "3926.90" : "9503", NULL);
	codes_add(&n->hs, "9504", NULL);
	strv_add(&n->objectives, "Protection of human health");
	if (newer)
		strv_add(&n->objectives, "Prevention of deceptive practices");
	documents_add(&n->documents, "draft", "en", "https://members.wto.org/x.pdf");
	notice_set_text(&n->description, newer ?
	    "This draft covers toys. It applies to makers.\nIt applies to importers. It applies to shops. Lead shall not exceed 45 mg/kg in any part that a child "
	    "can reach. Test <all> parts & labels. The last word." :
	    "This draft covers toys. It applies to makers.\nIt applies to importers. It applies to shops. Lead should not exceed 90 mg/kg in any part that a child "
	    "can reach. Test <all> parts & labels. Records of each batch are kept for years. The last word.", "en");
	notice_normalise(n);
}

static void
free_both(struct notice *a, struct notice *b)
{
	notice_clear(a);
	notice_clear(b);
}

static void
test_text_shows_fields_then_words(void **state)
{
	struct notice a, b;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&a, false);
	make(&b, true);
	redline_make(&a, &b, &r);
	redline_text(&r, &plain, &out);
	assert_string_equal(buf_str(&out),
	    "! should not -> shall not\n"
	    "! 90 mg/kg -> 45 mg/kg\n"
	    "Title Draft standard for [-dolls-]{+toys+}\n"
	    "Comments until 2026-01-20 -> 2026-03-20\n"
	    "Adoption +2026-06-01\n"
	    "HS +3926.90 -9503\n"
	    "Objective\n"
	    "  +Prevention of deceptive practices\n"
	    "Description\n"
	    "  ... 3 sentences unchanged ...\n"
	    "  It applies to shops.\n"
	    "  Lead [-should-]{+shall+} not exceed [-90-]{+45+} mg/kg in any part\n"
	    "  that a child can reach.\n"
	    "  Test <all> parts & labels.\n"
	    "  [-Records of each batch are kept for years.-]\n"
	    "  The last word.\n");
	free_both(&a, &b);
}

static void
test_colour_replaces_the_marks_and_ends_with_each_line(void **state)
{
	const struct redline_style style = { .colour = true, .width = 30, .context = 0 };
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	notice_set_text(&a.description, "One stays as it was. Toys must be safe for all.", "en");
	notice_set_text(&b.description, "One stays as it was. Toys must be safe and strong for every child under three. Two.", "en");
	redline_make(&a, &b, &r);
	redline_text(&r, &style, &out);
	assert_string_equal(buf_str(&out),
	    "\033[1mDescription\033[0m\n"
	    "  One stays as it was.\n"
	    "  Toys must be safe \033[32;4mand strong\033[0m\n"
	    "  for \033[31;9mall\033[0m\033[32;4mevery child under\033[0m\n"
	    "  \033[32;4mthree\033[0m.\n"
	    "  \033[32;4mTwo.\033[0m\n");
	free_both(&a, &b);
}

static void
test_moved_sentence_is_shown_whole_where_it_went(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;
	AUTO_BUF html = BUF_INIT;

	(void)state;
	notice_set_text(&a.rationale, "Children put toys into their mouths. Lead harms them. Limits were set in 2009 for lead. They are too high.", "en");
	notice_set_text(&b.rationale, "Lead harms them. Limits were set in 2009 for lead. They are too high. Children put toys into their mouths.", "en");
	redline_make(&a, &b, &r);
	redline_text(&r, &plain, &out);
	assert_string_equal(buf_str(&out),
	    "Rationale\n"
	    "  [-moved down: Children put toys into their mouths.-]\n"
	    "  Lead harms them.\n"
	    "  Limits were set in 2009 for lead.\n"
	    "  They are too high.\n"
	    "  {+moved from above: Children put toys into their mouths.+}\n");
	redline_html(&r, 0, &html);
	assert_string_equal(buf_str(&html),
	    "<div class=\"redline\">\n<dl>\n<dt>Rationale</dt>\n<dd lang=\"en\">\n"
	    "<p><del class=\"moved\">Children put toys into their mouths.</del></p>\n"
	    "<p class=\"fold\">3 sentences unchanged</p>\n"
	    "<p><ins class=\"moved\">Children put toys into their mouths.</ins></p>\n"
	    "</dd>\n</dl>\n</div>\n");
	free_both(&a, &b);
}

/* A source calls its whole feed English: the script knows better, and which way it is written. */
static void
test_redline_of_a_text_from_right_to_left(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF html = BUF_INIT;

	(void)state;
	notice_set_text(&a.rationale, "\u0627\u0644\u062d\u062f 5 mg.", "en");
	notice_set_text(&b.rationale, "\u0627\u0644\u062d\u062f 3 mg.", "en");
	redline_make(&a, &b, &r);
	redline_html(&r, 0, &html);
	assert_string_equal(buf_str(&html),
	    "<div class=\"redline\">\n<ul class=\"callouts\">\n<li><del>5 mg</del> \u2192 <ins>3 mg</ins></li>\n</ul>\n"
	    "<dl>\n<dt>Rationale</dt>\n<dd lang=\"ar\" dir=\"rtl\">\n"
	    "<p>\u0627\u0644\u062d\u062f <del>5</del><ins>3</ins> mg.</p>\n</dd>\n</dl>\n</div>\n");
	free_both(&a, &b);
}

static void
test_translated_text_is_shown_whole_both_times(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;
	AUTO_BUF html = BUF_INIT;

	(void)state;
	notice_set_text(&a.description, "Juguetes de todo tipo.\nDos.", "es");
	notice_set_text(&b.description, "Toys of all kinds.\nTwo.", "en");
	redline_make(&a, &b, &r);
	redline_text(&r, &plain, &out);
	assert_string_equal(buf_str(&out),
	    "Description (language es -> en)\n"
	    "  [-Juguetes de todo tipo.-]\n"
	    "  [-Dos.-]\n"
	    "  {+Toys of all kinds.+}\n"
	    "  {+Two.+}\n");
	redline_html(&r, 1, &html);
	assert_string_equal(buf_str(&html),
	    "<div class=\"redline\">\n<dl>\n<dt>Description</dt>\n"
	    "<dd class=\"translated\" lang=\"es\">\n<p><del>Juguetes de todo tipo.</del></p>\n<p><del>Dos.</del></p>\n</dd>\n"
	    "<dd class=\"translated\" lang=\"en\">\n<p><ins>Toys of all kinds.</ins></p>\n<p><ins>Two.</ins></p>\n</dd>\n"
	    "</dl>\n</div>\n");
	free_both(&a, &b);
}

static void
test_html_escapes_and_nests(void **state)
{
	struct notice a, b;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&a, false);
	make(&b, true);
	redline_make(&a, &b, &r);
	redline_html(&r, 1, &out);
	assert_string_equal(buf_str(&out),
	    "<div class=\"redline\">\n"
	    "<ul class=\"callouts\">\n"
	    "<li><del>should not</del> \xE2\x86\x92 <ins>shall not</ins></li>\n"
	    "<li><del>90 mg/kg</del> \xE2\x86\x92 <ins>45 mg/kg</ins></li>\n"
	    "</ul>\n"
	    "<dl>\n"
	    "<dt>Title</dt>\n<dd lang=\"en\">\n<p>Draft standard for <del>dolls</del><ins>toys</ins></p>\n</dd>\n"
	    "<dt>Comments until</dt>\n<dd><del>2026-01-20</del> \xE2\x86\x92 <ins>2026-03-20</ins></dd>\n"
	    "<dt>Adoption</dt>\n<dd><ins>2026-06-01</ins></dd>\n"
	    "<dt>HS</dt>\n<dd><ins>3926.90</ins></dd>\n<dd><del>9503</del></dd>\n"
	    "<dt>Objective</dt>\n<dd><ins>Prevention of deceptive practices</ins></dd>\n"
	    "<dt>Description</dt>\n<dd lang=\"en\">\n"
	    "<p class=\"fold\">3 sentences unchanged</p>\n"
	    "<p>It applies to shops. Lead <del>should</del><ins>shall</ins> not exceed <del>90</del><ins>45</ins> mg/kg in any part that a child can reach. "
	    "Test &lt;all&gt; parts &amp; labels. <del>Records of each batch are kept for years.</del> The last word.</p>\n"
	    "</dd>\n"
	    "</dl>\n</div>\n");
	free_both(&a, &b);
}

static void
test_outside_text_cannot_drive_the_terminal(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	/* as a store that was tampered with would have it: not cleaned */
	a.title.s = xstrdup("Toys");
	b.title.s = xstrdup("Toys \033[2J\xE2\x80\xAE" "evil see https://user:secret@x.example/");
	b.agency = xstrdup("A\033]0;x\007");
	strv_add(&b.objectives, "B\033[1m");
	redline_make(&a, &b, &r);
	redline_text(&r, &plain, &out);
	assert_null(strchr(buf_str(&out), '\033'));
	assert_null(strchr(buf_str(&out), '\007'));
	assert_null(strstr(buf_str(&out), "\xE2\x80\xAE"));
	assert_null(strstr(buf_str(&out), "secret"));
	free_both(&a, &b);
}

static void
test_no_line_is_wider_than_asked(void **state)
{
	struct notice a, b;
	AUTO_REDLINE r = REDLINE_INIT;

	(void)state;
	make(&a, false);
	make(&b, true);
	notice_set_text(&b.title, "\xE7\x8E\xA9\xE5\x85\xB7 \xE5\xAE\x89\xE5\x85\xA8 \xE6\xA0\x87\xE5\x87\x86 \xE7\x8E\xA9\xE5\x85\xB7 \xE5\xAE\x89\xE5\x85\xA8 \xE6\xA0\x87\xE5\x87\x86", "zh");
	redline_make(&a, &b, &r);
	for (size_t width = 26; width < 120; width++) {
		const struct redline_style style = { .width = width, .context = 3 };
		AUTO_BUF out = BUF_INIT;
		char *save = NULL;

		redline_text(&r, &style, &out);
		for (char *line = strtok_r(out.data, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
			assert_true(utf8_width(line) <= width);
	}
	free_both(&a, &b);
}

static void
test_new_record_is_all_inserted(void **state)
{
	struct notice b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	b.id = xstrdup("G/TBT/N/UGA/2211");
	notice_set_text(&b.title, "Toys", "en");
	b.deadline = (struct date){ 2026, 1, 20 };
	codes_add(&b.hs, "9503", "Toys");
	redline_make(NULL, &b, &r);
	redline_text(&r, &plain, &out);
	assert_string_equal(buf_str(&out), "Title {+Toys+}\nComments until +2026-01-20\nHS +9503\n");
	notice_clear(&b);
}

static void
test_no_difference_renders_nothing(void **state)
{
	struct notice a, b;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&a, true);
	make(&b, true);
	redline_make(&a, &b, &r);
	redline_text(&r, &plain, &out);
	redline_html(&r, 1, &out);
	assert_int_equal(redline_unified(&a, &b, "x", "y", &out, NULL), 0);
	assert_string_equal(buf_str(&out), "");
	free_both(&a, &b);
}

/* ---- JSON ---- */

/* The text that one side of a field's "text" makes. */
static void
rebuild(const json_t *field, const char *change, struct buf *out)
{
	size_t i;
	json_t *part;

	json_array_foreach(json_object_get(field, "text"), i, part)
		if (strcmp(json_str(part, "change"), "same") == 0 || strcmp(json_str(part, "change"), change) == 0)
			buf_adds(out, json_str(part, "text"));
}

static void
test_json_holds_all_that_is_needed_to_rebuild_both(void **state)
{
	struct notice a, b;
	AUTO_REDLINE r = REDLINE_INIT;
	json_t *json, *field;
	size_t i, texts = 0;

	(void)state;
	make(&a, false);
	make(&b, true);
	redline_make(&a, &b, &r);
	json = redline_to_json(&r);
	json_array_foreach(json_object_get(json, "fields"), i, field) {
		const char *key = json_str(field, "key");
		const struct text *old = strcmp(key, "title") == 0 ? &a.title : &a.description, *new = old == &a.title ? &b.title : &b.description;
		AUTO_BUF x = BUF_INIT;
		AUTO_BUF y = BUF_INIT;

		if (strcmp(key, "title") != 0 && strcmp(key, "description") != 0)
			continue;
		rebuild(field, "deleted", &x);
		rebuild(field, "inserted", &y);
		assert_string_equal(buf_str(&x), old->s);
		assert_string_equal(buf_str(&y), new->s);
		texts++;
	}
	assert_int_equal(texts, 2);
	json_decref(json);
	free_both(&a, &b);
}

static uint64_t seed = 5;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* Sentences of numbers, units, duties and chance. */
static void
add_random(struct buf *out)
{
	static const char *const words[] = {
		"Toys", "shall", "may", "not", "90", "mg/kg", "0.5", "%", "1 January 2026", "ISO 8124-3", "EN", "71", "(2)", "2009/48/EC", "doit", "ne", "pas", "EUR", "days", "\n",
		"Lead.", "The", "limit", "-5", "°C", "<b>", "a", "1,000"
	};

	for (unsigned n = 1 + chance(9); n > 0; n--)
		buf_addf(out, "%s ", words[chance(28)]);
	buf_adds(out, "end. ");
}

static void
test_json_rebuilds_both_texts_over_random_edits(void **state)
{
	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct notice a = NOTICE_INIT, b = NOTICE_INIT;
		AUTO_BUF x = BUF_INIT;
		AUTO_BUF y = BUF_INIT;
		AUTO_BUF old = BUF_INIT;
		AUTO_BUF new = BUF_INIT;
		AUTO_BUF out = BUF_INIT;
		AUTO_REDLINE r = REDLINE_INIT;
		AUTO_JSON *json = NULL;

		for (unsigned n = 1 + chance(8); n > 0; n--) {
			size_t from_x = x.len, from_y = y.len;
			unsigned way = chance(6);

			add_random(&x);
			if (way > 1)
				buf_adds(&y, x.data + from_x);
			if (way == 0)
				add_random(&y);
			if (way == 1)
				buf_truncate(&x, from_x);
			if (way == 2)
				buf_truncate(&y, from_y + chance((unsigned)(y.len - from_y)));
		}
		notice_set_text(&a.impact, buf_str(&x), "en");
		notice_set_text(&b.impact, buf_str(&y), "en");
		redline_make(&a, &b, &r);
		json = redline_to_json(&r);
		if (r.n > 0) {
			rebuild(json_array_get(json_object_get(json, "fields"), 0), "deleted", &old);
			rebuild(json_array_get(json_object_get(json, "fields"), 0), "inserted", &new);
			assert_string_equal(buf_str(&old), a.impact.s != NULL ? a.impact.s : "");
			assert_string_equal(buf_str(&new), b.impact.s != NULL ? b.impact.s : "");
		}
		for (size_t i = 0; i < r.callouts_n; i++)
			assert_string_not_equal(r.callouts[i].old, r.callouts[i].new);
		redline_text(&r, &plain, &out);
		redline_html(&r, 1, &out);
		free_both(&a, &b);
	}
}

static void
test_json_has_every_key_always(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;
	json_t *json;

	(void)state;
	notice_set_text(&a.title, "Lead below 90 mg/kg in toys", "en");
	notice_set_text(&b.title, "Lead below 45 mg/kg in toys", "en");
	strv_add(&b.objectives, "Health");
	b.deadline = (struct date){ 2026, 1, 20 };
	redline_make(&a, &b, &r);
	json = redline_to_json(&r);
	json_write(json, true, &out);
	assert_string_equal(buf_str(&out),
	    "{\"fields\":["
	    "{\"field\":\"Title\",\"key\":\"title\",\"old\":null,\"new\":null,\"added\":[],\"removed\":[],\"old_lang\":\"en\",\"new_lang\":\"en\",\"translated\":false,"
	    "\"coarse\":false,\"text\":[{\"change\":\"same\",\"text\":\"Lead below \",\"moved\":null},{\"change\":\"deleted\",\"text\":\"90\",\"moved\":null},"
	    "{\"change\":\"inserted\",\"text\":\"45\",\"moved\":null},{\"change\":\"same\",\"text\":\" mg/kg in toys\",\"moved\":null}]},"
	    "{\"field\":\"Comments until\",\"key\":\"deadline\",\"old\":null,\"new\":\"2026-01-20\",\"added\":[],\"removed\":[],\"old_lang\":null,\"new_lang\":null,"
	    "\"translated\":false,\"coarse\":false,\"text\":[]},"
	    "{\"field\":\"Objective\",\"key\":\"objectives\",\"old\":null,\"new\":null,\"added\":[\"Health\"],\"removed\":[],\"old_lang\":null,\"new_lang\":null,"
	    "\"translated\":false,\"coarse\":false,\"text\":[]}],"
	    "\"callouts\":[{\"kind\":\"number\",\"old\":\"90 mg/kg\",\"new\":\"45 mg/kg\",\"field\":\"Title\",\"document\":null}],\"documents\":[]}\n");
	json_decref(json);
	free_both(&a, &b);
}

/* ---- unified ---- */

static void
test_unified_shows_lines_of_the_text_form(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_BUF out = BUF_INIT;
	const char *hunk;

	(void)state;
	a.id = xstrdup("G/TBT/N/UGA/2211");
	b.id = xstrdup("G/TBT/N/UGA/2211");
	notice_set_text(&a.title, "Toys", "en");
	notice_set_text(&b.title, "Toys", "en");
	notice_set_text(&a.description, "One. Two. Three. Four. Five. Six. Seven. Eight. Nine.", "en");
	notice_set_text(&b.description, "One. Two. Three. Four. Changed. Six. Seven. Eight. Nine. Ten.", "en");
	notice_normalise(&a);
	notice_normalise(&b);
	redline_unified(&a, &b, "old\nname", "new", &out, NULL);
	hunk = strstr(buf_str(&out), "@@ -");
	assert_non_null(hunk);
	assert_int_equal(strncmp(buf_str(&out), "--- a/old_name\n+++ b/new\n@@ -", 29), 0);
	assert_string_equal(strchr(hunk, '\n'), "\n Two.\n Three.\n Four.\n-Five.\n+Changed.\n Six.\n Seven.\n Eight.\n Nine.\n+Ten.\n");
	free_both(&a, &b);
}

static void
write_temporary(char *path, const struct buf *text)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, buf_str(text), text->len), (ssize_t)text->len);
	close(fd);
}

/* Applies a unified difference of a and b to a with patch(1): the result is b. */
static void
assert_patch_applies(const struct notice *a, const struct notice *b)
{
	char file[] = "/tmp/redline-old-XXXXXX", patch[] = "/tmp/redline-patch-XXXXXX";
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	AUTO_BUF diff = BUF_INIT;
	AUTO_BUF result = BUF_INIT;
	AUTO_FREE char *command = NULL;

	if (a != NULL)
		canon_write(a, &old);
	canon_write(b, &new);
	redline_unified(a, b, "x.md", "x.md", &diff, NULL);
	write_temporary(file, &old);
	write_temporary(patch, &diff);
	command = xasprintf("patch -s --fuzz=0 %s < %s", file, patch);
	assert_int_equal(system(command), 0);
	assert_int_equal(file_read(file, 1 << 24, &result, NULL), 0);
	assert_string_equal(buf_str(&result), buf_str(&new));
	unlink(file);
	unlink(patch);
}

static void
test_unified_applies_with_patch(void **state)
{
	struct notice a, b;

	(void)state;
	if (system("patch --version > /dev/null 2>&1") != 0) {
		print_message("patch is not installed: skipped\n");
		skip();
	}
	make(&a, false);
	make(&b, true);
	assert_patch_applies(&a, &b);
	assert_patch_applies(&b, &a);
	for (int round = 0; round < 60; round++) {
		AUTO_BUF x = BUF_INIT;
		AUTO_BUF y = BUF_INIT;

		for (unsigned n = 1 + chance(60); n > 0; n--) {
			unsigned word = chance(9), both = chance(8);

			if (both != 0)
				buf_addf(&x, "Sentence %u here. %s", word, chance(9) == 0 ? "\n" : "");
			if (both != 1)
				buf_addf(&y, "Sentence %u here. %s", word, chance(9) == 0 ? "\n" : "");
		}
		notice_set_text(&a.description, buf_str(&x), "en");
		notice_set_text(&b.description, buf_str(&y), "en");
		assert_patch_applies(&a, &b);
	}
	free_both(&a, &b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_shows_fields_then_words),
		cmocka_unit_test(test_colour_replaces_the_marks_and_ends_with_each_line),
		cmocka_unit_test(test_moved_sentence_is_shown_whole_where_it_went),
		cmocka_unit_test(test_redline_of_a_text_from_right_to_left),
		cmocka_unit_test(test_translated_text_is_shown_whole_both_times),
		cmocka_unit_test(test_html_escapes_and_nests),
		cmocka_unit_test(test_outside_text_cannot_drive_the_terminal),
		cmocka_unit_test(test_no_line_is_wider_than_asked),
		cmocka_unit_test(test_new_record_is_all_inserted),
		cmocka_unit_test(test_no_difference_renders_nothing),
		cmocka_unit_test(test_json_holds_all_that_is_needed_to_rebuild_both),
		cmocka_unit_test(test_json_rebuilds_both_texts_over_random_edits),
		cmocka_unit_test(test_json_has_every_key_always),
		cmocka_unit_test(test_unified_shows_lines_of_the_text_form),
		cmocka_unit_test(test_unified_applies_with_patch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
