/* A small store with an index beside it, for the tests of the index. All notifications are synthetic. Today is 2026-06-10. */
#ifndef REGWATCH_TESTS_INDEX_WORLD_H
#define REGWATCH_TESTS_INDEX_WORLD_H

#include "store_fixture.h"

#include "fake_sectors.h"
#include "lib/base/date.h"
#include "lib/notice/canon.h"
#include "lib/notice/symbol.h"
#include "store/index.h"

struct world {
	struct fixture *f;
	struct index *ix;
	char *path;		/* of index.sqlite */
	int64_t at;		/* time of the next version */
	struct buf out;		/* what the last question answered */
};

static const char *const world_words[] = { "dairy", "machines", "paper", "toys", "wine" };
static const struct sectors world_sectors = { "first", world_words, 5 };

/* What the tests say of a notification; NULL is absent. 'symbols': all of a joint one, separated by commas. */
struct spec {
	const char *id, *symbols, *title, *products, *description, *distributed, *deadline, *tbt_sps, *withdrawal;
	const char *event;	/* "new" when NULL */
};

/* Two systems, a dossier with an addendum, a joint notification, a follow-up without its base, twins, a withdrawn draft. */
static const struct spec world_specs[] = {
	{ .id = "G/TBT/N/USA/10", .title = "Safety of toys", .products = "toys for children", .description = "Sets limits for lead in paint.",
	  .distributed = "2026-05-01", .deadline = "2026-07-01" },
	{ .id = "G/TBT/N/USA/10/Add.1", .title = "Comment period", .description = "More time is given.", .distributed = "2026-06-01",
	  .deadline = "2026-08-01", .event = "addendum" },
	{ .id = "G/SPS/N/KEN/7", .title = "Residues in dairy", .description = "Maximum limits in milk and crème fraîche.", .distributed = "2026-04-10",
	  .deadline = "2026-06-09" },
	{ .id = "G/TBT/N/BDI/608", .symbols = "G/TBT/N/BDI/608,G/TBT/N/KEN/900", .title = "East African standard for paper", .distributed = "2026-05-20",
	  .deadline = "2026-06-10" },
	{ .id = "2026/0321/FI", .title = "Decree on wine", .distributed = "2026-05-31", .deadline = "2026-09-01",
	  .tbt_sps = "The draft is notified as G/TBT/N/FIN/55." },
	{ .id = "G/TBT/N/FIN/55", .title = "Labels", .products = "wine", .distributed = "2026-05-05" },
	{ .id = "G/TBT/N/CHL/3/Add.2", .title = "Safety of machines", .distributed = "2026-06-02", .deadline = "2026-07-15", .event = "addendum" },
	{ .id = "2020/0026/D", .title = "Act on glass", .distributed = "2026-01-15", .deadline = "2026-10-01", .withdrawal = "Withdrawn on 1 June 2026",
	  .event = "withdrawn" },
};
#define WORLD_SPECS (sizeof(world_specs) / sizeof(*world_specs))

static inline struct date
world_date(const char *text)
{
	struct date d = DATE_NONE;

	if (text != NULL)
		assert_true(date_parse_iso(text, &d, NULL));
	return d;
}

static inline void
world_notice(const struct spec *s, struct notice *n)
{
	AUTO_BUF base = BUF_INIT;
	struct symbol symbol;

	notice_init(n);
	assert_true(symbol_parse(s->id, &symbol));
	n->id = xstrdup(s->id);
	symbol_base(s->id, &base);
	n->dossier = buf_take(&base);
	n->source = symbol.series == SYMBOL_TRIS ? SOURCE_TRIS : SOURCE_EPING;
	n->area = n->source == SOURCE_TRIS ? AREA_TRIS : strcmp(symbol.area, "SPS") == 0 ? AREA_SPS : AREA_TBT;
	strv_split(&n->symbols, s->symbols != NULL ? s->symbols : s->id, ",");
	for (size_t i = 0; i < n->symbols.n; i++) {
		assert_true(symbol_parse(n->symbols.v[i], &symbol));
		strv_add(&n->members, member_of_code(symbol.code, n->source == SOURCE_TRIS));
	}
	snprintf(n->member, sizeof(n->member), "%s", n->members.v[0]);
	n->kind = kind_of(n->id, false);
	notice_set_text(&n->title, s->title, "en");
	notice_set_text(&n->products, s->products, "en");
	notice_set_text(&n->description, s->description, "en");
	notice_set_text(&n->tbt_sps, s->tbt_sps, "en");
	notice_set_line(&n->withdrawal, s->withdrawal);
	n->distributed = world_date(s->distributed);
	n->deadline = world_date(s->deadline);
	if (n->source == SOURCE_TRIS)
		n->standstill_end = n->deadline;
	notice_normalise(n);
}

/* Adds a version to a batch; with w->ix writing also to the index. */
static inline void
world_add(struct world *w, struct batch *b, const struct spec *s, bool apply)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_EVENTS events = EVENTS_INIT;
	AUTO_BUF record = BUF_INIT, path = BUF_INIT, subject = BUF_INIT;
	AUTO_VERSION version = VERSION_INIT;
	struct event event;
	char blob[OID_HEX];

	world_notice(s, &n);
	canon_write(&n, &record);
	symbol_path(n.id, &path);
	buf_adds(&path, ".md");
	assert_ok(w->f, event_read(s->event != NULL ? s->event : "new", &event, &w->f->err));
	events_add(&events, event.kind, event.detail, event.old, event.new);
	event_clear(&event);
	buf_addf(&subject, "%s: %s", n.id, s->event != NULL ? s->event : "new");
	assert_ok(w->f, batch_add(b, &(struct new_version){ .path = buf_str(&path), .record = record.data, .record_len = record.len,
	    .subject = buf_str(&subject), .author_name = "Member", .author_email = "xx@member.invalid", .author_time = w->at, .commit_time = w->at,
	    .notification = n.id, .dossier = n.dossier, .source = source_name(n.source), .events = &events, .fetched = w->at }, version.commit,
	    &w->f->err));
	version.at = w->at;
	w->at += 3600;
	if (!apply)
		return;
	version.subject = xstrdup(buf_str(&subject));
	events_add(&version.events, events.v[0].kind, events.v[0].detail, events.v[0].old, events.v[0].new);
	store_hash(record.data, record.len, blob);
	assert_ok(w->f, index_apply(w->ix, &version, buf_str(&path), blob, &n, &w->f->err));
}

/* One batch, as intake does it: to the store and to the index together. */
static inline void
world_take(struct world *w, const struct spec *specs, size_t n)
{
	struct batch *b;

	assert_ok(w->f, batch_begin(w->f->st, &b, &w->f->err));
	assert_ok(w->f, index_begin(w->ix, &w->f->err));
	for (size_t i = 0; i < n; i++)
		world_add(w, b, &specs[i], true);
	assert_ok(w->f, batch_commit(b, &w->f->err));
	batch_free(b);
	assert_ok(w->f, index_end(w->ix, true, &w->f->err));
}

/* To the store alone, as if somebody else had pushed it. */
static inline void
world_push(struct world *w, const struct spec *specs, size_t n)
{
	struct batch *b;

	assert_ok(w->f, batch_begin(w->f->st, &b, &w->f->err));
	for (size_t i = 0; i < n; i++)
		world_add(w, b, &specs[i], false);
	assert_ok(w->f, batch_commit(b, &w->f->err));
	batch_free(b);
}

static inline void
world_open(struct world *w, const struct sectors *sectors)
{
	index_free(w->ix);
	w->ix = NULL;
	assert_ok(w->f, index_open(w->path, w->f->st, sectors, &w->ix, &w->f->err));
}

/* ---- asking ---- */

static inline int
world_print_id(void *ctx, const struct index_row *row)
{
	buf_addf(ctx, "%s\n", row->id);
	return 0;
}

static inline int
world_print_row(void *ctx, const struct index_row *row)
{
	char a[DATE_TEXT], b[DATE_TEXT], c[DATE_TEXT];

	buf_addf(ctx, "%s %s %s %s v%d %s %s %s%s%s%s [%s] twin=%s '%s'\n", row->id, row->dossier, source_name(row->source), row->members, row->versions,
	    date_format(row->distributed, a), date_format(row->deadline, b), date_format(row->effective_deadline, c), row->open ? " open" : "",
	    row->withdrawn ? " withdrawn" : "", row->low_confidence ? " low" : "", row->sectors, row->twin, row->title);
	return 0;
}

static inline int
world_print_event(void *ctx, const struct index_event *e)
{
	AUTO_BUF what = BUF_INIT;
	char at[INSTANT_TEXT], day[DATE_TEXT];

	event_write(&e->event, &what);
	buf_addf(ctx, "%s %s %s %s %s [%s] %s%s\n", instant_format(e->at, at), e->notification, e->dossier, buf_str(&what), e->member, e->sectors,
	    date_format(e->deadline, day), e->alerts ? "" : " silent");
	return 0;
}

static inline const char *
world_list(struct world *w, const struct filter *f, const char *words, enum index_order order)
{
	static const struct filter all = FILTER_INIT;

	buf_reset(&w->out);
	assert_ok(w->f, index_list(w->ix, f != NULL ? f : &all, words, order, world_print_id, &w->out, &w->f->err));
	return buf_str(&w->out);
}

static inline const char *
world_rows(struct world *w)
{
	static const struct filter all = FILTER_INIT;

	buf_reset(&w->out);
	assert_ok(w->f, index_list(w->ix, &all, NULL, ORDER_NEWEST, world_print_row, &w->out, &w->f->err));
	return buf_str(&w->out);
}

static inline const char *
world_log(struct world *w, const struct filter *f, const char *id, const char *after, bool forward)
{
	static const struct filter all = FILTER_INIT;

	buf_reset(&w->out);
	assert_ok(w->f, index_log(w->ix, f != NULL ? f : &all, id, after, forward, world_print_event, &w->out, &w->f->err));
	return buf_str(&w->out);
}

/* Everything that the index can tell, for comparing two of them; the caller frees. */
static inline char *
world_dump(struct world *w)
{
	static const char *const words[] = { "limits", "wine", "safety", "\"lead in\"", "-toys" };
	struct buf dump = BUF_INIT;

	buf_addf(&dump, "%s\n%s", index_tip(w->ix), world_rows(w));
	buf_adds(&dump, world_log(w, NULL, NULL, NULL, false));
	buf_adds(&dump, world_list(w, NULL, NULL, ORDER_DEADLINE));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		buf_adds(&dump, world_list(w, NULL, words[i], ORDER_BEST));
	return buf_take(&dump);
}

/* ---- set up ---- */

static inline int
world_setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));

	setenv("REGWATCH_NOW", "2026-06-10T06:00:00Z", 1);
	fixture_setup((void **)&w->f);
	w->path = xasprintf("%s/index.sqlite", w->f->folder);
	w->at = INT64_C(1780272000);	/* 2026-06-01T00:00:00Z */
	world_open(w, &world_sectors);
	world_take(w, world_specs, WORLD_SPECS);
	*state = w;
	return 0;
}

static inline int
world_teardown(void **state)
{
	struct world *w = *state;

	index_free(w->ix);
	buf_clear(&w->out);
	free(w->path);
	fixture_teardown((void **)&w->f);
	free(w);
	return 0;
}

#endif
