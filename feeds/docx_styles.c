#include "docx_styles.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"

#define LONGEST_CHAIN 64	/* of styles based on styles; Word allows 11 */

void
docx_styles_clear(struct docx_styles *styles)
{
	for (size_t i = 0; i < styles->n; i++) {
		free(styles->v[i].id);
		free(styles->v[i].based_on);
	}
	free(styles->v);
	*styles = (struct docx_styles){ .v = NULL };
}

static int
compare(const void *a, const void *b)
{
	const struct docx_style *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

const struct docx_style *
docx_style_find(const struct docx_styles *styles, const char *id)
{
	size_t low = 0, high = styles->n;

	if (id == NULL)
		return NULL;
	while (low < high) {	/* the first of equal ids */
		size_t middle = low + (high - low) / 2;

		if (strcmp(styles->v[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < styles->n && strcmp(styles->v[low].id, id) == 0 ? &styles->v[low] : NULL;
}

const struct docx_style *
docx_style_default(const struct docx_styles *styles)
{
	for (size_t i = 0; i < styles->n; i++)
		if (styles->v[i].paragraph_default)
			return &styles->v[i];
	return NULL;
}

/* Built-in styles bear their English name in every language of Word. */
static long
heading_of_name(const char *name)
{
	static const char prefix[] = "heading ";
	size_t n = sizeof(prefix) - 1;

	if (strncasecmp(name, prefix, n) != 0 || name[n] < '1' || name[n] > '9' || name[n + 1] != '\0')
		return DOCX_UNSET;
	return name[n] - '0';
}

/* 1, or ERR_DATA. */
static int
add_style(struct docx_styles *styles, struct docx_part *p, struct error *err)
{
	struct docx_style style = { .order = styles->n, .heading = DOCX_UNSET, .list = DOCX_UNSET, .level = DOCX_UNSET, .hidden = DOCX_UNSET };
	const char *value = docx_attribute(p, "default");

	if (styles->n >= LIMIT_DOCUMENT_STYLES)
		return error_set(err, ERR_DATA, "more than %d styles", LIMIT_DOCUMENT_STYLES);
	style.paragraph_default = value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
	value = docx_attribute(p, "type");
	if (value == NULL || strcmp(value, "paragraph") != 0)
		style.paragraph_default = false;
	value = docx_attribute(p, "styleId");
	style.id = xstrdup(value != NULL ? value : "");
	styles->v = xgrow(styles->v, styles->n, &styles->cap, sizeof(*styles->v));
	styles->v[styles->n++] = style;
	return 1;
}

/* One element inside a style. */
static void
take_property(struct docx_style *style, struct docx_part *p)
{
	const char *value;
	long number;

	if (strcmp(p->name, "name") == 0 && (value = docx_attribute(p, "val")) != NULL && style->heading == DOCX_UNSET) {
		style->heading = heading_of_name(value);
	} else if (strcmp(p->name, "basedOn") == 0 && style->based_on == NULL) {
		style->based_on = xstrdup(docx_attribute(p, "val"));
	} else if (strcmp(p->name, "outlineLvl") == 0) {
		number = docx_number(p, "val", 0, 9, 9);
		style->heading = number < 9 ? number + 1 : 0;
	} else if (strcmp(p->name, "numId") == 0) {
		style->list = docx_number(p, "val", 0, INT32_MAX, 0);
	} else if (strcmp(p->name, "ilvl") == 0) {
		style->level = docx_number(p, "val", 0, DOCX_LEVELS - 1, 0);
	} else if (strcmp(p->name, "vanish") == 0) {
		style->hidden = docx_switch(p);
	}
}

static bool
is_other_state(const struct docx_part *p)	/* how it was, or how it is in parts of a table */
{
	return docx_opens(p, DOCX_W, "pPrChange") || docx_opens(p, DOCX_W, "rPrChange") || docx_opens(p, DOCX_W, "tblStylePr");
}

static void
inherit(const struct docx_styles *styles, const struct docx_style *from, struct docx_style *to)
{
	*to = *from;
	for (int i = 0; from != NULL && i < LONGEST_CHAIN; i++, from = docx_style_find(styles, from->based_on)) {
		if (to->heading == DOCX_UNSET)
			to->heading = from->heading;
		if (to->list == DOCX_UNSET) {
			to->list = from->list;
			if (to->level == DOCX_UNSET)
				to->level = from->level;
		}
		if (to->hidden == DOCX_UNSET)
			to->hidden = from->hidden;
	}
}

static void
resolve(struct docx_styles *styles)
{
	struct docx_style *all = xcalloc(styles->n + 1, sizeof(*all));

	if (styles->n > 0)
		qsort(styles->v, styles->n, sizeof(*styles->v), compare);
	for (size_t i = 0; i < styles->n; i++)
		inherit(styles, &styles->v[i], &all[i]);
	free(styles->v);
	styles->v = all;
	styles->cap = styles->n;
}

int
docx_styles_read(struct docx_package *package, struct docx_styles *styles, struct error *err)
{
	AUTO_DOCX_PART p = { .package = NULL };
	int rc = docx_part_open(package, package->part[DOCX_STYLES], &p, err), skip = -1;
	bool inside = false;

	while (rc > 0 && (rc = docx_part_next(&p, err)) == 1) {
		if (skip >= 0 && (p.depth > skip || p.event != DOCX_CLOSE))
			continue;
		skip = is_other_state(&p) ? p.depth : -1;
		if (docx_opens(&p, DOCX_W, "style")) {
			inside = true;
			rc = add_style(styles, &p, err);
		} else if (docx_closes(&p, DOCX_W, "style")) {
			inside = false;
		} else if (inside && p.event == DOCX_OPEN && p.space == DOCX_W) {
			take_property(&styles->v[styles->n - 1], &p);
		}
	}
	resolve(styles);
	return rc < 0 ? error_prefix(err, "styles") : 0;
}
