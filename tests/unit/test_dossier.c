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
		buf_addf(&b, "%s%s", i > 0 ? " " : "", d->v[i].n->id);
	assert_string_equal(buf_str(&b), expected);
}

/* The steps that moved something. */
static void
assert_steps(const struct dossier *d, const char *expected)
{
	AUTO_BUF b = BUF_INIT;
	char day[DATE_TEXT];

	for (size_t i = 0; i < d->steps_n; i++)
		if (d->steps[i].effect <= STEP_EXTENDED)
			buf_addf(&b, "%s%s %s%s", b.len > 0 ? ", " : "", d->steps[i].by->id, date_format(d->steps[i].deadline, day),
			    d->steps[i].from_text ? " (text)" : "");
	assert_string_equal(buf_str(&b), expected);
}

/* A node a line: "DEPTH TAIL", what took it back, took back, replaced it. */
static void
assert_tree(const struct dossier *d, const char *expected)
{
	const size_t skip = strlen("G/TBT/N/KEN/1");
	AUTO_BUF b = BUF_INIT;

	for (size_t i = 0; i < d->n; i++) {
		const struct dossier_node *x = &d->v[i];

		buf_addf(&b, "%zu %s", x->depth, x->n->id + skip);
		if (x->parent != DOSSIER_TOP)
			buf_addf(&b, " on %s", d->v[x->parent].n->id + skip);
		if (x->void_by != NULL)
			buf_addf(&b, " void:%s", x->void_by->id + skip);
		if (x->voids != NULL)
			buf_addf(&b, " voids:%s", x->voids->id + skip);
		if (x->replaced_by != NULL)
			buf_addf(&b, " replaced:%s", x->replaced_by->id + skip);
		buf_adds(&b, "\n");
	}
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

static void
test_addenda_hang_on_what_they_amend(void **state)
{
	TELL(s, BASE, { "G/TBT/N/KEN/1/Rev.1/Add.2", "2025-08-02", "", "For information." }, { "G/TBT/N/KEN/1/Add.1", "2025-06-02", "", "For information." },
	    { "G/TBT/N/KEN/1/Rev.1", "2025-08-01", "2025-10-01", "A new draft." }, { "G/TBT/N/KEN/1/Add.1/Corr.1", "2025-06-03", "", "Annex 2 is added." },
	    { "G/TBT/N/KEN/1/Rev.2/Add.1", "2025-10-03", "", "Its revision was never seen." });

	(void)state;
	assert_tree(&s.dossier, "0  replaced:/Rev.1\n1 /Add.1 on \n2 /Add.1/Corr.1 on /Add.1\n1 /Rev.1 on \n2 /Rev.1/Add.2 on /Rev.1\n1 /Rev.2/Add.1 on \n");
	forget(&s);
}

static void
test_tree_without_its_base_has_several_tops(void **state)
{
	TELL(s, { "G/TBT/N/KEN/1/Add.2", "2025-06-02", "", "For information." }, { "G/TBT/N/KEN/1/Add.2/Corr.1", "2025-06-03", "", "Annex 2 is added." },
	    { "G/TBT/N/KEN/1/Add.3", "2025-06-04", "", "For information." });

	(void)state;
	assert_tree(&s.dossier, "0 /Add.2\n1 /Add.2/Corr.1 on /Add.2\n0 /Add.3\n");
	forget(&s);
}

static void
test_tree_tells_what_was_taken_back_and_by_what(void **state)
{
	TELL(s, BASE, { "G/TBT/N/KEN/1/Rev.1", "2025-06-01", "2025-08-30", "A new draft." },
	    { "G/TBT/N/KEN/1/Rev.1/Add.1", "2025-06-05", "2025-09-30", "The comment period is extended." },
	    { "G/TBT/N/KEN/1/Rev.1/Corr.1", "2025-06-06", "2025-08-30", VOID });

	(void)state;
	assert_tree(&s.dossier, "0 \n1 /Rev.1 on  void:/Rev.1/Corr.1\n2 /Rev.1/Add.1 on /Rev.1 void:/Rev.1/Corr.1\n2 /Rev.1/Corr.1 on /Rev.1 voids:/Rev.1\n");
	assert_int_equal(s.dossier.steps_n, 3);
	assert_int_equal(s.dossier.steps[1].effect, STEP_VOID);
	assert_int_equal(s.dossier.steps[2].effect, STEP_VOID);
	forget(&s);
}

static void
test_steps_tell_what_was_before_and_what_moved_nothing(void **state)
{
	TELL(s, BASE, LONGER, { "G/TBT/N/KEN/1/Add.2", "2025-06-03", "2025-07-30", "" });
	char day[DATE_TEXT];

	(void)state;
	assert_int_equal(s.dossier.steps_n, 3);
	assert_int_equal(s.dossier.steps[0].effect, STEP_SET);
	assert_false(date_is_set(s.dossier.steps[0].before));
	assert_int_equal(s.dossier.steps[1].effect, STEP_EXTENDED);
	assert_string_equal(date_format(s.dossier.steps[1].before, day), "2025-06-30");
	assert_int_equal(s.dossier.steps[2].effect, STEP_NO_LATER);
	assert_string_equal(date_format(s.dossier.steps[2].before, day), "2025-09-29");
	forget(&s);
}

static void
test_corrigendum_of_a_revision_that_withdraws_the_measure_ends_the_dossier(void **state)
{
	static const char *const ends[] = {
		"The draft regulation notified in document G/TBT/N/KEN/1/Rev.1 has been withdrawn.",
		"This corrigendum is to inform Members that the notified measure has been withdrawn.",
		"Withdrawal of the measure notified in G/TBT/N/KEN/1/Rev.1.",
		"Le projet de reglement a ete retire.",
	};
	static const char *const voids[] = {
		VOID,
		"The notification of the draft regulation should be considered null and void.",
		"Kenya wishes to inform Members that the document G/TBT/N/KEN/1/Rev.1 is withdrawn.",
		"This draft was circulated in error. The notification is null and void.",
		"Revision 1 was circulated in error by mistake.",
	};
	const struct row base = BASE, revision = { "G/TBT/N/KEN/1/Rev.1", "2025-06-01", "2025-08-30", "A new draft." };

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		TELL(s, base, revision, { "G/TBT/N/KEN/1/Rev.1/Corr.1", "2025-06-06", "", ends[i] });

		assert_true(s.dossier.withdrawn);
		assert_string_equal(s.dossier.current->id, "G/TBT/N/KEN/1/Rev.1");
		assert_effective(&s, "2025-08-30");
		forget(&s);
	}
	for (size_t i = 0; i < sizeof(voids) / sizeof(*voids); i++) {
		TELL(s, base, revision, { "G/TBT/N/KEN/1/Rev.1/Corr.1", "2025-06-06", "", voids[i] });

		assert_false(s.dossier.withdrawn);
		assert_string_equal(s.dossier.current->id, "G/TBT/N/KEN/1");
		forget(&s);
	}
}

static void
assert_state(const struct row *rows, size_t n, const char *today, const char *expected)
{
	struct story s;

	tell(&s, rows, n);
	assert_string_equal(dossier_state_name(dossier_state(&s.dossier, iso(today))), expected);
	forget(&s);
}
#define STATE(today, expected, ...) assert_state((const struct row[]){ __VA_ARGS__ }, sizeof((const struct row[]){ __VA_ARGS__ }) / sizeof(struct row), today, expected)
#define ADOPTED { "G/TBT/N/KEN/1/Add.1", "2025-09-01", "", "The regulation was adopted on 28 August 2025." }

static void
test_state_follows_the_day_and_what_follow_ups_tell(void **state)
{
	(void)state;
	STATE("2025-06-15", "open", BASE);
	STATE("2025-06-16", "closing", BASE);
	STATE("2025-06-30", "closing", BASE);
	STATE("2025-07-01", "closed", BASE);
	STATE("2025-07-01", "deadline unknown", { "G/TBT/N/KEN/1", "2025-05-01", "", "The draft." });
	STATE("2025-07-01", "withdrawn", BASE, OUT);
	STATE("2025-09-02", "adopted", BASE, ADOPTED);
	STATE("2025-09-02", "in force", BASE, ADOPTED, { "G/TBT/N/KEN/1/Add.2", "2025-09-02", "", "The regulation entered into force on 1 September 2025." });
	STATE("2025-09-03", "open", BASE, ADOPTED, { "G/TBT/N/KEN/1/Rev.1", "2025-09-03", "2025-11-03", "A new draft." });
}

static void
assert_tris(const char *original, const char *end, enum answer urgent, enum answer fiscal, const char *final, const char *expected)
{
	const struct notice *list[1];
	AUTO_NOTICE n = NOTICE_INIT;
	struct dossier d;

	notice_init(&n);
	strv_add(&n.symbols, "2019/0155/FR");
	n.source = SOURCE_TRIS;
	notice_normalise(&n);
	n.distributed = iso("2019-03-05");
	n.standstill_original = iso(original);
	n.standstill_end = n.deadline = iso(end);
	n.urgency_invoked = urgent;
	n.fiscal = fiscal;
	if (final != NULL)
		documents_add(&n.documents, "final", "en", final);
	list[0] = &n;
	dossier_init(&d, list, 1);
	assert_string_equal(dossier_state_name(dossier_state(&d, iso("2019-06-20"))), expected);
	dossier_clear(&d);
}

static void
test_state_of_a_tris_dossier_is_that_of_its_standstill(void **state)
{
	(void)state;
	assert_tris("", "2019-06-20", ANSWER_NO, ANSWER_NO, NULL, "standstill");
	assert_tris("2019-06-06", "2019-09-06", ANSWER_NO, ANSWER_NO, NULL, "standstill extended");
	assert_tris("", "2019-06-06", ANSWER_NO, ANSWER_NO, NULL, "standstill ended");
	assert_tris("", "2019-06-06", ANSWER_NO, ANSWER_NO, "https://x.example/F.docx", "final text");
	assert_tris("", "2019-03-06", ANSWER_YES, ANSWER_NO, NULL, "no standstill: urgency");
	assert_tris("", "", ANSWER_NO, ANSWER_YES, NULL, "no standstill: fiscal");
	assert_tris("", "2019-03-06", ANSWER_NO, ANSWER_NO, NULL, "no standstill");
	assert_tris("", "", ANSWER_NO, ANSWER_NO, NULL, "deadline unknown");
	assert_tris("", "2019-06-21", ANSWER_YES, ANSWER_NO, NULL, "standstill");
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
		cmocka_unit_test(test_addenda_hang_on_what_they_amend),
		cmocka_unit_test(test_tree_without_its_base_has_several_tops),
		cmocka_unit_test(test_tree_tells_what_was_taken_back_and_by_what),
		cmocka_unit_test(test_steps_tell_what_was_before_and_what_moved_nothing),
		cmocka_unit_test(test_corrigendum_of_a_revision_that_withdraws_the_measure_ends_the_dossier),
		cmocka_unit_test(test_state_follows_the_day_and_what_follow_ups_tell),
		cmocka_unit_test(test_state_of_a_tris_dossier_is_that_of_its_standstill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
