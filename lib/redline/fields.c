#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "callouts.h"
#include "document_view.h"
#include "items.h"

static const struct text *
text_of(const struct notice *n, size_t row)
{
	static const struct text none = { NULL, "" };

	return n != NULL ? (const struct text *)(const void *)((const char *)n + notice_fields[row].offset) : &none;
}

/* Both languages are known and they differ: what is not the same text is then another text, sentence by sentence. */
static bool
is_translated(const struct text *a, const struct text *b)
{
	return a->s != NULL && b->s != NULL && a->lang[0] != '\0' && b->lang[0] != '\0' && strcmp(a->lang, b->lang) != 0 && strcmp(a->s, b->s) != 0;
}

static void
compare_texts(const struct text *a, const struct text *b, struct field_change *out)
{
	memcpy(out->old_lang, a->lang, sizeof(out->old_lang));
	memcpy(out->new_lang, b->lang, sizeof(out->new_lang));
	out->translated = is_translated(a, b);
	if (out->translated) {
		out->old = xstrdup(a->s);
		out->new = xstrdup(b->s);
	} else {
		text_diff(a->s, b->s, &out->diff);
	}
}

static void
compare_lists(const struct notice *old, const struct notice *new, size_t row, struct field_change *out)
{
	AUTO_STRV a = STRV_INIT;
	AUTO_STRV b = STRV_INIT;

	items_read(old, row, &a);
	items_read(new, row, &b);
	items_compare(&a, &b, &out->added, &out->removed);
	if (notice_fields[row].type == FIELD_DOCUMENTS)
		items_without_hashes(&out->added, &out->removed);
	if (out->added.n == 0)	/* nobody clears a field without a change */
		strv_clear(&out->added);
	if (out->removed.n == 0)
		strv_clear(&out->removed);
}

static char *
value_of(const struct notice *n, size_t row)
{
	AUTO_BUF text = BUF_INIT;

	if (n != NULL)
		notice_field_text(n, row, &text);
	return buf_take(&text);
}

static void
compare_field(const struct notice *old, const struct notice *new, size_t row, struct field_change *out)
{
	switch (notice_fields[row].type) {
	case FIELD_TEXT:
		compare_texts(text_of(old, row), text_of(new, row), out);
		break;
	case FIELD_SET:
	case FIELD_CODES:
	case FIELD_DOCUMENTS:
	case FIELD_VARIANTS:
		compare_lists(old, new, row, out);
		break;
	case FIELD_LINE:
	case FIELD_DATE:
	case FIELD_ANSWER:
	case FIELD_MILESTONE:
		out->old = value_of(old, row);
		out->new = value_of(new, row);
		break;
	}
}

/* A redline is exact: it tells also of blanks, which a reader does not see. */
static bool
unchanged(const struct notice *old, const struct notice *new, size_t row)
{
	const struct text *a, *b;

	if (!notice_field_equal(old, new, row) || notice_fields[row].type != FIELD_TEXT || notice_field_empty(new, row))
		return notice_field_equal(old, new, row);
	a = text_of(old, row);
	b = text_of(new, row);
	return strcmp(a->s, b->s) == 0;
}

void
redline_make(const struct notice *old, const struct notice *new, struct redline *out)
{
	*out = (struct redline)REDLINE_INIT;
	for (size_t row = 0; row < notice_fields_count; row++) {
		if (old != NULL ? unchanged(old, new, row) : notice_field_empty(new, row))
			continue;
		out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
		out->v[out->n] = (struct field_change){ .row = row };
		compare_field(old, new, row, &out->v[out->n]);
		if (notice_fields[row].type != FIELD_DOCUMENTS || out->v[out->n].added.n + out->v[out->n].removed.n > 0)
			out->n++;	/* that a text became known is no change */
	}
	for (size_t i = 0; i < out->n; i++)
		callouts_find(&(struct callout_source){ &out->v[i].diff, out->v[i].old_lang, out->v[i].new_lang, out->v[i].row, 0 }, out);
}

void
redline_clear(struct redline *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct field_change *f = &r->v[i];

		strv_clear(&f->added);
		strv_clear(&f->removed);
		free(f->old);
		free(f->new);
		text_diff_clear(&f->diff);
	}
	for (size_t i = 0; i < r->callouts_n; i++) {
		free(r->callouts[i].old);
		free(r->callouts[i].new);
	}
	for (size_t i = 0; i < r->documents_n; i++)
		document_change_clear(&r->documents[i]);
	free(r->v);
	free(r->callouts);
	free(r->documents);
	*r = (struct redline)REDLINE_INIT;
}
