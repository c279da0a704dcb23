/* Which list holds which notifications. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/symbol.h"
#include "publishing.h"

static const struct { const char *folder, *noun; } kinds[] = {
	[LISTS_SECTORS] = { "sector", "sector" }, [LISTS_MEMBERS] = { "member", "member" }, [LISTS_YEARS] = { "year", "year" },
};

static struct world_list *
find_list(struct world *w, size_t kind, const char *name)
{
	struct world_list *lists = w->lists[kind];
	size_t low = 0, high = w->lists_n[kind];

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = strcmp(name, lists[middle].name);

		if (c == 0)
			return &lists[middle];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void
make_lists(struct world *w, size_t kind, struct strv *names)
{
	strv_sort(names);
	w->lists[kind] = xcalloc(names->n + 1, sizeof(struct world_list));
	for (size_t i = 0; i < names->n; i++) {
		struct world_list *l = &w->lists[kind][w->lists_n[kind]++];

		l->folder = kinds[kind].folder;
		l->noun = kinds[kind].noun;
		l->name = xstrdup(names->v[i]);
		l->front = xasprintf("%s/%s.html", l->folder, l->name);
		l->feed = kind == LISTS_YEARS ? xstrdup("all.atom") : xasprintf("%s/%s.atom", l->folder, l->name);
		l->calendar = kind == LISTS_YEARS ? xstrdup("deadlines.ics") : xasprintf("%s/%s.ics", l->folder, l->name);
	}
}

static void
make_sectors(struct world *w)
{
	AUTO_STRV names = STRV_INIT;

	for (size_t i = 0; i < w->meta.sectors_n; i++)
		strv_add(&names, w->sectors[i].name);
	strv_add(&names, "uncoded");
	make_lists(w, LISTS_SECTORS, &names);
	for (size_t i = 0; i < w->lists_n[LISTS_SECTORS]; i++) {
		struct world_list *l = &w->lists[LISTS_SECTORS][i];

		for (size_t k = 0; k < w->meta.sectors_n; k++)
			if (strcmp(w->sectors[k].name, l->name) == 0)
				l->title = xstrdup(w->sectors[k].title);
		if (l->title == NULL)
			l->title = xstrdup("In no sector");
	}
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Member codes, each once: two letters make a small table. */
static void
make_members(struct world *w)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	bool seen[26][26] = { { false } };
	AUTO_STRV names = STRV_INIT;

	for (size_t i = 0; i < w->n; i++)
		for (const char *p = w->rows[i].members; *p != '\0'; p += strcspn(p, ","), p += *p == ',')
			if (strcspn(p, ",") == 2 && is_capital(p[0]) && is_capital(p[1]))
				seen[p[0] - 'A'][p[1] - 'A'] = true;
	for (size_t a = 0; a < 26; a++)
		for (size_t b = 0; b < 26; b++)
			if (seen[a][b])
				strv_add(&names, (const char[]){ letters[a], letters[b], '\0' });
	make_lists(w, LISTS_MEMBERS, &names);
	for (size_t i = 0; i < w->lists_n[LISTS_MEMBERS]; i++) {
		struct world_list *l = &w->lists[LISTS_MEMBERS][i];

		l->title = xstrdup(member_name(l->name));
		w->member_lists[l->name[0] - 'A'][l->name[1] - 'A'] = (uint16_t)(i + 1);
	}
}

static struct world_list *
member_list(struct world *w, const char *code, size_t n)
{
	size_t i = n == 2 && is_capital(code[0]) && is_capital(code[1]) ? w->member_lists[code[0] - 'A'][code[1] - 'A'] : 0;

	return i > 0 ? &w->lists[LISTS_MEMBERS][i - 1] : NULL;
}

static void
year_name(const struct site_row *row, char name[12])
{
	if (date_is_set(row->distributed))
		snprintf(name, 12, "%d", row->distributed.year);
	else
		snprintf(name, 12, "undated");
}

static void
make_years(struct world *w)
{
	AUTO_STRV names = STRV_INIT;
	char name[12], last[12] = "";

	for (size_t i = 0; i < w->n; i++) {	/* by day, so that a year's rows stand together */
		year_name(&w->rows[i], name);
		if (strcmp(name, last) != 0)
			strv_add(&names, name);
		memcpy(last, name, sizeof(last));
	}
	make_lists(w, LISTS_YEARS, &names);
	for (size_t i = 0; i < w->lists_n[LISTS_YEARS]; i++) {
		const char *year = w->lists[LISTS_YEARS][i].name;

		w->lists[LISTS_YEARS][i].title = strcmp(year, "undated") == 0 ? xstrdup("Notifications without a date") : xasprintf("Notifications of %s", year);
	}
}

static struct world_list *
sector_list(struct world *w, const char *s, size_t n)
{
	char name[64];

	if (n >= sizeof(name))
		return NULL;
	memcpy(name, s, n);
	name[n] = '\0';
	return find_list(w, LISTS_SECTORS, name);
}

static struct world_list *
year_list(struct world *w, const struct site_row *row)
{
	const struct site_row *known = w->last_year != NULL && w->last_year->rows.n > 0 ? w->last_year->rows.v[0] : NULL;
	char name[12];

	if (known != NULL && known->distributed.year == row->distributed.year)
		return w->last_year;
	year_name(row, name);
	return w->last_year = find_list(w, LISTS_YEARS, name);
}

/* fn for the list of each name in a text joined by ",". */
static void
each_named(struct world *w, struct world_list *(*find)(struct world *w, const char *s, size_t n), const char *names,
    void (*fn)(void *ctx, struct world_list *l), void *ctx)
{
	while (*names != '\0') {
		size_t n = strcspn(names, ",");
		struct world_list *l = find(w, names, n);

		if (l != NULL)
			fn(ctx, l);
		names += n + (names[n] == ',');
	}
}

void
world_lists_of(struct world *w, const struct site_row *row, void (*fn)(void *ctx, struct world_list *l), void *ctx)
{
	struct world_list *year = year_list(w, row);

	each_named(w, sector_list, row->sectors[0] != '\0' ? row->sectors : "uncoded", fn, ctx);
	each_named(w, member_list, row->members, fn, ctx);
	if (year != NULL)
		fn(ctx, year);
}

static void
add_row(void *ctx, struct world_list *l)
{
	const struct site_row *row = ctx;

	if (l->rows.n == 0 || l->rows.v[l->rows.n - 1] != row)	/* a member named twice */
		row_list_add(&l->rows, row);
}

static void
add_closing(void *ctx, struct world_list *l)
{
	row_list_add(&l->closing, ctx);
}

void
world_lists(struct world *w)
{
	make_sectors(w);
	make_members(w);
	make_years(w);
	for (size_t i = 0; i < w->n; i++)
		world_lists_of(w, &w->rows[i], add_row, &w->rows[i]);
	for (size_t i = 0; i < w->closing.n; i++)
		world_lists_of(w, w->closing.v[i], add_closing, (void *)w->closing.v[i]);
}
