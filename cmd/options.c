#include "options.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/conf.h"
#include "../lib/base/error.h"
#include "../lib/notice/event.h"

enum value { VALUE_FLAG, VALUE_SECTOR, VALUE_MEMBER, VALUE_SOURCE, VALUE_AREA, VALUE_EVENT, VALUE_SINCE, VALUE_UNTIL, VALUE_LIMIT, VALUE_FORMAT, VALUE_WITHIN, VALUE_TEXT };

static const struct option_row {
	const char *name;
	enum value value;
	unsigned bits;		/* of commands that take it */
	size_t offset;		/* of a flag or text in struct options */
	const char *argument, *summary;
} rows[] = {
	{ "sector", VALUE_SECTOR, OPT_FILTER | OPT_SECTOR, 0, "S", "only this sector" },
	{ "member", VALUE_MEMBER, OPT_FILTER, 0, "CC", "only this notifying member (two letters, EU)" },
	{ "source", VALUE_SOURCE, OPT_FILTER, 0, "eping|tris", "only this source" },
	{ "area", VALUE_AREA, OPT_FILTER, 0, "TBT|SPS|TRIS", "only this area" },
	{ "event", VALUE_EVENT, OPT_FILTER, 0, "KIND", "only with this kind of event; 'changed': any but new, urgent, archived, renormalised" },
	{ "since", VALUE_SINCE, OPT_FILTER | OPT_SINCE, 0, "DATE", "from this day on: YYYY-MM-DD, or 7d, 3w, 6m, 1y back" },
	{ "until", VALUE_UNTIL, OPT_FILTER, 0, "DATE", "up to and including this day" },
	{ "open", VALUE_FLAG, OPT_FILTER, offsetof(struct options, filter.open), NULL, "only those still open for comment" },
	{ "uncoded", VALUE_FLAG, OPT_FILTER, offsetof(struct options, filter.uncoded), NULL, "only those that match no sector" },
	{ "limit", VALUE_LIMIT, OPT_FILTER, 0, "N", "at most so many" },
	{ "format", VALUE_FORMAT, OPT_FORMAT, 0, "F", "text (default), json (one object a line), csv; diff: html, markdown, unified; status: prometheus" },
	{ "side-by-side", VALUE_FLAG, OPT_SIDES, offsetof(struct options, side_by_side), NULL, "html: attached texts in two columns, old and new" },
	{ "within", VALUE_WITHIN, OPT_WITHIN, 0, "30d", "only deadlines of the next so many days" },
	{ "all", VALUE_FLAG, OPT_ALL, offsetof(struct options, all), NULL, "read everything the source has; goes on where it stopped" },
	{ "accept", VALUE_FLAG, OPT_ACCEPT, offsetof(struct options, accept), NULL, "take an answer that a guard refused" },
	{ "raw", VALUE_FLAG, OPT_RAW, offsetof(struct options, raw), NULL, "the bytes as received" },
	{ "dry-run", VALUE_FLAG, OPT_DRY_RUN, offsetof(struct options, dry_run), NULL, "print the messages and move nothing" },
	{ "retry", VALUE_TEXT, OPT_RETRY, offsetof(struct options, retry), "TARGET", "try a suspended target again" },
	{ "store", VALUE_FLAG, OPT_STORE, offsetof(struct options, store), NULL, "also derive all records anew from the raw payloads" },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *const formats[] = { "text", "json", "csv", "html", "unified", "ical", "prometheus", "markdown" };

static const struct option_row *
find_row(const char *name, size_t n, unsigned allowed)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strlen(rows[i].name) == n && strncmp(rows[i].name, name, n) == 0 && (rows[i].bits & allowed) != 0)
			return &rows[i];
	return NULL;
}

static int
unknown_option(const char *arg, unsigned allowed, struct error *err)
{
	const char *known[COUNT(rows)], *name = arg + strspn(arg, "-"), *near;
	AUTO_FREE char *word = xstrndup(name, strcspn(name, "="));
	size_t n = 0;

	for (size_t i = 0; i < COUNT(rows); i++)
		if ((rows[i].bits & allowed) != 0)
			known[n++] = rows[i].name;
	near = conf_nearest(word, known, n);
	if (near != NULL)
		return error_set(err, ERR_USAGE, "unknown option '%s'; did you mean '--%s'?", arg, near);
	return error_set(err, ERR_USAGE, "unknown option '%s'", arg);
}

bool
options_date(const char *text, struct date *out)
{
	const char *end;
	char *unit;
	long n;

	if (date_parse_iso(text, out, &end))
		return *end == '\0';
	if (!isdigit((unsigned char)*text))
		return false;
	n = strtol(text, &unit, 10);
	if (n < 0 || n > 36500 || unit[0] == '\0' || unit[1] != '\0')
		return false;
	switch (*unit) {
	case 'd':
		*out = date_add_days(clock_today(), (int32_t)-n);
		return true;
	case 'w':
		*out = date_add_days(clock_today(), (int32_t)(-7 * n));
		return n < 5200;
	case 'm':
	case 'y':
		n *= *unit == 'y' ? 12 : 1;
		if (n > 1200)
			return false;
		*out = date_add_months(clock_today(), (int)-n);
		return true;
	default:
		return false;
	}
}

static int
set_day(struct options *o, const struct option_row *row, const char *value, struct error *err)
{
	struct date d;

	if (!options_date(value, &d))
		return error_set(err, ERR_USAGE, "--%s: '%s' is no date like 2025-06-12, nor 7d, 3w, 6m, 1y", row->name, value);
	if (row->value == VALUE_SINCE) {
		o->since = d;
		o->filter.since = date_midnight(d);
	} else {
		o->filter.until = date_midnight(date_add_days(d, 1));
	}
	return 0;
}

static int
set_number(struct options *o, const struct option_row *row, const char *value, struct error *err)
{
	char *end;
	long n = strtol(value, &end, 10);
	bool within = row->value == VALUE_WITHIN, days = within && (strcmp(end, "d") == 0 || strcmp(end, "w") == 0);

	if (!isdigit((unsigned char)*value) || n > 1000000 || (*end != '\0' && !days))
		return error_set(err, ERR_USAGE, "--%s: '%s' is no number%s", row->name, value, within ? " of days like 30d" : "");
	if (!within && n == 0)	/* which a filter takes for no limit */
		return error_set(err, ERR_USAGE, "--%s: at least 1", row->name);
	if (within)
		o->within = *end == 'w' ? 7 * n : n;
	else
		o->filter.limit = n;
	return 0;
}

static int
set_format(struct options *o, const char *value, struct error *err)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (strcmp(formats[i], value) == 0) {
			o->format = (enum format)i;
			return 0;
		}
	return error_set(err, ERR_USAGE, "--format: unknown format '%s'", value);
}

static int
add_word(struct options *o, const struct option_row *row, const char *value, struct error *err)
{
	enum source source;
	enum area area;
	enum event_kind kind;
	char upper[8] = "";

	for (size_t i = 0; i + 1 < sizeof(upper) && value[i] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)value[i]);
	switch (row->value) {
	case VALUE_SOURCE:
		if (!source_parse(value, &source))
			return error_set(err, ERR_USAGE, "--source: '%s' is neither eping nor tris", value);
		strv_add(&o->filter.sources, value);
		return 0;
	case VALUE_AREA:
		if (!area_parse(upper, &area))
			return error_set(err, ERR_USAGE, "--area: '%s' is none of TBT, SPS, TRIS", value);
		strv_add(&o->filter.areas, upper);
		return 0;
	case VALUE_MEMBER:
		if (strlen(value) != 2)
			return error_set(err, ERR_USAGE, "--member: '%s' is no two-letter code", value);
		strv_add(&o->filter.members, upper);
		return 0;
	case VALUE_EVENT:
		if (strcmp(value, "changed") != 0 && !event_parse_name(value, &kind))
			return error_set(err, ERR_USAGE, "--event: there is no kind '%s'", value);
		strv_add(&o->filter.events, value);
		return 0;
	default:
		strv_add(&o->filter.sectors, value);
		return 0;
	}
}

static int
set_option(struct options *o, const struct option_row *row, const char *value, struct error *err)
{
	switch (row->value) {
	case VALUE_FLAG:
		*(bool *)((char *)o + row->offset) = true;
		return 0;
	case VALUE_TEXT:
		*(const char **)((char *)o + row->offset) = value;
		return 0;
	case VALUE_SINCE:
	case VALUE_UNTIL:
		return set_day(o, row, value, err);
	case VALUE_LIMIT:
	case VALUE_WITHIN:
		return set_number(o, row, value, err);
	case VALUE_FORMAT:
		return set_format(o, value, err);
	default:
		return add_word(o, row, value, err);
	}
}

static int
parse_option(struct options *o, unsigned allowed, int argc, char **argv, int *i, struct error *err)
{
	const char *arg = argv[*i], *name = arg + 2, *value = strchr(arg, '=');
	const struct option_row *row = find_row(name, value != NULL ? (size_t)(value - name) : strlen(name), allowed);

	if (row == NULL)
		return unknown_option(arg, allowed, err);
	if (row->value == VALUE_FLAG && value != NULL)
		return error_set(err, ERR_USAGE, "--%s takes no value", row->name);
	if (row->value == VALUE_FLAG)
		return set_option(o, row, NULL, err);
	if (value == NULL && *i + 1 >= argc)
		return error_set(err, ERR_USAGE, "--%s needs a value: --%s=%s", row->name, row->name, row->argument);
	return set_option(o, row, value != NULL ? value + 1 : argv[++*i], err);
}

int
options_parse(struct options *o, unsigned allowed, int argc, char **argv, struct error *err)
{
	bool only_rest = false;
	int rc;

	*o = (struct options){ .within = -1 };
	for (int i = 0; i < argc; i++) {
		if (only_rest || argv[i][0] != '-' || argv[i][1] == '\0') {
			strv_add(&o->rest, argv[i]);
		} else if (strcmp(argv[i], "--") == 0) {
			only_rest = true;
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			o->help = true;
		} else if (strncmp(argv[i], "--", 2) != 0) {
			return unknown_option(argv[i], allowed, err);
		} else if ((rc = parse_option(o, allowed, argc, argv, &i, err)) < 0) {
			return rc;
		}
	}
	return 0;
}

void
options_clear(struct options *o)
{
	filter_clear(&o->filter);
	strv_clear(&o->rest);
}

void
options_names(unsigned allowed, struct buf *out)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if ((rows[i].bits & allowed) != 0)
			buf_addf(out, " --%s%s", rows[i].name, rows[i].argument != NULL ? "=" : "");
}

void
options_formats(struct buf *out)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		buf_addf(out, "%s%s", i > 0 ? " " : "", formats[i]);
}

void
options_help(unsigned allowed, struct buf *out)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO_BUF left = BUF_INIT;

		if ((rows[i].bits & allowed) == 0)
			continue;
		buf_addf(&left, "--%s%s%s", rows[i].name, rows[i].argument != NULL ? "=" : "", rows[i].argument != NULL ? rows[i].argument : "");
		buf_addf(out, "  %-24s %s\n", buf_str(&left), rows[i].summary);
	}
}
