#include "reference.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/limits.h"
#include "symbol.h"

static const size_t texts[] = {
	offsetof(struct notice, tbt_sps), offsetof(struct notice, relevant), offsetof(struct notice, other_act), offsetof(struct notice, basic_texts),
	offsetof(struct notice, description), offsetof(struct notice, title), offsetof(struct notice, rationale), offsetof(struct notice, products),
};

static bool
names_a_notification(const char *symbol)
{
	struct symbol s;
	const char *state;

	if (!symbol_parse(symbol, &s))
		return false;
	state = s.series == SYMBOL_TRIS ? member_of_code(s.code, true) : "";
	return s.series == SYMBOL_WTO || (state[0] != '\0' && strcmp(state, "EU") != 0);
}

/* Is it of the record's own dossier? A joint notification goes by several names. */
static bool
is_own(const struct notice *n, const char *symbol)
{
	AUTO_BUF base = BUF_INIT;

	symbol_base(symbol, &base);
	if (n->dossier != NULL && strcmp(n->dossier, buf_str(&base)) == 0)
		return true;
	for (size_t i = 0; i < n->symbols.n; i++) {
		AUTO_BUF own = BUF_INIT;

		symbol_base(n->symbols.v[i], &own);
		if (strcmp(buf_str(&own), buf_str(&base)) == 0)
			return true;
	}
	return false;
}

static bool
is_known(const struct references *r, const char *symbol)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].symbol, symbol) == 0)
			return true;
	return false;
}

void
references_read(const struct notice *n, struct references *out)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct text *text = (const struct text *)(const void *)((const char *)n + texts[i]);
		AUTO_STRV named = STRV_INIT;

		if (text->s != NULL)
			symbol_mentions(text->s, &named);
		for (size_t k = 0; k < named.n && out->n < LIMIT_SYMBOLS; k++) {
			if (!names_a_notification(named.v[k]) || is_own(n, named.v[k]) || is_known(out, named.v[k]))
				continue;
			out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
			out->v[out->n++] = (struct reference){ xstrdup(named.v[k]), notice_row(texts[i]) };
		}
	}
}

void
references_clear(struct references *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->v[i].symbol);
	free(r->v);
	*r = (struct references)REFERENCES_INIT;
}

bool
reference_other_system(const struct notice *n, const char *symbol)
{
	struct symbol s;

	return symbol_parse(symbol, &s) && (s.series == SYMBOL_TRIS) != (n->source == SOURCE_TRIS);
}
