#include "conf_syntax.h"

#include <ctype.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "cleanup.h"
#include "conf.h"
#include "conf_entry.h"
#include "error.h"

struct reader {
	const char *p;
	int line;
	struct conf *conf;
	struct buf section;	/* "section" or "section.name" */
	struct error *err;
};

static int
refuse(const struct reader *r, const char *why)
{
	return error_set(r->err, ERR_CONF, "%s:%d: %s", r->conf->file, r->line, why);
}

static bool
is_blank(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\v' || ch == '\f';
}

static bool
is_name(char ch)
{
	return isalnum((unsigned char)ch) || ch == '-';
}

static void
skip_blanks(struct reader *r)
{
	while (is_blank(*r->p))
		r->p++;
}

static void
skip_line(struct reader *r)
{
	r->p += strcspn(r->p, "\n");
	if (*r->p == '\n') {
		r->p++;
		r->line++;
	}
}

/* ---- sections ---- */

/* The quoted part; in it a backslash stands before any character. */
static int
subsection(struct reader *r)
{
	skip_blanks(r);
	if (*r->p != '"')
		return refuse(r, "the name in a section header stands in no quotes");
	buf_addc(&r->section, '.');
	for (r->p++; *r->p != '"'; r->p++) {
		r->p += *r->p == '\\';
		if (*r->p == '\0' || *r->p == '\n')
			return refuse(r, "a quote is not closed");
		buf_addc(&r->section, *r->p);
	}
	r->p++;
	return 0;
}

/* The entry takes the section's place and name; its key and value are NULL. */
static void
set_section(const struct reader *r, struct conf_entry *e)
{
	const char *full = buf_str(&r->section), *dot = strchr(full, '.');

	*e = (struct conf_entry){ .line = r->line };
	e->section = xstrndup(full, dot != NULL ? (size_t)(dot - full) : r->section.len);
	e->name = dot != NULL ? xstrdup(dot + 1) : NULL;
}

/* "[section]", "[section.name]" or "[section "name"]"; a variable or another section may follow on the same line. */
static int
section(struct reader *r)
{
	const char *start = ++r->p;
	struct conf *c = r->conf;
	int rc;

	buf_reset(&r->section);
	for (; is_name(*r->p) || *r->p == '.'; r->p++)
		buf_addc(&r->section, (char)tolower((unsigned char)*r->p));
	if (r->section.len == 0 || *start == '.')
		return refuse(r, "a section header without the name of a section");
	if (is_blank(*r->p) && (rc = subsection(r)) < 0)
		return rc;
	if (*r->p != ']')
		return refuse(r, "missing ']' in section header");
	r->p++;
	start = buf_str(&r->section);
	if ((strncmp(start, "include", 7) == 0 && (start[7] == '\0' || start[7] == '.')) || strncmp(start, "includeif.", 10) == 0)
		return refuse(r, "includes are not supported");
	c->headers = xgrow(c->headers, c->headers_n, &c->headers_cap, sizeof(*c->headers));
	set_section(r, &c->headers[c->headers_n++]);
	return 0;
}

/* ---- variables ---- */

static bool
ends_line(const char *p)
{
	return *p == '\0' || *p == '\n' || (*p == '\r' && p[1] == '\n');
}

/* r->p stands on a '\n' or "\r\n" that a backslash took the meaning of. What is left of the next line goes on with the value. */
static int
go_on(struct reader *r, bool quoted)
{
	const char *next;

	skip_line(r);
	next = r->p + strspn(r->p, " \t\r\v\f");
	if (*next == '\0' || *next == '\n' || (!quoted && (*next == ';' || *next == '#')))
		return refuse(r, "the line before goes on, and this one is empty");
	r->p--;
	return 0;
}

/* r->p stands on a backslash, and then on the last character that belongs to it. */
static int
escape(struct reader *r, bool quoted, struct buf *out)
{
	static const char names[] = "ntb\"\\", meant[] = "\n\t\b\"\\";
	const char *found;

	r->p++;
	if (*r->p != '\0' && ends_line(r->p))
		return go_on(r, quoted);
	found = *r->p != '\0' ? strchr(names, *r->p) : NULL;
	if (found == NULL)
		return refuse(r, "a backslash begins what is no escape");
	buf_addc(out, meant[found - names]);
	return 0;
}

/* From behind the '=' to the end of the line or to a comment, without the blanks at both ends. */
static int
value(struct reader *r, struct buf *out)
{
	bool quoted = false;
	size_t kept = 0, n;
	int rc;

	for (skip_blanks(r); !ends_line(r->p) && (quoted || (*r->p != ';' && *r->p != '#')); r->p++) {
		n = strcspn(r->p, " \t\v\f\r\n;#\"\\");
		buf_add(out, r->p, n > 0 ? n : *r->p != '"' && *r->p != '\\');
		r->p += n > 0 ? n - 1 : 0;
		if (*r->p == '"')
			quoted = !quoted;
		else if (*r->p == '\\' && (rc = escape(r, quoted, out)) < 0)
			return rc;
		if (!is_blank(*r->p))
			kept = out->len;
	}
	if (quoted)
		return refuse(r, "a quote is not closed");
	out->len = kept;
	return 0;
}

static struct conf_entry *
add_entry(struct reader *r, const char *key, size_t n)
{
	struct conf *c = r->conf;
	struct conf_entry *e;

	c->v = xgrow(c->v, c->n, &c->cap, sizeof(*c->v));
	e = &c->v[c->n++];
	set_section(r, e);
	e->key = conf_lower(key, n);
	return e;
}

static int
variable(struct reader *r)
{
	AUTO_BUF text = BUF_INIT;
	const char *key = r->p;
	struct conf_entry *e;
	size_t n = 0;
	int rc;

	while (is_name(key[n]))
		n++;
	r->p += n;
	skip_blanks(r);
	if (n == 0 || strchr("=;#\n", *r->p) == NULL)
		return refuse(r, "invalid configuration key");
	if (r->section.len == 0)
		return error_set(r->err, ERR_CONF, "%s:%d: '%.*s' stands in no section", r->conf->file, r->line, (int)n, key);
	e = add_entry(r, key, n);
	e->bare = *r->p != '=';
	r->p += !e->bare;
	if (!e->bare && (rc = value(r, &text)) < 0)
		return rc;
	e->value = xstrndup(buf_str(&text), text.len);
	skip_line(r);
	return 0;
}

int
conf_syntax(struct conf *c, const char *text, struct error *err)
{
	struct reader r = { .p = text, .line = 1, .conf = c, .section = BUF_INIT, .err = err };
	int rc = 0;

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		r.p += 3;
	while (rc == 0 && *r.p != '\0') {
		skip_blanks(&r);
		if (*r.p == '[')
			rc = section(&r);
		else if (strchr("\n;#", *r.p) != NULL)	/* also the NUL */
			skip_line(&r);
		else
			rc = variable(&r);
	}
	buf_clear(&r.section);
	return rc;
}
