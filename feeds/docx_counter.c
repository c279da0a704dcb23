#include <string.h>

#include "docx_lists.h"

#define LONGEST_CHAIN 16	/* of styles, or of lists that point at styles */

/* The first of n elements of a size, sorted by the key that each begins with, that has this id; NULL without one. */
static void *
find_key(void *v, size_t n, size_t size, long id)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (((const struct docx_key *)((char *)v + middle * size))->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	v = low < n ? (char *)v + low * size : NULL;
	return v != NULL && ((const struct docx_key *)v)->id == id ? v : NULL;
}

static struct docx_list *
find_list(struct docx_lists *lists, long id)
{
	return find_key(lists->lists, lists->n_lists, sizeof(*lists->lists), id);
}

static struct docx_abstract *
find_abstract(struct docx_lists *lists, long id)
{
	return find_key(lists->abstracts, lists->n_abstracts, sizeof(*lists->abstracts), id);
}

/* The definition of a list, also where that is said by a style. */
static struct docx_abstract *
definition_of(struct docx_lists *lists, const struct docx_styles *styles, const struct docx_list *list)
{
	for (int i = 0; list != NULL && i < LONGEST_CHAIN; i++) {
		struct docx_abstract *abstract = find_abstract(lists, list->abstract);
		const struct docx_style *style;

		if (abstract == NULL || abstract->style_link == NULL)
			return abstract;
		style = docx_style_find(styles, abstract->style_link);
		list = style != NULL && style->list > 0 ? find_list(lists, style->list) : NULL;
	}
	return NULL;
}

static const struct docx_level *
level_of(const struct docx_list *list, const struct docx_abstract *abstract, size_t i)
{
	if (list->override != NULL && list->override[i].level != NULL)
		return list->override[i].level;
	return &abstract->level[i];
}

/* The level whose paragraphs are of that style, or of the one that it is based on. */
static size_t
level_of_style(const struct docx_list *list, const struct docx_abstract *abstract, const struct docx_styles *styles, const struct docx_style *style)
{
	for (int n = 0; style != NULL && n < LONGEST_CHAIN; n++, style = docx_style_find(styles, style->based_on))
		for (size_t i = 0; i < DOCX_LEVELS; i++) {
			const struct docx_level *level = level_of(list, abstract, i);

			if (level->style != NULL && strcmp(level->style, style->id) == 0)
				return i;
		}
	return 0;
}

/* The levels below 'at' begin anew, but for those that say they do not. */
static void
restart_below(const struct docx_list *list, struct docx_abstract *abstract, size_t at)
{
	for (size_t i = at + 1; i < DOCX_LEVELS; i++) {
		long restart = level_of(list, abstract, i)->restart;

		if (restart == DOCX_UNSET || (restart > 0 && (long)at < restart))
			abstract->counting[i] = false;
	}
}

static void
count(struct docx_list *list, struct docx_abstract *abstract, size_t at)
{
	struct docx_override *override = list->override != NULL ? &list->override[at] : NULL;

	if (override != NULL && override->start != DOCX_UNSET && (!override->begun || !abstract->counting[at]))
		abstract->count[at] = override->start;
	else if (!abstract->counting[at])
		abstract->count[at] = level_of(list, abstract, at)->start;
	else
		abstract->count[at]++;
	if (override != NULL)
		override->begun = true;
	abstract->counting[at] = true;
	restart_below(list, abstract, at);
}

/* A level above that no paragraph had yet shows its first number. */
static void
add_number(const struct docx_list *list, const struct docx_abstract *abstract, size_t i, bool legal, struct buf *out)
{
	const struct docx_level *level = level_of(list, abstract, i);
	long value = abstract->counting[i] ? abstract->count[i] : level->start;

	number_format(legal && level->form != NUMBER_NONE ? NUMBER_DECIMAL : level->form, (unsigned long)value, out);
}

static void
add_text(const struct docx_list *list, const struct docx_abstract *abstract, const struct docx_level *level, struct buf *out)
{
	for (const char *s = level->text != NULL ? level->text : ""; *s != '\0'; s++) {
		if (s[0] == '%' && s[1] >= '1' && s[1] <= '9') {
			add_number(list, abstract, (size_t)(s[1] - '1'), level->legal, out);
			s++;
		} else {
			buf_addc(out, *s);
		}
	}
}

bool
docx_lists_number(struct docx_lists *lists, const struct docx_styles *styles, const struct docx_style *style, long id, long level, struct buf *out)
{
	struct docx_list *list = id > 0 ? find_list(lists, id) : NULL;
	struct docx_abstract *abstract = definition_of(lists, styles, list);
	const struct docx_level *is;
	size_t start = out->len, at;

	if (abstract == NULL)
		return false;
	at = level >= 0 && level < DOCX_LEVELS ? (size_t)level : level_of_style(list, abstract, styles, style);
	is = level_of(list, abstract, at);
	if (!is->defined)
		return false;
	count(list, abstract, at);
	if (is->form == NUMBER_BULLET) {
		buf_adds(out, "- ");
		return false;
	}
	add_text(list, abstract, is, out);
	if (out->len > start && is->blank)
		buf_addc(out, ' ');
	return out->len > start;
}
