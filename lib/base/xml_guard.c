#include "xml_guard.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "limits.h"

#define NAME_MAX_LENGTH 100	/* libxml2 cuts longer names into several */

#define PAIRS_MAX 400000000	/* comparisons of names in the whole page; a second or two */
#define STEPS_A_BYTE 16

/* Every '<' before a name is looked at as if a tag began there, in the way libxml2 reads one (blanks, names, quotes, rubbish): where
 * comments, scripts and quotes end is not agreed upon, and nothing may hide in one. */
struct guard {
	const char *text;
	size_t n, i;
};

static char
at(const struct guard *g, size_t ahead)
{
	return g->i + ahead < g->n ? g->text[g->i + ahead] : '\0';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
starts_name(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == ':' || c == '.';
}

static bool
ends_tag(const struct guard *g)
{
	return g->i >= g->n || at(g, 0) == '>' || (at(g, 0) == '/' && at(g, 1) == '>');
}

/* Moves behind the next 'what' at or after i, to the end without one. */
static void
pass(struct guard *g, const char *what)
{
	const char *found = memmem(g->text + g->i, g->n - g->i, what, strlen(what));

	g->i = found != NULL ? (size_t)(found - g->text) + strlen(what) : g->n;
}

static void
pass_blanks(struct guard *g)
{
	while (is_blank(at(g, 0)))
		g->i++;
}

/* Returns the length of the name, 0 without one. */
static size_t
pass_name(struct guard *g)
{
	size_t start = g->i;

	if (starts_name(at(g, 0)))
		while (starts_name(at(g, 0)) || isdigit((unsigned char)at(g, 0)) || at(g, 0) == '-')
			g->i++;
	return g->i - start;
}

/* What may stand behind an attribute's name. */
static void
pass_value(struct guard *g)
{
	pass_blanks(g);
	if (at(g, 0) != '=')
		return;
	g->i++;
	pass_blanks(g);
	if (at(g, 0) == '"' || at(g, 0) == '\'') {
		g->i++;
		pass(g, g->text[g->i - 1] == '"' ? "\"" : "'");
		return;
	}
	while (g->i < g->n && !is_blank(at(g, 0)) && at(g, 0) != '>')
		g->i++;
}

/* Attributes of the tag whose name starts at i; i is then at its end, or where there were too many. */
static size_t
count_attributes(struct guard *g)
{
	size_t count = 0;

	pass_name(g);
	for (pass_blanks(g); !ends_tag(g) && count <= LIMIT_XML_ATTRIBUTES; pass_blanks(g)) {
		size_t n = pass_name(g);

		count += (n + NAME_MAX_LENGTH - 1) / NAME_MAX_LENGTH;
		if (n > 0)
			pass_value(g);
		else
			while (!ends_tag(g) && !is_blank(at(g, 0)))
				g->i++;
	}
	return count;
}

bool
xml_many_attributes(const char *text, size_t n)
{
	size_t steps = 0, pairs = 0;

	for (const char *p = text; (p = memchr(p, '<', n - (size_t)(p - text))) != NULL; p++) {
		struct guard g = { text, n, (size_t)(p - text) + 1 };
		size_t count = starts_name(at(&g, 0)) ? count_attributes(&g) : 0;

		steps += g.i - (size_t)(p - text);
		pairs += count * count;
		if (count > LIMIT_XML_ATTRIBUTES || pairs > PAIRS_MAX || steps > STEPS_A_BYTE * n)
			return true;
	}
	return false;
}
