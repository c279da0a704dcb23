#include "docx_lists.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"

#define LONGEST_TEXT 200	/* before a number, bytes */
#define LAST_NUMBER 1000000

static void
clear_level(struct docx_level *level)
{
	free(level->text);
	free(level->style);
}

static void
clear_list(struct docx_list *list)
{
	for (size_t i = 0; list->override != NULL && i < DOCX_LEVELS; i++)
		if (list->override[i].level != NULL) {
			clear_level(list->override[i].level);
			free(list->override[i].level);
		}
	free(list->override);
}

struct docx_lists *
docx_lists_new(void)
{
	return xcalloc(1, sizeof(struct docx_lists));
}

void
docx_lists_free(struct docx_lists *lists)
{
	if (lists == NULL)
		return;
	for (size_t i = 0; i < lists->n_abstracts; i++) {
		for (size_t k = 0; k < DOCX_LEVELS; k++)
			clear_level(&lists->abstracts[i].level[k]);
		free(lists->abstracts[i].style_link);
	}
	for (size_t i = 0; i < lists->n_lists; i++)
		clear_list(&lists->lists[i]);
	free(lists->abstracts);
	free(lists->lists);
	free(lists);
}

static enum number_form
form_of(const char *name)
{
	static const struct { const char *name; enum number_form form; } forms[] = {
		{ "bullet", NUMBER_BULLET }, { "none", NUMBER_NONE }, { "lowerLetter", NUMBER_LOWER_LETTER }, { "upperLetter", NUMBER_UPPER_LETTER },
		{ "lowerRoman", NUMBER_LOWER_ROMAN }, { "upperRoman", NUMBER_UPPER_ROMAN }, { "decimalZero", NUMBER_DECIMAL_ZERO },
		{ "russianLower", NUMBER_LOWER_CYRILLIC }, { "russianUpper", NUMBER_UPPER_CYRILLIC }, { "ordinal", NUMBER_ORDINAL },
	};

	for (size_t i = 0; name != NULL && i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp(name, forms[i].name) == 0)
			return forms[i].form;
	return NUMBER_DECIMAL;
}

/* The reader's place: in the level, list and override that opened last. */
struct place {
	struct docx_lists *lists;
	bool in_abstract, in_list;
	struct docx_override *override;
	struct docx_level *level;
};

static void
open_level(struct place *at, struct docx_part *p)
{
	long i = docx_number(p, "ilvl", 0, DOCX_LEVELS - 1, DOCX_UNSET);

	at->level = NULL;
	if (at->in_abstract && i >= 0)
		at->level = &at->lists->abstracts[at->lists->n_abstracts - 1].level[i];
	else if (at->override != NULL && at->override->level == NULL)
		at->level = at->override->level = xcalloc(1, sizeof(struct docx_level));
	if (at->level == NULL || at->level->defined)
		at->level = NULL;
	else
		*at->level = (struct docx_level){ .defined = true, .start = 0, .restart = DOCX_UNSET, .blank = true };
}

static void
open_override(struct place *at, struct docx_part *p)
{
	struct docx_list *list = &at->lists->lists[at->lists->n_lists - 1];
	long i = docx_number(p, "ilvl", 0, DOCX_LEVELS - 1, DOCX_UNSET);

	if (!at->in_list || i < 0)
		return;
	if (list->override == NULL) {
		list->override = xcalloc(DOCX_LEVELS, sizeof(*list->override));
		for (size_t k = 0; k < DOCX_LEVELS; k++)
			list->override[k].start = DOCX_UNSET;
	}
	at->override = &list->override[i];
}

static int
open_abstract(struct place *at, struct docx_part *p, struct error *err)
{
	struct docx_lists *l = at->lists;

	if (l->n_abstracts >= LIMIT_DOCUMENT_STYLES)
		return error_set(err, ERR_DATA, "more than %d list definitions", LIMIT_DOCUMENT_STYLES);
	l->abstracts = xgrow(l->abstracts, l->n_abstracts, &l->cap_abstracts, sizeof(*l->abstracts));
	l->abstracts[l->n_abstracts] = (struct docx_abstract){ .key = { docx_number(p, "abstractNumId", 0, INT32_MAX, DOCX_UNSET), l->n_abstracts } };
	l->n_abstracts++;
	at->in_abstract = true;
	return 1;
}

static int
open_list(struct place *at, struct docx_part *p, struct error *err)
{
	struct docx_lists *l = at->lists;

	if (l->n_lists >= LIMIT_DOCUMENT_STYLES)
		return error_set(err, ERR_DATA, "more than %d lists", LIMIT_DOCUMENT_STYLES);
	l->lists = xgrow(l->lists, l->n_lists, &l->cap_lists, sizeof(*l->lists));
	l->lists[l->n_lists] = (struct docx_list){ .key = { docx_number(p, "numId", 0, INT32_MAX, DOCX_UNSET), l->n_lists }, .abstract = DOCX_UNSET };
	l->n_lists++;
	at->in_list = true;
	return 1;
}

static void
take_level_property(struct docx_level *level, struct docx_part *p)
{
	const char *value = docx_attribute(p, "val");

	if (strcmp(p->name, "start") == 0) {
		level->start = docx_number(p, "val", 0, LAST_NUMBER, 0);
	} else if (strcmp(p->name, "numFmt") == 0) {
		level->form = form_of(value);
	} else if (strcmp(p->name, "lvlText") == 0 && level->text == NULL && value != NULL) {
		level->text = xstrndup(value, strnlen(value, LONGEST_TEXT));
	} else if (strcmp(p->name, "isLgl") == 0) {
		level->legal = docx_switch(p);
	} else if (strcmp(p->name, "lvlRestart") == 0) {
		level->restart = docx_number(p, "val", 0, DOCX_LEVELS, DOCX_UNSET);
	} else if (strcmp(p->name, "suff") == 0 && value != NULL) {
		level->blank = strcmp(value, "nothing") != 0;
	} else if (strcmp(p->name, "pStyle") == 0 && level->style == NULL) {
		level->style = xstrdup(value);
	}
}

static void
take_other(struct place *at, struct docx_part *p)
{
	struct docx_lists *l = at->lists;

	if (at->level != NULL)
		take_level_property(at->level, p);
	else if (at->override != NULL && strcmp(p->name, "startOverride") == 0)
		at->override->start = docx_number(p, "val", 0, LAST_NUMBER, DOCX_UNSET);
	else if (at->in_list && strcmp(p->name, "abstractNumId") == 0)
		l->lists[l->n_lists - 1].abstract = docx_number(p, "val", 0, INT32_MAX, DOCX_UNSET);
	else if (at->in_abstract && strcmp(p->name, "numStyleLink") == 0 && l->abstracts[l->n_abstracts - 1].style_link == NULL)
		l->abstracts[l->n_abstracts - 1].style_link = xstrdup(docx_attribute(p, "val"));
}

/* 1, or ERR_DATA. */
static int
open_element(struct place *at, struct docx_part *p, struct error *err)
{
	if (strcmp(p->name, "abstractNum") == 0)
		return open_abstract(at, p, err);
	if (strcmp(p->name, "num") == 0)
		return open_list(at, p, err);
	if (strcmp(p->name, "lvlOverride") == 0 && at->in_list)
		open_override(at, p);
	else if (strcmp(p->name, "lvl") == 0)
		open_level(at, p);
	else
		take_other(at, p);
	return 1;
}

static void
close_element(struct place *at, const struct docx_part *p)
{
	if (strcmp(p->name, "abstractNum") == 0)
		at->in_abstract = false;
	else if (strcmp(p->name, "num") == 0)
		at->in_list = false;
	else if (strcmp(p->name, "lvlOverride") == 0)
		at->override = NULL;
	else if (strcmp(p->name, "lvl") == 0)
		at->level = NULL;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct docx_key *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : (x->order > y->order) - (x->order < y->order);
}

int
docx_lists_read(struct docx_package *package, struct docx_lists *lists, struct error *err)
{
	AUTO_DOCX_PART p = { .package = NULL };
	struct place at = { .lists = lists };
	int rc = docx_part_open(package, package->part[DOCX_NUMBERING], &p, err);

	while (rc > 0 && (rc = docx_part_next(&p, err)) == 1) {
		if (p.space != DOCX_W)
			continue;
		if (p.event == DOCX_OPEN)
			rc = open_element(&at, &p, err);
		else if (p.event == DOCX_CLOSE)
			close_element(&at, &p);
	}
	if (lists->n_abstracts > 0)
		qsort(lists->abstracts, lists->n_abstracts, sizeof(*lists->abstracts), compare_keys);
	if (lists->n_lists > 0)
		qsort(lists->lists, lists->n_lists, sizeof(*lists->lists), compare_keys);
	return rc < 0 ? error_prefix(err, "numbering") : 0;
}
