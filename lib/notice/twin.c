#include "twin.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/utf8.h"

#define TITLE_MAX 80		/* words that are read of a title */
#define BODY_MAX 1500
#define GENERIC_WEIGHT 0.15	/* of a word that every other title has */

/* Sorted, folded: words that say nothing at all. */
static const char *const empty_words[] = {
	"a", "and", "as", "at", "au", "aux", "by", "d", "de", "del", "der", "des", "die", "du", "e", "el", "en", "et", "for", "from", "in", "into", "its", "l", "la",
	"las", "le", "les", "los", "no", "nr", "o", "of", "on", "or", "par", "por", "pour", "s", "sur", "that", "the", "their", "to", "und", "with", "y",
};

/* ... and words that tell what kind of paper it is, not what it is about. */
static const char *const generic_words[] = {
	"act", "acts", "adopting", "amend", "amended", "amending", "amendment", "amendments", "amends", "annex", "application", "arrete", "article",
	"bill", "certain", "commission", "concerning", "conditions", "council", "decision", "decree", "decret", "detailed", "directive", "draft",
	"ec", "eec", "establishing", "eu", "european", "executive", "federal", "general", "government", "implementation", "implementing", "issued",
	"laid", "law", "laying", "legislative", "mandatory", "measures", "minister", "ministerial", "ministry", "modifying", "national", "notice",
	"order", "ordinance", "other", "parliament", "procedure", "products", "projet", "proposal", "proposed", "provisions", "recommendations",
	"regarding", "regulation", "regulations", "related", "relatif", "relating", "relative", "repealing", "requirements", "resolution", "royal",
	"rules", "specifications", "standard", "standards", "statutory", "supplementing", "systems", "technical", "under", "use",
};

static const char *const generic_agency[] = {
	"administration", "affairs", "agency", "authority", "board", "centre", "department", "directorate", "division", "economy", "federal", "general",
	"government", "institute", "ministere", "ministerie", "ministerio", "ministerium", "ministero", "ministerstwo", "ministry", "national", "office", "royal", "state",
	"swedish", "unit",
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool
listed(const char *const *list, size_t n, const char *word)
{
	return bsearch(&word, list, n, sizeof(*list), strv_compare) != NULL;
}

static bool
is_number(const char *word)
{
	return word[strspn(word, "0123456789")] == '\0';
}

bool
twin_member(const char *iso2)
{
	static const char *const members[] = {
		"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL",
		"NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR",
	};

	return listed(members, COUNT(members), iso2);
}

static void
read_words(const char *text, size_t most, struct strv *out)
{
	AUTO_BUF folded = BUF_INIT;
	AUTO_STRV all = STRV_INIT;

	utf8_fold(text, &folded);
	strv_split(&all, buf_str(&folded), " ");
	for (size_t i = 0; i < all.n && i < most; i++)
		if (!listed(empty_words, COUNT(empty_words), all.v[i]))
			strv_add(out, all.v[i]);
	strv_sort(out);
}

void
twin_traits_read(enum source source, const char *member, struct date day, const char *title, struct twin_traits *out)
{
	*out = (struct twin_traits){ .source = source, .day = day };
	memcpy(out->member, member, strnlen(member, sizeof(out->member) - 1));
	read_words(title, TITLE_MAX, &out->title);
}

void
twin_traits_add(const struct notice *n, struct twin_traits *t)
{
	AUTO_STRV names = STRV_INIT;

	memcpy(t->lang, n->title.lang, sizeof(t->lang));
	if (n->agency != NULL)
		read_words(n->agency, TITLE_MAX, &names);
	for (size_t i = 0; i < names.n; i++)
		if (strlen(names.v[i]) >= 5 && !listed(generic_agency, COUNT(generic_agency), names.v[i]) && !is_number(names.v[i]))
			strv_add(&t->agency, names.v[i]);
	if (n->products.s != NULL)
		read_words(n->products.s, BODY_MAX, &t->body);
	if (n->description.s != NULL)
		read_words(n->description.s, BODY_MAX, &t->body);
}

void
twin_traits_clear(struct twin_traits *t)
{
	strv_clear(&t->title);
	strv_clear(&t->agency);
	strv_clear(&t->body);
}

/* ---- the titles ---- */

struct weighing {
	twin_rarity rarity;
	void *ctx;
	double shared, a, b;	/* weights: of what both have, of either title */
	size_t told, of_a, of_b;	/* words that are not generic */
	size_t only_a, only_b;		/* those that the other title lacks */
	bool missing;			/* the body of the other lacks one of these, too */
};

static bool
is_generic(const char *word)
{
	return listed(generic_words, COUNT(generic_words), word);
}

static double
weight(const struct weighing *w, const char *word)
{
	double rarity = w->rarity != NULL ? w->rarity(w->ctx, word) : 1;

	return is_generic(word) ? rarity * GENERIC_WEIGHT : rarity;
}

/* "tank" and "tanks", "package" and "packaging" are one word. */
static bool
same_word(const char *x, const char *y)
{
	size_t n = strlen(x), m = strlen(y), common = 0;

	if (strcmp(x, y) == 0)
		return true;
	if (n < 4 || m < 4 || is_number(x) || is_number(y))
		return false;
	while (x[common] != '\0' && x[common] == y[common])
		common++;
	return (common == (n < m ? n : m) && n + 1 >= m && m + 1 >= n) || (common >= 6 && n - common <= 3 && m - common <= 3);
}

static bool
has_word(const struct strv *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++)
		if (same_word(words->v[i], word))
			return true;
	return false;
}

/* The words of one title against another record. */
static void
weigh_title(const struct strv *title, const struct twin_traits *other, struct weighing *w, double *all, size_t *told, size_t *only)
{
	for (size_t i = 0; i < title->n; i++) {
		bool generic = is_generic(title->v[i]);

		*all += weight(w, title->v[i]);
		*told += !generic;
		if (generic || has_word(&other->title, title->v[i]))
			continue;
		++*only;
		w->missing |= !has_word(&other->body, title->v[i]);
	}
}

static void
weigh(const struct twin_traits *a, const struct twin_traits *b, struct weighing *w)
{
	weigh_title(&a->title, b, w, &w->a, &w->of_a, &w->only_a);
	weigh_title(&b->title, a, w, &w->b, &w->of_b, &w->only_b);
	for (size_t i = 0; i < a->title.n; i++)
		if (has_word(&b->title, a->title.v[i])) {
			w->shared += weight(w, a->title.v[i]);
			w->told += !is_generic(a->title.v[i]);
		}
}

/* Does a cite a number (of an act, a standard, a part) that b does not? */
static bool
cites_another(const struct strv *a, const struct strv *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (is_number(a->v[i]) && !strv_has(b, a->v[i]))
			return true;
	return false;
}

/* ---- all of it ---- */

static bool
same_agency(const struct strv *a, const struct strv *b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a->n; i++)
		shared += strv_has(b, a->v[i]);
	return shared > 0 && 2 * shared >= (a->n < b->n ? a->n : b->n);
}

/* Set on 887 pairs of different drafts of one member, most of them parts of a series; see the unit test. */
static bool
enough(const struct weighing *w, double cover, double both)
{
	return w->told >= 3 && cover >= 0.6 && both >= 0.55;
}

bool
twin_compare(const struct twin_traits *a, const struct twin_traits *b, twin_rarity rarity, void *ctx, struct twin_likeness *out)
{
	struct weighing w = { .rarity = rarity, .ctx = ctx };
	double cover, both;

	if (a->source == b->source || strcmp(a->member, b->member) != 0 || !twin_member(a->member) || !date_is_set(a->day) || !date_is_set(b->day) ||
	    (a->lang[0] != '\0' && b->lang[0] != '\0' && strcmp(a->lang, b->lang) != 0))
		return false;
	*out = (struct twin_likeness){ .days = abs(date_days(a->day) - date_days(b->day)), .agency = same_agency(&a->agency, &b->agency) };
	if (out->days > TWIN_DAYS)
		return false;
	weigh(a, b, &w);
	if (w.a <= 0 || w.b <= 0 || (cites_another(&a->title, &b->title) && cites_another(&b->title, &a->title)))
		return false;
	cover = w.shared / (w.a < w.b ? w.a : w.b);
	cover = cover < 1 ? cover : 1;
	both = 2 * w.shared / (w.a + w.b);
	both = both < 1 ? both : 1;
	out->of = w.of_a < w.of_b ? w.of_a : w.of_b;
	out->shared = w.told < out->of ? w.told : out->of;
	out->score = 0.375 * (cover + both) + 0.15 * (1 - (double)out->days / TWIN_DAYS) + (out->agency ? 0.1 : 0);
	out->sure_words = w.only_a == 0 || w.only_b == 0 || !w.missing;
	return enough(&w, cover, both);
}

void
twin_reasons(const struct twin_likeness *l, struct strv *out)
{
	strv_add(out, "same member");
	strv_take(out, xasprintf("%d day%s apart", l->days, l->days == 1 ? "" : "s"));
	strv_take(out, xasprintf("%zu of %zu title words", l->shared, l->of));
	if (l->agency)
		strv_add(out, "same ministry or agency");
}
