#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/json.h"
#include "../lib/base/limits.h"
#include "../lib/base/sandbox.h"
#include "document_kind.h"
#include "document_zip.h"
#include "pdf.h"

#define SECONDS 60			/* for one document: a draft of 200 KB takes a tenth of a second */
#define MEMORY ((size_t)1 << 30)
#define FRAME_MOST ((size_t)3 * LIMIT_DOCUMENT_TEXT)	/* text as JSON, with what is beside it */

enum document_form
document_form(const char *bytes, size_t n)
{
	const char *what;

	return document_kind(bytes, n, &what);
}

const char *
document_form_name(enum document_form form)
{
	static const char *const names[] = {
		[DOCUMENT_UNKNOWN] = "unknown", [DOCUMENT_DOCX] = "docx", [DOCUMENT_PDF] = "pdf", [DOCUMENT_HTML] = "html", [DOCUMENT_PLAIN] = "plain",
		[DOCUMENT_ZIP] = "zip",
	};

	return names[form];
}

/* ---- through the pipe ---- */

static void
write_frame(const struct document_text *d, struct buf *out)
{
	AUTO_JSON *frame = json_object();

	json_set_str(frame, "text", d->text);
	json_set_str(frame, "tool", d->tool);
	json_set_strv(frame, "notes", &d->notes);
	json_object_set_new(frame, "insertions", json_integer((json_int_t)d->insertions));
	json_object_set_new(frame, "deletions", json_integer((json_int_t)d->deletions));
	json_write(frame, false, out);
}

static size_t
read_count(const json_t *frame, const char *key)
{
	json_int_t value = json_integer_value(json_object_get(frame, key));

	return value > 0 ? (size_t)value : 0;
}

static int
read_frame(const struct buf *in, struct document_text *d, struct error *err)
{
	AUTO_JSON *frame = NULL;
	const json_t *notes, *note;
	size_t i;
	int rc = json_parse(buf_str(in), in->len, &frame, err);

	if (rc < 0)
		return error_prefix(err, "what its reader wrote");
	d->text = xstrdup(json_str(frame, "text"));
	d->tool = xstrdup(json_str(frame, "tool"));
	if (d->text == NULL || d->tool == NULL)
		return error_set(err, ERR_DATA, "its reader wrote no text");
	d->insertions = read_count(frame, "insertions");
	d->deletions = read_count(frame, "deletions");
	notes = json_object_get(frame, "notes");
	json_array_foreach(notes, i, note)
		if (json_is_string(note))
			strv_add(&d->notes, json_string_value(note));
	return 0;
}

struct job {
	int (*read)(const char *bytes, size_t n, struct document_text *out, struct error *err);
	const char *bytes;
	size_t n;
};

/* In the child. */
static int
work(void *ctx, struct buf *out, struct error *err)
{
	const struct job *job = ctx;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	int rc = job->read(job->bytes, job->n, &d, err);

	if (rc == 0)
		write_frame(&d, out);
	return rc;
}

/* ---- one document ---- */

static int
extract_in_child(const char *name, const struct job *job, struct document_text *out, struct error *err)
{
	const struct sandbox box = { .what = name, .seconds = SECONDS, .memory = MEMORY, .output = FRAME_MOST };
	struct job copy = *job;
	AUTO_BUF frame = BUF_INIT;
	int rc = sandbox_call(&box, work, &copy, &frame, err);

	return rc < 0 ? rc : read_frame(&frame, out, err);
}

static int
extract_form(enum document_form form, const char *name, const char *bytes, size_t n, struct document_text *out, struct error *err)
{
	static int (*const readers[])(const char *, size_t, struct document_text *, struct error *) = {
		[DOCUMENT_DOCX] = docx_text, [DOCUMENT_HTML] = html_text, [DOCUMENT_PLAIN] = plain_text,
	};
	const struct job job = { readers[form], bytes, n };

	return extract_in_child(name, &job, out, err);
}

int
document_extract_at(const char *name, const char *bytes, size_t n, unsigned depth, struct document_text *out, struct error *err)
{
	const char *what;
	enum document_form form = document_kind(bytes, n, &what);
	int rc;

	if (n > LIMIT_DOCUMENT)
		rc = error_set(err, ERR_DATA, "larger than %d MB", LIMIT_DOCUMENT >> 20);
	else if (form == DOCUMENT_UNKNOWN)
		rc = error_set(err, ERR_DATA, "its text cannot be read: it is %s", what);
	else if (form == DOCUMENT_ZIP)
		rc = document_zip_extract(name, bytes, n, depth, out, err);
	else if (form == DOCUMENT_PDF)
		rc = pdf_text(name, bytes, n, out, err);
	else
		rc = extract_form(form, name, bytes, n, out, err);
	if (rc < 0)
		document_text_clear(out);
	return rc;
}

int
document_named(const char *name, struct error *err)
{
	AUTO_FREE char *quoted = xasprintf("'%.200s'", name);

	if (strncmp(err->text, quoted, strlen(quoted)) == 0)
		return err->code;
	return error_prefix(err, "%s", quoted);
}

int
document_extract(const char *name, const char *bytes, size_t n, struct document_text *out, struct error *err)
{
	struct error why = { 0, "" };
	int rc = document_extract_at(name, bytes, n, 0, out, &why);

	if (rc < 0)
		document_named(name, &why);
	if (rc < 0 && err != NULL)
		*err = why;
	return rc;
}
