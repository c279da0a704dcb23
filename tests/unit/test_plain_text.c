/* Text without mark-up. All texts here are synthetic; the sentences in other languages are our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/document.h"
#include "lib/base/buf.h"
#include "lib/base/error.h"

static void
expect(const char *bytes, size_t n, const char *text, const char *note)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	assert_int_equal(plain_text(bytes, n, &d, &err), 0);
	assert_string_equal(d.text, text);
	assert_string_equal(d.tool, "regwatch-plain 1");
	assert_int_equal(d.notes.n, note != NULL);
	if (note != NULL)
		assert_string_equal(d.notes.v[0], note);
}

#define EXPECT(bytes, text, note) expect(bytes, sizeof(bytes) - 1, text, note)

static void
test_marks_of_byte_order_are_obeyed(void **state)
{
	(void)state;
	EXPECT("\xef\xbb\xbf" "caf\xc3\xa9", "café\n", NULL);
	EXPECT("\xff\xfe" "c\0\xe9\0\r\0\n\0x\0", "cé\nx\n", NULL);
	EXPECT("\xfe\xff" "\0c\0\xe9", "cé\n", NULL);
	EXPECT("\xff\xfe\0\0" "c\0\0\0\xe9\0\0\0", "cé\n", NULL);
	EXPECT("\0\0\xfe\xff" "\0\0\0c\0\x01\xf6\x00", "c😀\n", NULL);
}

static void
test_language_tells_the_charset(void **state)
{
	(void)state;
	EXPECT("L'\xe9tiquette \x80 est pr\xe9vue", "L'étiquette € est prévue\n", "read as windows-1252");
	EXPECT("Za\xbf\xf3\xb3\xe6 g\xea\x9cl\xb9 ja\x9f\xf1", "Zażółć gęślą jaźń\n", "read as windows-1250");
	EXPECT("Za\xbf\xf3\xb3\xe6 g\xea\xb6l\xb1 ja\xbc\xf1", "Zażółć gęślą jaźń\n", "read as iso-8859-2");
	EXPECT("P\xf8\xedpustn\xe1 mez je stanovena v p\xf8\xedloze \xe8. 2", "Přípustná mez je stanovena v příloze č. 2\n", "read as windows-1250");
	EXPECT("\xcf\xf0\xee\xe5\xea\xf2 \xed\xe0 \xe7\xe0\xea\xee\xed", "Проект на закон\n", "read as windows-1251");
	EXPECT("\xf0\xd2\xcf\xc5\xcb\xd4 \xda\xc1\xcb\xcf\xce\xc1", "Проект закона\n", "read as koi8-r");
	EXPECT("\xbf\xe0\xde\xd5\xda\xe2 \xd7\xd0\xda\xde\xdd\xd0", "Проект закона\n", "read as iso-8859-5");
	EXPECT("\xd3\xf7\xdd\xe4\xe9\xef \xed\xfc\xec\xef\xf5", "Σχέδιο νόμου\n", "read as windows-1253");
	EXPECT("Die Pr\xfc" "fung gem\xe4\xdf \xa7 5", "Die Prüfung gemäß § 5\n", "read as windows-1252");
	EXPECT("F\xf8rste udkast p\xe5 \xf8 og \xe5", "Første udkast på ø og å\n", "read as windows-1252");
}

static void
test_lines_broken_at_a_width_are_joined(void **state)
{
	(void)state;
	EXPECT("This regulation lays down the limits of lead in toys that are placed\n"
	    "on the market in the territory, and the methods by which conformity\n"
	    "with these limits is to be shown by him who first offers the toys as-\nsessed.\n\n"
	    "It applies to all toys, whatever their origin, from the first day of\n"
	    "the third month after publication.\n", "This regulation lays down the limits of lead in toys that are placed on the market in the territory, and the methods by "
	    "which conformity with these limits is to be shown by him who first offers the toys as-sessed.\nIt applies to all toys, whatever their origin, from the first day of the third month after "
	    "publication.\n", NULL);
}

static void
test_lists_provisions_and_short_lines_stay_lines(void **state)
{
	(void)state;
	EXPECT("Ministry of Trade\r\nCapital City\r\n\r\nArticle 1 The manufacturer shall see to it that each toy bears, in a\r\n"
	    "visible place:\r\n  a) the name of the manufacturer and the address at which he can be\r\n     reached;\r\n  b) a warning;\r\n"
	    "\xe2\x80\xa2 the year in which it was made, in figures that are not smaller than\r\n3 mm.\r\n\x0c" "Article 2 Entry into force\r\n",
	    "Ministry of Trade\nCapital City\nArticle 1 The manufacturer shall see to it that each toy bears, in a visible place:\n"
	    "a) the name of the manufacturer and the address at which he can be reached;\nb) a warning;\n- the year in which it was made, in figures that are not "
	    "smaller than 3 mm.\nArticle 2 Entry into force\n", NULL);
}

static void
test_long_lines_are_paragraphs(void **state)
{
	static const char text[] = "This is a paragraph that its writer put on one line, however long it grew, because his program breaks lines itself on the screen and in print.\n"
	    "So is this one, which follows without an empty line between, and which is again longer than any width at which a text would have been broken by hand.\n";

	(void)state;
	EXPECT(text, text, NULL);
}

static void
test_inserted_line_is_left_out(void **state)
{
	(void)state;
	EXPECT("Customs and\nMonopolies Agency\n1. ------IND- 2016 0492 I-- EN- ------ 20160930 --- --- PROJET\nDEPUTY DIRECTOR\n",
	    "Customs and\nMonopolies Agency\nDEPUTY DIRECTOR\n", NULL);
}

static void
test_nothing_is_nothing(void **state)
{
	(void)state;
	EXPECT("", "", NULL);
	EXPECT("\n \r\n\t\n", "", NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks_of_byte_order_are_obeyed),
		cmocka_unit_test(test_language_tells_the_charset),
		cmocka_unit_test(test_lines_broken_at_a_width_are_joined),
		cmocka_unit_test(test_lists_provisions_and_short_lines_stay_lines),
		cmocka_unit_test(test_long_lines_are_paragraphs),
		cmocka_unit_test(test_inserted_line_is_left_out),
		cmocka_unit_test(test_nothing_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
