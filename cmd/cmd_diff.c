/* diff: what changed between two versions, two members of a dossier, two attached texts, or in a sector since a day */
#include "../lib/base/cleanup.h"
#include "diff.h"

static int
diff_two(struct app *app, const struct options *o, struct error *err)
{
	AUTO_SIDE a = { .label = NULL };
	AUTO_SIDE b = { .label = NULL };
	AUTO_COMPARISON c = COMPARISON_INIT;
	const struct manner m = { o->format, o->side_by_side };
	AUTO_BUF text = BUF_INIT;
	int rc;

	c.complete = o->format == FORMAT_JSON;
	if ((rc = sides_choose(app, &o->rest, &a, &b, err)) < 0 || (rc = compare_sides(app, &a, &b, &c, err)) < 0 ||
	    (rc = comparison_print(app, &m, &c, &text, err)) < 0)
		return rc;
	fwrite(buf_str(&text), 1, text.len, output_begin(app));
	return 0;
}

int
cmd_diff(struct app *app, const struct options *o, struct error *err)
{
	if (o->format == FORMAT_CSV || o->format == FORMAT_ICAL || o->format == FORMAT_PROMETHEUS)
		return error_set(err, ERR_USAGE, "--format: diff gives text, json, html, markdown or unified");
	if (o->side_by_side && o->format != FORMAT_HTML)
		return error_set(err, ERR_USAGE, "--side-by-side: only with --format=html");
	if (o->rest.n > 0)
		return diff_two(app, o, err);
	if (o->filter.sectors.n > 0)
		return diff_sector(app, o, err);
	return error_set(err, ERR_USAGE, "usage: regwatch diff ID [A..B], or regwatch diff --sector S --since DATE");
}
