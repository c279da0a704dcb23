/* Attached texts: which of them are held, where their authors keep them, and each as a page. */
#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "dossier.h"

/* Letter case of a link tells no two documents apart: the WTO writes it in turns. What is told apart is not listed. */
static bool
listed_before(const struct site_dossier *d, size_t first, size_t member, size_t document)
{
	const char *url = d->members[member].notice->documents.v[document].url;

	for (size_t i = first; i <= member; i++) {
		const struct documents *docs = &d->members[i].notice->documents;

		if (i < member && dossier_told(d, &d->members[i]) == SITE_TOLD_APART)
			continue;
		for (size_t k = 0; k < (i == member ? document : docs->n); k++)
			if (strcasecmp(docs->v[k].url, url) == 0)
				return true;
	}
	return false;
}

static const char *
kind_word(const struct document *doc)
{
	static const struct { const char *kind, *word; } words[] = {
		{ "draft", "Draft text" }, { "final", "Final text" }, { "modification", "Modified draft" }, { "notification", "Notification form" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].kind, doc->kind) == 0)
			return words[i].word;
	return "Attached text";
}

static const struct site_text *
text_of(const struct site_member *member, const struct document *doc)
{
	for (size_t i = 0; i < member->texts_n; i++)
		if (member->texts[i].document == doc)
			return &member->texts[i];
	return NULL;
}

/* "under 1 KB", "34 KB" */
static void
add_size(size_t bytes, struct buf *out)
{
	if (bytes < 1000)
		buf_adds(out, "under 1 KB");
	else
		buf_addf(out, "%zu KB", (bytes + 500) / 1000);
}

/* ---- in the dossier's page ---- */

static void
add_held(const struct page *p, const struct site_dossier *d, const struct site_text *t, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	if (t == NULL) {
		buf_adds(out, "<span class=\"quiet\">not held</span>");
		return;
	}
	site_text_path(d, t, &path);
	page_link(p, buf_str(&path), t->name, out);
	buf_adds(out, " <span class=\"quiet\">(");
	add_size(t->bytes, out);
	buf_adds(out, ")</span>");
}

static void
add_document(const struct page *p, const struct site_dossier *d, const struct site_member *member, const struct document *doc, struct buf *out)
{
	buf_addf(out, "<tr><th scope=\"row\">%s</th><td>", kind_word(doc));
	page_text(member->notice->id, 0, out);
	buf_adds(out, "</td><td>");
	page_text(doc->lang, 0, out);
	buf_adds(out, "</td><td>");
	add_held(p, d, text_of(member, doc), out);
	buf_adds(out, "</td><td>");
	page_source_link(doc->url, doc->url, out);
	buf_adds(out, "</td></tr>\n");
}

static const char table_head[] = "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Attached texts\">\n<table class=\"documents\">\n"
    "<caption>Attached texts: what was read of them, and the originals where their authors keep them</caption>\n<thead><tr><th scope=\"col\">Text</th>"
    "<th scope=\"col\">Of</th><th scope=\"col\">Language</th><th scope=\"col\">As read</th><th scope=\"col\">Original</th></tr></thead>\n<tbody>\n";

/* Of a member; a text that one from 'first' on has too is not listed again. Returns how many rows there are now. */
static size_t
add_documents(const struct page *p, const struct site_dossier *d, size_t first, size_t i, size_t n, struct buf *out)
{
	const struct documents *docs = &d->members[i].notice->documents;

	for (size_t k = 0; k < docs->n; k++) {
		if (listed_before(d, first, i, k))
			continue;
		buf_adds(out, n++ == 0 ? table_head : "");
		add_document(p, d, &d->members[i], &docs->v[k], out);
	}
	return n;
}

static void
begin_documents(struct buf *out)
{
	buf_adds(out, "<section aria-labelledby=\"documents\">\n<h2 id=\"documents\">Documents</h2>\n");
}

void
dossier_documents(const struct page *p, const struct site_dossier *d, struct buf *out)
{
	size_t n = 0;

	begin_documents(out);
	for (size_t i = 0; i < d->members_n; i++)
		if (dossier_told(d, &d->members[i]) != SITE_TOLD_APART)
			n = add_documents(p, d, 0, i, n, out);
	buf_adds(out, n > 0 ? "</tbody>\n</table>\n</div>\n" : dossier_apart(d) == 0 ? "<p>No text is attached.</p>\n" : "");
	if (dossier_apart(d) > 0)
		buf_addf(out, "<p>Those of %zu more %s named with what they say.</p>\n", dossier_apart(d), dossier_apart(d) == 1 ? "notification is" : "notifications are");
	buf_adds(out, "</section>\n");
}

void
dossier_documents_of(const struct page *p, const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	size_t i = (size_t)(member - d->members), n;

	begin_documents(out);
	n = add_documents(p, d, i, i, 0, out);
	buf_adds(out, n > 0 ? "</tbody>\n</table>\n</div>\n</section>\n" : "<p>No text is attached.</p>\n</section>\n");
}

/* ---- pages ---- */

void
site_text_path(const struct site_dossier *d, const struct site_text *t, struct buf *out)
{
	site_dossier_base(d->id, out);
	buf_addf(out, ".%s.html", t->name);
}

static void
add_origin(const struct page *p, const struct site_dossier *d, const struct site_member *member, const struct site_text *t, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	site_dossier_path(d->id, member->notice->id, &path);
	buf_adds(out, "<p>Attached to ");
	page_link(p, buf_str(&path), member->notice->id, out);
	buf_adds(out, ". The words alone, as a program read them: layout, pictures and some signs are lost. What counts is the original: ");
	page_source_link(t->document->url, t->document->url, out);
	buf_adds(out, "</p>\n");
}

void
site_text_page(const struct site_meta *m, const struct site_dossier *d, const struct site_member *member, const struct site_text *t, struct buf *out)
{
	AUTO_BUF path = BUF_INIT, title = BUF_INIT;
	struct page p = { .section = PAGE_NONE };

	site_text_path(d, t, &path);
	buf_addf(&title, "%s of %s", kind_word(t->document), member->notice->id);
	if (t->document->lang[0] != '\0')
		buf_addf(&title, " (%s)", t->document->lang);
	p.path = buf_str(&path);
	p.title = buf_str(&title);
	page_begin(m, &p, out);
	add_origin(&p, d, member, t, out);
	buf_adds(out, "<article class=\"text\">\n");
	page_paragraphs(t->document->lang, t->text, out);
	buf_adds(out, "</article>\n");
	page_end(m, &p, out);
}
