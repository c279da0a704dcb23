#include <stdlib.h>

#include "../lib/base/alloc.h"
#include "docx_body.h"

#define TOOL "regwatch-docx 1"

static int
read_notes(struct docx_body *b, struct docx_package *package, enum docx_role role, const char *root, struct docx_notes *notes, struct error *err)
{
	int rc;

	b->reading = notes;
	rc = docx_body_read(b, package, role, root, err);
	b->reading = NULL;
	docx_notes_sort(notes);
	return rc;
}

static void
note_count(struct document_text *out, size_t n, const char *one, const char *many)
{
	if (n > 0)
		strv_take(&out->notes, xasprintf("%zu %s", n, n == 1 ? one : many));
}

static int
read_parts(struct docx_body *b, struct docx_package *package, struct error *err)
{
	struct docx_notes footnotes = { .v = NULL }, endnotes = { .v = NULL };
	int rc;

	b->footnotes = b->endnotes = NULL;	/* a note does not refer to notes */
	if ((rc = read_notes(b, package, DOCX_FOOTNOTES, "footnotes", &footnotes, err)) == 0 &&
	    (rc = read_notes(b, package, DOCX_ENDNOTES, "endnotes", &endnotes, err)) == 0) {
		b->footnotes = &footnotes;
		b->endnotes = &endnotes;
		rc = docx_body_read(b, package, DOCX_MAIN, "document", err);
	}
	if (rc == 0) {
		docx_notes_write(&footnotes, "", b->writer);
		docx_notes_write(&endnotes, "e", b->writer);
	}
	docx_notes_clear(&footnotes);
	docx_notes_clear(&endnotes);
	return rc;
}

int
docx_text(const char *bytes, size_t n, struct document_text *out, struct error *err)
{
	AUTO_DOCX_PACKAGE package = { .bytes = NULL };
	AUTO_DOCX_STYLES styles = { .v = NULL };
	AUTO_DOCX_LISTS *lists = docx_lists_new();
	AUTO_WRITER *writer = document_writer_new();
	AUTO_DOCX_BODY *b = docx_body_new();
	int rc;

	if ((rc = docx_package_open(bytes, n, &package, err)) < 0 || (rc = docx_styles_read(&package, &styles, err)) < 0 ||
	    (rc = docx_lists_read(&package, lists, err)) < 0)
		return rc;
	b->styles = &styles;
	b->lists = lists;
	b->writer = writer;
	b->out = out;
	if ((rc = read_parts(b, &package, err)) < 0 || (rc = writer_finish(writer, &out->text, err)) < 0)
		return rc;
	out->tool = xstrdup(TOOL);
	note_count(out, out->insertions + out->deletions, "tracked change was accepted", "tracked changes were accepted");
	note_count(out, b->pictures, "picture was not read", "pictures were not read");
	note_count(out, b->embedded, "embedded document was not read", "embedded documents were not read");
	return 0;
}
