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
#include "lib/report/ical.h"

#define STAMP INT64_C(1749708000)	/* 2025-06-12T06:00:00Z */
/* libical leaves commas and semicolons of an X- property as they are. */
#define HEAD(name, x) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//regwatch//regwatch//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n" \
    "NAME:" name "\r\nX-WR-CALNAME:" x "\r\n"

/* printf '%s' 'regwatch dossier G/TBT/N/USA/2211' | sha256sum */
#define UID_TOYS "11bad7a7214405cee4fc54667e4cfbe6@regwatch"

static void
assert_file(const struct calendar *c, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	ical_render(c, &out);
	assert_string_equal(buf_str(&out), expected);
}

static struct calendar_entry *
add_toys(struct calendar *c, struct date deadline, int sequence)
{
	struct calendar_entry *e = calendar_add(c);

	e->dossier = xstrdup("G/TBT/N/USA/2211");
	e->title = xstrdup("Toys: limits, for lead");
	strcpy(e->member, "US");
	e->url = xstrdup("https://epingalert.org/x?y=1,2");
	e->reason = xstrdup("toys: title: toy; HS 9503");
	e->source = SOURCE_EPING;
	e->deadline = deadline;
	e->sequence = sequence;
	e->stamp = STAMP;
	return e;
}

static void
add_leads(struct leads *l, const char *value)
{
	struct error err;

	assert_int_equal(leads_parse(l, value, &err), 0);
}

/* Monday 29 September 2025. Three business days before lies Wednesday the 24th: five days, so that nine o'clock is 4 days and 15 hours before its midnight. */
static void
test_ical_entry_has_uid_ladder_link_and_alarms(void **state)
{
	struct calendar c;

	(void)state;
	calendar_init(&c);
	c.title = xstrdup("Toys; for members");
	add_leads(&c.leads, "21d, enquiry point");
	add_leads(&c.remind, "21d, 3bd, end");
	add_toys(&c, (struct date){ 2025, 9, 29 }, 2);
	assert_file(&c, HEAD("Toys\\; for members", "Toys; for members")
	    "BEGIN:VEVENT\r\nUID:" UID_TOYS "\r\nDTSTAMP:20250612T060000Z\r\nDTSTART;VALUE=DATE:20250929\r\nSEQUENCE:2\r\nSTATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n"
	    "SUMMARY:Comments close: G/TBT/N/USA/2211 Toys: limits\\, for lead\r\n"
	    "DESCRIPTION:Toys: limits\\, for lead\\nNotified by: United States of \r\n America\\nWhy: toys: title: toy\\; HS 9503\\n2025-09-08: enquiry \r\n"
	    " point\\n2025-09-29: comments close\\nhttps://epingalert.org/x?y=1\\,2\r\n"
	    "URL:https://epingalert.org/x?y=1,2\r\n"
	    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P20DT15H\r\nDESCRIPTION:Comments close: G/TBT/N/USA/2211 Toys: limits\\, for lead\r\nEND:VALARM\r\n"
	    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P4DT15H\r\nDESCRIPTION:Comments close: G/TBT/N/USA/2211 Toys: limits\\, for lead\r\nEND:VALARM\r\n"
	    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:PT9H\r\nDESCRIPTION:Comments close: G/TBT/N/USA/2211 Toys: limits\\, for lead\r\nEND:VALARM\r\n"
	    "END:VEVENT\r\nEND:VCALENDAR\r\n");
	calendar_clear(&c);
}

static void
test_ical_withdrawn_entry_is_cancelled_without_alarms(void **state)
{
	struct calendar c;
	struct calendar_entry *e;

	(void)state;
	calendar_init(&c);
	add_leads(&c.remind, "7d");
	e = add_toys(&c, (struct date){ 2025, 9, 29 }, 3);
	e->cancelled = true;
	free(TAKE(e->reason));
	free(TAKE(e->url));
	assert_file(&c, HEAD("Comment deadlines", "Comment deadlines")
	    "BEGIN:VEVENT\r\nUID:" UID_TOYS "\r\nDTSTAMP:20250612T060000Z\r\nDTSTART;VALUE=DATE:20250929\r\nSEQUENCE:3\r\nSTATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"
	    "SUMMARY:Withdrawn: Comments close: G/TBT/N/USA/2211 Toys: limits\\, for \r\n lead\r\n"
	    "DESCRIPTION:There is nothing left to comment on by this day.\\nToys: \r\n limits\\, for lead\\nNotified by: United States of America\r\n"
	    "END:VEVENT\r\nEND:VCALENDAR\r\n");
	calendar_clear(&c);
}

static void
test_ical_empty_calendar_is_a_calendar(void **state)
{
	struct calendar c;

	(void)state;
	calendar_init(&c);
	assert_file(&c, HEAD("Comment deadlines", "Comment deadlines") "END:VCALENDAR\r\n");
	calendar_clear(&c);
}

static void
test_ical_bytes_do_not_depend_on_the_order_of_entries(void **state)
{
	AUTO_BUF one = BUF_INIT, other = BUF_INIT;

	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		struct calendar c;
		struct calendar_entry *e;

		calendar_init(&c);
		for (int i = 0; i < 3; i++) {
			int k = pass == 0 ? i : 2 - i;

			e = add_toys(&c, k == 2 ? (struct date){ 2025, 8, 1 } : (struct date){ 2025, 9, 29 }, 0);
			free(e->dossier);
			e->dossier = xasprintf("G/TBT/N/USA/%d", 9 + k);	/* 9 before 10, as numbers */
		}
		ical_render(&c, pass == 0 ? &one : &other);
		calendar_clear(&c);
	}
	assert_string_equal(buf_str(&one), buf_str(&other));
	assert_true(strstr(buf_str(&one), "USA/11") < strstr(buf_str(&one), "USA/9 "));
	assert_true(strstr(buf_str(&one), "USA/9 ") < strstr(buf_str(&one), "USA/10 "));
}

static void
test_ical_title_cannot_break_out_of_its_line(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct calendar c;
	struct calendar_entry *e;

	(void)state;
	calendar_init(&c);
	e = add_toys(&c, (struct date){ 2025, 9, 29 }, 0);
	free(e->title);
	e->title = xstrdup("a\r\nEND:VEVENT\r\nATTACH:http://x/\x1b[31m\xe2\x80\xae");
	free(e->reason);
	e->reason = xstrdup("b\nATTACH:http://y/");
	free(e->url);
	e->url = xstrdup("javascript:alert(1)");
	c.title = xstrdup("n\r\nATTACH:z");
	ical_render(&c, &out);
	assert_null(strstr(buf_str(&out), "\nATTACH"));
	assert_null(strstr(buf_str(&out), "javascript"));
	assert_null(strchr(buf_str(&out), '\x1b'));
	assert_null(strstr(buf_str(&out), "\xe2\x80\xae"));
	calendar_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ical_entry_has_uid_ladder_link_and_alarms),
		cmocka_unit_test(test_ical_withdrawn_entry_is_cancelled_without_alarms),
		cmocka_unit_test(test_ical_empty_calendar_is_a_calendar),
		cmocka_unit_test(test_ical_bytes_do_not_depend_on_the_order_of_entries),
		cmocka_unit_test(test_ical_title_cannot_break_out_of_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
