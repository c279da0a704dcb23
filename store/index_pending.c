/* The texts of records that a transaction wrote and the store cannot show before its batch is committed. Most are never asked for, so they lie one behind
 * the other, the last in memory, the others in a file without a name: beside the index, where there is room for what we keep, and not in /tmp, which may
 * be memory or not ours to write. */
#include "index_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/file.h"

#define KEPT ((size_t)256 << 10)	/* bytes in memory */

struct pending {
	struct place {
		int64_t n;		/* row of the record */
		uint64_t at;
		size_t len;
	} *v;
	size_t n, cap;
	struct buf kept;
	FILE *file;			/* NULL until something has to go there */
	uint64_t filed;			/* bytes in it: where 'kept' begins */
};

void
index_pending_clear(struct index *ix)
{
	struct pending *p = ix->pending;

	if (p == NULL)
		return;
	if (p->file != NULL)
		(void)fclose(p->file);
	buf_clear(&p->kept);
	free(p->v);
	free(p);
	ix->pending = NULL;
}

static int
file_kept(const struct index *ix, struct pending *p, struct error *err)
{
	int rc;

	if (p->file == NULL && (rc = file_nameless(ix->path, &p->file, err)) < 0)
		return rc;
	if (fwrite(p->kept.data, 1, p->kept.len, p->file) != p->kept.len || fflush(p->file) != 0)
		return error_errno(err, ERR_IO, "cannot write beside '%s'", ix->path);
	p->filed += p->kept.len;
	buf_reset(&p->kept);
	return 0;
}

int
index_pending_put(struct index *ix, int64_t n, const struct buf *text, struct error *err)
{
	struct pending *p = ix->pending;
	int rc;

	if (p == NULL)
		p = ix->pending = xcalloc(1, sizeof(*p));
	if (p->kept.len > KEPT && (rc = file_kept(ix, p, err)) < 0)
		return rc;
	p->v = xgrow(p->v, p->n, &p->cap, sizeof(*p->v));
	p->v[p->n++] = (struct place){ n, p->filed + p->kept.len, text->len };
	buf_add(&p->kept, text->data, text->len);
	return 0;
}

static int
read_file(const struct pending *p, const struct place *place, struct buf *text, struct error *err)
{
	AUTO_FREE char *data = xmalloc(place->len);
	size_t got = 0;
	ssize_t rc;

	while (got < place->len) {
		rc = pread(fileno(p->file), data + got, place->len - got, (off_t)(place->at + got));
		if (rc < 0 && errno == EINTR)
			continue;
		if (rc <= 0)
			return error_set(err, ERR_IO, "cannot read what was written beside the index");
		got += (size_t)rc;
	}
	buf_add(text, data, got);
	return 1;
}

int
index_pending_get(struct index *ix, int64_t n, struct buf *text, struct error *err)
{
	const struct pending *p = ix->pending;
	size_t i = p != NULL ? p->n : 0;

	while (i > 0 && p->v[i - 1].n != n)
		i--;
	if (i == 0)
		return 0;
	if (p->v[i - 1].at < p->filed)
		return read_file(p, &p->v[i - 1], text, err);
	buf_add(text, p->kept.data + (p->v[i - 1].at - p->filed), p->v[i - 1].len);
	return 1;
}
