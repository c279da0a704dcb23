/* What the site is made of, from the index. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/symbol.h"
#include "coverage.h"
#include "publishing.h"

#define SITE_FORM 1		/* raised when the pages change without the program's file changing: never, but for tests */

const char *
world_text(struct world *w, const char *s)
{
	return s[0] != '\0' ? arena_text(&w->texts, s) : "";
}

void
row_list_add(struct row_list *l, const struct site_row *row)
{
	l->v = xgrow(l->v, l->n, &l->cap, sizeof(const struct site_row *));
	l->v[l->n++] = row;
}

/* ---- settings ---- */

static int
by_title(const void *a, const void *b)
{
	const struct site_sector *x = a, *y = b;
	int c = strcmp(x->title, y->title);

	return c != 0 ? c : strcmp(x->name, y->name);
}

static void
read_coverage(struct world *w)
{
	static const struct { const char *name, *url; } feeds[] = {
		[SOURCE_EPING] = { "ePing", "https://epingalert.org" }, [SOURCE_TRIS] = { "TRIS", "https://technical-regulation-information-system.ec.europa.eu" },
	};

	w->coverage = coverages_read(w->app);
	for (int i = 0; i < 2; i++) {
		const struct digest_coverage *c = &w->coverage->feed[i];

		w->meta.feeds[i] = (struct site_feed){ feeds[i].name, feeds[i].url, c->off, c->read, &c->problems };
	}
}

/* "https://example.org/regwatch/" of what the configuration says with or without its slash. */
static char *
root_url(const char *url)
{
	size_t n;

	if (url == NULL || (n = strlen(url)) == 0)
		return NULL;
	return url[n - 1] == '/' ? xstrdup(url) : xasprintf("%s/", url);
}

/* A new program may draw any page otherwise: its file stands for that. */
static uint64_t
program_key(void)
{
	uint64_t key = site_key_text(site_key_number(SITE_KEY_INIT, SITE_FORM), REGWATCH_VERSION);
	struct stat st;

	if (stat("/proc/self/exe", &st) < 0)
		return key;
	key = site_key_number(site_key_number(key, st.st_size), st.st_mtim.tv_sec);
	return site_key_number(key, st.st_mtim.tv_nsec);
}

static uint64_t
settings_key(const struct world *w)
{
	uint64_t key = site_key_text(site_key_text(program_key(), w->meta.title), w->meta.url);

	key = site_key_text(site_key_text(key, w->app->settings.language), sectors_fingerprint(w->app->sectors));
	for (size_t i = 0; i < w->meta.sectors_n; i++)
		key = site_key_text(site_key_text(key, w->sectors[i].name), w->sectors[i].title);
	return key;
}

/* The leads of subscriptions stay out: they are between the sender and those who are told. */
static void
read_settings(struct world *w)
{
	const struct settings *s = &w->app->settings;

	w->url = root_url(s->site_url);
	w->meta.title = s->site_title != NULL ? s->site_title : "Draft technical regulations";
	w->meta.url = w->url;
	w->meta.today = clock_today();
	w->meta.sectors_n = sectors_count(w->app->sectors);
	w->sectors = xcalloc(w->meta.sectors_n + 1, sizeof(*w->sectors));
	for (size_t i = 0; i < w->meta.sectors_n; i++)
		w->sectors[i] = (struct site_sector){ sectors_name(w->app->sectors, i), sectors_title(w->app->sectors, i) };
	qsort(w->sectors, w->meta.sectors_n, sizeof(*w->sectors), by_title);
	w->meta.sectors = w->sectors;
	read_coverage(w);
	w->key = settings_key(w);
}

/* ---- dossiers ---- */

const struct world_dossier *
world_dossier(const struct world *w, const char *id)
{
	size_t low = 0, high = w->dossiers_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = strcmp(id, w->dossiers[middle].id);

		if (c == 0)
			return &w->dossiers[middle];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct site_row *
world_row(const struct world *w, const char *dossier, const char *id)
{
	const struct world_dossier *d = world_dossier(w, dossier);

	for (size_t i = 0; d != NULL && i < d->n; i++)
		if (strcmp(w->members.v[d->first + i]->id, id) == 0)
			return w->members.v[d->first + i];
	return NULL;
}

static void
count(struct world *w)
{
	w->counts = (struct site_counts){ .notifications = w->n, .dossiers = w->dossiers_n, .open = w->closing.n };
	for (size_t i = 0; i < w->n; i++) {
		w->counts.versions += (size_t)w->rows[i].versions;
		w->counts.uncoded += w->rows[i].sectors[0] == '\0';
	}
}

/* The JSON says 'open' of a withdrawn dossier too, by the day alone. */
static bool
in_time(const struct world *w, const struct site_row *r)
{
	return date_is_set(r->effective_deadline) && date_cmp(r->effective_deadline, w->meta.today) >= 0;
}

static void
take_fingerprints(struct world *w)
{
	w->contents = xcalloc(w->n + 1, sizeof(*w->contents));
	for (size_t i = 0; i < w->n; i++) {
		const struct site_row *r = &w->rows[i];
		uint64_t key = w->contents[i] = site_key_text(site_key_text(w->fingerprints[i], r->dossier), r->sectors);

		key = site_key_text(key, r->twin);
		key = site_key_number(key, date_is_set(r->effective_deadline) ? date_days(r->effective_deadline) : INT64_MIN);
		w->fingerprints[i] = site_key_number(key, in_time(w, r) + 2 * r->withdrawn);
	}
	for (size_t i = 0; i < w->dossiers_n; i++)
		w->dossiers[i].key = rows_key(w, w->key, w->members.v + w->dossiers[i].first, w->dossiers[i].n);
}

static uint64_t
key_of(const struct world *w, const uint64_t *of, uint64_t key, const struct site_row *const *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		key = site_key_number(key, (int64_t)of[rows[i] - w->rows]);
	return site_key_number(key, (int64_t)n);
}

uint64_t
rows_key(const struct world *w, uint64_t key, const struct site_row *const *rows, size_t n)
{
	return key_of(w, w->fingerprints, key, rows, n);
}

uint64_t
rows_contents_key(const struct world *w, uint64_t key, const struct site_row *const *rows, size_t n)
{
	return key_of(w, w->contents, key, rows, n);
}

void
world_begin(struct app *app, struct world *w)
{
	*w = (struct world){ .app = app };
	calendar_init(&w->deadlines);
	read_settings(w);
}

uint64_t
world_state(const struct world *w)
{
	uint64_t key = site_key_number(site_key_text(w->key, index_tip(w->app->ix)), date_days(w->meta.today));

	for (int i = 0; i < 2; i++) {
		const struct digest_coverage *c = &w->coverage->feed[i];

		key = site_key_number(site_key_number(key, c->off), date_is_set(c->read) ? date_days(c->read) : INT64_MIN);
		for (size_t k = 0; k < c->problems.n; k++)
			key = site_key_text(key, c->problems.v[k]);
	}
	return key | 1;
}

int
world_read(struct world *w, struct error *err)
{
	int rc = world_rows(w, err);

	if (rc < 0)
		return rc;
	count(w);
	take_fingerprints(w);
	return 0;
}

int
world_arrange(struct world *w, struct error *err)
{
	world_lists(w);
	return world_recent(w, err);
}

static void
clear_lists(struct world *w)
{
	for (size_t kind = 0; kind < LISTS_KINDS; kind++) {
		for (size_t i = 0; i < w->lists_n[kind]; i++) {
			struct world_list *l = &w->lists[kind][i];

			free(l->name);
			free(l->title);
			free(l->front);
			free(l->feed);
			free(l->calendar);
			free(l->rows.v);
			free(l->closing.v);
			free(l->entries);
			free(l->recent);
		}
		free(w->lists[kind]);
	}
}

void
world_clear(struct world *w)
{
	clear_lists(w);
	for (size_t i = 0; i < w->recent_n; i++) {
		free(w->recent[i].commit);
		events_clear(&w->recent[i].events);
	}
	free(w->recent);
	free(w->rows);
	free(w->blobs);
	free(w->fingerprints);
	free(w->contents);
	free(w->dossier_of);
	free(w->members.v);
	free(w->closing.v);
	free(w->newest.v);
	free(w->dossiers);
	free(w->sectors);
	free(w->url);
	coverages_free(w->coverage);
	calendar_clear(&w->deadlines);
	arena_clear(&w->texts);
}
