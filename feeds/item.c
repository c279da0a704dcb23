#include "item.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/notice/attached.h"
#include "../lib/notice/canon.h"
#include "eping_api.h"
#include "eping_workbook.h"
#include "tris_page.h"
#include "wto_form.h"

#define PROBLEMS_KEPT 20
#define RECORD_GROWTH 8	/* a record is less than so many times as long as what it is made of: escapes, repeats */

static const char api_ending[] = ".api.json", row_ending[] = ".row.json", page_ending[] = ".html";

static void
item_clear(struct item *item)
{
	notice_clear(&item->notice);
	buf_clear(&item->raw);
	free(item->hint);
}

void
items_clear(struct items *items)
{
	for (size_t i = 0; i < items->n; i++)
		item_clear(&items->v[i]);
	free(items->v);
	strv_clear(&items->problems);
	*items = (struct items){ .v = NULL };
}

struct item *
items_add(struct items *items)
{
	struct item *item;

	items->v = xgrow(items->v, items->n, &items->cap, sizeof(*items->v));
	item = &items->v[items->n++];
	*item = (struct item){ .notice = NOTICE_INIT, .raw = BUF_INIT };
	notice_init(&item->notice);
	return item;
}

void
items_drop_last(struct items *items)
{
	item_clear(&items->v[--items->n]);
}

int
item_fits(const struct item *item, struct error *err)
{
	AUTO_BUF record = BUF_INIT;

	if (item->raw.len > LIMIT_ANSWER)
		return error_set(err, ERR_DATA, "'%s' is too large: %zu bytes", item->notice.id, item->raw.len);
	if (item->raw.len <= LIMIT_RECORD / RECORD_GROWTH)
		return 0;
	canon_write(&item->notice, &record);
	return record.len <= LIMIT_RECORD ? 0 : error_set(err, ERR_DATA, "the record of '%s' would have %zu bytes", item->notice.id, record.len);
}

void
problems_add(struct strv *problems, const char *fmt, ...)
{
	va_list ap;
	char *line;

	if (problems->n >= PROBLEMS_KEPT)
		return;
	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		abort();
	va_end(ap);
	strv_take(problems, line);
}

static bool
ends_with(const char *s, const char *ending)
{
	size_t n = strlen(s), m = strlen(ending);

	return n >= m && strcmp(s + n - m, ending) == 0;
}

/* ".../2024/FI/0321/notification.26754.html": the page's number, which the bytes may lack, gives its address back. */
static int
decode_page(const char *raw_path, const char *raw, size_t n, struct notice *out, struct error *err)
{
	size_t end = strlen(raw_path) - strlen(page_ending), from = end;
	AUTO_FREE char *url = NULL;

	while (from > 0 && isdigit((unsigned char)raw_path[from - 1]))
		from--;
	if (from < end && from > 0 && raw_path[from - 1] == '.')
		url = tris_page_url(strtol(raw_path + from, NULL, 10));
	return tris_page_decode(raw, n, "", url, out, NULL, err);
}

/* The notification form, for what it tells beyond the source's record. */
static int
decode_form(const char *raw, size_t n, struct notice *out, struct error *err)
{
	AUTO_ATTACHED a = ATTACHED_INIT;
	AUTO_FREE char *text = NULL;
	int rc;

	notice_init(out);
	if ((rc = attached_read(raw, n, &a, err)) < 0)
		return rc;
	text = xstrndup(a.text, a.text_len);
	return wto_form_read(text, out, err);
}

int
item_decode(const char *raw_path, const char *raw, size_t n, struct notice *out, struct error *err)
{
	if (ends_with(raw_path, api_ending))
		return eping_api_decode(raw, n, out, err);
	if (ends_with(raw_path, row_ending))
		return eping_row_decode(raw, n, out, err);
	if (ends_with(raw_path, page_ending))
		return decode_page(raw_path, raw, n, out, err);
	if (attached_is_path(raw_path))
		return decode_form(raw, n, out, err);
	return error_set(err, ERR_DATA, "no way to read '%s'", raw_path);
}

void
item_suffix(enum way way, const char *hint, struct buf *out)
{
	switch (way) {
	case WAY_API:
		buf_adds(out, api_ending);
		break;
	case WAY_WORKBOOK:
		buf_adds(out, row_ending);
		break;
	case WAY_FORM:
		break;	/* a text of a document, which has its own payload */
	case WAY_TRIS:
		if (hint != NULL)
			buf_addf(out, ".%s", hint);
		buf_adds(out, page_ending);
		break;
	}
}
