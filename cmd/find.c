#include <stdlib.h>
#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/notice/attached.h"
#include "../lib/notice/symbol.h"
#include "find.h"

struct near {
	struct buf *out;
	size_t n;
};

static int
add_near(void *ctx, const struct index_row *row)
{
	struct near *near = ctx;

	buf_addf(near->out, "%s'%s'", near->n > 0 ? ", " : "", row->id);
	return ++near->n >= 3;
}

int
find_notification(struct app *app, const char *what, struct buf *id, struct error *err)
{
	AUTO_BUF near = BUF_INIT, quoted = BUF_INIT;
	struct near n = { &near, 0 };
	const struct filter all = FILTER_INIT;

	if (index_resolve(app->ix, what, id))
		return 0;
	buf_addf(&quoted, "\"%.200s\"", what);
	index_list(app->ix, &all, buf_str(&quoted), ORDER_BEST, add_near, &n, NULL);
	return error_set(err, ERR_NOTFOUND, "no notification '%.200s'%s%s", what, n.n > 0 ? "; there are " : "", buf_str(&near));
}

struct pick {
	const char *what;
	struct date day;
	int number;
	char commit[OID_HEX];
	int n;
};

static int
pick_version(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct pick *p = ctx;
	bool take = p->number > 0 ? n == p->number : date_is_set(p->day) ? date_cmp(date_of_instant(at), p->day) <= 0 : strncmp(commit, p->what, strlen(p->what)) == 0;

	(void)subject;
	if (take) {
		memcpy(p->commit, commit, OID_HEX - 1);
		p->n = n;
	}
	return 0;
}

int
find_version(struct app *app, const char *id, const char *what, char commit[OID_HEX], int *number, struct error *err)
{
	struct pick p = { .what = what };
	size_t digits = strspn(what, "0123456789"), hex = strspn(what, "0123456789abcdef");
	int rc;

	if (what[0] != '\0' && digits == strlen(what) && digits < 6)
		p.number = atoi(what);
	else if (!options_date(what, &p.day) && (hex != strlen(what) || hex < 6))
		return error_set(err, ERR_USAGE, "'%s' is no version: a number from 1, a date, or a commit id", what);
	if ((rc = index_versions(app->ix, id, pick_version, &p, err)) < 0)
		return rc;
	if (p.commit[0] == '\0')
		return error_set(err, ERR_NOTFOUND, "'%s' has no version '%s'", id, what);
	memcpy(commit, p.commit, OID_HEX);
	if (number != NULL)
		*number = p.n;
	return 0;
}

int
read_version(struct app *app, const char *id, const char *commit, struct notice *out, struct error *err)
{
	AUTO_BUF path = BUF_INIT, text = BUF_INIT;
	int rc;

	symbol_path(id, &path);
	buf_adds(&path, ".md");
	if ((rc = store_read(app->st, commit, buf_str(&path), &text, NULL, err)) < 0)
		return rc;
	if ((rc = canon_read(buf_str(&text), text.len, out, err)) < 0)
		return error_prefix(err, "'%s' as of %s", id, commit);
	return 0;
}

int
read_attached(struct app *app, const struct notice *n, const char *commit, const struct document *d, struct buf *out, struct error *err)
{
	AUTO_BUF path = BUF_INIT;
	int rc;

	attached_path(n, d, &path);
	if ((rc = store_read(app->st, commit, buf_str(&path), out, NULL, err)) < 0)
		return error_prefix(err, "text '%s'", buf_str(&path));
	return 0;
}
