/* Two texts, a line "%%" between them: the difference gives both again. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"
#include "lib/redline/redline.h"

static void
exact(const char *old, const char *new)
{
	AUTO_BUF text = BUF_INIT;
	struct text_diff d;
	size_t moved = 0;

	text_diff(old, new, &d);
	text_diff_old(&d, &text);
	REQUIRE(strcmp(buf_str(&text), old) == 0);
	buf_reset(&text);
	text_diff_new(&d, &text);
	REQUIRE(strcmp(buf_str(&text), new) == 0);
	for (size_t i = 0; i < d.n; i++) {
		const struct block *b = &d.v[i];

		if (b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO) {
			REQUIRE(b->pair < d.n && d.v[b->pair].pair == i && d.v[b->pair].kind == (b->kind == BLOCK_MOVED_FROM ? BLOCK_MOVED_TO : BLOCK_MOVED_FROM));
			moved++;
		}
		REQUIRE(strcmp(old, new) != 0 || b->kind == BLOCK_SAME);
	}
	REQUIRE(moved % 2 == 0);
	text_diff_clear(&d);
}

static void
rendered(const char *old, const char *new)
{
	AUTO_NOTICE a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF text = BUF_INIT, html = BUF_INIT, unified = BUF_INIT;
	struct redline_style style = { .width = 78, .context = 1 };
	struct error err = { 0, "" };

	notice_init(&a);
	a.id = strdup("G/TBT/N/USA/1");
	notice_normalise(&a);
	notice_copy(&b, &a);
	notice_set_text(&a.description, old, "en");
	notice_set_text(&b.description, new, "en");
	redline_make(&a, &b, &r);
	REQUIRE(r.n <= 1 && (r.n == 1) == (strcmp(old, new) != 0));
	redline_text(&r, &style, &text);
	redline_html(&r, 1, &html);
	REQUIRE(redline_unified(&a, &b, "a/x", "b/x", &unified, &err) == 0);
	REQUIRE(fuzz_is_text(buf_str(&text), text.len, true) && fuzz_is_text(buf_str(&html), html.len, true));
	REQUIRE((unified.len > 0) == (r.n == 1));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BUF old = BUF_INIT, new = BUF_INIT;
	char *parts[2];

	fuzz_parts(data, size, parts, 2);
	utf8_clean(parts[0], strlen(parts[0]), true, &old);
	utf8_clean(parts[1], strlen(parts[1]), true, &new);
	exact(buf_str(&old), buf_str(&new));
	exact(buf_str(&new), buf_str(&old));
	exact(parts[0], parts[1]);
	rendered(buf_str(&old), buf_str(&new));
	free(parts[0]);
	free(parts[1]);
	return 0;
}
