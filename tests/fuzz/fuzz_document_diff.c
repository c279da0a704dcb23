/* Two document texts, a line "%%" between them: what changed gives both again, is well formed, and can be shown in every form. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"
#include "lib/redline/redline_json.h"
#include "lib/redline/requirements.h"

static void
whole(const struct document_diff *d, const char *old, const char *new)
{
	AUTO_BUF text = BUF_INIT;

	text_diff_old(&d->text, &text);
	REQUIRE(strcmp(buf_str(&text), old) == 0);
	buf_reset(&text);
	text_diff_new(&d->text, &text);
	REQUIRE(strcmp(buf_str(&text), new) == 0);
}

static void
well_formed(const struct document_diff *d)
{
	size_t at = 0;

	for (size_t i = 0; i < d->n; i++) {
		REQUIRE(d->v[i].first == at && d->v[i].pair < d->n && d->v[d->v[i].pair].pair == i);
		REQUIRE((d->v[i].kind == PROVISION_MOVED) == (d->v[i].pair != i));
		at += d->v[i].blocks;
	}
	REQUIRE(at == d->text.n);
	for (size_t i = 0; i < d->text.n; i++) {
		const struct block *b = &d->text.v[i];

		if (b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO)
			REQUIRE(b->pair < d->text.n && d->text.v[b->pair].pair == i && d->text.v[b->pair].kind != b->kind);
	}
}

static void
shown(const char *old, const char *new)
{
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_REQUIREMENTS q = REQUIREMENTS_INIT;
	AUTO_BUF out = BUF_INIT;
	struct redline_style style = { .width = 60, .context = 1, .max_provisions = 5, .id_prefix = "x" };
	json_t *json;

	redline_add_document(&r, "draft.en", old, new, "en");
	redline_text(&r, &style, &out);
	redline_html_styled(&r, &style, &out);
	style.side_by_side = true;
	redline_html_styled(&r, &style, &out);
	redline_markdown(&r, &style, &out);
	requirements_find(&r, &q);
	requirements_summary(&q, &out);
	for (size_t i = 0; i < q.n; i++)
		requirement_line(&q.v[i], &out);
	REQUIRE(fuzz_is_text(buf_str(&out), out.len, true));
	json = redline_to_json(&r);
	json_decref(json);
	json = requirements_to_json(&q);
	json_decref(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_DOCUMENT_DIFF d = DOCUMENT_DIFF_INIT;
	AUTO_BUF old = BUF_INIT, new = BUF_INIT;
	char *parts[2];

	fuzz_parts(data, size, parts, 2);
	document_diff(parts[0], parts[1], &d);
	whole(&d, parts[0], parts[1]);
	well_formed(&d);
	utf8_clean(parts[0], strlen(parts[0]), true, &old);
	utf8_clean(parts[1], strlen(parts[1]), true, &new);
	shown(buf_str(&old), buf_str(&new));
	free(parts[0]);
	free(parts[1]);
	return 0;
}
