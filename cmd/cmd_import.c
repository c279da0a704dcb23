/* import: what a fetch brings, from files */
#include <ctype.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../feeds/eping_api.h"
#include "../feeds/eping_workbook.h"
#include "../feeds/tris_page.h"
#include "../feeds/xlsx.h"
#include "../feeds/zip.h"
#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "../lib/base/limits.h"
#include "../lib/base/message.h"
#include "../lib/base/relay.h"
#include "../store/intake.h"
#include "../store/maintain.h"
#include "collect.h"

#define BATCH 10000	/* versions committed together: they become one pack that housekeeping need not join with others */

struct import {
	struct app *app;
	const char *file;
	const char *workbook;	/* where it is read, which is not always the file */
	struct intake *in;	/* NULL between batches */
	size_t items, bad, versions;
	struct sectors *sectors;	/* those of the index once more, for the thread that reads a workbook: what they compile is not shared */
	atomic_bool news;		/* most of what comes is new */
};

static int
end_batch(struct import *im, struct error *err)
{
	int rc = im->in != NULL ? intake_commit(im->in, err) : 0;

	im->versions += im->in != NULL ? intake_versions(im->in) : 0;
	intake_free(TAKE(im->in));
	return rc;
}

static int
add_to_batch(struct import *im, const struct items *items, struct findings *findings, struct error *err)
{
	size_t before;
	int rc;

	if (im->in == NULL)
		im->in = collect_begin(im->app);
	before = intake_pending(im->in);
	if ((rc = collect_into(im->in, items, NULL, findings, err)) < 0) {
		intake_free(TAKE(im->in));
		return rc;
	}
	atomic_store(&im->news, (intake_pending(im->in) - before) * 2 > items->n);
	return intake_pending(im->in) >= BATCH ? end_batch(im, err) : 0;
}

static int
take_items(struct import *im, const struct items *items, struct findings *findings, struct error *err)
{
	for (size_t i = 0; i < items->problems.n; i++)
		message_warn("%s: %s", im->file, items->problems.v[i]);
	im->items += items->n;
	im->bad += items->bad;
	if (message_level() >= 0 && isatty(STDERR_FILENO))
		fprintf(stderr, "\r%s: %zu notifications\033[K", im->file, im->items);
	return add_to_batch(im, items, findings, err);
}

/* ---- a workbook: it is read and its rows are understood in one thread, while what they tell is kept in the other ---- */

#define WAITING 2	/* parts of some hundred rows that were read and not yet kept */

/* Some rows, and what was found out about them. */
struct part {
	struct items items;
	struct findings *findings;	/* NULL: nothing */
};

/* The reading thread's side. */
struct workbook {
	struct import *im;
	struct relay *relay;
};

static struct findings *
find_out(const struct import *im, const struct items *items)
{
	struct findings *all = xcalloc(items->n, sizeof(*all));

	for (size_t i = 0; i < items->n; i++) {
		effects_read(&items->v[i].notice, &all[i].effects);
		sectors_match(im->sectors, &items->v[i].notice, &all[i].matches);
		store_hash(buf_str(&items->v[i].raw), items->v[i].raw.len, all[i].raw_blob);
	}
	return all;
}

static int
give_items(void *ctx, struct items *items, struct error *err)
{
	const struct workbook *w = ctx;
	struct part *part = xmalloc(sizeof(*part));

	*part = (struct part){ *items, NULL };
	*items = (struct items){ .v = NULL };
	if (atomic_load(&w->im->news))
		part->findings = find_out(w->im, &part->items);
	return relay_give(w->relay, part, err);
}

/* Beside the index there is room; nothing ever has this name. */
static char *
scratch_of(const struct import *im)
{
	return app_path(im->app, "import");
}

static int
read_workbook(void *ctx, struct relay *r, struct error *err)
{
	struct workbook w = { ctx, r };
	AUTO_FREE char *scratch = scratch_of(w.im);
	const struct xlsx_file file = { .path = w.im->workbook, .scratch = scratch };

	return eping_workbook_read(&file, give_items, &w, NULL, err);
}

static int
take_part(void *ctx, void *thing, struct error *err)
{
	struct part *part = thing;

	return take_items(ctx, &part->items, part->findings, err);
}

static void
drop_part(void *thing)
{
	struct part *part = thing;

	for (size_t i = 0; part->findings != NULL && i < part->items.n; i++)
		sector_matches_clear(&part->findings[i].matches);
	free(part->findings);
	items_clear(&part->items);
	free(part);
}

static int
import_workbook(struct import *im, const char *path, struct error *err)
{
	const struct relay_ends ends = { read_workbook, take_part, drop_part, im };
	int rc = sectors_load(&im->app->conf, &im->sectors, err);

	im->workbook = path;
	atomic_init(&im->news, true);
	if (rc == 0)
		rc = relay_run(&ends, WAITING, err);
	sectors_free(TAKE(im->sectors));
	return rc;
}

/* One that came through a pipe is read several times like any other: from a file. */
static int
import_passed_workbook(struct import *im, struct buf *bytes, struct error *err)
{
	AUTO_FREE char *scratch = scratch_of(im), *path = NULL;
	AUTO_FILE *f = NULL;
	int rc = file_nameless(scratch, &f, err);

	if (rc < 0)
		return rc;
	if (fwrite(bytes->data, 1, bytes->len, f) != bytes->len || fflush(f) != 0)
		return error_errno(err, ERR_IO, "cannot write beside '%s'", scratch);
	buf_clear(bytes);
	path = xasprintf("/proc/self/fd/%d", fileno(f));
	return import_workbook(im, path, err);
}

/* ---- saved pages ---- */

static int
import_page(struct import *im, const struct buf *text, struct error *err)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_ITEMS items = { 0 };
	int rc;

	if ((rc = eping_api_rows(buf_str(text), text->len, &rows, err)) < 0)
		return rc;
	eping_join(&rows, &items);
	return take_items(im, &items, NULL, err);
}

#define PAGE_DIGITS 3	/* at least, in the number of a page: names like page-2.html tell another one */

/* The number in a name like 27517.html or en-27517.html, 0 in any other: a wrong one would be a wrong address, and news where there is none. */
static long
number_in_name(const char *file)
{
	const char *base = strrchr(file, '/');
	size_t before, digits;

	base = base != NULL ? base + 1 : file;
	before = strcspn(base, "0123456789");
	digits = strspn(base + before, "0123456789");
	if (digits < PAGE_DIGITS || (base[before + digits] != '.' && base[before + digits] != '\0') || (before > 0 && strchr("-_", base[before - 1]) == NULL))
		return 0;
	return strtol(base + before, NULL, 10);
}

/* A saved page does not always tell its own number: a link in it, or else the file's name, does. 0: neither. */
static long
page_number(const char *html, const char *file)
{
	const char *link = strstr(html, "/notification/");

	if (link != NULL && isdigit((unsigned char)link[strlen("/notification/")]))
		return strtol(link + strlen("/notification/"), NULL, 10);
	return number_in_name(file);
}

static int
import_tris(struct import *im, const struct buf *text, struct error *err)
{
	AUTO_ITEMS items = { 0 };
	AUTO_STRV warnings = STRV_INIT;
	struct item *item = items_add(&items);
	long page = page_number(buf_str(text), im->file);
	AUTO_FREE char *url = tris_page_url(page);
	int rc;

	item->way = WAY_TRIS;
	item->hint = xasprintf("%ld", page);
	buf_add(&item->raw, buf_str(text), text->len);
	if ((rc = tris_page_decode(buf_str(text), text->len, "", url, &item->notice, &warnings, err)) < 0)
		return rc;
	for (size_t i = 0; i < warnings.n; i++)
		message_info("%s: %s", im->file, warnings.v[i]);
	return take_items(im, &items, NULL, err);
}

/* Does the file begin as zip archives do? A workbook is not read as a whole; what comes through a pipe can be read only once. */
static bool
is_workbook(const char *file)
{
	AUTO_FILE *f = NULL;
	struct stat st;
	char start[ZIP_START];

	if (stat(file, &st) < 0 || !S_ISREG(st.st_mode) || (f = fopen(file, "rbe")) == NULL)
		return false;
	return zip_begins(start, fread(start, 1, sizeof(start), f));
}

static int
import_file(struct import *im, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	const char *p;
	int rc;

	if (is_workbook(im->file))
		return import_workbook(im, im->file, err);
	if ((rc = file_read(im->file, LIMIT_FILE, &text, err)) < 0)
		return rc;
	if (zip_begins(text.data, text.len))
		return import_passed_workbook(im, &text, err);
	p = buf_str(&text);
	if (text.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	p += strspn(p, " \t\r\n");
	if (*p == '{' || *p == '[')
		return import_page(im, &text, err);
	if (*p == '<')
		return import_tris(im, &text, err);
	return error_set(err, ERR_DATA, "neither a workbook, nor JSON, nor HTML");
}

int
cmd_import(struct app *app, const struct options *o, struct error *err)
{
	struct error maintenance = { 0 };
	int rc = 0, failed, kept;

	for (size_t i = 0; i < o->rest.n; i++) {
		struct import im = { .app = app, .file = o->rest.v[i] };
		struct error now = { 0 }, keeping = { 0 };

		/* what came before a failure is good */
		failed = import_file(&im, &now);
		kept = end_batch(&im, &keeping);
		failed = graver(failed, &now, kept, &keeping, &now);
		if (failed < 0)
			error_prefix(&now, "%s", im.file);
		if (isatty(STDERR_FILENO))
			fputs("\r\033[K", stderr);
		message_info("%s: %zu notifications, %zu bad rows, %zu new versions", im.file, im.items, im.bad, im.versions);
		if (failed == 0 && im.bad > 0)
			failed = error_set(&now, ERR_DATA, "%s: %zu of %zu rows were not understood; the others are in", im.file, im.bad, im.bad + im.items);
		rc = graver(rc, err, failed, &now, err);
	}
	failed = store_maintain(app->st, &maintenance);
	return graver(rc, err, failed, &maintenance, err);
}
