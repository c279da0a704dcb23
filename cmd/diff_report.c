/* The report of a sector's changes in its formats */
#include "diff_report.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/base/xml_escape.h"
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

/* Fields that say what a measure is about. */
static bool
is_scope(size_t row)
{
	static const size_t fields[] = {
		offsetof(struct notice, title), offsetof(struct notice, products), offsetof(struct notice, hs), offsetof(struct notice, ics),
		offsetof(struct notice, category), offsetof(struct notice, countries),
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (notice_row(fields[i]) == row)
			return true;
	return false;
}

#define OUTCOMES (1u << EVENT_DEADLINE | 1u << EVENT_ADOPTED | 1u << EVENT_IN_FORCE | 1u << EVENT_WITHDRAWN | 1u << EVENT_FINAL | 1u << EVENT_VANISHED)

enum consequence
report_consequence(const struct redline *r, unsigned events, unsigned *weight)
{
	unsigned found[CONSEQUENCES] = { 0 };
	size_t i;

	for (i = 0; i < EVENT_KINDS; i++)
		found[CONSEQUENCE_LIMITS] += (events & OUTCOMES & (1u << i)) != 0;
	for (i = 0; i < r->callouts_n; i++)
		found[r->callouts[i].kind == CALLOUT_MODAL ? CONSEQUENCE_OBLIGATIONS : r->callouts[i].kind == CALLOUT_STANDARD ? CONSEQUENCE_SCOPE : CONSEQUENCE_LIMITS]++;
	for (i = 0; i < r->n; i++)
		found[is_scope(r->v[i].row) ? CONSEQUENCE_SCOPE : CONSEQUENCE_WORDING]++;
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
		(void)comparison_print(app, FORMAT_TEXT, &d->changes[i]->c, out, &ignored);
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

static const char style[] =
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}article{border-top:1px solid #999;margin:1.5em 0}"
    "del{color:#a00;background:#fee}ins{color:#060;background:#efe;text-decoration:underline}.callouts{font-weight:bold}.fold{color:#666;font-style:italic}"
    "dt{font-weight:bold}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .5em;vertical-align:top}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}del{color:#f99;background:#411}ins{color:#9f9;background:#141}}";

static void
html(const char *text, struct buf *out)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(text, &safe);
	xml_escape(buf_str(&safe), out);
}

static void
html_dossier(const struct app *app, const struct report_dossier *d, struct buf *out)
{
	AUTO_BUF deadline = BUF_INIT;
	char day[DATE_TEXT];

	(void)app;
	add_deadline(d, &deadline);
	buf_adds(out, "<article>\n<h3>");
	html(d->title[0] != '\0' ? d->title : "(no title)", out);
	buf_adds(out, "</h3>\n<p>");
	html(d->id, out);
	buf_adds(out, ", ");
	html(member_name(d->member), out);
	buf_addf(out, ", %s</p>\n<ul>\n", buf_str(&deadline));
	for (size_t i = 0; i < d->events_n; i++) {
		buf_addf(out, "<li><time>%s</time> ", date_format(d->events[i].day, day));
		if (strcmp(d->events[i].notification, d->id) != 0) {
			html(d->events[i].notification, out);
			buf_adds(out, ": ");
		}
		html(d->events[i].words, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

static int
html_changes(struct app *app, const struct report_dossier *d, struct buf *out, struct error *err)
{
	for (size_t i = 0; i < d->changes_n; i++) {
		const struct comparison *c = &d->changes[i]->c;
		int rc;

		buf_adds(out, "<h4>");
		html(c->a->label, out);
		buf_adds(out, " → ");
		html(c->b->label, out);
		buf_adds(out, "</h4>\n");
		if ((rc = comparison_print(app, FORMAT_HTML, c, out, err)) < 0)
			return rc;
		if (c->relation == RELATION_AMENDS && c->b->notice.description.s != NULL) {
			buf_adds(out, "<blockquote>");
			html(c->b->notice.description.s, out);
			buf_adds(out, "</blockquote>\n");
		}
	}
	buf_adds(out, "</article>\n");
	return 0;
}

static int
print_html(struct app *app, const struct report *r, struct buf *out, struct error *err)
{
	char day[DATE_TEXT];
	int rc;

	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	html(r->sectors, out);
	buf_addf(out, " since %s</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", date_format(r->since, day), style);
	html(r->sectors, out);
	buf_addf(out, " since %s</h1>\n<p>%zu changed, %zu came</p>\n", day, count(r, CONSEQUENCE_LIMITS, CONSEQUENCE_WORDING), count(r, CONSEQUENCE_NEW, CONSEQUENCE_NEW));
	for (size_t i = 0; i < r->n; i++) {
		if (i == 0 || r->v[i].consequence != r->v[i - 1].consequence)
			buf_addf(out, "<h2>%s</h2>\n", kinds[r->v[i].consequence].heading);
		html_dossier(app, &r->v[i], out);
		if ((rc = html_changes(app, &r->v[i], out, err)) < 0)
			return rc;
	}
	buf_adds(out, "</body>\n</html>\n");
	return 0;
}

/* ---- Markdown ---- */

/* Outside text in a line of ours: what Markdown could take for its own signs is escaped. */
static void
markdown(const char *text, struct buf *out)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(text, &safe);
	for (const char *p = buf_str(&safe); *p != '\0'; p++) {
		if (strchr("\\`*_[]<>|~&", *p) != NULL)
			buf_addc(out, '\\');
		buf_addc(out, *p == '\n' ? ' ' : *p);
	}
}

static int
markdown_dossier(struct app *app, const struct report_dossier *d, struct buf *out, struct error *err)
{
	AUTO_BUF deadline = BUF_INIT;
	char day[DATE_TEXT];
	int rc = 0;

	add_deadline(d, &deadline);
	buf_adds(out, "\n### ");
	markdown(d->title[0] != '\0' ? d->title : "(no title)", out);
	buf_addf(out, "\n\n%s, %s, %s\n\n", d->id, member_name(d->member), buf_str(&deadline));
	for (size_t i = 0; i < d->events_n; i++) {
		buf_addf(out, "- %s ", date_format(d->events[i].day, day));
		markdown(d->events[i].notification, out);
		buf_adds(out, ": ");
		markdown(d->events[i].words, out);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; rc == 0 && i < d->changes_n; i++) {
		buf_adds(out, "\n#### ");
		markdown(d->changes[i]->c.a->label, out);
		buf_adds(out, " → ");
		markdown(d->changes[i]->c.b->label, out);
		buf_adds(out, "\n\n");
		rc = comparison_print(app, FORMAT_MARKDOWN, &d->changes[i]->c, out, err);
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
report_print(struct app *app, enum format format, const struct report *r, struct buf *out, struct error *err)
{
	int rc = 0;

	if (format == FORMAT_HTML)
		return print_html(app, r, out, err);
	if (format == FORMAT_MARKDOWN)
		return print_markdown(app, r, out, err);
	if (format == FORMAT_TEXT)
		print_text(app, r, out);
	for (size_t i = 0; format == FORMAT_JSON && i < r->n; i++)
		json_dossier(&r->v[i], out);
	for (size_t i = 0; format == FORMAT_UNIFIED && i < r->n; i++)
		for (size_t k = 0; rc == 0 && k < r->v[i].changes_n; k++)
			rc = comparison_print(app, format, &r->v[i].changes[k]->c, out, err);
	return rc;
}
