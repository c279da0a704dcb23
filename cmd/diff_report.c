/* The report of a sector's changes in its formats */
#include "diff_report.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/symbol.h"
#include "page.h"

static const struct { const char *name, *heading; } kinds[CONSEQUENCES] = {
	[CONSEQUENCE_LIMITS] = { "limits", "Limits, dates and outcomes" }, [CONSEQUENCE_OBLIGATIONS] = { "obligations", "Obligations" },
	[CONSEQUENCE_SCOPE] = { "scope", "Scope" }, [CONSEQUENCE_WORDING] = { "wording", "Wording" }, [CONSEQUENCE_NEW] = { "new", "Came since" },
};

/* ---- the model ---- */

static void
clear_change(struct report_change *c)
{
	comparison_clear(&c->c);
	side_clear(&c->a);
	side_clear(&c->b);
	free(c);
}

void
report_clear(struct report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct report_dossier *d = &r->v[i];

		for (size_t k = 0; k < d->events_n; k++) {
			free(d->events[k].notification);
			free(d->events[k].words);
		}
		for (size_t k = 0; k < d->changes_n; k++)
			clear_change(d->changes[k]);
		free(d->events);
		free(d->changes);
		strv_clear(&d->changed);
		json_decref(d->json);
		free(d->id);
		free(d->title);
		free(d->member);
		free(d->sectors);
	}
	free(r->v);
}

static int
by_consequence(const void *a, const void *b)
{
	const struct report_dossier *x = a, *y = b;
	int order;

	if (x->consequence != y->consequence)
		return x->consequence < y->consequence ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (date_is_set(x->deadline) != date_is_set(y->deadline))
		return date_is_set(x->deadline) ? -1 : 1;
	order = date_cmp(x->deadline, y->deadline);
	return order != 0 ? order : strcmp(x->id, y->id);
}

void
report_sort(struct report *r)
{
	if (r->n > 0)
		qsort(r->v, r->n, sizeof(*r->v), by_consequence);
}

static bool
is_one_of(const size_t *offsets, size_t n, size_t row)
{
	for (size_t i = 0; i < n; i++)
		if (notice_row(offsets[i]) == row)
			return true;
	return false;
}

/* Fields that say what a measure is about. */
static bool
is_scope(size_t row)
{
	static const size_t fields[] = {
		offsetof(struct notice, title), offsetof(struct notice, products), offsetof(struct notice, hs), offsetof(struct notice, ics),
		offsetof(struct notice, category), offsetof(struct notice, countries),
	};

	return is_one_of(fields, sizeof(fields) / sizeof(*fields), row);
}

/* Fields that differ between any two texts, whatever they say. */
static bool
is_formal(size_t row)
{
	static const size_t fields[] = { offsetof(struct notice, type), offsetof(struct notice, distributed), offsetof(struct notice, url) };

	return is_one_of(fields, sizeof(fields) / sizeof(*fields), row);
}

#define OUTCOMES (1u << EVENT_DEADLINE | 1u << EVENT_ADOPTED | 1u << EVENT_IN_FORCE | 1u << EVENT_WITHDRAWN | 1u << EVENT_FINAL | 1u << EVENT_VANISHED)

/* Call-outs in texts are told again among the requirements, with more understanding. */
static void
count_callouts(const struct redline *r, unsigned found[CONSEQUENCES])
{
	for (size_t i = 0; i < r->callouts_n; i++) {
		const struct callout *c = &r->callouts[i];

		if (c->kind == CALLOUT_STANDARD)
			found[CONSEQUENCE_SCOPE]++;
		else if (c->row != CALLOUT_DOCUMENT && notice_fields[c->row].type != FIELD_TEXT)
			found[CONSEQUENCE_LIMITS]++;
	}
}

static void
count_requirements(const struct requirements *q, unsigned found[CONSEQUENCES])
{
	static const enum consequence meaning[] = {
		[REQUIREMENT_LIMIT] = CONSEQUENCE_LIMITS, [REQUIREMENT_DATE] = CONSEQUENCE_LIMITS, [REQUIREMENT_ADDED] = CONSEQUENCE_OBLIGATIONS,
		[REQUIREMENT_REMOVED] = CONSEQUENCE_OBLIGATIONS, [REQUIREMENT_MODAL] = CONSEQUENCE_OBLIGATIONS, [REQUIREMENT_EXEMPTION_ADDED] = CONSEQUENCE_SCOPE,
		[REQUIREMENT_EXEMPTION_REMOVED] = CONSEQUENCE_SCOPE, [REQUIREMENT_SCOPE] = CONSEQUENCE_SCOPE, [REQUIREMENT_WORDING] = CONSEQUENCE_WORDING,
	};

	for (size_t i = 0; i < q->n; i++)
		found[meaning[q->v[i].kind]]++;
}

enum consequence
report_consequence(const struct redline *r, const struct requirements *q, unsigned events, unsigned *weight)
{
	unsigned found[CONSEQUENCES] = { 0 };
	size_t i;

	for (i = 0; i < EVENT_KINDS; i++)
		found[CONSEQUENCE_LIMITS] += (events & OUTCOMES & (1u << i)) != 0;
	count_callouts(r, found);
	count_requirements(q, found);
	for (i = 0; i < r->n; i++)
		found[is_scope(r->v[i].row) ? CONSEQUENCE_SCOPE : CONSEQUENCE_WORDING] += !is_formal(r->v[i].row);
	found[CONSEQUENCE_WORDING] += (unsigned)r->documents_n;
	for (i = 0; i < CONSEQUENCE_WORDING && found[i] == 0; i++)
		;
	*weight = found[i];
	return (enum consequence)i;
}

/* ---- text ---- */

static void
add_deadline(const struct report_dossier *d, struct buf *out)
{
	char day[DATE_TEXT];

	if (d->withdrawn)
		buf_adds(out, "withdrawn");
	else if (!date_is_set(d->deadline))
		buf_adds(out, "no deadline told");
	else
		buf_addf(out, "%s until %s%s", d->source == SOURCE_TRIS ? "standstill" : "comments", date_format(d->deadline, day), d->open ? "" : " (passed)");
}

static void
text_dossier(struct app *app, const struct report_dossier *d, struct buf *out)
{
	const struct page p = { app->colour, app->width, out };
	const struct manner m = { .format = FORMAT_TEXT };
	AUTO_BUF deadline = BUF_INIT;
	struct error ignored;

	add_deadline(d, &deadline);
	page_putf(&p, 4, "%s  %s  %s", d->id, member_name(d->member), buf_str(&deadline));
	page_put(&p, 0, d->title[0] != '\0' ? d->title : "(no title)");
	for (size_t i = 0; i < d->events_n; i++) {
		const struct report_event *e = &d->events[i];
		char day[DATE_TEXT];
		bool own = strcmp(e->notification, d->id) == 0;

		page_putf(&p, 14, "  %s  %s%s%s", date_format(e->day, day), own ? "" : e->notification, own ? "" : ": ", e->words);
	}
	for (size_t i = 0; i < d->changes_n; i++)
		(void)comparison_print(app, &m, &d->changes[i]->c, out, &ignored);
	buf_addc(out, '\n');
}

static size_t
count(const struct report *r, enum consequence from, enum consequence to)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->v[i].consequence >= from && r->v[i].consequence <= to;
	return n;
}

static void
print_text(struct app *app, const struct report *r, struct buf *out)
{
	const struct page p = { app->colour, app->width, out };
	char day[DATE_TEXT];

	page_putf(&p, 0, "%s since %s: %zu changed, %zu came", r->sectors, date_format(r->since, day), count(r, CONSEQUENCE_LIMITS, CONSEQUENCE_WORDING),
	    count(r, CONSEQUENCE_NEW, CONSEQUENCE_NEW));
	for (size_t i = 0; i < r->n; i++) {
		if (i == 0 || r->v[i].consequence != r->v[i - 1].consequence) {
			AUTO_BUF heading = BUF_INIT;

			buf_addf(&heading, "%s (%zu)", kinds[r->v[i].consequence].heading, count(r, r->v[i].consequence, r->v[i].consequence));
			if (i > 0)
				buf_truncate(out, out->len - 1);	/* the heading brings its empty line */
			page_heading(&p, buf_str(&heading));
		}
		text_dossier(app, &r->v[i], out);
	}
	if (r->n > 0)
		buf_truncate(out, out->len - 1);
}

/* ---- HTML ---- */

static void
html_dossier(const struct report_dossier *d, struct buf *out)
{
	AUTO_BUF deadline = BUF_INIT;
	char day[DATE_TEXT];

	add_deadline(d, &deadline);
	buf_adds(out, "<article>\n<h3>");
	diff_page_html(d->title[0] != '\0' ? d->title : "(no title)", out);
	buf_adds(out, "</h3>\n<p>");
	diff_page_html(d->id, out);
	buf_adds(out, ", ");
	diff_page_html(member_name(d->member), out);
	buf_addf(out, ", %s</p>\n<ul>\n", buf_str(&deadline));
	for (size_t i = 0; i < d->events_n; i++) {
		buf_addf(out, "<li><time>%s</time> ", date_format(d->events[i].day, day));
		if (strcmp(d->events[i].notification, d->id) != 0) {
			diff_page_html(d->events[i].notification, out);
			buf_adds(out, ": ");
		}
		diff_page_html(d->events[i].words, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

static void
html_changes(const struct manner *m, const struct report_dossier *d, size_t number, struct buf *out)
{
	for (size_t i = 0; i < d->changes_n; i++) {
		const struct comparison *c = &d->changes[i]->c;
		AUTO_BUF prefix = BUF_INIT;

		buf_adds(out, "<h4>");
		diff_page_html(c->a->label, out);
		buf_adds(out, " → ");
		diff_page_html(c->b->label, out);
		buf_adds(out, "</h4>\n");
		buf_addf(&prefix, "change-%zu-%zu", number, i + 1);
		comparison_html(m, buf_str(&prefix), c, out);
	}
	buf_adds(out, "</article>\n");
}

static void
print_html(const struct manner *m, const struct report *r, struct buf *out)
{
	AUTO_BUF title = BUF_INIT;
	char day[DATE_TEXT];

	buf_addf(&title, "%s since %s", r->sectors, date_format(r->since, day));
	diff_page_begin(buf_str(&title), m->side_by_side, out);
	buf_adds(out, "<h1>");
	diff_page_html(buf_str(&title), out);
	buf_addf(out, "</h1>\n<p>%zu changed, %zu came</p>\n", count(r, CONSEQUENCE_LIMITS, CONSEQUENCE_WORDING), count(r, CONSEQUENCE_NEW, CONSEQUENCE_NEW));
	for (size_t i = 0; i < r->n; i++) {
		if (i == 0 || r->v[i].consequence != r->v[i - 1].consequence)
			buf_addf(out, "<h2>%s (%zu)</h2>\n", kinds[r->v[i].consequence].heading, count(r, r->v[i].consequence, r->v[i].consequence));
		html_dossier(&r->v[i], out);
		html_changes(m, &r->v[i], i + 1, out);
	}
	diff_page_end(out);
}

/* ---- Markdown ---- */

static int
markdown_dossier(struct app *app, const struct report_dossier *d, struct buf *out, struct error *err)
{
	const struct manner m = { .format = FORMAT_MARKDOWN };
	AUTO_BUF deadline = BUF_INIT;
	char day[DATE_TEXT];
	int rc = 0;

	add_deadline(d, &deadline);
	buf_adds(out, "\n### ");
	diff_page_markdown(d->title[0] != '\0' ? d->title : "(no title)", out);
	buf_addf(out, "\n\n%s, %s, %s\n\n", d->id, member_name(d->member), buf_str(&deadline));
	for (size_t i = 0; i < d->events_n; i++) {
		buf_addf(out, "- %s ", date_format(d->events[i].day, day));
		diff_page_markdown(d->events[i].notification, out);
		buf_adds(out, ": ");
		diff_page_markdown(d->events[i].words, out);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; rc == 0 && i < d->changes_n; i++) {
		buf_adds(out, "\n#### ");
		diff_page_markdown(d->changes[i]->c.a->label, out);
		buf_adds(out, " → ");
		diff_page_markdown(d->changes[i]->c.b->label, out);
		buf_adds(out, "\n\n");
		rc = comparison_print(app, &m, &d->changes[i]->c, out, err);
	}
	return rc;
}

static int
print_markdown(struct app *app, const struct report *r, struct buf *out, struct error *err)
{
	char day[DATE_TEXT];
	int rc = 0;

	buf_addf(out, "# %s since %s\n", r->sectors, date_format(r->since, day));
	for (size_t i = 0; rc == 0 && i < r->n; i++) {
		if (i == 0 || r->v[i].consequence != r->v[i - 1].consequence)
			buf_addf(out, "\n## %s\n", kinds[r->v[i].consequence].heading);
		rc = markdown_dossier(app, &r->v[i], out, err);
	}
	return rc;
}

/* ---- JSON, unified ---- */

static void
json_dossier(const struct report_dossier *d, struct buf *out)
{
	json_t *o = json_object(), *changes = json_array();
	AUTO_STRV sectors = STRV_INIT;

	strv_split(&sectors, d->sectors, ",");
	for (size_t i = 0; i < d->changes_n; i++)
		json_array_append_new(changes, comparison_json(&d->changes[i]->c));
	json_set_str(o, "dossier", d->id);
	json_set_str(o, "title", d->title);
	json_set_str(o, "member", d->member[0] != '\0' ? d->member : NULL);
	json_set_strv(o, "sectors", &sectors);
	json_set_date(o, "effective_deadline", d->deadline);
	json_set_bool(o, "open", d->open);
	json_set_bool(o, "withdrawn", d->withdrawn);
	json_set_bool(o, "new", d->came);
	json_set_str(o, "consequence", kinds[d->consequence].name);
	json_object_set(o, "events", d->json);
	json_object_set_new(o, "changes", changes);
	json_write(o, true, out);
	json_decref(o);
}

int
report_print(struct app *app, const struct manner *m, const struct report *r, struct buf *out, struct error *err)
{
	int rc = 0;

	if (m->format == FORMAT_HTML)
		print_html(m, r, out);
	if (m->format == FORMAT_MARKDOWN)
		return print_markdown(app, r, out, err);
	if (m->format == FORMAT_TEXT)
		print_text(app, r, out);
	for (size_t i = 0; m->format == FORMAT_JSON && i < r->n; i++)
		json_dossier(&r->v[i], out);
	for (size_t i = 0; m->format == FORMAT_UNIFIED && i < r->n; i++)
		for (size_t k = 0; rc == 0 && k < r->v[i].changes_n; k++)
			rc = comparison_print(app, m, &r->v[i].changes[k]->c, out, err);
	return rc;
}
