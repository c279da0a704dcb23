/* What the site is and what it does not promise. */
#include "../base/buf.h"
#include "page.h"

static const char what[] =
    "<section aria-labelledby=\"what\">\n<h2 id=\"what\">What is collected</h2>\n"
    "<p>Governments announce draft technical regulations before they adopt them: to all Members of the World Trade Organization through ePing "
    "(notifications under the Agreements on technical barriers to trade and on sanitary and phytosanitary measures), and inside the European Union through TRIS "
    "(Directive (EU) 2015/1535). This site shows every notification of both that was read, with all that came after it: revisions, addenda, corrigenda, "
    "extended deadlines, reactions, final texts.</p>\n"
    "<p>Each version of a notification is kept. What the source changes, even without saying so, shows as a new version with the difference marked: "
    "<del>taken away</del>, <ins>put in</ins>.</p>\n</section>\n";

static const char how[] =
    "<section aria-labelledby=\"how\">\n<h2 id=\"how\">How</h2>\n"
    "<p>A program, regwatch, reads both systems at regular times, writes each notification into one form, keeps every version in a history that cannot be changed "
    "unseen, and makes these pages from it. Sectors are given by rules over product codes and words; each says on the page of the draft why it applies. "
    "What no rule matches is listed as in no sector, never left out.</p>\n</section>\n";

static const char promise[] =
    "<section aria-labelledby=\"not\">\n<h2 id=\"not\">What it does not promise</h2>\n<ul>\n"
    "<li>The sources alone are authentic. Before you rely on a date or a text, look there: every page links to its source.</li>\n"
    "<li>A deadline is a day and ends at 23:59 where the notifying member is. Your enquiry point may need your comment earlier.</li>\n"
    "<li>Whether a draft was adopted, and with which text, is shown only where a follow-up says so.</li>\n"
    "<li>A sector is a help for finding, no legal classification.</li>\n"
    "<li>An attached text that could not be had is linked, not shown.</li>\n"
    "</ul>\n</section>\n"
    "<section aria-labelledby=\"privacy\">\n<h2 id=\"privacy\">Privacy</h2>\n"
    "<p>These pages set no cookies, need no scripts and load nothing from elsewhere. Search runs in your browser: what you look for is sent nowhere.</p>\n</section>\n";

void
site_about_page(const struct site_meta *m, const struct site_counts *c, struct buf *out)
{
	const struct page p = { .path = "about.html", .title = "About this site", .section = PAGE_ABOUT,
	    .lead = "What is collected, how, how fresh it is, and what it does not promise." };

	page_begin(m, &p, out);
	buf_adds(out, what);
	buf_adds(out, how);
	buf_adds(out, "<section aria-labelledby=\"fresh\">\n<h2 id=\"fresh\">How fresh</h2>\n<p>As of ");
	page_time(m->today, out);
	buf_addf(out, ": %zu notifications in %zu dossiers, %zu versions of them, %zu dossiers open for comment.</p>\n", c->notifications, c->dossiers, c->versions,
	    c->open);
	page_coverage(m, out);
	buf_adds(out, "</section>\n");
	buf_adds(out, promise);
	page_end(m, &p, out);
}
