/* Scoring. The weights were measured on labelled notifications: tests/unit/test_sector_gold.c. */
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "echo.h"
#include "matches.h"
#include "patterns.h"

/* Points in thousandths, so that sums are exact. */
enum {
	TITLE = 700, PRODUCTS = 600, DESCRIPTION = 100,
	HS_EXACT = 500, HS_CHAPTER = 300, ICS_EXACT = 400, ICS_FIELD = 250,
	CATEGORY = 700, FAMILY = 400,
	ASSIGNED = 600, FALLBACK = 300
};

#define DESCRIPTION_WORDS 2	/* that count */
#define TEXT_MAX (64 << 10)	/* bytes of a text that are read */
#define CHAPTERS_MAX 4		/* a longer list of codes is of everything that may be touched */
#define LISTED_MAX 4		/* and so is a products text with words of more sectors */
#define NOTED_MAX 5		/* reasons without points that one text may leave */

enum field { IN_TITLE, IN_PRODUCTS, IN_DESCRIPTION };

static const char *const field_names[] = { "title", "products", "description" };

struct scoring {
	const struct sectors *sectors;
	const struct notice *notice;
	struct sector_matches *out;
	int *points;		/* a sector each */
	bool *titled;		/* has a word in the title */
	bool long_list;		/* the products text is one */
	struct hits hits;
	struct buf folded;
};

static void
reason(struct scoring *s, size_t sector, const char *field, const char *what, const char *lang, int points, const char *note)
{
	s->points[sector] += points;
	match_reason(matches_of(s->out, sector), field, what, lang, points / 1000.0, note);
}

/* ---- words ---- */

/* By sector; masks first; then as they stand in the text, the longest first. */
static int
compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->rule->sector != y->rule->sector)
		return x->rule->sector < y->rule->sector ? -1 : 1;
	if (x->rule->mask != y->rule->mask)
		return x->rule->mask ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->rule->number < y->rule->number ? -1 : x->rule->number > y->rule->number;
}

/* The words of one sector in one text that are told of. */
struct told {
	const struct word_rule *counted[NOTED_MAX], *masked[NOTED_MAX];
	size_t counted_n, masked_n;
};

static bool
first_time(const struct word_rule *rule, const struct word_rule **seen, size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if (seen[i] == rule)
			return false;
	if (*n == NOTED_MAX)
		return false;
	seen[(*n)++] = rule;
	return true;
}

static void
tell_masked(struct scoring *s, enum field field, const struct word_rule *rule, const struct word_rule *mask)
{
	AUTO_FREE char *note = xasprintf("masked by '%s'", mask->written);

	reason(s, rule->sector, field_names[field], rule->written, rule->lang, 0, note);
}

static void
tell_word(struct scoring *s, enum field field, const struct word_rule *rule, size_t nth)
{
	static const int points_of[] = { TITLE, PRODUCTS, DESCRIPTION };
	int points = points_of[field];
	const char *note = NULL;

	if (nth >= (field == IN_DESCRIPTION ? DESCRIPTION_WORDS : 1)) {
		points = 0;
		note = field == IN_DESCRIPTION ? "two words of the description count" : "one word counts";
	} else if (field == IN_PRODUCTS && s->titled[rule->sector]) {
		points = 0;
		note = "the title counts";
	} else if (field == IN_PRODUCTS && s->long_list) {
		points /= 2;
		note = "halved: the products touch many sectors";
	}
	reason(s, rule->sector, field_names[field], rule->written, rule->lang, points, note);
}

static const struct word_rule *
mask_over(const struct hit *masks, size_t n, const struct hit *h)
{
	for (size_t i = 0; i < n && masks[i].start < h->end; i++)
		if (masks[i].end > h->start)
			return masks[i].rule;
	return NULL;
}

/* All hits of one sector. Of words that begin at one place the longest counts. */
static void
score_sector(struct scoring *s, enum field field, const struct hit *hits, size_t n)
{
	struct told told = { .counted_n = 0 };
	size_t masks = 0, place = (size_t)-1;

	while (masks < n && hits[masks].rule->mask)
		masks++;
	for (size_t i = masks; i < n; i++) {
		const struct word_rule *rule = hits[i].rule, *mask = mask_over(hits, masks, &hits[i]);

		if (mask != NULL) {
			if (first_time(rule, told.masked, &told.masked_n))
				tell_masked(s, field, rule, mask);
		} else if (hits[i].start != place) {
			place = hits[i].start;
			if (first_time(rule, told.counted, &told.counted_n))
				tell_word(s, field, rule, told.counted_n - 1);
		}
	}
	if (told.counted_n > 0 && field == IN_TITLE)
		s->titled[hits[0].rule->sector] = true;
}

static void
scan(struct scoring *s, const char *text, const char *lang)
{
	AUTO_BUF part = BUF_INIT;
	size_t n = strnlen(text, TEXT_MAX);

	buf_reset(&s->folded);
	if (text[n] != '\0') {
		buf_add(&part, text, n);	/* a character cut at the end folds to a blank */
		text = part.data;
	}
	utf8_fold(text, &s->folded);
	s->hits.n = 0;
	patterns_scan(s->sectors->patterns, lang, s->folded.data, s->folded.len, &s->hits);
	if (strcmp(lang, "en") != 0)
		patterns_scan(s->sectors->patterns, "en", s->folded.data, s->folded.len, &s->hits);
}

/* How many of the hits from 'from' on are of one sector. */
static size_t
run_length(const struct hits *h, size_t from)
{
	size_t i = from;

	while (i < h->n && h->v[i].rule->sector == h->v[from].rule->sector)
		i++;
	return i - from;
}

/* Sectors with a word that no mask covers. */
static size_t
count_sectors(const struct hits *h)
{
	size_t sectors = 0;

	for (size_t from = 0, n; from < h->n; from += n) {
		size_t masks = 0, i;

		n = run_length(h, from);
		while (masks < n && h->v[from + masks].rule->mask)
			masks++;
		for (i = masks; i < n && mask_over(h->v + from, masks, &h->v[from + i]) != NULL; i++)
			;
		sectors += i < n;
	}
	return sectors;
}

static void
score_text(struct scoring *s, enum field field, const char *text, const char *lang)
{
	if (text == NULL || *text == '\0')
		return;
	scan(s, text, lang);
	if (s->hits.n > 1)
		qsort(s->hits.v, s->hits.n, sizeof(*s->hits.v), compare_hits);
	s->long_list = field == IN_PRODUCTS && count_sectors(&s->hits) > LISTED_MAX;
	for (size_t from = 0, n; from < s->hits.n; from += n) {
		n = run_length(&s->hits, from);
		score_sector(s, field, s->hits.v + from, n);
	}
}

/* A text whose language nobody knows is in the record's. */
static const char *
language(const struct scoring *s, const struct text *t)
{
	return t->lang[0] != '\0' || s->notice->language == NULL ? t->lang : s->notice->language;
}

static void
score_texts(struct scoring *s)
{
	const struct notice *n = s->notice;
	AUTO_BUF products = BUF_INIT;

	echo_strip(n, &products);
	score_text(s, IN_TITLE, n->title.s, language(s, &n->title));
	score_text(s, IN_PRODUCTS, buf_str(&products), language(s, &n->products));
	score_text(s, IN_DESCRIPTION, n->description.s, language(s, &n->description));
}

/* ---- codes ---- */

/* A code of a record, in the system that it is of, whatever list it stands in. */
struct given {
	const char *code;	/* as the record has it */
	char digits[20];
	enum code_system system;
	bool swapped;
};

struct givens {
	struct given *v;
	size_t n, cap;
	size_t chapters[2];	/* distinct first two digits, by system */
};

static void
strip_dots(const char *code, char out[20])
{
	size_t n = 0;

	for (; *code != '\0' && n < 19; code++)
		if (*code != '.')
			out[n++] = *code;
	out[n] = '\0';
}

/* HS has an even number of digits; 97200 and 4304040 are ICS codes in the wrong box. A short HS code such as 34011 is told from 97.200 by the
 * field and by the groups of ICS, which are numbered in tens and fives. */
static bool
looks_like_ics(const char *digits)
{
	size_t n = strlen(digits);
	long group = n >= 5 ? strtol((char[]){ digits[2], digits[3], digits[4], '\0' }, NULL, 10) : 0;

	return (n == 7 || n == 5) && ics_field_known(digits) && group > 0 && group % 5 == 0 && group < 400;
}

static bool
looks_like_hs(const char *digits)
{
	size_t n = strlen(digits);

	return n == 4 || n == 6 || n == 8 || n == 10;
}

static void
add_given(struct givens *g, const char *code, enum code_system system)
{
	struct given one = { .code = code, .system = system };

	strip_dots(code, one.digits);
	one.swapped = system == CODE_HS ? looks_like_ics(one.digits) : looks_like_hs(one.digits);
	if (one.swapped)
		one.system = system == CODE_HS ? CODE_ICS : CODE_HS;
	if (one.system == CODE_HS)
		one.digits[strlen(one.digits) > 6 ? 6 : strlen(one.digits)] = '\0';
	g->v = xgrow(g->v, g->n, &g->cap, sizeof(*g->v));
	g->v[g->n++] = one;
}

static void
count_chapters(struct givens *g)
{
	bool seen[2][100] = { { false } };

	for (size_t i = 0; i < g->n; i++) {
		const char *d = g->v[i].digits;

		if (strlen(d) >= 2 && d[0] <= '9' && d[1] <= '9' && d[0] >= '0' && d[1] >= '0')
			seen[g->v[i].system][(d[0] - '0') * 10 + d[1] - '0'] = true;
	}
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < 100; i++)
			g->chapters[k] += seen[k][i];
}

static int
points_of(const struct givens *g, const struct given *one)
{
	size_t n = strlen(one->digits);
	int points = one->system == CODE_HS ? (n >= 4 ? HS_EXACT : HS_CHAPTER) : (n >= 5 ? ICS_EXACT : ICS_FIELD);

	return g->chapters[one->system] > CHAPTERS_MAX ? points / 2 : points;
}

static void
tell_code(struct scoring *s, size_t sector, const struct givens *g, const struct given *one)
{
	AUTO_BUF note = BUF_INIT;

	if (one->swapped)
		buf_addf(&note, "given as %s", one->system == CODE_HS ? "ICS" : "HS");
	if (g->chapters[one->system] > CHAPTERS_MAX)
		buf_addf(&note, "%shalved: codes span %zu %s", note.len > 0 ? "; " : "", g->chapters[one->system],
		    one->system == CODE_HS ? "chapters" : "fields");
	reason(s, sector, one->system == CODE_HS ? "HS" : "ICS", one->code, NULL, points_of(g, one), note.len > 0 ? note.data : NULL);
}

/* The best code of one system for one sector; of equal ones the first. */
static void
score_system(struct scoring *s, size_t sector, const struct givens *g, enum code_system system)
{
	const struct code_rules *rules = &s->sectors->v[sector].codes[system];
	const struct given *best = NULL;
	bool excluded;

	if (rules->n == 0)
		return;
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].system == system && code_rules_match(rules, g->v[i].digits, &excluded) > 0 &&
		    (best == NULL || points_of(g, &g->v[i]) > points_of(g, best)))
			best = &g->v[i];
	if (best != NULL)
		tell_code(s, sector, g, best);
}

static void
score_codes(struct scoring *s)
{
	struct givens g = { NULL, 0, 0, { 0, 0 } };

	for (size_t i = 0; i < s->notice->hs.n; i++)
		add_given(&g, s->notice->hs.v[i].code, CODE_HS);
	for (size_t i = 0; i < s->notice->ics.n; i++)
		add_given(&g, s->notice->ics.v[i].code, CODE_ICS);
	count_chapters(&g);
	for (size_t i = 0; g.n > 0 && i < s->sectors->n; i++) {
		score_system(s, i, &g, CODE_HS);
		score_system(s, i, &g, CODE_ICS);
	}
	free(g.v);
}

static void
score_category(struct scoring *s)
{
	const char *code = s->notice->category;
	char family[CODE_DIGITS];
	bool sub, excluded;

	if (code == NULL || strlen(code) >= CODE_DIGITS)
		return;
	sub = tris_family(code, family);
	for (size_t i = 0; i < s->sectors->n; i++) {
		const struct code_rules *rules = &s->sectors->v[i].codes[CODE_TRIS];

		if (sub && code_rules_match(rules, code, &excluded) == strlen(code))
			reason(s, i, "category", code, NULL, CATEGORY, NULL);
		else if (!(sub && excluded) && code_rules_match(rules, family, &excluded) == strlen(family))
			reason(s, i, "category", code, NULL, FAMILY, sub ? "by its family" : NULL);
	}
}

/* ---- the whole ---- */

/* What reaches the threshold; else the best one, as a guess. */
static void
assign(struct scoring *s)
{
	struct sector_matches *m = s->out;
	bool any = false;

	for (size_t i = 0; i < m->n; i++) {
		int points = s->points[m->v[i].sector];

		m->v[i].score = points / 1000.0;
		m->v[i].assigned = points >= ASSIGNED;
		any = any || m->v[i].assigned;
	}
	matches_sort(m);
	if (!any && m->n > 0 && s->points[m->v[0].sector] >= FALLBACK)
		m->v[0].assigned = m->v[0].low = true;
}

void
sectors_match(const struct sectors *sectors, const struct notice *n, struct sector_matches *out)
{
	struct scoring s = { .sectors = sectors, .notice = n, .out = out };

	sector_matches_clear(out);
	if (sectors->n == 0)
		return;
	s.points = xcalloc(sectors->n, sizeof(*s.points));
	s.titled = xcalloc(sectors->n, sizeof(*s.titled));
	score_texts(&s);
	score_codes(&s);
	score_category(&s);
	assign(&s);
	buf_clear(&s.folded);
	free(s.hits.v);
	free(s.points);
	free(s.titled);
}
