#include "eping_brief.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/limits.h"
#include "../lib/base/strv.h"
#include "../lib/notice/symbol.h"

/* What read_item of eping_api.c makes identity and days of. */
enum { SYMBOL, NEEDED = 8 };
static const char *const needed[NEEDED] = {
	[SYMBOL] = "documentSymbol", "id", "area", "notificationType", "notifyingMember", "notifyingMemberCode", "distributionDate", "commentDeadlineDate",
};

void
eping_brief_clear(struct eping_brief *b)
{
	buf_clear(&b->text);
	free(b->spans);
	free(b->known);
	*b = (struct eping_brief)EPING_BRIEF_INIT;
}

/* Has the host this item? One whose symbol is written with escapes is not asked for. */
static bool
is_known(const char *item, size_t n, const struct json_span *symbol, const struct eping_known *known)
{
	AUTO_STRV symbols = STRV_INIT;
	AUTO_FREE char *text = NULL;

	if (symbol->length < 2 || item[symbol->offset] != '"' || memchr(item + symbol->offset, '\\', symbol->length) != NULL)
		return false;
	text = xstrndup(item + symbol->offset + 1, symbol->length - 2);
	symbol_split(text, &symbols);
	return symbols.n > 0 && known->fn(known->ctx, symbols.v[0], item, n);
}

static void
write_needed(const char *item, const struct json_span *members, struct buf *out)
{
	const char *before = "{";

	for (size_t i = 0; i < NEEDED; i++) {
		if (members[i].length == 0)
			continue;
		buf_adds(out, before);
		buf_addc(out, '"');
		buf_adds(out, needed[i]);
		buf_adds(out, "\":");
		buf_add(out, item + members[i].offset, members[i].length);
		before = ",";
	}
	buf_addc(out, '}');
}

void
eping_brief_make(const char *page, size_t n, const struct eping_known *known, struct eping_brief *out)
{
	size_t start = 0, written = 0;

	while (start < n && page[start] != '[' && page[start] != '{')
		start++;
	out->n = json_spans(page, n, start < n && page[start] == '{' ? "items" : NULL, &out->spans);
	for (size_t i = 0; i < out->n && i < LIMIT_ITEMS; i++) {
		const struct json_span *span = &out->spans[i];
		struct json_span members[NEEDED];

		json_members(page + span->offset, span->length, needed, NEEDED, members);
		if (!is_known(page + span->offset, span->length, &members[SYMBOL], known))
			continue;
		if (out->known == NULL)
			out->known = xcalloc(out->n, sizeof(*out->known));
		out->known[i] = true;
		buf_add(&out->text, page + written, span->offset - written);
		write_needed(page + span->offset, members, &out->text);
		written = span->offset + span->length;
	}
	if (out->known == NULL)
		eping_brief_clear(out);
	else
		buf_add(&out->text, page + written, n - written);
}
