/* What changed from version to version. */
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "redlines.h"

#define CALLOUTS 10	/* of a redline that lies apart */

void
dossier_events(enum source source, const struct events *e, struct buf *out)
{
	for (size_t i = 0; i < e->n; i++) {
		AUTO_BUF words = BUF_INIT;

		event_describe_of(source, &e->v[i], &words);
		buf_adds(out, i > 0 ? "; " : "");
		buf_adds(out, buf_str(&words));
	}
}

/* ---- a redline that lies apart ---- */

static void
add_names(const struct redline *r, struct buf *out)
{
	if (r->n == 0)
		return;
	buf_adds(out, "<p class=\"summary\">Changed: ");
	for (size_t i = 0; i < r->n; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", notice_fields[r->v[i].row].name);
	buf_adds(out, "</p>\n");
}

static void
add_summaries(const struct redline *r, struct buf *out)
{
	for (size_t i = 0; i < r->documents_n; i++) {
		const struct document_change *d = &r->documents[i];
		AUTO_BUF summary = BUF_INIT;

		document_summary(d, &summary);
		buf_adds(out, "<p class=\"summary\">");
		page_text(d->name, 0, out);
		buf_adds(out, d->added ? ": added, " : d->removed ? ": removed, " : ": ");
		page_text(buf_str(&summary), 0, out);
		buf_adds(out, "</p>\n");
	}
}

static void
add_callout(const struct callout *c, struct buf *out)
{
	buf_adds(out, "<li>");
	if (c->old[0] != '\0') {
		buf_adds(out, "<del>");
		page_text(c->old, 0, out);
		buf_adds(out, "</del>");
	}
	buf_adds(out, c->old[0] != '\0' && c->new[0] != '\0' ? " \xE2\x86\x92 " : "");
	if (c->new[0] != '\0') {
		buf_adds(out, "<ins>");
		page_text(c->new, 0, out);
		buf_adds(out, "</ins>");
	}
	buf_adds(out, "</li>\n");
}

static void
add_callouts(const struct redline *r, struct buf *out)
{
	if (r->callouts_n == 0)
		return;
	buf_adds(out, "<ul class=\"callouts\">\n");
	for (size_t i = 0; i < r->callouts_n && i < CALLOUTS; i++)
		add_callout(&r->callouts[i], out);
	if (r->callouts_n > CALLOUTS)
		buf_addf(out, "<li class=\"rest\">\xE2\x80\xA6 and %zu more</li>\n", r->callouts_n - CALLOUTS);
	buf_adds(out, "</ul>\n");
}

static void
add_apart(const struct page *p, const struct site_dossier *d, const struct site_member *member, const struct site_version *version, struct buf *out)
{
	const struct redline *r = redline_of(member, version);
	const struct site_lengths *lengths = version != NULL ? &version->lengths : &member->lengths;
	AUTO_BUF path = BUF_INIT, sides = BUF_INIT;

	site_redline_path(d, member, version, false, &path);
	redline_write_evidence(p, buf_str(&path), member, version, out);
	buf_adds(out, "<div class=\"redline apart\">\n");
	add_callouts(r, out);
	add_names(r, out);
	add_summaries(r, out);
	buf_adds(out, "</div>\n<ul class=\"beside\">\n<li>");
	page_link(p, buf_str(&path), "The whole redline", out);
	dossier_weight(lengths->column, out);
	buf_adds(out, "</li>\n");
	if (site_redline_has_sides(r)) {
		site_redline_path(d, member, version, true, &sides);
		buf_adds(out, "<li>");
		page_link(p, buf_str(&sides), "Side by side", out);
		dossier_weight(lengths->sides, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

/* ---- one in its place ---- */

static void
add_redline(const struct page *p, const struct site_dossier *d, const struct site_member *member, const struct site_version *version, struct buf *out)
{
	const struct redline *r = redline_of(member, version);
	AUTO_BUF prefix = BUF_INIT;

	if (!d->whole && (version != NULL ? version->apart : member->apart)) {
		add_apart(p, d, member, version, out);
		return;
	}
	redline_prefix(member, version, &prefix);
	redline_write_evidence(p, NULL, member, version, out);
	redline_write(r, buf_str(&prefix), 5, out);
	if (d->whole || !site_redline_has_sides(r))
		return;
	buf_adds(out, "<details class=\"again\">\n<summary>Side by side</summary>\n");
	redline_write_sides(r, 5, out);
	buf_adds(out, "</details>\n");
}

static void
add_version(const struct page *p, const struct site_dossier *d, const struct site_member *member, const struct site_version *v, struct buf *out)
{
	AUTO_BUF words = BUF_INIT, anchor = BUF_INIT;

	site_anchor(member->notice->id, &anchor);
	dossier_events(member->notice->source, &v->events, &words);
	buf_addf(out, "<section class=\"version\" aria-labelledby=\"%s-v%d\">\n<h4 id=\"%s-v%d\">Version %d, ", buf_str(&anchor), v->number, buf_str(&anchor),
	    v->number, v->number);
	page_time(date_of_instant(v->at), out);
	buf_adds(out, "</h4>\n<p>");
	page_text(buf_str(&words), 0, out);
	buf_adds(out, "</p>\n");
	add_redline(p, d, member, v, out);
	buf_adds(out, "<p class=\"quiet\">Commit <code>");
	page_text(v->commit, 12, out);
	buf_adds(out, "</code></p>\n</section>\n");
}

void
dossier_changes(const struct page *p, const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	AUTO_BUF link = BUF_INIT;

	if (member->against != NULL && !redline_is_empty(&member->redline)) {
		site_anchor(member->against->id, &link);
		buf_addf(out, "<section class=\"version\">\n<h4>Compared with <a href=\"#%s\">", buf_str(&link));
		page_text(member->against->id, 0, out);
		buf_adds(out, "</a></h4>\n");
		add_redline(p, d, member, NULL, out);
		buf_adds(out, "</section>\n");
	}
	for (size_t i = member->versions_n; i-- > 0;)
		if (i > 0 || !redline_is_empty(&member->versions[i].redline))
			add_version(p, d, member, &member->versions[i], out);
}
