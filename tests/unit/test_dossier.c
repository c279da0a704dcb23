/* Dossiers out of synthetic records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/notice/dossier.h"
#include "lib/notice/event.h"

#define MOST 8

struct row {
	const char *id, *distributed, *deadline, *description;
};

struct story {
	struct notice notices[MOST];
	const struct notice *list[MOST];
	size_t n;
	struct dossier dossier;
};

static struct date
iso(const char *s)
{
	struct date d = DATE_NONE;

	if (*s != '\0')
		assert_true(date_parse_iso(s, &d, NULL));
	return d;
}

static void
tell(struct story *s, const struct row *rows, size_t n)
{
	*s = (struct story){ .n = n };
	assert_true(n <= MOST);
	for (size_t i = 0; i < n; i++) {
		struct notice *x = &s->notices[i];

		notice_init(x);
		strv_add(&x->symbols, rows[i].id);
		notice_normalise(x);
		x->kind = kind_of(x->id, false);
		x->distributed = iso(rows[i].distributed);
		x->deadline = iso(rows[i].deadline);
		notice_set_text(&x->description, rows[i].description, "en");
		s->list[i] = x;
	}
	dossier_init(&s->dossier, s->list, n);
}

static void
forget(struct story *s)
{
	dossier_clear(&s->dossier);
	for (size_t i = 0; i < s->n; i++)
		notice_clear(&s->notices[i]);
}

#define TELL(s, ...)							\
	const struct row rows_[] = { __VA_ARGS__ };			\
	struct story s;							\
	tell(&s, rows_, sizeof(rows_) / sizeof(*rows_))

static void
assert_members(const struct dossier *d, const char *expected)
{
	AUTO_BUF b = BUF_INIT;

	for (size_t i = 0; i < d->n; i++)
		buf_addf(&b, "%s%s", i > 0 ? " " : "", d->v[i]->id);
	assert_string_equal(buf_str(&b), expected);
}

static void
assert_steps(const struct dossier *d, const char *expected)
{
	AUTO_BUF b = BUF_INIT;
	char day[DATE_TEXT];

	for (size_t i = 0; i < d->steps_n; i++)
		buf_addf(&b, "%s%s %s%s", i > 0 ? ", " : "", d->steps[i].by->id, date_format(d->steps[i].deadline, day), d->steps[i].from_text ? " (text)" : "");
	assert_string_equal(buf_str(&b), expected);
}

static void
test_members_stand_in_lineage_and_the_last_revision_is_current(void **state)
{
	TELL(s, { "G/TBT/N/KEN/1/Rev.2", "2025-03-01", "", "" }, { "G/TBT/N/KEN/1/Add.10", "2024-03-01", "", "" }, { "G/TBT/N/KEN/1", "2023-03-01", "", "" },
	    { "G/TBT/N/KEN/1/Add.2", "2024-01-01", "", "" }, { "G/TBT/N/KEN/1/Rev.1", "2025-01-01", "", "" }, { "G/TBT/N/KEN/1/Rev.1/Add.1", "2025-02-01", "", "" });

	(void)state;
	assert_members(&s.dossier,
	    "G/TBT/N/KEN/1 G/TBT/N/KEN/1/Add.2 G/TBT/N/KEN/1/Add.10 G/TBT/N/KEN/1/Rev.1 G/TBT/N/KEN/1/Rev.1/Add.1 G/TBT/N/KEN/1/Rev.2");
	assert_string_equal(s.dossier.base->id, "G/TBT/N/KEN/1");
	assert_string_equal(s.dossier.current->id, "G/TBT/N/KEN/1/Rev.2");
	forget(&s);
}

static void
test_dossier_without_its_base_or_without_any_record(void **state)
{
	struct dossier d;

	(void)state;
	{
		TELL(s, { "G/TBT/N/KEN/1/Add.1", "2025-03-01", "2025-04-01", "" });

		assert_null(s.dossier.base);
		assert_null(s.dossier.current);
		assert_true(dossier_open(&s.dossier, iso("2025-04-01")));
		assert_false(dossier_open(&s.dossier, iso("2025-04-02")));
		forget(&s);
	}
	dossier_init(&d, NULL, 0);
	assert_false(dossier_open(&d, iso("2025-04-01")));
	assert_false(d.withdrawn);
	dossier_clear(&d);
}

static void
test_effective_deadline_is_the_latest_and_keeps_its_history(void **state)
{
	TELL(s, { "G/TBT/N/KEN/1/Add.2", "2025-07-01", "", "The comment period is extended until 29 September 2025." },
	    { "G/TBT/N/KEN/1", "2025-05-01", "2025-06-30", "" }, { "G/TBT/N/KEN/1/Add.1", "2025-06-01", "2025-07-30", "" },
	    { "G/TBT/N/KEN/1/Add.3", "2025-07-02", "2025-07-15", "" });
	char day[DATE_TEXT];

	(void)state;
	assert_string_equal(date_format(s.dossier.effective_deadline, day), "2025-09-29");
	assert_steps(&s.dossier, "G/TBT/N/KEN/1 2025-06-30, G/TBT/N/KEN/1/Add.1 2025-07-30, G/TBT/N/KEN/1/Add.2 2025-09-29 (text)");
	forget(&s);
}

static bool
withdrawn(const struct row *rows, size_t n)
{
	struct story s;
	bool is;

	tell(&s, rows, n);
	is = s.dossier.withdrawn;
	forget(&s);
	return is;
}

#define WITHDRAWN(...) withdrawn((const struct row[]){ __VA_ARGS__ }, sizeof((const struct row[]){ __VA_ARGS__ }) / sizeof(struct row))
#define BASE { "G/TBT/N/KEN/1", "2025-05-01", "2025-06-30", "The draft." }
#define OUT { "G/TBT/N/KEN/1/Add.1", "2025-06-01", "", "The notified draft is withdrawn." }

static void
test_withdrawal_holds_until_something_revives_the_draft(void **state)
{
	(void)state;
	assert_false(WITHDRAWN(BASE));
	assert_true(WITHDRAWN(BASE, OUT));
	assert_true(WITHDRAWN(BASE, OUT, { "G/TBT/N/KEN/1/Add.2", "2025-06-10", "", "For information." }));
	assert_false(WITHDRAWN(BASE, OUT, { "G/TBT/N/KEN/1/Rev.1", "2025-06-10", "2025-08-10", "A new draft." }));
	assert_false(WITHDRAWN(BASE, OUT, { "G/TBT/N/KEN/1/Add.2", "2025-06-10", "2025-08-10", "A new period." }));
	assert_true(WITHDRAWN(BASE, { "G/TBT/N/KEN/1/Rev.1", "2025-05-10", "2025-08-10", "A new draft." }, OUT));
}

static void
test_cancelled_addendum_takes_nothing_but_itself_away(void **state)
{
	(void)state;
	assert_false(WITHDRAWN(BASE, { "G/TBT/N/KEN/1/Add.1", "2025-06-01", "", "For information." },
	    { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "", "The notification was circulated erroneously and is null and void." }));
	assert_false(WITHDRAWN(BASE, OUT, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "", "This addendum is null and void." }));
	assert_false(WITHDRAWN(BASE, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "", "The addendum is null and void." }));
	assert_true(WITHDRAWN(BASE, { "G/TBT/N/KEN/1/Corr.1", "2025-06-02", "", "The notification is null and void." }));
}

#define VOID "The notification was circulated erroneously and should therefore be considered null and void."
#define LONGER { "G/TBT/N/KEN/1/Add.1", "2025-06-01", "2025-09-29", "The comment period is extended." }

static void
assert_effective(const struct story *s, const char *expected)
{
	char day[DATE_TEXT];

	assert_string_equal(date_format(s->dossier.effective_deadline, day), expected);
}

static void
test_voided_addendum_has_no_deadline(void **state)
{
	TELL(s, BASE, LONGER, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "", VOID });

	(void)state;
	assert_effective(&s, "2025-06-30");
	assert_steps(&s.dossier, "G/TBT/N/KEN/1 2025-06-30");
	assert_false(s.dossier.withdrawn);
	forget(&s);
}

/* The corrigendum's form repeats the date of the addendum that it cancels. */
static void
test_voiding_corrigendum_has_no_deadline_of_its_own(void **state)
{
	TELL(s, LONGER, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "2025-09-29", VOID });

	(void)state;
	assert_effective(&s, "");
	assert_steps(&s.dossier, "");
	forget(&s);
}

static void
test_corrigendum_that_corrects_voids_nothing(void **state)
{
	TELL(s, BASE, LONGER, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "2025-10-05", "The date should read 5 October 2025." },
	    { "G/TBT/N/KEN/1/Rev.1", "2025-06-03", "2025-12-01", "A new draft." }, { "G/TBT/N/KEN/1/Rev.1/Corr.1", "2025-06-04", "", "Annex 2 is added." });

	(void)state;
	assert_effective(&s, "2025-12-01");
	assert_steps(&s.dossier,
	    "G/TBT/N/KEN/1 2025-06-30, G/TBT/N/KEN/1/Add.1 2025-09-29, G/TBT/N/KEN/1/Add.1/Corr.1 2025-10-05, G/TBT/N/KEN/1/Rev.1 2025-12-01");
	assert_string_equal(s.dossier.current->id, "G/TBT/N/KEN/1/Rev.1");
	forget(&s);
}

static void
test_corrigendum_of_the_base_leaves_its_deadline(void **state)
{
	TELL(s, BASE, LONGER, { "G/TBT/N/KEN/1/Corr.1", "2025-06-02", "", VOID });

	(void)state;
	assert_effective(&s, "2025-09-29");
	assert_true(s.dossier.withdrawn);
	forget(&s);
}

static void
test_voided_revision_goes_with_all_that_hangs_on_it(void **state)
{
	TELL(s, BASE, { "G/TBT/N/KEN/1/Rev.1", "2025-06-01", "2025-08-30", "A new draft." },
	    { "G/TBT/N/KEN/1/Rev.1/Add.1", "2025-06-05", "2025-09-30", "The comment period is extended." },
	    { "G/TBT/N/KEN/1/Rev.1/Corr.1", "2025-06-06", "", VOID });

	(void)state;
	assert_effective(&s, "2025-06-30");
	assert_steps(&s.dossier, "G/TBT/N/KEN/1 2025-06-30");
	assert_string_equal(s.dossier.current->id, "G/TBT/N/KEN/1");
	assert_false(s.dossier.withdrawn);
	forget(&s);
}

static void
test_revision_after_a_voided_one_counts(void **state)
{
	TELL(s, BASE, { "G/TBT/N/KEN/1/Rev.1", "2025-06-01", "2025-10-30", "A new draft." }, { "G/TBT/N/KEN/1/Rev.1/Corr.1", "2025-06-06", "", VOID },
	    { "G/TBT/N/KEN/1/Rev.2", "2025-06-09", "2025-09-01", "A new draft." });

	(void)state;
	assert_steps(&s.dossier, "G/TBT/N/KEN/1 2025-06-30, G/TBT/N/KEN/1/Rev.2 2025-09-01");
	assert_string_equal(s.dossier.current->id, "G/TBT/N/KEN/1/Rev.2");
	forget(&s);
}

static void
test_void_corrigendum_voids_nothing(void **state)
{
	TELL(s, BASE, LONGER, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "", VOID }, { "G/TBT/N/KEN/1/Add.1/Corr.1/Corr.1", "2025-06-03", "", VOID });

	(void)state;
	assert_effective(&s, "2025-09-29");
	forget(&s);
}

/* "DEADLINE VOIDING", with what holds besides. */
static void
assert_context(const struct story *s, const char *id, const char *expected)
{
	AUTO_BUF b = BUF_INIT;
	struct dossier_context c;
	char deadline[DATE_TEXT], voiding[DATE_TEXT];

	dossier_context(s->list, s->n, id, &c);
	buf_addf(&b, "%s %s%s%s", date_format(c.deadline, deadline), date_format(c.voiding, voiding), c.base_known ? " base" : "", c.voided ? " voided" : "");
	assert_string_equal(buf_str(&b), expected);
}

static void
test_context_of_a_record_is_the_rest_of_its_dossier(void **state)
{
	TELL(s, BASE, LONGER, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "2025-09-29", VOID });

	(void)state;
	assert_context(&s, "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-09-29 2025-06-30 base");
	assert_context(&s, "G/TBT/N/KEN/1/Add.1/Corr.2", "2025-06-30 2025-06-30 base voided");
	assert_context(&s, "G/TBT/N/KEN/1/Add.1/Corr.1/Corr.1", "2025-06-30 2025-09-29 base voided");
	assert_context(&s, "G/TBT/N/KEN/1/Add.1", "2025-06-30 2025-06-30 base voided");
	assert_context(&s, "G/TBT/N/KEN/1/Add.2", "2025-06-30 2025-06-30 base");
	assert_context(&s, "G/TBT/N/KEN/1", " ");
	forget(&s);
}

static void
test_context_of_an_addendum_that_comes_after_its_cancellation(void **state)
{
	TELL(s, BASE, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-02", "", VOID });

	(void)state;
	assert_context(&s, "G/TBT/N/KEN/1/Add.1", "2025-06-30 2025-06-30 base voided");
	forget(&s);
}

static void
test_withdrawn_page_of_tris_withdraws_its_dossier(void **state)
{
	const struct notice *list[1];
	AUTO_NOTICE n = NOTICE_INIT;
	struct dossier d;

	(void)state;
	notice_init(&n);
	strv_add(&n.symbols, "2025/0155/FR");
	n.source = SOURCE_TRIS;
	notice_normalise(&n);
	n.kind = kind_of(n.id, false);
	notice_set_line(&n.withdrawal, "yes");
	list[0] = &n;
	dossier_init(&d, list, 1);
	assert_true(d.withdrawn);
	assert_ptr_equal(d.current, &n);
	dossier_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members_stand_in_lineage_and_the_last_revision_is_current),
		cmocka_unit_test(test_dossier_without_its_base_or_without_any_record),
		cmocka_unit_test(test_effective_deadline_is_the_latest_and_keeps_its_history),
		cmocka_unit_test(test_withdrawal_holds_until_something_revives_the_draft),
		cmocka_unit_test(test_cancelled_addendum_takes_nothing_but_itself_away),
		cmocka_unit_test(test_voided_addendum_has_no_deadline),
		cmocka_unit_test(test_voiding_corrigendum_has_no_deadline_of_its_own),
		cmocka_unit_test(test_corrigendum_that_corrects_voids_nothing),
		cmocka_unit_test(test_corrigendum_of_the_base_leaves_its_deadline),
		cmocka_unit_test(test_voided_revision_goes_with_all_that_hangs_on_it),
		cmocka_unit_test(test_revision_after_a_voided_one_counts),
		cmocka_unit_test(test_void_corrigendum_voids_nothing),
		cmocka_unit_test(test_context_of_a_record_is_the_rest_of_its_dossier),
		cmocka_unit_test(test_context_of_an_addendum_that_comes_after_its_cancellation),
		cmocka_unit_test(test_withdrawn_page_of_tris_withdraws_its_dossier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
