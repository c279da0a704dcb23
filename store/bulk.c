#include "bulk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "../lib/base/sha1.h"
#include "bulk_writer.h"
#include "pack_index.h"
#include "stale.h"

#define HEADER 12		/* "PACK", version, number of objects */
#define DEPTH_MAX 50		/* differences that lead to one object; git's own figure */
#define MIN_SLOTS 4096		/* a power of two */
#define PACK_MODE 0444		/* packs never change */
#define READ_PART ((size_t)1 << 20)

struct bulk {
	char *folder, *path;	/* path: of the unfinished file */
	FILE *f;
	struct writer *writer;
	git_oid *id;		/* in the order of the pack */
	uint8_t *depth;
	size_t n, id_cap, depth_cap;
	uint32_t *slots;	/* open addressing by id: number + 1, 0 for free */
	size_t slots_n;
};

static FILE *
open_aside(const char *folder, char **path, struct error *err)
{
	FILE *f;
	int fd;

	*path = xasprintf("%s/" STALE_PACK "XXXXXX", folder);
	fd = mkostemp(*path, O_CLOEXEC);
	f = fd >= 0 ? fdopen(fd, "w+") : NULL;
	if (f != NULL)
		return f;
	error_errno(err, ERR_IO, "cannot make a file in '%s'", folder);
	if (fd >= 0)
		close(fd);
	free(TAKE(*path));
	return NULL;
}

int
bulk_new(const char *folder, struct bulk **out, struct error *err)
{
	struct bulk *b;
	char *path;
	FILE *f = open_aside(folder, &path, err);

	*out = NULL;
	if (f == NULL)
		return ERR_IO;
	b = xcalloc(1, sizeof(*b));
	b->folder = xstrdup(folder);
	b->path = path;
	b->f = f;
	fwrite("PACK\0\0\0\2\0\0\0\0", 1, HEADER, f);
	b->writer = writer_new(f, HEADER);
	b->slots_n = MIN_SLOTS;
	b->slots = xcalloc(b->slots_n, sizeof(*b->slots));
	*out = b;
	return 0;
}

void
bulk_free(struct bulk *b)
{
	if (b == NULL)
		return;
	writer_free(b->writer);
	if (b->f != NULL)
		fclose(b->f);
	if (b->path != NULL)
		unlink(b->path);
	free(b->folder);
	free(b->path);
	free(b->id);
	free(b->depth);
	free(b->slots);
	free(b);
}

/* The slot that holds the id, or the free one where it belongs. Ids are hashes already. */
static uint32_t *
find_slot(const struct bulk *b, const git_oid *id)
{
	size_t at;

	memcpy(&at, id->id, sizeof(at));
	for (at &= b->slots_n - 1; b->slots[at] != 0; at = (at + 1) & (b->slots_n - 1))
		if (git_oid_equal(&b->id[b->slots[at] - 1], id))
			break;
	return &b->slots[at];
}

static void
widen_slots(struct bulk *b)
{
	free(b->slots);
	b->slots_n *= 2;
	b->slots = xcalloc(b->slots_n, sizeof(*b->slots));
	for (size_t i = 0; i < b->n; i++)
		*find_slot(b, &b->id[i]) = (uint32_t)i + 1;
}

bool
bulk_has(const struct bulk *b, const git_oid *id)
{
	return *find_slot(b, id) != 0;
}

static void
number_object(struct bulk *b, const git_oid *id, uint8_t depth)
{
	b->id = xgrow(b->id, b->n, &b->id_cap, sizeof(*b->id));
	b->depth = xgrow(b->depth, b->n, &b->depth_cap, sizeof(*b->depth));
	b->id[b->n] = *id;
	b->depth[b->n] = depth;
	b->n++;
	*find_slot(b, id) = (uint32_t)b->n;
	if (b->n > b->slots_n / 2)
		widen_slots(b);
}

/* The number of the base that a difference can rest on. */
static uint32_t
find_base(const struct bulk *b, const struct bulk_delta *delta)
{
	uint32_t slot = delta != NULL ? *find_slot(b, delta->base) : 0;

	return slot != 0 && b->depth[slot - 1] < DEPTH_MAX ? slot - 1 : WRITER_NO_BASE;
}

int
bulk_add(struct bulk *b, git_object_t type, const git_oid *id, const void *data, size_t n, const struct bulk_delta *delta, struct error *err)
{
	struct writer_object object = { .type = (uint32_t)type, .base = find_base(b, delta), .n = n };

	if (bulk_has(b, id))
		return 0;
	if (n >= UINT32_MAX || b->n >= WRITER_NO_BASE - 1)
		return error_set(err, ERR_DATA, "too much for one pack");
	if (object.base != WRITER_NO_BASE) {
		object.n = delta->n;
		data = delta->data;
	}
	number_object(b, id, object.base != WRITER_NO_BASE ? (uint8_t)(b->depth[object.base] + 1) : 0);
	return writer_add(b->writer, &object, data, err);
}

/* Sets the number of objects and appends the checksum of all. */
static int
seal(struct bulk *b, unsigned char sum[SHA1_BYTES], struct error *err)
{
	const unsigned char count[4] = { (unsigned char)(b->n >> 24), (unsigned char)(b->n >> 16), (unsigned char)(b->n >> 8), (unsigned char)b->n };
	AUTO_FREE char *part = xmalloc(READ_PART);
	AUTO_SHA1 *s = sha1_new();
	size_t got;

	if (fflush(b->f) != 0 || fseeko(b->f, 8, SEEK_SET) != 0 || fwrite(count, 1, 4, b->f) != 4 || fflush(b->f) != 0 || fseeko(b->f, 0, SEEK_SET) != 0)
		return error_errno(err, ERR_IO, "cannot write '%s'", b->path);
	while ((got = fread(part, 1, READ_PART, b->f)) > 0)
		sha1_add(s, part, got);
	sha1_end(s, sum);
	if (ferror(b->f) || fseeko(b->f, 0, SEEK_END) != 0 || fwrite(sum, 1, SHA1_BYTES, b->f) != SHA1_BYTES)
		return error_errno(err, ERR_IO, "cannot write '%s'", b->path);
	return 0;
}

static int
sync_file(FILE *f, const char *path, struct error *err)
{
	if (fflush(f) != 0 || fchmod(fileno(f), PACK_MODE) != 0 || fsync(fileno(f)) != 0)
		return error_errno(err, ERR_IO, "cannot write '%s'", path);
	return 0;
}

static int
show(const char *from, const char *to, struct error *err)
{
	return rename(from, to) == 0 ? 0 : error_errno(err, ERR_IO, "cannot rename '%s' to '%s'", from, to);
}

/* The index is written aside; the pack counts only once its index is there, so it goes first. */
static int
publish(struct bulk *b, const unsigned char sum[SHA1_BYTES], struct error *err)
{
	const struct pack_objects objects = { b->id, writer_crcs(b->writer), writer_offsets(b->writer), b->n };
	AUTO_FREE char *aside = NULL;
	AUTO_FILE *f = open_aside(b->folder, &aside, err);
	AUTO_FREE char *pack = NULL, *index = NULL;
	git_oid name;
	int rc;

	if (f == NULL)
		return ERR_IO;
	git_oid_fromraw(&name, sum);
	pack = xasprintf("%s/pack-%s.pack", b->folder, git_oid_tostr_s(&name));
	index = xasprintf("%s/pack-%s.idx", b->folder, git_oid_tostr_s(&name));
	rc = pack_index_write(f, &objects, sum, err);
	if (rc == 0)
		rc = sync_file(f, aside, err);
	if (rc == 0)
		rc = show(b->path, pack, err);
	if (rc == 0)
		rc = show(aside, index, err);
	if (rc < 0)
		unlink(aside);
	else
		free(TAKE(b->path));
	return rc == 0 ? file_sync_dir(b->folder, err) : rc;
}

int
bulk_finish(struct bulk *b, struct error *err)
{
	unsigned char sum[SHA1_BYTES];
	int rc = writer_end(b->writer, err);

	if (rc < 0 || b->n == 0)
		return rc;
	rc = seal(b, sum, err);
	if (rc == 0)
		rc = sync_file(b->f, b->path, err);
	return rc == 0 ? publish(b, sum, err) : rc;
}
