/* Codes in rules: single ones, ranges, exclusions. */
#include <ctype.h>
#include <string.h>

#include "../base/alloc.h"
#include "rules.h"

/* Fields of the International Classification for Standards, 7th edition. */
static const char ics_fields[] = " 01 03 07 11 13 17 19 21 23 25 27 29 31 33 35 37 39 43 45 47 49 53 55 59 61 65 67 71 73 75 77 79 81 83 85 87 91 93 95 97 99 ";

bool
ics_field_known(const char *digits)
{
	char field[] = { ' ', digits[0], digits[0] != '\0' ? digits[1] : '\0', ' ', '\0' };

	return strlen(field) == 4 && strstr(ics_fields, field) != NULL;
}

static bool
hs_digits_valid(char *digits, const char **why)
{
	size_t n = strlen(digits);

	*why = "an HS code has 2, 4 or 6 digits";
	if (n != 2 && n != 4 && n != 6)
		return false;
	*why = "there is no HS chapter 00";
	return strncmp(digits, "00", 2) != 0;
}

static bool
ics_digits_valid(const char *digits, const char **why)
{
	size_t n = strlen(digits);

	*why = "an ICS code is as 97, 97.200 or 97.200.50";
	if (n != 2 && n != 5 && n != 7)
		return false;
	*why = "there is no such field of ICS";
	return ics_field_known(digits);
}

/* Digits of one end; dots only between digits. HS beyond six digits is each country's own and dropped. */
static bool
read_digits(enum code_system system, const char *text, size_t n, char *out, const char **why)
{
	size_t len = 0, most = system == CODE_HS ? 6 : 7;

	*why = "not a code";
	if (n == 0 || text[0] == '.' || text[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '.' && text[i - 1] != '.')
			continue;
		if (text[i] < '0' || text[i] > '9' || i >= 14)
			return false;
		if (len >= most && system == CODE_ICS)
			return false;
		if (len < most)
			out[len++] = text[i];
	}
	out[len] = '\0';
	return system == CODE_HS ? hs_digits_valid(out, why) : ics_digits_valid(out, why);
}

static bool
read_category(const char *text, char *out, const char **why)
{
	size_t n = strlen(text);

	*why = "a TRIS category is as C50A or SERV60";
	if (n < 3 || n >= CODE_DIGITS || !isalpha((unsigned char)text[0]))
		return false;
	for (size_t i = 0; i <= n; i++) {
		if (text[i] != '\0' && !isalnum((unsigned char)text[i]))
			return false;
		out[i] = (char)toupper((unsigned char)text[i]);
	}
	return true;
}

bool
code_rule_parse(enum code_system system, const char *text, struct code_rule *out, const char **why)
{
	const char *dash;

	*out = (struct code_rule){ .exclude = text[0] == '-' };
	text += out->exclude;
	dash = strchr(text, '-');
	if (system == CODE_TRIS) {
		if (!read_category(text, out->lo, why))
			return false;
	} else if (!read_digits(system, text, dash != NULL ? (size_t)(dash - text) : strlen(text), out->lo, why)) {
		return false;
	}
	memcpy(out->hi, out->lo, sizeof(out->hi));
	if (dash != NULL && !read_digits(system, dash + 1, strlen(dash + 1), out->hi, why))
		return false;
	out->n = strlen(out->lo);
	*why = "the ends of a range need the same number of digits";
	if (strlen(out->hi) != out->n)
		return false;
	*why = "the range is upside down";
	return strcmp(out->lo, out->hi) <= 0;
}

void
code_rules_add(struct code_rules *rules, const struct code_rule *rule)
{
	rules->v = xgrow(rules->v, rules->n, &rules->cap, sizeof(*rules->v));
	rules->v[rules->n++] = *rule;
}

size_t
code_rules_match(const struct code_rules *rules, const char *code, bool *excluded)
{
	size_t best = 0, len = strlen(code);

	*excluded = false;
	for (size_t i = 0; i < rules->n; i++) {
		const struct code_rule *r = &rules->v[i];

		if (r->n > len || r->n < best || strncmp(code, r->lo, r->n) < 0 || strncmp(code, r->hi, r->n) > 0)
			continue;
		*excluded = r->exclude || (r->n == best && *excluded);
		best = r->n;
	}
	return *excluded ? 0 : best;
}

bool
tris_family(const char *code, char *out)
{
	size_t n = strlen(code), digits;

	memcpy(out, code, n + 1);
	digits = strcspn(out, "0123456789");
	if (digits == 1 && n >= 3 && isdigit((unsigned char)out[2]))
		memset(out + 1, '0', 2);
	else
		out[digits] = '\0';
	return strcmp(out, code) != 0;
}
