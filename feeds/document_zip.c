#include "document_zip.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/json.h"
#include "../lib/base/limits.h"
#include "../lib/base/sandbox.h"
#include "../lib/base/utf8.h"
#include "document.h"
#include "document_writer.h"
#include "zip.h"

#define SECONDS 60
#define MEMORY ((size_t)1 << 30)
#define LIST_MOST (1 << 20)
#define LONGEST_NAME 200
#define DEEPEST 1		/* archives in an archive */

struct member {
	char *name;		/* as it is shown */
	bool outside;		/* its path leads out of the archive */
	size_t place;		/* in the archive */
};

struct members {
	struct member *v;
	size_t n, cap;
};

static void
members_clear(struct members *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->v[i].name);
	free(m->v);
}

#define AUTO_MEMBERS __attribute__((cleanup(members_clear))) struct members

/* What a child has to do: list the members, or unpack one of them. */
struct job {
	const char *bytes;
	size_t n;
	size_t place;
};

/* In the child: the names as a JSON array, nothing of them believed. */
static int
list_members(void *ctx, struct buf *out, struct error *err)
{
	const struct job *job = ctx;
	AUTO_ZIP *zip = NULL;
	AUTO_JSON *names = json_array();
	AUTO_BUF clean = BUF_INIT;
	const char *name;
	int rc = zip_open_memory(job->bytes, job->n, "archive", &zip, err);

	while (rc >= 0 && (rc = zip_next(zip, &name, err)) == 1) {
		buf_reset(&clean);
		utf8_clean(name, strnlen(name, LONGEST_NAME), false, &clean);
		json_array_append_new(names, json_stringn(buf_str(&clean), clean.len));
	}
	if (rc == 0)
		json_write(names, false, out);
	return rc;
}

static int
unpack_member(void *ctx, struct buf *out, struct error *err)
{
	const struct job *job = ctx;
	AUTO_ZIP *zip = NULL;
	const char *name;
	int rc = zip_open_memory(job->bytes, job->n, "archive", &zip, err);

	for (size_t i = 0; rc >= 0 && i <= job->place; i++)
		if ((rc = zip_next(zip, &name, err)) == 0)
			return error_set(err, ERR_DATA, "the archive ends before it");
	return rc < 0 ? rc : zip_read_all(zip, LIMIT_DOCUMENT, out, err);
}

/* ---- which members ---- */

/* What systems and programs leave in archives. */
static bool
is_litter(const char *name)
{
	const char *slash = strrchr(name, '/'), *base = slash != NULL ? slash + 1 : name;

	return strncmp(name, "__MACOSX/", 9) == 0 || base[0] == '.' || strcmp(base, "Thumbs.db") == 0 || strcmp(base, "desktop.ini") == 0;
}

static bool
leads_outside(const char *name)
{
	if (name[0] == '/' || strchr(name, '\\') != NULL || (name[0] != '\0' && name[1] == ':'))
		return true;
	for (const char *at = name; at != NULL; at = strchr(at, '/')) {
		at += *at == '/';
		if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
			return true;
	}
	return false;
}

static int
compare(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c != 0 ? c : (x->place > y->place) - (x->place < y->place);
}

static int
read_members(const struct sandbox *box, struct job *job, struct members *out, struct error *err)
{
	AUTO_BUF list = BUF_INIT;
	AUTO_JSON *names = NULL;
	const json_t *item;
	size_t i;
	int rc;

	if ((rc = sandbox_call(box, list_members, job, &list, err)) < 0 || (rc = json_parse(buf_str(&list), list.len, &names, err)) < 0)
		return rc;
	json_array_foreach(names, i, item) {
		const char *name = json_is_string(item) ? json_string_value(item) : "";
		bool outside = leads_outside(name);

		if (!outside && is_litter(name))
			continue;
		out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
		out->v[out->n++] = (struct member){ .name = xstrdup(*name != '\0' ? name : "without name"), .outside = outside, .place = i };
	}
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), compare);
	return 0;
}

/* ---- their texts ---- */

struct result {
	struct buf text;
	struct strv tools;
	size_t good, unpacked;
	struct error first;		/* why the first one was refused */
};

static void
result_clear(struct result *r)
{
	buf_clear(&r->text);
	strv_clear(&r->tools);
}

#define AUTO_RESULT __attribute__((cleanup(result_clear))) struct result

/* Headings of a member stand one level below its name. */
static void
add_text(const char *text, struct buf *out)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n") + 1;

		if (text[0] == '#' && strncmp(text, "######", 6) != 0)
			buf_addc(out, '#');
		buf_add(out, text, n);
		text += n;
	}
}

static void
add_member(const struct member *m, struct document_text *d, struct document_text *all, struct result *r)
{
	buf_addf(&r->text, "# %s\n", m->name);
	add_text(d->text, &r->text);
	strv_add(&r->tools, d->tool);
	all->insertions += d->insertions;
	all->deletions += d->deletions;
	all->pages += d->pages;
	all->scanned = (r->good == 0 || all->scanned) && d->scanned;
	for (size_t i = 0; i < d->notes.n; i++)
		strv_take(&all->notes, xasprintf("'%s': %s", m->name, d->notes.v[i]));
	r->good++;
}

static int
read_member(const struct sandbox *box, struct job *job, const struct member *m, unsigned depth, struct result *r, struct document_text *d, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	int rc;

	if (m->outside)
		return error_set(err, ERR_DATA, "its path leads outside the archive");
	job->place = m->place;
	if ((rc = sandbox_call(box, unpack_member, job, &bytes, err)) < 0)
		return rc;
	r->unpacked += bytes.len;
	if (r->unpacked > LIMIT_DOCUMENT_UNPACKED)
		return error_set(err, ERR_DATA, "the archive unpacks to more than %zu MB", LIMIT_DOCUMENT_UNPACKED >> 20);
	return document_extract_at(m->name, buf_str(&bytes), bytes.len, depth + 1, d, err);
}

/* One member; only what is not its own fault fails the whole. */
static int
take_member(const struct sandbox *box, struct job *job, const struct member *m, unsigned depth, struct result *r, struct document_text *out, struct error *err)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error why = { 0, "" };
	int rc = read_member(box, job, m, depth, r, &d, &why);

	if (rc < 0 && rc != ERR_DATA) {
		*err = why;
		return document_named(m->name, err);
	}
	if (rc == 0) {
		add_member(m, &d, out, r);
	} else {
		document_named(m->name, &why);
		strv_take(&out->notes, xasprintf("refused: %s", why.text));
		if (r->first.code == 0)
			r->first = why;
	}
	return r->text.len > LIMIT_DOCUMENT_TEXT ? error_set(err, ERR_DATA, "more than %d MB of text", LIMIT_DOCUMENT_TEXT >> 20) : 0;
}

static int
finish(struct result *r, struct document_text *out, struct error *err)
{
	AUTO_BUF tool = BUF_INIT;

	if (r->good == 0 && r->first.code != 0) {
		*err = r->first;
		return err->code;
	}
	if (r->good == 0)
		return error_set(err, ERR_DATA, "an archive without files");
	strv_sort(&r->tools);
	buf_adds(&tool, "regwatch-zip 1; ");
	strv_join(&r->tools, "; ", &tool);
	out->text = buf_take(&r->text);
	out->tool = buf_take(&tool);
	return 0;
}

int
document_zip_extract(const char *name, const char *bytes, size_t n, unsigned depth, struct document_text *out, struct error *err)
{
	const struct sandbox lister = { .what = name, .seconds = SECONDS, .memory = MEMORY, .output = LIST_MOST };
	const struct sandbox unpacker = { .what = name, .seconds = SECONDS, .memory = MEMORY, .output = LIMIT_DOCUMENT };
	struct job job = { bytes, n, 0 };
	AUTO_MEMBERS members = { .v = NULL };
	AUTO_RESULT r = { .good = 0 };
	int rc;

	if (depth > DEEPEST)
		return error_set(err, ERR_DATA, "an archive in an archive in an archive");
	if ((rc = read_members(&lister, &job, &members, err)) < 0)
		return rc;
	if (members.n > LIMIT_DOCUMENT_MEMBERS)
		return error_set(err, ERR_DATA, "an archive of %zu files; %d are read at most", members.n, LIMIT_DOCUMENT_MEMBERS);
	for (size_t i = 0; i < members.n; i++)
		if ((rc = take_member(&unpacker, &job, &members.v[i], depth, &r, out, err)) < 0)
			return rc;
	return finish(&r, out, err);
}
