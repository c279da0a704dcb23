/* What 'sectors test' replays is what alerts told day by day. All records here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/digesting.h"
#include "cmd/replay.h"
#include "lib/notice/symbol.h"
#include "store/intake.h"
#include "store_fixture.h"

#define DAYS 60
#define DAY 86400
#define START 1780000000

static const char rules_text[] =
    "[sector \"games\"]\n\ttitle = Games\n\tword = en: kite, game\n\ths = 9504\n"
    "[sector \"toys\"]\n\ttitle = Toys\n\tword = en: toy, doll\n\tmask = toy model\n\ths = 9503\n\tics = 97.200.50\n";

struct live {
	struct fixture *f;
	struct app app;
	struct strv overrides;
	struct buf told;	/* by the alerts, a line each */
	char up_to[OID_HEX];
};

static uint64_t seed = 20260528;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static void
load_rules(const char *text, struct sectors **out)
{
	struct conf conf = CONF_INIT;
	struct error err;

	if (conf_parse(&conf, "regwatch.conf", text, &err) < 0 || sectors_load(&conf, out, &err) < 0)
		fail_msg("%s", err.text);
	conf_clear(&conf);
}

static int
no_decode(const char *raw_path, const char *raw, size_t n, struct notice *out, struct error *err)
{
	(void)raw_path;
	(void)raw;
	(void)n;
	notice_init(out);
	return error_set(err, ERR_DATA, "nothing to decode");
}

/* A record whose sector changes with chance: by title, by codes that alone are a guess or a near miss, masked, or none. */
static void
make_notice(struct notice *n, const char *id, int64_t now)
{
	static const char *const titles[] = { "Safety of toys", "Dolls and kites", "Toy model railways", "Kites", "Requirements", "Amendment", "A game" };
	static const char *const codes[] = { "9503", "9504", "8517", "9503.00", "0101" };

	notice_init(n);
	strv_add(&n->symbols, id);
	notice_set_text(&n->title, titles[chance(7)], "en");
	if (chance(2) == 0)
		codes_add(&n->hs, codes[chance(5)], NULL);
	if (chance(4) == 0)
		codes_add(&n->ics, "97.200.50", NULL);
	if (chance(3) == 0)
		notice_set_text(&n->description, chance(2) == 0 ? "Of toys and dolls." : "Of kites.", "en");
	n->distributed = date_of_instant(chance(12) == 0 ? now - 90 * DAY : now);	/* an old one is archived */
	n->deadline = chance(3) == 0 ? DATE_NONE : date_add_days(n->distributed, 60);
	n->known = notice_known_by(WAY_API);
	notice_normalise(n);
}

/* Of a follow-up the base may come later, or never. */
static void
take_some(struct live *l, int64_t now)
{
	struct intake *in = intake_new(l->f->st, l->app.ix, now, no_decode);

	for (unsigned k = chance(6); k > 0; k--) {
		unsigned number = 1 + chance(25), tail = chance(5);
		AUTO_FREE char *id = xasprintf(tail < 3 ? "G/TBT/N/USA/%u" : "G/TBT/N/USA/%u/Add.%u", number, tail - 2);
		AUTO_FREE char *raw = xasprintf("{\"n\": %u}", chance(1u << 30));
		AUTO_NOTICE n = NOTICE_INIT;

		make_notice(&n, id, now);
		assert_ok(l->f, intake_add(in, &(struct arrival){ &n, WAY_API, ".api.json", raw, strlen(raw), NULL, 0, NULL }, NULL, &l->f->err));
	}
	assert_ok(l->f, intake_commit(in, &l->f->err));
	intake_free(in);
}

static bool
never_reminded(void *ctx, const char *dossier, struct date day)
{
	(void)ctx;
	(void)dossier;
	(void)day;
	return true;
}

static void
tell_item(struct buf *out, const char *commit, const char *id, const char *title, const char *events)
{
	buf_addf(out, "%s %s '%s' %s\n", commit, id, title, events);
}

/* What cron does behind a fetch. */
static void
alert(struct live *l, const struct subscription *sub)
{
	const struct reminded reminded = { never_reminded, NULL };
	struct news *news = news_new(&l->app);
	struct reader reader = { .sub = sub, .after = l->up_to };
	struct reader *const readers[] = { &reader };
	struct digest d;

	assert_ok(l->f, news_gather(news, readers, 1, &l->f->err));
	assert_ok(l->f, digest_fill(news, &reader, &reminded, &d, &l->f->err));
	for (size_t i = 0; i < d.items_n; i++) {
		AUTO_BUF events = BUF_INIT;

		for (size_t k = 0; k < d.items[i].events.n; k++)
			buf_addf(&events, "%s%s", k > 0 ? "," : "", event_name(d.items[i].events.v[k].kind));
		tell_item(&l->told, d.items[i].commit, d.items[i].notice.id, d.items[i].notice.title.s, buf_str(&events));
	}
	digest_clear(&d);
	reader_clear(&reader);
	news_free(news);
	snprintf(l->up_to, sizeof(l->up_to), "%s", index_tip(l->app.ix));
}

static void
open_index(struct live *l, const struct sectors *labels)
{
	AUTO_FREE char *path = xasprintf("%s/index.sqlite", l->f->folder);

	index_free(l->app.ix);
	l->app.ix = NULL;
	assert_ok(l->f, index_open(path, l->f->st, labels, &l->app.ix, &l->f->err));
	assert_ok(l->f, index_sync(l->app.ix, &l->f->err));
}

static int
live_setup(void **state)
{
	struct live *l = xcalloc(1, sizeof(*l));

	fixture_setup((void **)&l->f);
	l->app = (struct app){ .dir = l->f->folder, .overrides = &l->overrides, .st = l->f->st };
	load_rules(rules_text, &l->app.sectors);
	open_index(l, l->app.sectors);
	*state = l;
	return 0;
}

static int
live_teardown(void **state)
{
	struct live *l = *state;

	index_free(l->app.ix);
	sectors_free(l->app.sectors);
	buf_clear(&l->told);
	fixture_teardown((void **)&l->f);
	free(l);
	return 0;
}

static int
by_line(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
sort_lines(const char *text, struct buf *out)
{
	AUTO_STRV lines = STRV_INIT;

	strv_split(&lines, text, "\n");
	if (lines.n > 0)
		qsort(lines.v, lines.n, sizeof(*lines.v), by_line);
	strv_join(&lines, "\n", out);
}

static size_t
build(struct live *l)
{
	struct subscription sub = { .name = xstrdup("toys-members") };
	size_t versions = 0;

	strv_add(&sub.sectors, "toys");
	strv_add(&sub.events, "new");
	strv_add(&sub.events, "changed");
	for (int64_t day = 0; day < DAYS; day++) {
		char now[INSTANT_TEXT];

		setenv("REGWATCH_NOW", instant_format(START + day * DAY, now), 1);
		take_some(l, START + day * DAY);
		alert(l, &sub);
	}
	for (const char *p = buf_str(&l->told); (p = strchr(p, '\n')) != NULL; p++)
		versions++;
	free(sub.name);
	strv_clear(&sub.sectors);
	strv_clear(&sub.events);
	return versions;
}

static void
test_replay_is_what_alerts_told_day_by_day(void **state)
{
	struct live *l = *state;
	AUTO_REPLAY r = REPLAY_INIT;
	AUTO_BUF replayed = BUF_INIT, a = BUF_INIT, b = BUF_INIT;
	size_t told = build(l);

	assert_true(told > 30);
	open_index(l, NULL);
	assert_ok(l->f, replay_run(&l->app, l->app.sectors, "toys", START, &r, &l->f->err));
	assert_int_equal(r.hits.n, told);
	assert_true(r.near.n > 0);
	assert_int_equal(r.unread, 0);
	for (size_t i = 0; i < r.hits.n; i++) {
		AUTO_BUF events = BUF_INIT;

		strv_join(&r.hits.v[i].events, ",", &events);
		tell_item(&replayed, r.hits.v[i].commit, r.hits.v[i].notification, r.hits.v[i].title, buf_str(&events));
		assert_true(r.hits.v[i].why.n == 1 && r.hits.v[i].why.v[0].assigned);
	}
	sort_lines(buf_str(&l->told), &a);
	sort_lines(buf_str(&replayed), &b);
	assert_string_equal(buf_str(&b), buf_str(&a));
	for (size_t i = 0; i < r.near.n; i++)
		assert_true(!r.near.v[i].why.v[0].assigned && r.near.v[i].why.v[0].score >= 0.3 && r.near.v[i].why.v[0].score < 0.6);
}

/* A period's hits are those of the whole that fall into it. */
static void
test_replay_begins_at_its_day(void **state)
{
	struct live *l = *state;
	AUTO_REPLAY all = REPLAY_INIT;
	AUTO_REPLAY late = REPLAY_INIT;
	size_t expected = 0;

	build(l);
	assert_ok(l->f, replay_run(&l->app, l->app.sectors, "toys", START, &all, &l->f->err));
	assert_ok(l->f, replay_run(&l->app, l->app.sectors, "toys", START + 30 * DAY, &late, &l->f->err));
	for (size_t i = 0; i < all.hits.n; i++)
		expected += all.hits.v[i].at >= START + 30 * DAY;
	assert_true(expected > 0 && expected < all.hits.n);
	assert_int_equal(late.hits.n, expected);
	assert_int_equal(late.first, all.first);
}

static void
take_one(struct live *l, const char *id, const char *title, int64_t now)
{
	struct intake *in = intake_new(l->f->st, l->app.ix, now, no_decode);
	AUTO_NOTICE n = NOTICE_INIT;

	notice_init(&n);
	strv_add(&n.symbols, id);
	notice_set_text(&n.title, title, "en");
	n.distributed = date_of_instant(now);
	n.known = notice_known_by(WAY_API);
	notice_normalise(&n);
	assert_ok(l->f, intake_add(in, &(struct arrival){ &n, WAY_API, ".api.json", title, strlen(title), NULL, 0, NULL }, NULL, &l->f->err));
	assert_ok(l->f, intake_commit(in, &l->f->err));
	intake_free(in);
}

/* The labels of the index are those of the rule that was in force; opening it for a trial leaves them. */
static void
test_trial_tells_what_a_new_rule_takes_in_and_leaves_out(void **state)
{
	struct live *l = *state;
	struct sectors *changed;
	AUTO_REPLAY r = REPLAY_INIT;
	AUTO_DIFFERENCE d = { .added = NULL };
	AUTO_DIFFERENCE same = { .added = NULL };

	setenv("REGWATCH_NOW", "2026-05-30T06:00:00Z", 1);
	take_one(l, "G/TBT/N/USA/1", "Safety of toys", START);
	take_one(l, "G/TBT/N/USA/2", "Marbles", START);
	take_one(l, "G/TBT/N/USA/3", "Dolls and marbles", START);
	open_index(l, NULL);
	load_rules("[sector \"toys\"]\n\tword = en: marble, doll\n", &changed);
	assert_ok(l->f, replay_run(&l->app, changed, "toys", START, &r, &l->f->err));
	assert_int_equal(r.hits.n, 2);
	assert_int_equal(r.seen.n, 3);
	assert_ok(l->f, replay_compare(&l->app, changed, NULL, "toys", &r.seen, &d, &l->f->err));
	assert_int_equal(d.added_n, 1);
	assert_string_equal(d.added[0].notification, "G/TBT/N/USA/2");
	assert_string_equal(d.added[0].reason, "title: marble");
	assert_int_equal(d.removed_n, 1);
	assert_string_equal(d.removed[0].notification, "G/TBT/N/USA/1");
	assert_string_equal(d.removed[0].reason, "title: toy");
	assert_ok(l->f, replay_compare(&l->app, l->app.sectors, NULL, "toys", &r.seen, &same, &l->f->err));
	assert_int_equal(same.added_n + same.removed_n, 0);
	assert_ok(l->f, replay_compare(&l->app, l->app.sectors, changed, "toys", &r.seen, &same, &l->f->err));
	assert_int_equal(same.added_n, 1);
	assert_string_equal(same.added[0].notification, "G/TBT/N/USA/1");
	sectors_free(changed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_replay_is_what_alerts_told_day_by_day, live_setup, live_teardown),
		cmocka_unit_test_setup_teardown(test_replay_begins_at_its_day, live_setup, live_teardown),
		cmocka_unit_test_setup_teardown(test_trial_tells_what_a_new_rule_takes_in_and_leaves_out, live_setup, live_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
