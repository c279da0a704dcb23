/* Redlines in the site: in one column and side by side, in the dossier's page or on pages of their own. */
#include "redlines.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"

#define CONTEXT 1	/* unchanged sentences around a change */

const struct redline *
redline_of(const struct site_member *member, const struct site_version *version)
{
	return version != NULL ? &version->redline : &member->redline;
}

bool
redline_is_empty(const struct redline *r)
{
	return r->n + r->documents_n == 0;
}

void
redline_prefix(const struct site_member *member, const struct site_version *version, struct buf *out)
{
	AUTO_BUF anchor = BUF_INIT;

	site_anchor(member->notice->id, &anchor);
	if (version == NULL)
		buf_addf(out, "%s", buf_str(&anchor));
	else if (strcmp(buf_str(&anchor), "base") == 0)
		buf_addf(out, "v%d", version->number);
	else
		buf_addf(out, "%s.v%d", buf_str(&anchor), version->number);
}

bool
site_redline_has_sides(const struct redline *r)
{
	for (size_t i = 0; i < r->documents_n; i++)
		if (!r->documents[i].added && !r->documents[i].removed)
			return true;
	return false;
}

void
site_redline_path(const struct site_dossier *d, const struct site_member *member, const struct site_version *version, bool sides, struct buf *out)
{
	site_dossier_base(d->id, out);
	buf_addc(out, '.');
	redline_prefix(member, version, out);
	buf_adds(out, sides ? ".sides.html" : ".html");
}

/* ---- the two views ---- */

void
redline_write_evidence(const struct page *p, const char *path, const struct site_member *member, const struct site_version *version, struct buf *out)
{
	const struct redline *r = redline_of(member, version);
	AUTO_BUF prefix = BUF_INIT;

	redline_prefix(member, version, &prefix);
	if (version == NULL || site_redline_has_sides(r))
		dossier_evidence(p, path, buf_str(&prefix), r, out);
}

void
redline_write(const struct redline *r, const char *id_prefix, unsigned heading, struct buf *out)
{
	const struct redline_style style = { .context = CONTEXT, .id_prefix = id_prefix, .heading = heading };

	redline_html_styled(r, &style, out);
}

/* Only the texts that have two sides. */
void
redline_write_sides(const struct redline *r, unsigned heading, struct buf *out)
{
	const struct redline_style style = { .context = CONTEXT, .side_by_side = true, .heading = heading };
	AUTO_FREE struct document_change *documents = xcalloc(r->documents_n + 1, sizeof(*documents));
	struct redline texts = { .documents = documents };

	for (size_t i = 0; i < r->documents_n; i++)
		if (!r->documents[i].added && !r->documents[i].removed)
			documents[texts.documents_n++] = r->documents[i];	/* borrowed */
	redline_html_styled(&texts, &style, out);
}

/* ---- pages of their own ---- */

static void
write_title(const struct site_member *member, const struct site_version *version, bool sides, struct buf *out)
{
	buf_addf(out, "%s, ", member->notice->id);
	if (version != NULL)
		buf_addf(out, "version %d: what changed", version->number);
	else
		buf_addf(out, "compared with %s", member->against->id);
	buf_adds(out, sides ? ", side by side" : "");
}

static void
add_way_back(const struct page *p, const struct site_dossier *d, const struct site_member *member, const struct site_version *version, bool sides, struct buf *out)
{
	AUTO_BUF dossier = BUF_INIT, other = BUF_INIT;

	site_dossier_path(d->id, member->notice->id, &dossier);
	buf_adds(out, "<ul class=\"beside\">\n<li>");
	page_link(p, buf_str(&dossier), "The dossier", out);
	buf_adds(out, "</li>\n");
	if (site_redline_has_sides(redline_of(member, version))) {
		site_redline_path(d, member, version, !sides, &other);
		buf_adds(out, "<li>");
		page_link(p, buf_str(&other), sides ? "In one column" : "Side by side", out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

void
site_redline_page(const struct site_meta *m, const struct site_dossier *d, const struct site_member *member, const struct site_version *version, bool sides,
    struct buf *out)
{
	const struct redline *r = redline_of(member, version);
	AUTO_BUF path = BUF_INIT, title = BUF_INIT, words = BUF_INIT, prefix = BUF_INIT;
	struct page p = { .section = PAGE_NONE };

	site_redline_path(d, member, version, sides, &path);
	write_title(member, version, sides, &title);
	redline_prefix(member, version, &prefix);
	if (version != NULL)
		dossier_events(member->notice->source, &version->events, &words);
	p.path = buf_str(&path);
	p.title = buf_str(&title);
	p.lead = words.len > 0 ? buf_str(&words) : NULL;
	page_begin(m, &p, out);
	add_way_back(&p, d, member, version, sides, out);
	if (sides) {
		redline_write_sides(r, 2, out);
	} else {
		redline_write_evidence(&p, NULL, member, version, out);
		redline_write(r, buf_str(&prefix), 2, out);
	}
	page_end(m, &p, out);
}
