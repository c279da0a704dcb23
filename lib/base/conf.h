/* Configuration in git-config syntax (conf_syntax.h), with the line of each value. */
#ifndef REGWATCH_BASE_CONF_H
#define REGWATCH_BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>

struct error;

struct conf_entry {
	char *section;		/* lower case */
	char *name;		/* the quoted part, NULL without one */
	char *key;		/* lower case; NULL and value too: the header of a section */
	char *value;		/* "" for a key alone */
	bool bare;		/* a key alone, without "=", which git reads as true; "key =" is false */
	int line;		/* in file; 0 when it came from the command line */
};

struct conf {
	char *file;		/* as given; for messages */
	struct conf_entry *v;
	size_t n, cap;
	struct conf_entry *headers;	/* of sections, also of those without a key, in the order of the file */
	size_t headers_n, headers_cap;
};

#define CONF_INIT { .file = NULL }

/* Reads text (NUL-terminated) as the file 'file'. Includes are refused. Fails with ERR_CONF, "FILE:LINE: ...". */
int conf_parse(struct conf *c, const char *file, const char *text, struct error *err);

/* Reads a file; refused (ERR_CONF) when another user owns it or may write to it. */
int conf_read(struct conf *c, const char *file, struct error *err);

/* Adds "section.name.key=value" of the command line (-c); it replaces all earlier values of that key. ERR_USAGE when malformed. */
int conf_override(struct conf *c, const char *assignment, struct error *err);

void conf_clear(struct conf *c);

/* The nearest of 'known' (n names) to 'word' by edit distance, or NULL when none is near. */
const char *conf_nearest(const char *word, const char *const *known, size_t n);

/* ERR_CONF: there is no such 'what' as word; and the nearest of known. */
int conf_unknown(const struct conf *c, const struct conf_entry *e, const char *what, const char *word, const char *const *known, size_t n, struct error *err);

/* Values. Each fails with ERR_CONF, "FILE:LINE: section.key: ...". */
int conf_bool(const struct conf *c, const struct conf_entry *e, bool *out, struct error *err);	/* git's spellings */
int conf_seconds(const struct conf *c, const struct conf_entry *e, long *out, struct error *err);	/* 90, 90s, 30m, 2h, 7d */
int conf_integer(const struct conf *c, const struct conf_entry *e, long min, long max, long *out, struct error *err);

/* "FILE:LINE: section[ \"name\"].key: " (of a header without ".key") and the text; for errors of callers. Returns ERR_CONF. */
int conf_error(const struct conf *c, const struct conf_entry *e, struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
