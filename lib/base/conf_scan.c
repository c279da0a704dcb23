#include "conf_scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"

struct scan {
	const char *p;
	int line;
	struct conf_place *v;
	size_t n, cap;
	struct conf_problem problem;
};

static void
skip_blanks(struct scan *s)
{
	while (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\v' || *s->p == '\f')
		s->p++;
}

static void
next_line(struct scan *s)
{
	s->p += strcspn(s->p, "\n");
	if (*s->p == '\n') {
		s->p++;
		s->line++;
	}
}

/* "[section]", "[section "name"]", "[section.name]"; ends behind ']' on the same line, for a variable may follow there. */
static void
section(struct scan *s)
{
	bool quoted = false;

	for (s->p++; *s->p != '\0' && *s->p != '\n' && (quoted || *s->p != ']'); s->p++) {
		if (*s->p == '"')
			quoted = !quoted;
		else if (*s->p == '\\' && s->p[1] != '\0' && s->p[1] != '\n')
			s->p++;
	}
	if (*s->p == ']')
		s->p++;
}

/* Where the line ends: its '\n' or the NUL, without a '\r' before it. */
static const char *
line_end(const char *p)
{
	const char *end = p + strcspn(p, "\n");

	return end > p && end[-1] == '\r' ? end - 1 : end;
}

static void
complain(struct scan *s, const char *text)
{
	if (s->problem.line == 0)
		s->problem = (struct conf_problem){ s->line, text };
}

/* Does the value on this line go on on the next one? *quoted carries an open quote over. A comment ends it outside quotes. */
static bool
continues(struct scan *s, bool *quoted)
{
	const char *end = line_end(s->p);

	for (const char *p = s->p; p < end; p++) {
		if (*p == '\\') {
			if (++p == end)
				return true;
			if (strchr("ntb\"\\", *p) == NULL)
				complain(s, "a backslash begins what is no escape");
		} else if (*p == '"') {
			*quoted = !*quoted;
		} else if (!*quoted && (*p == ';' || *p == '#')) {
			return false;
		}
	}
	if (*quoted)
		complain(s, "a quote is not closed");
	return false;
}

static void
variable(struct scan *s)
{
	bool quoted = false, more;
	const char *key = s->p;

	while (isalnum((unsigned char)*s->p) || *s->p == '-')
		s->p++;
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = (struct conf_place){ s->line, key, (size_t)(s->p - key) };
	do {
		more = continues(s, &quoted);
		next_line(s);
	} while (more && *s->p != '\0');
}

/* Is p, at a '[', the start of "[include" or "[includeIf"? */
static bool
is_include(const char *p)
{
	size_t n = 0;

	p += 1 + strspn(p + 1, " \t\v\f\r");
	while (isalnum((unsigned char)p[n]) || p[n] == '-')
		n++;
	return (n == 7 && strncasecmp(p, "include", n) == 0) || (n == 9 && strncasecmp(p, "includeif", n) == 0);
}

/* The first line that could open an include. It looks at each line by itself, whatever the line before seems to say, so that no
 * reading of continuations lets one pass. */
static int
find_include(const char *text)
{
	int line = 1;

	for (size_t n; *text != '\0'; text += n + (text[n] == '\n'), line++) {
		n = strcspn(text, "\n");
		for (size_t i = strcspn(text, "[=#;\n"); i < n && text[i] == '['; i += 1 + strcspn(text + i + 1, "[\n"))
			if (is_include(text + i))
				return line;
	}
	return 0;
}

size_t
conf_scan(const char *text, struct conf_place **places, struct conf_problem *problem)
{
	struct scan s = { .p = text, .line = 1 };
	int include = find_include(text);

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		s.p += 3;
	while (*s.p != '\0') {
		skip_blanks(&s);
		if (*s.p == '[')
			section(&s);
		else if (*s.p == '\0' || *s.p == '\n' || *s.p == ';' || *s.p == '#')
			next_line(&s);
		else
			variable(&s);
	}
	*places = s.v;
	*problem = include > 0 ? (struct conf_problem){ include, "includes are not supported" } : s.problem;
	return s.n;
}
