/* What changed from version to version. */
#include <string.h>

#include "../base/buf.h"
#include "dossier.h"

#define CONTEXT 1	/* unchanged sentences around a change */

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

static void
add_redline(const struct redline *r, struct buf *out)
{
	redline_html(r, CONTEXT, out);
}

static void
add_version(const struct site_member *member, const struct site_version *v, struct buf *out)
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
	add_redline(&v->redline, out);
	buf_adds(out, "<p class=\"quiet\">Commit <code>");
	page_text(v->commit, 12, out);
	buf_adds(out, "</code></p>\n</section>\n");
}

void
dossier_changes(const struct page *p, const struct site_member *member, struct buf *out)
{
	AUTO_BUF link = BUF_INIT;

	(void)p;
	if (member->against != NULL && member->redline.n > 0) {
		site_anchor(member->against->id, &link);
		buf_addf(out, "<section class=\"version\">\n<h4>Compared with <a href=\"#%s\">", buf_str(&link));
		page_text(member->against->id, 0, out);
		buf_adds(out, "</a></h4>\n");
		add_redline(&member->redline, out);
		buf_adds(out, "</section>\n");
	}
	for (size_t i = member->versions_n; i > 1; i--)
		add_version(member, &member->versions[i - 1], out);
}
