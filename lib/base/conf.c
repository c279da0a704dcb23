#include "conf.h"

#include <ctype.h>
#include <fcntl.h>
#include <git2.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "cleanup.h"
#include "conf_entry.h"
#include "conf_scan.h"
#include "error.h"
#include "file.h"
#include "limits.h"

CLEANUP_POINTER(config, git_config *, git_config_free)
#define AUTO_CONFIG __attribute__((cleanup(cleanup_config))) git_config
CLEANUP_POINTER(iterator, git_config_iterator *, git_config_iterator_free)
#define AUTO_ITERATOR __attribute__((cleanup(cleanup_iterator))) git_config_iterator

static void
start_libgit2(void)
{
	static bool started;

	if (!started)
		git_libgit2_init();
	started = true;
}

void
conf_clear(struct conf *c)
{
	for (size_t i = 0; i < c->n; i++)
		conf_entry_clear(&c->v[i]);
	free(c->v);
	free(c->file);
	*c = (struct conf)CONF_INIT;
}

/* "section.name.key" -> its parts; the name may hold dots. False without a dot. */
static bool
split_name(const char *full, size_t n, struct conf_entry *e)
{
	const char *first = memchr(full, '.', n), *last = memrchr(full, '.', n);

	if (first == NULL)
		return false;
	e->section = conf_lower(full, (size_t)(first - full));
	e->name = last > first ? xstrndup(first + 1, (size_t)(last - first) - 1) : NULL;
	e->key = conf_lower(last + 1, n - (size_t)(last + 1 - full));
	return true;
}

static struct conf_entry *
add_entry(struct conf *c)
{
	c->v = xgrow(c->v, c->n, &c->cap, sizeof(*c->v));
	c->v[c->n] = (struct conf_entry){ .line = 0 };
	return &c->v[c->n++];
}

/* libgit2 reads files only: an anonymous one in memory leaves nothing behind. */
static int
memory_file(const char *text, size_t n, struct error *err)
{
	AUTO_FD fd = memfd_create("regwatch-conf", MFD_CLOEXEC);
	int result;

	if (fd < 0)
		return error_errno(err, ERR_SYSTEM, "cannot create a file in memory");
	for (size_t done = 0; done < n; ) {
		ssize_t k = write(fd, text + done, n - done);

		if (k < 0)
			return error_errno(err, ERR_SYSTEM, "cannot write a file in memory");
		done += (size_t)k;
	}
	result = fd;
	fd = -1;
	return result;
}

/* libgit2 says "failed to parse config file: REASON (in PATH:LINE, column N)". */
static int
syntax_error(const char *file, struct error *err)
{
	const git_error *e = git_error_last();
	const char *text = e != NULL && e->message != NULL ? e->message : "not in git-config syntax", *in = strstr(text, " (in /"), *at;
	const char *colon = strstr(text, ": ");
	int line = 0;

	at = in != NULL ? strchr(in, ':') : NULL;
	if (at != NULL && sscanf(at, ":%9d", &line) == 1 && line > 0) {
		text = colon != NULL && colon < in ? colon + 2 : text;
		return error_set(err, ERR_CONF, "%s:%d: %.*s", file, line, (int)(in - text), text);
	}
	return error_set(err, ERR_CONF, "%s: %s", file, text);
}

static int
add_parsed(struct conf *c, const git_config_entry *entry, const struct conf_place *place, struct error *err)
{
	struct conf_entry *e = add_entry(c);

	e->line = place->line;
	e->bare = entry->value == NULL;
	e->value = xstrdup(e->bare ? "" : entry->value);
	if (!split_name(entry->name, strlen(entry->name), e))
		return error_set(err, ERR_CONF, "%s:%d: '%.*s' stands in no section", c->file, place->line, (int)place->key_len, place->key);
	if (strlen(e->key) != place->key_len || strncasecmp(e->key, place->key, place->key_len) != 0)
		return error_set(err, ERR_CONF, "%s:%d: cannot tell where '%s' stands", c->file, place->line, e->key);
	return 0;
}

/* Entries of libgit2 and places of our scan in step; that they differ would mean that one of them misread the text. */
static int
add_all(struct conf *c, git_config *config, const struct conf_place *places, size_t n, struct error *err)
{
	AUTO_ITERATOR *iterator = NULL;
	git_config_entry *entry;
	size_t i = 0;
	int rc;

	if (git_config_iterator_new(&iterator, config) < 0)
		return syntax_error(c->file, err);
	while ((rc = git_config_next(&entry, iterator)) == 0) {
		if (i >= n)
			return error_set(err, ERR_CONF, "%s: cannot tell where '%s' stands", c->file, entry->name);
		rc = add_parsed(c, entry, &places[i++], err);
		if (rc < 0)
			return rc;
	}
	if (rc != GIT_ITEROVER)
		return syntax_error(c->file, err);
	if (i < n)
		return error_set(err, ERR_CONF, "%s:%d: not understood", c->file, places[i].line);
	return 0;
}

static int
parse(struct conf *c, const char *text, struct error *err)
{
	AUTO_FREE struct conf_place *places = NULL;
	AUTO_CONFIG *config = NULL;
	AUTO_FD fd = -1;
	char path[40];
	struct conf_problem problem;
	size_t n = conf_scan(text, &places, &problem);

	if (problem.line > 0)
		return error_set(err, ERR_CONF, "%s:%d: %s", c->file, problem.line, problem.text);
	fd = memory_file(text, strlen(text), err);
	if (fd < 0)
		return fd;
	start_libgit2();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (git_config_open_ondisk(&config, path) < 0)
		return syntax_error(c->file, err);
	return add_all(c, config, places, n, err);
}

int
conf_parse(struct conf *c, const char *file, const char *text, struct error *err)
{
	int rc;

	*c = (struct conf)CONF_INIT;
	c->file = xstrdup(file);
	if (strlen(text) > LIMIT_CONF)
		rc = error_set(err, ERR_CONF, "%s: larger than %d bytes", file, LIMIT_CONF);
	else
		rc = parse(c, text, err);
	if (rc < 0)
		conf_clear(c);
	return rc;
}

static int
check_owner(const char *file, struct error *err)
{
	struct stat st;

	if (stat(file, &st) < 0)
		return error_errno(err, ERR_CONF, "cannot open '%s'", file);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_CONF, "'%s' is not a regular file", file);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return error_set(err, ERR_CONF, "'%s' belongs to another user", file);
	if ((st.st_mode & 022) != 0)
		return error_set(err, ERR_CONF, "'%s' can be written by others: chmod go-w it", file);
	return 0;
}

int
conf_read(struct conf *c, const char *file, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	int rc = check_owner(file, err);

	*c = (struct conf)CONF_INIT;
	if (rc < 0)
		return rc;
	rc = file_read(file, LIMIT_CONF, &text, err);
	if (rc < 0) {
		if (err != NULL)
			err->code = ERR_CONF;
		return ERR_CONF;
	}
	if (text.len > 0 && memchr(text.data, '\0', text.len) != NULL)
		return error_set(err, ERR_CONF, "'%s' holds a NUL byte", file);
	return conf_parse(c, file, buf_str(&text), err);
}
