#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/notice/canon.h"
#include "../lib/notice/symbol.h"
#include "delivered.h"
#include "index.h"
#include "repo.h"

struct verify {
	struct store *st;
	struct index *ix;
	void (*tell)(void *ctx, const char *problem);
	void *ctx;
	struct verify_counts *counts;
};

static void __attribute__((format(printf, 2, 3)))
broken(struct verify *v, const char *fmt, ...)
{
	char line[1200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	v->counts->problems++;
	v->tell(v->ctx, line);
}

static void
check_record(struct verify *v, const struct version *version)
{
	AUTO_BUF path = BUF_INIT, text = BUF_INIT, again = BUF_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err;

	symbol_path(version->notification, &path);
	buf_adds(&path, ".md");
	if (store_read(v->st, version->commit, buf_str(&path), &text, NULL, &err) < 0) {
		broken(v, "commit %s: record '%s' cannot be read: %s", version->commit, buf_str(&path), err.text);
		return;
	}
	if (canon_read(buf_str(&text), text.len, &n, &err) < 0) {
		broken(v, "commit %s: record '%s': %s", version->commit, buf_str(&path), err.text);
		return;
	}
	canon_write(&n, &again);
	if (again.len != text.len || memcmp(again.data, text.data, text.len) != 0)
		broken(v, "commit %s: record '%s' is not in the form that its content has", version->commit, buf_str(&path));
	if (strcmp(n.id, version->notification) != 0)
		broken(v, "commit %s: record '%s' is of '%s', the commit of '%s'", version->commit, buf_str(&path), n.id, version->notification);
}

static int
check_version(void *ctx, const char *commit, struct error *err)
{
	struct verify *v = ctx;
	AUTO_VERSION version = VERSION_INIT;
	AUTO_BUF raw = BUF_INIT;
	struct error why;

	(void)err;
	v->counts->versions++;
	if (store_version(v->st, commit, &version, &why) < 0) {
		broken(v, "commit %s: %s", commit, why.text);
		return 0;
	}
	check_record(v, &version);
	if (version.raw[0] != '\0' && store_read_blob(v->st, version.raw, &raw, &why) < 0)
		broken(v, "commit %s: raw object %s: %s", commit, version.raw, why.text);
	return 0;
}

static int
check_raw_commit(void *ctx, const char *commit, struct error *err)
{
	(void)ctx;
	(void)commit;
	(void)err;
	return 0;	/* reading it was the check */
}

static int
check_row(void *ctx, const struct index_row *row)
{
	struct verify *v = ctx;
	AUTO_BUF text = BUF_INIT;
	char blob[OID_HEX] = "";
	struct error why;

	if (store_read(v->st, "", row->path, &text, blob, &why) < 0)
		broken(v, "index: '%s': %s", row->id, why.text);
	else if (strcmp(blob, row->blob) != 0)
		broken(v, "index: '%s' is not the record of main; 'regwatch rebuild' mends it", row->id);
	return 0;
}

static void
check_index(struct verify *v, struct error *err)
{
	const struct filter all = FILTER_INIT;
	struct index_counts counts;
	char tip[OID_HEX];

	if (store_tip(v->st, STORE_MAIN, tip, err) < 0)
		broken(v, "%s", err->text);
	else if (strcmp(tip, index_tip(v->ix)) != 0)
		broken(v, "index: it has read main up to '%s', its tip is '%s'", index_tip(v->ix), tip);
	if (index_counts(v->ix, &counts, err) < 0 || index_list(v->ix, &all, NULL, ORDER_NEWEST, check_row, v, err) < 0)
		broken(v, "index: %s", err->text);
	else if ((size_t)counts.versions != v->counts->versions)
		broken(v, "index: it holds %ld versions, main %zu; 'regwatch rebuild' mends it", counts.versions, v->counts->versions);
}

int
store_verify(struct store *st, struct index *ix, void (*tell)(void *ctx, const char *problem), void *ctx, struct verify_counts *out, struct error *err)
{
	struct verify v = { st, ix, tell, ctx, out };
	struct error why;

	(void)err;
	*out = (struct verify_counts){ 0, 0 };
	if (store_walk(st, STORE_MAIN, "", check_version, &v, &why) < 0)
		broken(&v, "branch main: %s", why.text);
	if (store_walk(st, STORE_RAW, "", check_raw_commit, &v, &why) < 0)
		broken(&v, "branch raw: %s", why.text);
	check_index(&v, &why);
	if (delivered_check(st, tell, ctx, &out->problems, &why) < 0)
		broken(&v, "receipts: %s", why.text);
	return 0;
}
