/* A dossier on one page. */
#include "dossier.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../notice/standstill.h"
#include "../notice/symbol.h"

const struct notice *
dossier_current(const struct site_dossier *d)
{
	return d->dossier->current != NULL ? d->dossier->current : d->members[0].notice;
}

enum site_told
dossier_told(const struct site_dossier *d, const struct site_member *member)
{
	return d->whole ? SITE_TOLD_HERE : member->told;
}

size_t
dossier_apart(const struct site_dossier *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->members_n; i++)
		n += dossier_told(d, &d->members[i]) == SITE_TOLD_APART;
	return n;
}

const char *
dossier_kind(const struct notice *n)
{
	static const char *const words[] = { [KIND_DRAFT] = "Draft", [KIND_URGENT] = "Urgent measure", [KIND_ADDENDUM] = "Addendum", [KIND_REVISION] = "Revision",
	    [KIND_CORRIGENDUM] = "Corrigendum", [KIND_SUPPLEMENT] = "Supplement" };

	return words[n->kind];
}

void
dossier_members(const struct notice *n, struct buf *out)
{
	buf_adds(out, n->member[0] != '\0' ? member_name(n->member) : "member unknown");
	for (size_t i = 0; i < n->members.n; i++)
		if (strcmp(n->members.v[i], n->member) != 0)
			buf_addf(out, ", %s", member_name(n->members.v[i]));
}

static void
begin_section(const char *id, const char *heading, struct buf *out)
{
	buf_adds(out, "<section aria-labelledby=\"");
	buf_adds(out, id);
	buf_adds(out, "\">\n<h2 id=\"");
	buf_adds(out, id);
	buf_adds(out, "\">");
	buf_adds(out, heading);
	buf_adds(out, "</h2>\n");
}

/* ---- head ---- */

static void
write_lead(const struct site_dossier *d, struct buf *out)
{
	const struct notice *n = dossier_current(d);
	char day[DATE_TEXT];

	buf_addf(out, "%s, ", d->id);
	dossier_members(n, out);
	buf_addc(out, '.');
	if (d->dossier->withdrawn)
		buf_adds(out, " Withdrawn.");
	else if (date_is_set(d->dossier->effective_deadline))
		buf_addf(out, " %s until %s%s.", n->source == SOURCE_TRIS ? "Standstill" : "Comments", date_format(d->dossier->effective_deadline, day),
		    d->open ? ": open" : ": closed");
	else
		buf_adds(out, " No day to comment by is known.");
}

static void
add_labels(const struct page *p, const struct site_dossier *d, struct buf *out)
{
	begin_section("sectors", "Sectors", out);
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < d->labels_n; i++) {
		AUTO_BUF path = BUF_INIT;

		buf_addf(&path, "sector/%s.html", d->labels[i].name);
		buf_adds(out, "<li>");
		page_link(p, buf_str(&path), d->labels[i].title, out);
		buf_adds(out, ": <span class=\"quiet\">");
		page_text(d->labels[i].reason, 300, out);
		buf_adds(out, d->labels[i].low ? "</span> <span class=\"mark low\">a guess</span></li>\n" : "</span></li>\n");
	}
	if (d->labels_n == 0)
		buf_adds(out, "<li>In no sector</li>\n");
	buf_adds(out, "</ul>\n</section>\n");
}

/* ---- deadlines ---- */

static void
add_ladder(const struct site_meta *m, const struct site_dossier *d, struct buf *out)
{
	AUTO_FREE struct rung *rungs = NULL;
	enum source source = dossier_current(d)->source;
	size_t n = deadline_ladder(d->dossier->effective_deadline, source, m->leads, &rungs);

	if (n == 0) {
		buf_adds(out, "<p>No day to comment by is known.</p>\n");
		return;
	}
	buf_adds(out, "<ol class=\"ladder\">\n");
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, rungs[i].kind == RUNG_OFFICIAL ? "<li class=\"official\"><strong>" : "<li>");
		page_time(rungs[i].date, out);
		buf_adds(out, ": ");
		page_text(rung_name(&rungs[i], source), 60, out);
		buf_adds(out, rungs[i].kind == RUNG_OFFICIAL ? "</strong></li>\n" : "</li>\n");
	}
	buf_adds(out, "</ol>\n");
}

/* One step, published with the only notification there is: nobody asks who said so. */
static bool
ladder_tells_it(const struct dossier *d)
{
	return d->n == 1 && d->steps_n == 1 && !d->steps[0].from_text && date_cmp(d->steps[0].deadline, d->effective_deadline) == 0;
}

/* Who said so, and when the day was another. */
static void
add_steps(const struct site_dossier *d, struct buf *out)
{
	static const char *const effects[] = { [STEP_SET] = "", [STEP_EXTENDED] = ": extended", [STEP_NO_LATER] = ": no later than before",
	    [STEP_VOID] = ": taken back by a corrigendum" };

	if (d->dossier->steps_n == 0 || ladder_tells_it(d->dossier))
		return;
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < d->dossier->steps_n; i++) {
		const struct deadline_step *s = &d->dossier->steps[i];

		buf_adds(out, "<li>");
		page_time(s->deadline, out);
		buf_adds(out, " by ");
		page_text(s->by->id, 0, out);
		buf_adds(out, effects[s->effect]);
		buf_adds(out, s->from_text ? " (read from its text)</li>\n" : "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

/* TRIS: the shown end of standstill against the computed one. */
static void
add_standstill(const struct site_dossier *d, struct buf *out)
{
	for (size_t i = 0; i < d->members_n; i++) {
		const struct notice *n = d->members[i].notice;
		struct date expected;
		int months;

		if (n->source != SOURCE_TRIS || standstill_check(n, &expected, &months) != STANDSTILL_ODD)
			continue;
		buf_adds(out, "<p>The end of standstill shown is not the computed one: ");
		page_time(expected, out);
		buf_addf(out, ", %d months.</p>\n", months);
	}
}

static void
add_deadlines(const struct site_meta *m, const struct site_dossier *d, struct buf *out)
{
	begin_section("deadline", "Deadlines", out);
	if (d->dossier->withdrawn)
		buf_adds(out, "<p>Withdrawn: nothing is left to comment on.</p>\n");
	add_ladder(m, d, out);
	add_steps(d, out);
	add_standstill(d, out);
	buf_adds(out, "</section>\n");
}

/* ---- the story ---- */

static void
add_later_versions(const struct site_member *member, const char *anchor, struct buf *out)
{
	if (member->versions_n < 2)
		return;
	buf_adds(out, "\n<ul>\n");
	for (size_t i = 1; i < member->versions_n; i++) {
		const struct site_version *v = &member->versions[i];
		AUTO_BUF words = BUF_INIT;

		dossier_events(member->notice->source, &v->events, &words);
		buf_adds(out, "<li>");
		page_time(date_of_instant(v->at), out);
		buf_addf(out, " <a href=\"#%s-v%d\">", anchor, v->number);
		page_text(buf_str(&words), 0, out);
		buf_adds(out, "</a></li>\n");
	}
	buf_adds(out, "</ul>\n");
}

static void
add_fate(const struct dossier_node *node, struct buf *out)
{
	const struct notice *by = node->void_by != NULL ? node->void_by : node->replaced_by;

	if (by == NULL)
		return;
	buf_adds(out, node->void_by != NULL ? " (taken back by " : " (replaced by ");
	page_text(by->id, 0, out);
	buf_addc(out, ')');
}

static void
add_station(const struct site_dossier *d, const struct site_member *member, const struct dossier_node *node, struct buf *out)
{
	AUTO_BUF anchor = BUF_INIT, words = BUF_INIT;

	site_anchor(member->notice->id, &anchor);
	buf_adds(out, member->notice == d->dossier->current ? "<li class=\"current\">" : "<li>");
	page_time(member->notice->distributed, out);
	buf_addf(out, " <a class=\"symbol\" href=\"#%s\">", buf_str(&anchor));
	page_text(member->notice->id, 0, out);
	buf_adds(out, "</a> ");
	if (member->versions_n > 0)
		dossier_events(member->notice->source, &member->versions[0].events, &words);
	page_text(words.len > 0 ? buf_str(&words) : dossier_kind(member->notice), 0, out);
	if (member->notice == d->dossier->current && d->members_n > 1)
		buf_adds(out, " <span class=\"mark\">text in force here</span>");
	add_fate(node, out);
	add_later_versions(member, buf_str(&anchor), out);
	buf_adds(out, "</li>\n");
}

static void
add_timeline(const struct page *p, const struct site_dossier *d, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	begin_section("story", "Story", out);
	buf_adds(out, "<ol class=\"timeline\">\n");
	for (size_t i = 0; i < d->members_n; i++)
		add_station(d, &d->members[i], &d->dossier->v[i], out);
	buf_adds(out, "</ol>\n");
	if (d->twin[0] != '\0') {
		site_dossier_path(d->twin, NULL, &path);
		buf_adds(out, "<p>The same draft in the other system: ");
		page_link(p, buf_str(&path), d->twin, out);
		buf_adds(out, "</p>\n");
	}
	buf_adds(out, "</section>\n");
}

/* ---- its notifications ---- */

static void
add_way_to_all(const struct page *p, const char *path, size_t length, struct buf *out)
{
	buf_adds(out, "<p>Only the beginnings of long texts and lists: ");
	page_link(p, path, "all that it says", out);
	dossier_weight(length, out);
	buf_adds(out, "</p>\n");
}

static void
add_record(const struct page *p, const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	bool open = d->whole || d->members_n == 1 || member->notice == d->dossier->current;
	enum site_told told = dossier_told(d, member);
	AUTO_BUF path = BUF_INIT;

	site_record_path(d, member, &path);
	if (told == SITE_TOLD_APART) {
		buf_adds(out, "<p>");
		page_link(p, buf_str(&path), "What it says", out);
		dossier_weight(member->record_length, out);
		buf_adds(out, "</p>\n");
		return;
	}
	buf_adds(out, open ? "" : "<details>\n<summary>What it says</summary>\n");
	if (told == SITE_TOLD_IN_PART)
		add_way_to_all(p, buf_str(&path), member->record_length, out);
	dossier_facts(p, member->notice, told == SITE_TOLD_IN_PART ? buf_str(&path) : NULL, out);
	buf_adds(out, open ? "" : "</details>\n");
}

static void
add_member(const struct page *p, const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	const struct notice *n = member->notice;
	AUTO_BUF anchor = BUF_INIT;

	site_anchor(n->id, &anchor);
	buf_addf(out, "<section aria-labelledby=\"%s\">\n<h3 id=\"%s\">", buf_str(&anchor), buf_str(&anchor));
	page_text(n->id, 0, out);
	buf_addf(out, ": %s</h3>\n", dossier_kind(n));
	if (date_is_set(n->vanished)) {
		buf_adds(out, "<p>Gone from the source since ");
		page_time(n->vanished, out);
		buf_adds(out, ".</p>\n");
	}
	dossier_changes(p, d, member, out);
	add_record(p, d, member, out);
	buf_adds(out, "</section>\n");
}

/* ---- sources ---- */

/* Which state a sheet shows. The day of publishing is none: unchanged pages are not made again. */
static void
add_last_version(const struct site_dossier *d, struct buf *out)
{
	int64_t last = 0;

	for (size_t i = 0; i < d->members_n; i++)
		for (size_t k = 0; k < d->members[i].versions_n; k++)
			if (d->members[i].versions[k].at > last)
				last = d->members[i].versions[k].at;
	if (last == 0)
		return;
	buf_adds(out, " Its last version came here on ");
	page_time(date_of_instant(last), out);
	buf_addc(out, '.');
}

static void
add_citation(const struct site_meta *m, const struct site_dossier *d, struct buf *out)
{
	const struct notice *n = dossier_current(d);
	AUTO_BUF path = BUF_INIT;

	buf_adds(out, "<h3 id=\"cite\">How to cite</h3>\n<blockquote class=\"cite\">\n<p>");
	page_text(n->member[0] != '\0' ? member_name(n->member) : "Unknown member", 0, out);
	buf_adds(out, ", ");
	page_quote("cite", NULL, n->title.lang, n->title.s != NULL ? n->title.s : "(no title)", 300, out);
	buf_adds(out, ", notification ");
	page_text(n->id, 0, out);
	buf_adds(out, n->source == SOURCE_TRIS ? " under Directive (EU) 2015/1535" : " to the World Trade Organization");
	if (date_is_set(n->distributed)) {
		buf_adds(out, ", ");
		page_time(n->distributed, out);
	}
	buf_adds(out, ".");
	if (n->url != NULL) {
		buf_addc(out, ' ');
		page_source_link(n->url, n->url, out);
	}
	if (m->url != NULL) {
		buf_adds(out, " As kept at ");
		site_dossier_path(d->id, NULL, &path);
		page_text(m->url, 0, out);
		page_text(buf_str(&path), 0, out);
		buf_addc(out, '.');
	}
	add_last_version(d, out);
	buf_adds(out, "</p>\n</blockquote>\n");
}

static void
add_sources(const struct site_meta *m, const struct site_dossier *d, struct buf *out)
{
	begin_section("sources", "Sources", out);
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < d->members_n; i++) {
		const struct notice *n = d->members[i].notice;
		AUTO_BUF text = BUF_INIT;

		if (dossier_told(d, &d->members[i]) == SITE_TOLD_APART)
			continue;
		buf_addf(&text, "%s at %s", n->id, n->source == SOURCE_TRIS ? "TRIS" : "ePing");
		buf_adds(out, "<li>");
		page_source_link(n->url, buf_str(&text), out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
	if (dossier_apart(d) > 0)
		buf_addf(out, "<p>Those of %zu more are named with what they say.</p>\n", dossier_apart(d));
	add_citation(m, d, out);
	buf_adds(out, "</section>\n");
}

/* ---- the page, and all on one page ---- */

static void
add_sections(const struct site_meta *m, const struct page *p, const struct site_dossier *d, struct buf *out)
{
	add_deadlines(m, d, out);
	add_timeline(p, d, out);
	begin_section("records", "What was notified", out);
	for (size_t i = 0; i < d->members_n; i++)
		add_member(p, d, &d->members[i], out);
	buf_adds(out, "</section>\n");
	dossier_documents(p, d, out);
	add_labels(p, d, out);
	add_sources(m, d, out);
}

static struct page
frame(const struct site_dossier *d, const char *path, const char *lead)
{
	const struct notice *n = dossier_current(d);

	return (struct page){ .section = PAGE_NONE, .path = path, .title = n->title.s != NULL ? n->title.s : d->id, .symbol = d->id, .lang = n->title.lang,
	    .lead = lead };
}

/* A sheet has no links: the address in full where the site has one, else the file beside this one. */
static void
add_paper_note(const struct site_meta *m, const char *whole, struct buf *out)
{
	buf_adds(out, "<p class=\"paper\">Not all of this dossier is on this page. All of it on one page, to print: ");
	page_text(m->url, 0, out);
	page_text(m->url != NULL ? whole : strrchr(whole, '/') + 1, 0, out);
	buf_adds(out, "</p>\n");
}

void
site_dossier_page(const struct site_meta *m, const struct site_dossier *d, struct buf *out)
{
	AUTO_BUF base = BUF_INIT, path = BUF_INIT, json = BUF_INIT, text = BUF_INIT, whole = BUF_INIT, lead = BUF_INIT;
	struct page p;

	site_dossier_base(d->id, &base);
	buf_addf(&path, "%s.html", buf_str(&base));
	buf_addf(&json, "%s.json", buf_str(&base));
	buf_addf(&text, "%s.txt", buf_str(&base));
	write_lead(d, &lead);
	p = frame(d, buf_str(&path), buf_str(&lead));
	p.beside[0] = (struct page_beside){ "application/json", buf_str(&json), "This dossier as JSON", "JSON" };
	p.beside[1] = (struct page_beside){ "text/plain", buf_str(&text), "Its records as text", "Text" };
	if (site_dossier_has_whole(d)) {
		site_dossier_whole_path(d, &whole);
		p.beside[2] = (struct page_beside){ "text/html", buf_str(&whole), "All of this dossier on one page, to print", "All on one page, to print" };
	}
	page_begin(m, &p, out);
	if (whole.len > 0)
		add_paper_note(m, buf_str(&whole), out);
	add_sections(m, &p, d, out);
	page_end(m, &p, out);
}

void
site_dossier_whole_path(const struct site_dossier *d, struct buf *out)
{
	site_dossier_base(d->id, out);
	buf_adds(out, ".whole.html");
}

void
site_dossier_whole_page(const struct site_meta *m, const struct site_dossier *d, struct buf *out)
{
	AUTO_BUF path = BUF_INIT, page = BUF_INIT, lead = BUF_INIT;
	struct site_dossier whole = *d;
	struct page p;

	whole.whole = true;
	site_dossier_whole_path(d, &path);
	site_dossier_path(d->id, NULL, &page);
	write_lead(d, &lead);
	p = frame(d, buf_str(&path), buf_str(&lead));
	p.beside[0] = (struct page_beside){ "text/html", buf_str(&page), "This dossier in parts, for the screen", "In parts, for the screen" };
	page_begin(m, &p, out);
	add_sections(m, &p, &whole, out);
	page_end(m, &p, out);
}
