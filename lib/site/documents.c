/* Attached texts: which of them are held, where their authors keep them, and each as a page. */
#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "dossier.h"

#define DOCUMENTS_SHOWN 12	/* of a notification that is told in part */

size_t
dossier_documents_shown(const struct site_dossier *d, const struct site_member *member)
{
	size_t n = member->notice->documents.n;

	switch (dossier_told(d, member)) {
	case SITE_TOLD_APART:
		return 0;
	case SITE_TOLD_IN_PART:
		return n > DOCUMENTS_SHOWN ? DOCUMENTS_SHOWN : n;
	default:
		return n;
	}
}

/* Letter case of a link tells no two documents apart: the WTO writes it in turns. What is not shown is not listed. */
static bool
listed_before(const struct site_dossier *d, size_t first, size_t member, size_t document)
{
	const char *url = d->members[member].notice->documents.v[document].url;

	for (size_t i = first; i <= member; i++) {
		const struct documents *docs = &d->members[i].notice->documents;

		for (size_t k = 0; k < (i == member ? document : dossier_documents_shown(d, &d->members[i])); k++)
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

void
dossier_size(size_t bytes, struct buf *out)
{
	buf_adds(out, " <span class=\"quiet\">(");
	if (bytes < 1000)
		buf_adds(out, "under 1 KB");
	else
		buf_addf(out, "%zu KB", (bytes + 500) / 1000);
	buf_adds(out, ")</span>");
}

void
dossier_weight(size_t bytes, struct buf *out)
{
	if (bytes >= 50000)
		dossier_size(bytes, out);
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
	dossier_size(t->bytes, out);
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

/* The first 'most' of a member; a text that one from 'first' on has too is not listed again. Returns how many rows there are now. */
static size_t
add_documents(const struct page *p, const struct site_dossier *d, size_t first, size_t i, size_t most, size_t n, struct buf *out)
{
	const struct documents *docs = &d->members[i].notice->documents;

	for (size_t k = 0; k < most && k < docs->n; k++) {
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

static void
add_way_to_more(const struct page *p, const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	size_t n = member->notice->documents.n - dossier_documents_shown(d, member);
	AUTO_BUF path = BUF_INIT, words = BUF_INIT;

	if (dossier_told(d, member) != SITE_TOLD_IN_PART || n == 0)
		return;
	site_record_path(d, member, &path);
	buf_adds(&path, "#documents");
	buf_addf(&words, "%zu more of %s", n, member->notice->id);
	buf_adds(out, "<p>");
	page_link(p, buf_str(&path), buf_str(&words), out);
	buf_adds(out, "</p>\n");
}

void
dossier_documents(const struct page *p, const struct site_dossier *d, struct buf *out)
{
	size_t n = 0;

	begin_documents(out);
	for (size_t i = 0; i < d->members_n; i++)
		n = add_documents(p, d, 0, i, dossier_documents_shown(d, &d->members[i]), n, out);
	buf_adds(out, n > 0 ? "</tbody>\n</table>\n</div>\n" : dossier_apart(d) == 0 ? "<p>No text is attached.</p>\n" : "");
	for (size_t i = 0; i < d->members_n; i++)
		add_way_to_more(p, d, &d->members[i], out);
	if (dossier_apart(d) > 0)
		buf_addf(out, "<p>Those of %zu more %s named with what they say.</p>\n", dossier_apart(d), dossier_apart(d) == 1 ? "notification is" : "notifications are");
	buf_adds(out, "</section>\n");
}

void
dossier_documents_of(const struct page *p, const struct site_dossier *d, const struct site_member *member, size_t most, struct buf *out)
{
	size_t i = (size_t)(member - d->members), n;

	begin_documents(out);
	n = add_documents(p, d, i, i, most, 0, out);
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
