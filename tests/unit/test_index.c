#include "index_world.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

static void
test_index_rows_tell_the_current_state(void **state)
{
	assert_string_equal(world_rows(*state),
	    "G/TBT/N/CHL/3/Add.2 G/TBT/N/CHL/3 eping CL v1 2026-06-02 2026-07-15 2026-07-15 open [machines] twin= 'Safety of machines'\n"
	    "G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10 eping US v1 2026-06-01 2026-08-01 2026-08-01 open [toys] twin= 'Comment period'\n"
	    "2026/0321/FI 2026/0321/FI tris FI v1 2026-05-31 2026-09-01 2026-09-01 open [wine] twin=G/TBT/N/FIN/55 'Decree on wine'\n"
	    "G/TBT/N/BDI/608 G/TBT/N/BDI/608 eping BI,KE v1 2026-05-20 2026-06-10 2026-06-10 open [paper] twin= 'East African standard for paper'\n"
	    "G/TBT/N/FIN/55 G/TBT/N/FIN/55 eping FI v1 2026-05-05   low [wine] twin=2026/0321/FI 'Labels'\n"
	    "G/TBT/N/USA/10 G/TBT/N/USA/10 eping US v1 2026-05-01 2026-07-01 2026-08-01 open [toys] twin= 'Safety of toys'\n"
	    "G/SPS/N/KEN/7 G/SPS/N/KEN/7 eping KE v1 2026-04-10 2026-06-09 2026-06-09 [dairy] twin= 'Residues in dairy'\n"
	    "2020/0026/D 2020/0026/D tris DE v1 2026-01-15 2026-10-01 2026-10-01 open withdrawn [] twin= 'Act on glass'\n");
}

static void
list_by(struct world *w, const char *sector, const char *member, const char *source, const char *area, const char *expected)
{
	struct filter f = FILTER_INIT;

	if (sector != NULL)
		strv_split(&f.sectors, sector, ",");
	if (member != NULL)
		strv_split(&f.members, member, ",");
	if (source != NULL)
		strv_add(&f.sources, source);
	if (area != NULL)
		strv_split(&f.areas, area, ",");
	assert_string_equal(world_list(w, &f, NULL, ORDER_NEWEST), expected);
	filter_clear(&f);
}

static void
test_index_lists_by_sector_member_source_and_area(void **state)
{
	struct world *w = *state;

	list_by(w, "toys", NULL, NULL, NULL, "G/TBT/N/USA/10/Add.1\nG/TBT/N/USA/10\n");
	list_by(w, "toys,dairy", NULL, NULL, NULL, "G/TBT/N/USA/10/Add.1\nG/TBT/N/USA/10\nG/SPS/N/KEN/7\n");
	list_by(w, "nosuch", NULL, NULL, NULL, "");
	list_by(w, NULL, "KE", NULL, NULL, "G/TBT/N/BDI/608\nG/SPS/N/KEN/7\n");
	list_by(w, NULL, "KE,BI", NULL, NULL, "G/TBT/N/BDI/608\nG/SPS/N/KEN/7\n");
	list_by(w, NULL, NULL, "tris", NULL, "2026/0321/FI\n2020/0026/D\n");
	list_by(w, NULL, NULL, NULL, "SPS", "G/SPS/N/KEN/7\n");
	list_by(w, NULL, NULL, NULL, "SPS,TRIS", "2026/0321/FI\nG/SPS/N/KEN/7\n2020/0026/D\n");
	list_by(w, NULL, NULL, "nosuch", NULL, "");
	list_by(w, "wine", "FI", "eping", "TBT", "G/TBT/N/FIN/55\n");
}

static void
test_index_lists_by_day_of_distribution_until_is_exclusive(void **state)
{
	struct filter f = { .since = date_midnight(world_date("2026-05-05")), .until = date_midnight(world_date("2026-05-31")) };

	assert_string_equal(world_list(*state, &f, NULL, ORDER_NEWEST), "G/TBT/N/BDI/608\nG/TBT/N/FIN/55\n");
	f.until += 86400;
	assert_string_equal(world_list(*state, &f, NULL, ORDER_NEWEST), "2026/0321/FI\nG/TBT/N/BDI/608\nG/TBT/N/FIN/55\n");
}

static void
test_index_lists_what_is_open_through_the_last_day(void **state)
{
	struct world *w = *state;
	struct filter f = { .open = true };

	assert_string_equal(world_list(w, &f, NULL, ORDER_NEWEST),
	    "G/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10/Add.1\n2026/0321/FI\nG/TBT/N/BDI/608\nG/TBT/N/USA/10\n2020/0026/D\n");
	setenv("REGWATCH_NOW", "2026-06-11T00:00:00Z", 1);
	f.limit = 4;
	assert_string_equal(world_list(w, &f, NULL, ORDER_NEWEST), "G/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10/Add.1\n2026/0321/FI\nG/TBT/N/USA/10\n");
	strv_add(&f.sectors, "toys");
	f.limit = 0;
	assert_string_equal(world_list(w, &f, NULL, ORDER_NEWEST), "G/TBT/N/USA/10/Add.1\nG/TBT/N/USA/10\n");
	filter_clear(&f);
}

static void
test_index_lists_uncoded_and_by_event(void **state)
{
	struct filter f = { .uncoded = true };

	assert_string_equal(world_list(*state, &f, NULL, ORDER_NEWEST), "2020/0026/D\n");
	f.uncoded = false;
	strv_add(&f.events, "addendum");
	assert_string_equal(world_list(*state, &f, NULL, ORDER_NEWEST), "G/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10/Add.1\n");
	strv_clear(&f.events);
	strv_add(&f.events, "changed");
	assert_string_equal(world_list(*state, &f, NULL, ORDER_NEWEST), "G/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10/Add.1\n2020/0026/D\n");
	filter_clear(&f);
}

/* A dossier once, by its base or else its first known member; not those that are passed or withdrawn. */
static void
test_index_deadlines_come_soonest_first(void **state)
{
	struct filter f = FILTER_INIT;

	assert_string_equal(world_list(*state, &f, NULL, ORDER_DEADLINE), "G/TBT/N/BDI/608\nG/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10\n2026/0321/FI\n");
	f.since = date_midnight(world_date("2026-06-01"));	/* the addendum passes for its dossier */
	assert_string_equal(world_list(*state, &f, NULL, ORDER_DEADLINE), "G/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10\n");
	assert_string_equal(world_list(*state, &f, "time", ORDER_DEADLINE), "G/TBT/N/USA/10\n");
}

static int
stop_at_second(void *ctx, const struct index_row *row)
{
	(void)row;
	return ++*(int *)ctx == 2 ? 17 : 0;
}

static void
test_index_list_ends_when_the_callback_says_so(void **state)
{
	struct world *w = *state;
	struct filter f = FILTER_INIT;
	int calls = 0;

	assert_int_equal(index_list(w->ix, &f, NULL, ORDER_NEWEST, stop_at_second, &calls, &w->f->err), 17);
	assert_int_equal(calls, 2);
}

static int
look_inside(void *ctx, const struct index_row *row)
{
	struct world *w = ctx;
	const struct notice *n = index_row_notice(row, &w->f->err);
	AUTO_BUF id = BUF_INIT;

	assert_non_null(n);
	assert_string_equal(n->id, row->id);
	assert_string_equal(n->title.s, row->title);
	assert_ptr_equal(index_row_notice(row, &w->f->err), n);
	assert_true(index_resolve(w->ix, row->id, &id));
	assert_string_equal(row->id, buf_str(&id));	/* asking again inside leaves the row as it was */
	return 0;
}

static void
test_index_rows_read_their_record_when_asked(void **state)
{
	struct world *w = *state;
	struct filter f = { .open = true };

	assert_ok(w->f, index_list(w->ix, &f, NULL, ORDER_NEWEST, look_inside, w, &w->f->err));
	assert_ok(w->f, index_get(w->ix, "G/TBT/N/BDI/608", look_inside, w, &w->f->err));
	assert_int_equal(index_get(w->ix, "G/TBT/N/BDI/609", look_inside, w, &w->f->err), ERR_NOTFOUND);
}

static void
resolves(struct world *w, const char *symbol, const char *expected)
{
	AUTO_BUF id = BUF_INIT;

	buf_adds(&id, "old");
	assert_int_equal(index_resolve(w->ix, symbol, &id), expected[0] != '\0');
	assert_string_equal(buf_str(&id), expected);
}

static void
test_index_resolves_any_spelling_of_a_symbol(void **state)
{
	resolves(*state, "G/TBT/N/USA/10", "G/TBT/N/USA/10");
	resolves(*state, " g/tbt/n/usa/10/add.1 ", "G/TBT/N/USA/10/Add.1");
	resolves(*state, "G/TBT/N/KEN/900", "G/TBT/N/BDI/608");
	resolves(*state, "2026/321/fi", "2026/0321/FI");
	resolves(*state, "2020/26/D", "2020/0026/D");
	resolves(*state, "2020/26/DE", "2020/0026/D");
	resolves(*state, "2020/26/F", "");
	resolves(*state, "G/TBT/N/USA/11", "");
	resolves(*state, "G/TBT/N/CHL/3", "");	/* only its addendum is known */
	resolves(*state, "", "");
	resolves(*state, "'; DROP TABLE notice; --", "");
}

static int
print_version(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	char text[INSTANT_TEXT];

	assert_int_equal(strlen(commit), 40);
	buf_addf(ctx, "%d %s %s\n", n, instant_format(at, text), subject);
	return 0;
}

static void
test_index_counts_versions_and_notes_their_order(void **state)
{
	struct world *w = *state;
	struct spec again = world_specs[0];
	AUTO_BUF out = BUF_INIT;

	again.title = "Safety of toys and games";
	again.event = "edited: title";
	world_take(w, &again, 1);
	assert_ok(w->f, index_versions(w->ix, "G/TBT/N/USA/10", print_version, &out, &w->f->err));
	assert_string_equal(buf_str(&out), "1 2026-06-01T00:00:00Z G/TBT/N/USA/10: new\n2 2026-06-01T08:00:00Z G/TBT/N/USA/10: edited: title\n");
	assert_int_equal(index_versions(w->ix, "nosuch", print_version, &out, &w->f->err), ERR_NOTFOUND);
	assert_string_equal(world_list(w, NULL, "games", ORDER_BEST), "G/TBT/N/USA/10\n");
}

static void
test_index_log_is_in_the_order_of_main(void **state)
{
	struct world *w = *state;

	assert_string_equal(world_log(w, NULL, NULL, NULL, false),
	    "2026-06-01T07:00:00Z 2020/0026/D 2020/0026/D withdrawn DE [] 2026-10-01\n"
	    "2026-06-01T06:00:00Z G/TBT/N/CHL/3/Add.2 G/TBT/N/CHL/3 addendum CL [machines] 2026-07-15\n"
	    "2026-06-01T05:00:00Z G/TBT/N/FIN/55 G/TBT/N/FIN/55 new FI [wine] \n"
	    "2026-06-01T04:00:00Z 2026/0321/FI 2026/0321/FI new FI [wine] 2026-09-01\n"
	    "2026-06-01T03:00:00Z G/TBT/N/BDI/608 G/TBT/N/BDI/608 new BI [paper] 2026-06-10\n"
	    "2026-06-01T02:00:00Z G/SPS/N/KEN/7 G/SPS/N/KEN/7 new KE [dairy] 2026-06-09\n"
	    "2026-06-01T01:00:00Z G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10 addendum US [toys] 2026-08-01\n"
	    "2026-06-01T00:00:00Z G/TBT/N/USA/10 G/TBT/N/USA/10 new US [toys] 2026-07-01\n");
	assert_string_equal(world_log(w, NULL, "G/TBT/N/USA/10", NULL, true),
	    "2026-06-01T00:00:00Z G/TBT/N/USA/10 G/TBT/N/USA/10 new US [toys] 2026-07-01\n"
	    "2026-06-01T01:00:00Z G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10 addendum US [toys] 2026-08-01\n");
	assert_string_equal(world_log(w, NULL, "G/TBT/N/USA/10/Add.1", NULL, true),
	    "2026-06-01T01:00:00Z G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10 addendum US [toys] 2026-08-01\n");
}

static void
test_index_log_filters_by_time_of_learning_and_kind(void **state)
{
	struct world *w = *state;
	struct filter f = { .since = INT64_C(1780272000) + 3 * 3600, .until = INT64_C(1780272000) + 6 * 3600 };

	assert_string_equal(world_log(w, &f, NULL, NULL, false),
	    "2026-06-01T05:00:00Z G/TBT/N/FIN/55 G/TBT/N/FIN/55 new FI [wine] \n"
	    "2026-06-01T04:00:00Z 2026/0321/FI 2026/0321/FI new FI [wine] 2026-09-01\n"
	    "2026-06-01T03:00:00Z G/TBT/N/BDI/608 G/TBT/N/BDI/608 new BI [paper] 2026-06-10\n");
	f.limit = 1;
	assert_string_equal(world_log(w, &f, NULL, NULL, true), "2026-06-01T03:00:00Z G/TBT/N/BDI/608 G/TBT/N/BDI/608 new BI [paper] 2026-06-10\n");
	f = (struct filter)FILTER_INIT;
	strv_add(&f.events, "changed");
	strv_add(&f.members, "US");
	assert_string_equal(world_log(w, &f, NULL, NULL, false),
	    "2026-06-01T01:00:00Z G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10 addendum US [toys] 2026-08-01\n");
	filter_clear(&f);
}

#define CHILE "2026-06-01T06:00:00Z G/TBT/N/CHL/3/Add.2 G/TBT/N/CHL/3 addendum CL [machines] 2026-07-15\n"
#define GERMANY "2026-06-01T07:00:00Z 2020/0026/D 2020/0026/D withdrawn DE [] 2026-10-01\n"
#define FRANCE "2026-06-01T08:00:00Z G/TBT/N/FRA/9 G/TBT/N/FRA/9 withdrawn FR [] \n"
#define AMERICA "2026-06-01T01:00:00Z G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10 addendum US [toys] 2026-08-01\n"

/* They are looked for in another way than all events. */
static void
test_index_log_of_rare_kinds_is_in_the_order_of_main(void **state)
{
	const struct spec later = { .id = "G/TBT/N/FRA/9", .title = "Old matters", .distributed = "2026-06-03", .event = "withdrawn" };
	struct world *w = *state;
	struct filter f = FILTER_INIT;
	char before[OID_HEX];

	snprintf(before, sizeof(before), "%s", index_tip(w->ix));
	world_take(w, &later, 1);
	strv_add(&f.events, "withdrawn");
	strv_add(&f.events, "addendum");
	assert_string_equal(world_log(w, &f, NULL, NULL, false), FRANCE GERMANY CHILE AMERICA);
	assert_string_equal(world_log(w, &f, NULL, NULL, true), AMERICA CHILE GERMANY FRANCE);
	assert_string_equal(world_log(w, &f, NULL, before, false), FRANCE);
	assert_string_equal(world_log(w, &f, "G/TBT/N/USA/10", NULL, false), AMERICA);
	f.limit = 2;
	assert_string_equal(world_log(w, &f, NULL, NULL, false), FRANCE GERMANY);
	f.limit = 0;
	f.since = INT64_C(1780272000) + 6 * 3600;
	f.until = INT64_C(1780272000) + 8 * 3600;
	assert_string_equal(world_log(w, &f, NULL, NULL, true), CHILE GERMANY);
	f.since = f.until = 0;
	strv_add(&f.events, "new");
	strv_add(&f.members, "US");
	assert_string_equal(world_log(w, &f, NULL, NULL, false), AMERICA "2026-06-01T00:00:00Z G/TBT/N/USA/10 G/TBT/N/USA/10 new US [toys] 2026-07-01\n");
	filter_clear(&f);
}

static void
test_index_log_begins_behind_a_commit(void **state)
{
	struct world *w = *state;
	struct spec archived = { .id = "G/TBT/N/USA/9", .title = "Old matters", .distributed = "2020-01-01", .event = "archived" };
	char before[OID_HEX];

	snprintf(before, sizeof(before), "%s", index_tip(w->ix));
	assert_string_equal(world_log(w, NULL, NULL, before, false), "");
	world_take(w, &archived, 1);
	assert_string_equal(world_log(w, NULL, NULL, before, false),
	    "2026-06-01T08:00:00Z G/TBT/N/USA/9 G/TBT/N/USA/9 archived US []  silent\n");
	before[0] = before[0] == '0' ? '1' : '0';
	assert_int_equal(index_log(w->ix, &(struct filter)FILTER_INIT, NULL, before, false, world_print_event, &w->out, &w->f->err), ERR_DATA);
}

static void
test_index_knows_a_dossier_in_lineage_order(void **state)
{
	struct world *w = *state;
	static const struct spec more[] = {
		{ .id = "G/TBT/N/USA/10/Add.10", .title = "Ten", .distributed = "2026-06-05" },
		{ .id = "G/TBT/N/USA/10/Add.2", .title = "Two", .distributed = "2026-06-06" },
	};
	struct dossier_context context;
	AUTO_STRV ids = STRV_INIT;
	AUTO_BUF joined = BUF_INIT;
	char day[DATE_TEXT];

	world_take(w, more, 2);
	assert_ok(w->f, index_dossier(w->ix, "G/TBT/N/USA/10", &ids, &w->f->err));
	strv_join(&ids, " ", &joined);
	assert_string_equal(buf_str(&joined), "G/TBT/N/USA/10 G/TBT/N/USA/10/Add.1 G/TBT/N/USA/10/Add.2 G/TBT/N/USA/10/Add.10");
	assert_int_equal(index_dossier(w->ix, "nosuch", &ids, &w->f->err), ERR_NOTFOUND);
	assert_ok(w->f, index_dossier_context(w->ix, "G/TBT/N/USA/10", "G/TBT/N/USA/10/Add.1", &context, &w->f->err));
	assert_string_equal(date_format(context.deadline, day), "2026-07-01");
	assert_true(context.base_known);
	assert_ok(w->f, index_dossier_context(w->ix, "G/TBT/N/CHL/3", "G/TBT/N/CHL/3/Add.2", &context, &w->f->err));
	assert_false(date_is_set(context.deadline));
	assert_false(context.base_known);
}

/* The base stands for its dossier as soon as it is known, and hands its sectors on. */
static void
test_index_takes_a_base_that_comes_after_its_follow_up(void **state)
{
	struct world *w = *state;
	static const struct spec base = { .id = "G/TBT/N/CHL/3", .title = "Rules for paper", .distributed = "2026-05-15", .deadline = "2026-07-01" };

	world_take(w, &base, 1);
	assert_string_equal(world_list(w, NULL, NULL, ORDER_DEADLINE), "G/TBT/N/BDI/608\nG/TBT/N/CHL/3\nG/TBT/N/USA/10\n2026/0321/FI\n");
	list_by(w, "paper", NULL, NULL, NULL, "G/TBT/N/CHL/3/Add.2\nG/TBT/N/BDI/608\nG/TBT/N/CHL/3\n");
	list_by(w, "machines", NULL, NULL, NULL, "G/TBT/N/CHL/3/Add.2\n");
}

static void
test_index_takes_a_shortened_deadline_back(void **state)
{
	struct world *w = *state;
	struct spec shorter = world_specs[1];
	struct filter f = { .open = true };

	shorter.deadline = "2026-06-01";
	world_take(w, &shorter, 1);
	assert_string_equal(world_list(w, &f, NULL, ORDER_DEADLINE), "G/TBT/N/BDI/608\nG/TBT/N/USA/10\nG/TBT/N/CHL/3/Add.2\n2026/0321/FI\n");
}

static void
assert_context(struct world *w, const char *id, const char *deadline, const char *voiding, bool voided)
{
	struct dossier_context c;
	char day[DATE_TEXT];

	assert_ok(w->f, index_dossier_context(w->ix, "G/TBT/N/USA/10", id, &c, &w->f->err));
	assert_string_equal(date_format(c.deadline, day), deadline);
	assert_string_equal(date_format(c.voiding, day), voiding);
	assert_int_equal(c.voided, voided);
	assert_true(c.base_known);
}

static void
test_index_drops_the_deadline_of_a_voided_follow_up(void **state)
{
	struct world *w = *state;
	struct spec corrigendum = { .id = "G/TBT/N/USA/10/Add.1/Corr.1", .title = "Cancellation", .distributed = "2026-06-03", .event = "corrected",
	    .description = "The notification was circulated erroneously and should therefore be considered null and void." };
	struct filter f = { .since = w->at };

	assert_context(w, corrigendum.id, "2026-08-01", "2026-07-01", false);
	world_take(w, &corrigendum, 1);
	assert_string_equal(world_list(w, NULL, NULL, ORDER_DEADLINE), "G/TBT/N/BDI/608\nG/TBT/N/USA/10\nG/TBT/N/CHL/3/Add.2\n2026/0321/FI\n");
	assert_string_equal(world_log(w, &f, NULL, NULL, false),
	    "2026-06-01T08:00:00Z G/TBT/N/USA/10/Add.1/Corr.1 G/TBT/N/USA/10 corrected US [toys] 2026-07-01\n");
	assert_context(w, "G/TBT/N/USA/10/Add.1", "2026-07-01", "2026-07-01", true);
	assert_context(w, "G/TBT/N/USA/10/Add.2", "2026-07-01", "2026-07-01", false);
	corrigendum.description = "The title was misspelt.";
	world_take(w, &corrigendum, 1);
	assert_context(w, "G/TBT/N/USA/10/Add.2", "2026-08-01", "2026-08-01", false);
	assert_string_equal(world_list(w, NULL, NULL, ORDER_DEADLINE), "G/TBT/N/BDI/608\nG/TBT/N/CHL/3/Add.2\nG/TBT/N/USA/10\n2026/0321/FI\n");
}

/* What the batch has not shown yet must be readable: a second row of a workbook may tell more of the same notification. */
static void
test_index_sees_what_an_open_batch_holds(void **state)
{
	struct world *w = *state;
	struct spec one = { .id = "G/TBT/N/UGA/1", .title = "First", .distributed = "2026-06-09" };
	AUTO_NOTICE n = NOTICE_INIT;
	struct batch *b;

	assert_ok(w->f, batch_begin(w->f->st, &b, &w->f->err));
	assert_ok(w->f, index_begin(w->ix, &w->f->err));
	world_add(w, b, &one, true);
	resolves(w, "g/tbt/n/uga/1", "G/TBT/N/UGA/1");
	assert_ok(w->f, index_notice(w->ix, "G/TBT/N/UGA/1", &n, &w->f->err));
	assert_string_equal(n.title.s, "First");
	batch_free(b);
	assert_ok(w->f, index_end(w->ix, false, &w->f->err));
	resolves(w, "g/tbt/n/uga/1", "");
}

/* Is a file without a name open in the folder of the index? */
static bool
nameless_open_beside(const char *index)
{
	size_t folder = (size_t)(strrchr(index, '/') + 1 - index);
	DIR *d = opendir("/proc/self/fd");
	const struct dirent *e;
	bool found = false;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		char to[1024] = "";

		if (readlinkat(dirfd(d), e->d_name, to, sizeof(to) - 1) > 0)
			found = found || (strncmp(to, index, folder) == 0 && strstr(to, " (deleted)") != NULL);
	}
	closedir(d);
	return found;
}

/* Not in /tmp: that may be memory, small, or not ours to write. */
static void
test_index_keeps_long_texts_of_an_open_batch_beside_itself(void **state)
{
	static const char *const ids[] = { "G/TBT/N/UGA/1", "G/TBT/N/UGA/2", "G/TBT/N/UGA/3", "G/TBT/N/UGA/4" };
	struct world *w = *state;
	struct batch *b;
	char words[100001];

	memset(words, 'x', sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	assert_ok(w->f, batch_begin(w->f->st, &b, &w->f->err));
	assert_ok(w->f, index_begin(w->ix, &w->f->err));
	for (size_t i = 0; i < 4; i++)
		world_add(w, b, &(struct spec){ .id = ids[i], .title = ids[i], .description = words, .distributed = "2026-06-09" }, true);
	assert_true(nameless_open_beside(w->path));
	for (size_t i = 0; i < 4; i++) {
		AUTO_NOTICE n = NOTICE_INIT;

		assert_ok(w->f, index_notice(w->ix, ids[i], &n, &w->f->err));
		assert_string_equal(n.title.s, ids[i]);
		assert_string_equal(n.description.s, words);
	}
	batch_free(b);
	assert_ok(w->f, index_end(w->ix, false, &w->f->err));
	assert_false(nameless_open_beside(w->path));
}

static void
test_index_remembers_raw_bytes_by_way(void **state)
{
	struct world *w = *state;

	assert_false(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "aa"));
	assert_ok(w->f, index_set_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "aa", &w->f->err));
	assert_true(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "aa"));
	assert_false(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_WORKBOOK, "aa"));
	assert_false(index_same_raw(w->ix, "G/SPS/N/KEN/7", WAY_API, "aa"));
	assert_ok(w->f, index_set_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "bb", &w->f->err));
	assert_false(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "aa"));
	assert_ok(w->f, index_set_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "", &w->f->err));
	assert_false(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "bb"));
}

/* A killed run, or somebody else's: the source may since have gone back to what was read before. */
static void
test_index_forgets_raw_bytes_of_a_record_that_it_catches_up_with(void **state)
{
	const struct spec changed = { .id = "G/TBT/N/USA/10", .title = "Safety of toys, second text", .distributed = "2026-05-01", .event = "edited: title" };
	struct world *w = *state;

	assert_ok(w->f, index_set_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "aa", &w->f->err));
	assert_ok(w->f, index_set_raw(w->ix, "G/TBT/N/USA/10", WAY_WORKBOOK, "bb", &w->f->err));
	assert_ok(w->f, index_set_raw(w->ix, "G/SPS/N/KEN/7", WAY_API, "cc", &w->f->err));
	world_push(w, &changed, 1);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_false(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_API, "aa"));
	assert_false(index_same_raw(w->ix, "G/TBT/N/USA/10", WAY_WORKBOOK, "bb"));
	assert_true(index_same_raw(w->ix, "G/SPS/N/KEN/7", WAY_API, "cc"));
}

static void
test_index_counts(void **state)
{
	struct world *w = *state;
	struct index_counts c;

	assert_ok(w->f, index_counts(w->ix, &c, &w->f->err));
	assert_int_equal(c.notifications, 8);
	assert_int_equal(c.dossiers, 7);
	assert_int_equal(c.versions, 8);
	assert_int_equal(c.events, 8);
	assert_int_equal(c.open, 6);
	assert_int_equal(c.uncoded, 1);
	assert_int_equal(c.vanished, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_index_rows_tell_the_current_state, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_lists_by_sector_member_source_and_area, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_lists_by_day_of_distribution_until_is_exclusive, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_lists_what_is_open_through_the_last_day, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_lists_uncoded_and_by_event, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_deadlines_come_soonest_first, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_list_ends_when_the_callback_says_so, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_rows_read_their_record_when_asked, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_resolves_any_spelling_of_a_symbol, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_counts_versions_and_notes_their_order, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_log_is_in_the_order_of_main, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_log_filters_by_time_of_learning_and_kind, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_log_of_rare_kinds_is_in_the_order_of_main, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_log_begins_behind_a_commit, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_knows_a_dossier_in_lineage_order, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_takes_a_base_that_comes_after_its_follow_up, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_takes_a_shortened_deadline_back, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_drops_the_deadline_of_a_voided_follow_up, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_sees_what_an_open_batch_holds, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_keeps_long_texts_of_an_open_batch_beside_itself, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_remembers_raw_bytes_by_way, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_forgets_raw_bytes_of_a_record_that_it_catches_up_with, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_counts, world_setup, world_teardown),
	};

	return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
