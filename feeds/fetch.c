#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "../lib/base/limits.h"
#include "../lib/base/message.h"
#include "../lib/base/sha.h"
#include "feed.h"

#define FIRST_PAUSE 2.0		/* seconds; doubled with each failure in a row */
#define LONGEST_PAUSE 60.0

static int
ask_once(struct feed *f, const struct feed_request *req, struct net_answer *out, struct error *err)
{
	const struct net_request r = {
		.url = req->url, .accept = req->accept, .header = f->key, .etag = req->etag, .modified = req->modified,
		.configured_host = f->server, .delay = (double)f->settings->delay,
	};

	f->requests++;
	return net_fetch(f->net, &r, out, err);
}

/* Is the answer one that the caller can use, a lasting failure, or worth another try (ERR_AGAIN)? */
static int
judge(const struct feed *f, const struct feed_request *req, const struct net_answer *a, struct error *err)
{
	if (a->status == 200 || a->status == 304 || ((a->status == 500 || a->status == 404) && req->missing_is_500))
		return 0;
	if (a->status == 429)
		return error_set(err, ERR_AGAIN, "'%s' asks to slow down (HTTP 429)", req->url);
	if (a->status >= 500)
		return error_set(err, ERR_AGAIN, "'%s' answered HTTP %ld", req->url, a->status);
	if (f->key != NULL && (a->status == 401 || a->status == 403 || a->status == 404))
		return error_set(err, ERR_CONF, "'%s' refused the key (HTTP %ld)", f->settings->url, a->status);
	return error_set(err, ERR_DATA, "'%s' answered HTTP %ld", req->url, a->status);
}

/* Waits before the next try, or gives up with what went wrong. */
static int
back_off(struct feed *f, double pause, struct error *err)
{
	struct error waited, why = *err;

	if (pause > f->patience)
		return error_set(err, ERR_AGAIN, "%s; gave up: a pause of %.0f s is more than the patience left (%.0f s)", why.text, pause, f->patience);
	message_info("feed '%s': %s; next try in %.0f s", f->name, err->text, pause);
	f->patience -= pause;
	if (net_sleep(f->net, pause, &waited) < 0)
		return error_set(err, ERR_AGAIN, "%s; the time limit of the run is reached", why.text);
	return 0;
}

int
feed_get(struct feed *f, const struct feed_request *req, struct net_answer *out, bool *limited, struct error *err)
{
	double next = FIRST_PAUSE;

	for (;;) {
		int rc = ask_once(f, req, out, err);
		double pause = next;

		if (limited != NULL)
			*limited = rc == 0 && out->status == 429;
		if (rc == 0 && (rc = judge(f, req, out, err)) == 0) {
			f->answers++;
			return 0;
		}
		if (out->retry_after >= 0 && out->status != 0)
			pause = (double)out->retry_after;
		net_answer_clear(out);
		if (rc != ERR_AGAIN)
			return rc;
		if ((rc = back_off(f, pause, err)) < 0)
			return rc;
		next = next * 2 < LONGEST_PAUSE ? next * 2 : LONGEST_PAUSE;
	}
}

/* A kept page is a file: entity tag, last-modified, then the body. */
struct kept {
	struct buf file;
	const char *etag, *modified, *body;	/* into file; NULL when there is nothing */
	size_t body_len;
};

static char *
kept_path(const struct feed *f, const char *url)
{
	char hash[SHA256_HEX];

	sha256_hex(url, strlen(url), hash);
	return xasprintf("%s/http/%.32s", f->cache, hash);
}

/* Cuts a line off the front of the file's text; NULL without one. */
static char *
cut_line(char **p)
{
	char *line = *p, *end = line != NULL ? strchr(line, '\n') : NULL;

	if (end == NULL)
		return NULL;
	*end = '\0';
	*p = end + 1;
	return line;
}

static void
kept_read(const char *path, struct kept *k)
{
	char *p;

	if (!file_exists(path) || file_read(path, LIMIT_ANSWER + LIMIT_HEADERS, &k->file, NULL) < 0)
		return;
	p = k->file.data;
	k->etag = cut_line(&p);
	k->modified = k->etag != NULL ? cut_line(&p) : NULL;
	if (k->modified == NULL) {
		k->etag = NULL;
		return;
	}
	k->body = p;
	k->body_len = k->file.len - (size_t)(p - k->file.data);
}

static void
kept_write(const char *path, const struct net_answer *a)
{
	AUTO_BUF text = BUF_INIT;
	struct error err;

	if (a->etag == NULL && a->modified == NULL)
		return;
	buf_addf(&text, "%s\n%s\n", a->etag != NULL ? a->etag : "", a->modified != NULL ? a->modified : "");
	buf_add(&text, buf_str(&a->body), a->body.len);
	if (file_write(path, text.data, text.len, NULL, &err) < 0)
		message_warn("%s", err.text);
}

static const char *
or_null(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : NULL;
}

int
feed_get_kept(struct feed *f, const char *url, const char *accept, struct buf *body, struct error *err)
{
	AUTO_FREE char *path = kept_path(f, url), *dir = file_join(f->cache, "http");
	struct kept kept = { .file = BUF_INIT };
	struct net_answer a = { 0 };
	struct feed_request req = { .url = url, .accept = accept };
	int rc;

	if ((rc = file_mkdirs(dir, err)) < 0)
		return rc;
	kept_read(path, &kept);
	if (kept.body != NULL) {
		req.etag = or_null(kept.etag);
		req.modified = or_null(kept.modified);
	}
	rc = feed_get(f, &req, &a, NULL, err);
	if (rc == 0 && a.status == 304 && kept.body != NULL) {
		buf_add(body, kept.body, kept.body_len);
		utimensat(AT_FDCWD, path, NULL, 0);	/* still in use: prune counts from here */
	} else if (rc == 0) {
		kept_write(path, &a);
		buf_add(body, buf_str(&a.body), a.body.len);
	}
	net_answer_clear(&a);
	buf_clear(&kept.file);
	return rc;
}

void
feed_prune_kept(struct feed *f, int days)
{
	AUTO_FREE char *dir = file_join(f->cache, "http");
	DIR *d = opendir(dir);
	const struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		AUTO_FREE char *path = file_join(dir, e->d_name);
		struct stat st;

		/* age of a file is real time, whatever REGWATCH_NOW says */
		if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && time(NULL) - st.st_mtime > (time_t)days * 86400)
			unlink(path);
	}
	if (d != NULL)
		closedir(d);
}
