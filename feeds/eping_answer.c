#include "eping_answer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"

#define NAME_SHOWN 80	/* bytes of outside text in a message */
#define REPLACEMENT "\xef\xbf\xbd"	/* U+FFFD */

void
eping_answer_clear(struct eping_answer *a)
{
	for (size_t i = 0; a->notes != NULL && i < json_array_size(a->items); i++)
		free(a->notes[i]);
	free(a->notes);
	json_decref(a->page);
	eping_brief_clear(&a->brief);
	*a = (struct eping_answer)EPING_ANSWER_INIT;
}

/* What stands between <title> or <h1> and the next tag, for people. */
static void
html_title(const char *text, struct buf *out)
{
	static const char *const tags[] = { "<title", "<h1" };

	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags) && out->len == 0; i++) {
		const char *p = strcasestr(text, tags[i]);

		p = p != NULL ? strchr(p, '>') : NULL;
		if (p != NULL)
			utf8_clean(p + 1, strcspn(p + 1, "<"), false, out);
	}
	if (out->len > NAME_SHOWN)
		buf_truncate(out, utf8_fit(buf_str(out), NAME_SHOWN));
}

static int
refuse_markup(const char *text, struct error *err)
{
	static const char *const html[] = { "<!doctype html", "<html", "<head", "<body" };
	AUTO_BUF title = BUF_INIT;
	const char *name;

	for (size_t i = 0; i < sizeof(html) / sizeof(*html); i++) {
		if (strncasecmp(text, html[i], strlen(html[i])) != 0)
			continue;
		html_title(text, &title);
		return error_set(err, ERR_DATA, title.len > 0 ? "an HTML page titled '%s'" : "an HTML page%s", buf_str(&title));
	}
	for (name = text; *name == '<' && (name[1] == '?' || name[1] == '!') && strchr(name, '>') != NULL; )
		name = strchr(name, '>') + 1 + strspn(strchr(name, '>') + 1, " \t\r\n]>");
	utf8_clean(name + strspn(name, "<"), strcspn(name + strspn(name, "<"), " \t\r\n/>"), false, &title);
	return error_set(err, ERR_DATA, "an XML document '%.*s'", NAME_SHOWN, buf_str(&title));
}

/* Says what an answer is that cannot be JSON of ours, before a JSON parser says it worse. */
static int
check_start(const char *text, size_t n, struct error *err)
{
	AUTO_BUF head = BUF_INIT;
	size_t skip = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	while (skip < n && strchr(" \t\r\n", text[skip]) != NULL && text[skip] != '\0')
		skip++;
	if (skip == n)
		return error_set(err, ERR_DATA, "an empty answer");
	if (text[skip] != '<')
		return 0;
	buf_add(&head, text + skip, n - skip < 65536 ? n - skip : 65536);
	return refuse_markup(buf_str(&head), err);
}

static int
refuse_object(const json_t *page, struct error *err)
{
	static const char *const keys[] = { "message", "title", "error", "detail" };
	AUTO_BUF message = BUF_INIT;

	if (!json_is_object(page))
		return error_set(err, ERR_DATA, "JSON that is no page of notifications");
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys) && message.len == 0; i++)
		if (json_str(page, keys[i]) != NULL)
			utf8_clean(json_str(page, keys[i]), strlen(json_str(page, keys[i])), false, &message);
	if (message.len == 0)
		return error_set(err, ERR_DATA, "a JSON object without an array 'items'");
	return error_set(err, ERR_DATA, "a JSON object without an array 'items', saying '%.*s'", (int)utf8_fit(buf_str(&message), 200),
	    buf_str(&message));
}

static const json_t *
items_of(const json_t *page)
{
	return json_is_array(page) ? page : json_object_get(page, "items");
}

static const char *
key_of_items(const char *text, size_t n)
{
	while (n > 0 && *text != '[' && *text != '{') {
		text++;
		n--;
	}
	return n > 0 && *text == '{' ? "items" : NULL;
}

/* A character of the symbol that nobody knows makes it another one, of a notification that is not. */
static int
read_mended(const char *text, size_t n, json_t **out, size_t *mended, struct error *err)
{
	AUTO_JSON *item = NULL;
	const char *symbol;
	int rc = json_parse_mended(text, n, &item, mended, err);

	if (rc < 0)
		return rc;
	symbol = json_str(item, "documentSymbol");
	if (*mended > 0 && symbol != NULL && strstr(symbol, REPLACEMENT) != NULL)
		return error_set(err, ERR_DATA, "broken characters in 'documentSymbol'");
	*out = TAKE(item);
	return 0;
}

/* One item by itself, into its place. */
static void
read_alone(const char *text, size_t n, size_t i, struct eping_answer *a)
{
	json_t *item = NULL, *items = (json_t *)(uintptr_t)a->items;	/* those of a->page, which is ours */
	struct error why;
	size_t mended;

	if (read_mended(text, n, &item, &mended, &why) < 0) {
		a->notes[i] = xstrdup(why.text);
		a->unreadable++;
		return;
	}
	if (mended > 0) {
		a->notes[i] = xasprintf("%s; %zu broken character%s mended", why.text, mended, mended > 1 ? "s are" : " is");
		a->mended++;
	}
	json_array_set_new(items, i, item);
}

/* The page with null in the place of each item. */
static void
write_frame(const char *text, size_t n, const struct json_span *spans, size_t count, struct buf *out)
{
	size_t written = 0;

	for (size_t i = 0; i < count; i++) {
		buf_add(out, text + written, spans[i].offset - written);
		buf_adds(out, "null");
		written = spans[i].offset + spans[i].length;
	}
	buf_add(out, text + written, n - written);
}

/* A page that does not parse, item by item, when what is wrong is inside of them. */
static int
read_one_by_one(const char *text, size_t n, struct eping_answer *a)
{
	AUTO_FREE struct json_span *spans = NULL;
	AUTO_BUF frame = BUF_INIT;
	size_t count = json_spans(text, n, key_of_items(text, n), &spans);
	int rc;

	if (count == 0 || count > LIMIT_ITEMS)
		return ERR_DATA;
	write_frame(text, n, spans, count, &frame);
	if ((rc = json_parse(frame.data, frame.len, &a->page, NULL)) < 0)
		return rc;
	a->items = items_of(a->page);
	if (json_array_size(a->items) != count) {
		json_decref(TAKE(a->page));
		return ERR_DATA;
	}
	a->notes = xcalloc(count, sizeof(*a->notes));
	for (size_t i = 0; i < count; i++)
		read_alone(text + spans[i].offset, spans[i].length, i, a);
	return 0;
}

static int
read_text(const char *text, size_t n, struct eping_answer *a)
{
	if (json_parse(text, n, &a->page, &a->why) == 0)
		return 0;
	return read_one_by_one(text, n, a);
}

/* The page, or what is left of it when most is known. What is wrong with a page is told by its own lines. */
static int
read_page(const char *text, size_t n, struct eping_answer *a)
{
	AUTO_JSON *whole = NULL;

	if (a->brief.known != NULL && read_text(a->brief.text.data, a->brief.text.len, a) == 0) {
		if (a->notes != NULL)
			json_parse(text, n, &whole, &a->why);
		return 0;
	}
	eping_brief_clear(&a->brief);
	return read_text(text, n, a);
}

int
eping_answer_read(const char *text, size_t n, const struct eping_known *known, struct eping_answer *out, struct error *err)
{
	int rc;

	if ((rc = check_start(text, n, err)) < 0)
		return rc;
	if (known != NULL)
		eping_brief_make(text, n, known, &out->brief);
	if (read_page(text, n, out) < 0)
		return error_set(err, out->why.code, "%s", out->why.text);
	out->items = items_of(out->page);
	if (!json_is_array(out->items))
		return refuse_object(out->page, err);
	if (out->brief.known == NULL)
		out->brief.n = json_spans(text, n, out->items == out->page ? NULL : "items", &out->brief.spans);
	if (out->brief.n != json_array_size(out->items))
		return error_set(err, ERR_BUG, "items are not where they were parsed");
	return 0;
}
