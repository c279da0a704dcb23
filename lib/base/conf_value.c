#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "buf.h"
#include "cleanup.h"
#include "conf.h"
#include "conf_entry.h"
#include "error.h"

#define WORD_MAX_LENGTH 64	/* of a word that conf_nearest looks at */

int
conf_error(const struct conf *c, const struct conf_entry *e, struct error *err, const char *fmt, ...)
{
	AUTO_FREE char *text = NULL;
	AUTO_BUF where = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (e->line > 0)
		buf_addf(&where, "%s:%d: ", c->file, e->line);
	else
		buf_adds(&where, "-c ");
	buf_adds(&where, e->section);
	if (e->name != NULL)
		buf_addf(&where, " \"%s\"", e->name);
	if (e->key != NULL)
		buf_addf(&where, ".%s", e->key);
	return error_set(err, ERR_CONF, "%s: %s", where.data, text != NULL ? text : "");
}

static bool
is_word(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '-')
			return false;
	return n > 0;
}

static bool
same_key(const struct conf_entry *a, const struct conf_entry *b)
{
	bool same_name = a->name == NULL || b->name == NULL ? a->name == b->name : strcmp(a->name, b->name) == 0;

	return same_name && strcmp(a->section, b->section) == 0 && strcmp(a->key, b->key) == 0;
}

char *
conf_lower(const char *s, size_t n)
{
	char *copy = xstrndup(s, n);

	for (char *p = copy; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return copy;
}

void
conf_entry_clear(struct conf_entry *e)
{
	free(e->section);
	free(e->name);
	free(e->key);
	free(e->value);
}

static void
replace(struct conf *c, const struct conf_entry *new)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (same_key(&c->v[i], new))
			conf_entry_clear(&c->v[i]);
		else
			c->v[kept++] = c->v[i];
	}
	c->n = kept;
	c->v = xgrow(c->v, c->n, &c->cap, sizeof(*c->v));
	c->v[c->n++] = *new;
}

int
conf_override(struct conf *c, const char *assignment, struct error *err)
{
	const char *equals = strchr(assignment, '='), *first = strchr(assignment, '.'), *last;
	struct conf_entry new = { .line = 0 };

	if (equals == NULL || first == NULL || first > equals)
		return error_set(err, ERR_USAGE, "'%s' is not SECTION.KEY=VALUE or SECTION.NAME.KEY=VALUE", assignment);
	last = memrchr(assignment, '.', (size_t)(equals - assignment));
	if (!is_word(assignment, (size_t)(first - assignment)) || !is_word(last + 1, (size_t)(equals - last) - 1) || last == first + 1)
		return error_set(err, ERR_USAGE, "'%.*s' is no name of a setting", (int)(equals - assignment), assignment);
	new.section = conf_lower(assignment, (size_t)(first - assignment));
	new.name = last > first ? xstrndup(first + 1, (size_t)(last - first) - 1) : NULL;
	new.key = conf_lower(last + 1, (size_t)(equals - last) - 1);
	new.value = xstrdup(equals + 1);
	replace(c, &new);
	return 0;
}

static size_t
smallest(size_t a, size_t b, size_t c)
{
	return a < b ? (a < c ? a : c) : (b < c ? b : c);
}

/* Insertions, deletions, substitutions and swaps of neighbours that turn a into b; both at most WORD_MAX_LENGTH long. */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX_LENGTH + 1], m = strlen(b), i, j;

	for (j = 0; j <= m; j++)
		rows[0][j] = j;
	for (i = 1; a[i - 1] != '\0'; i++) {
		size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];

		row[0] = i;
		for (j = 1; j <= m; j++) {
			row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return rows[(i - 1) % 3][m];
}

const char *
conf_nearest(const char *word, const char *const *known, size_t n)
{
	size_t length = strlen(word), best = (length + 2) / 3 + 1;
	const char *found = NULL;

	if (length > WORD_MAX_LENGTH)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t d = strlen(known[i]) <= WORD_MAX_LENGTH ? distance(word, known[i]) : SIZE_MAX;

		if (d < best) {
			best = d;
			found = known[i];
		}
	}
	return found;
}

int
conf_bool(const struct conf *c, const struct conf_entry *e, bool *out, struct error *err)
{
	static const struct { const char *word; bool value; } words[] = {
		{ "true", true }, { "yes", true }, { "on", true }, { "1", true }, { "false", false }, { "no", false }, { "off", false },
		{ "0", false }, { "", false },
	};

	*out = e->bare;
	if (e->bare)
		return 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(e->value, words[i].word) == 0) {
			*out = words[i].value;
			return 0;
		}
	return conf_error(c, e, err, "'%s' is neither yes nor no", e->value);
}

/* Decimal digits at text -> *value, *end behind them; false without digits or above max. */
static bool
read_digits(const char *text, long max, long *value, const char **end)
{
	*value = 0;
	for (*end = text; isdigit((unsigned char)**end); ++*end) {
		long digit = **end - '0';

		if (*value > (max - digit) / 10)
			return false;
		*value = *value * 10 + digit;
	}
	return *end > text;
}

int
conf_seconds(const struct conf *c, const struct conf_entry *e, long *out, struct error *err)
{
	static const struct { const char *unit; long seconds; } units[] = {
		{ "", 1 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 }, { "w", 7 * 86400 },
	};
	const long max = 100L * 366 * 86400;	/* a century, so that sums stay far from overflow */
	const char *end;
	long value;

	if (read_digits(e->value, max, &value, &end))
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
			if (strcmp(end, units[i].unit) == 0 && value <= max / units[i].seconds) {
				*out = value * units[i].seconds;
				return 0;
			}
	return conf_error(c, e, err, "'%s' is no time like 90s, 30m, 2h or 7d", e->value);
}

int
conf_integer(const struct conf *c, const struct conf_entry *e, long min, long max, long *out, struct error *err)
{
	bool negative = e->value[0] == '-';
	const char *end;
	long value;

	if (read_digits(e->value + negative, INT32_MAX, &value, &end) && *end == '\0') {
		value = negative ? -value : value;
		if (value >= min && value <= max) {
			*out = value;
			return 0;
		}
	}
	return conf_error(c, e, err, "'%s' is no whole number from %ld to %ld", e->value, min, max);
}

int
conf_unknown(const struct conf *c, const struct conf_entry *e, const char *what, const char *word, const char *const *known, size_t n, struct error *err)
{
	const char *near = conf_nearest(word, known, n);

	return conf_error(c, e, err, "unknown %s '%s'%s%s%s", what, word, near != NULL ? "; did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
}
