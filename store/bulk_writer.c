#include "bulk_writer.h"

#include <assert.h>
#include <git2/types.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"

#define CHUNK ((size_t)256 << 10)	/* bytes queued before the thread is woken */
#define SLACK ((size_t)16 << 10)	/* for the object that fills it */
#define CHUNKS 8			/* queued at most; a larger object makes a larger chunk */
#define SMALL 4096			/* bytes below which a thorough search finds one part in a hundred more, in twice the time */
#define QUICK 1				/* libdeflate's levels; 6 packs as zlib's usual one does */
#define THOROUGH 6

struct writer {
	FILE *f;
	uint64_t offset;
	struct libdeflate_compressor *quick, *thorough;
	struct buf packed;		/* one compressed object */
	uint32_t *crc;
	uint64_t *place;
	size_t n, crc_cap, place_cap;

	struct buf filling;		/* the caller's side */

	pthread_t thread;
	pthread_mutex_t lock;		/* guards all below */
	pthread_cond_t changed;
	struct buf queue[CHUNKS];
	size_t first, queued;
	bool ended, joined;
	struct error failed;		/* code 0 while all is well */
};

static void
append(struct writer *w, const void *data, size_t n)
{
	w->crc[w->n] = libdeflate_crc32(w->crc[w->n], data, n);
	w->offset += n;
	fwrite(data, 1, n, w->f);	/* the stream remembers a failure */
}

/* Type and size: four bits of the size in the first byte, seven in each further one, lowest first. */
static void
append_head(struct writer *w, uint32_t type, size_t n)
{
	unsigned char head[16];
	size_t used = 0;

	head[used] = (unsigned char)(type << 4 | (n & 15));
	for (n >>= 4; n > 0; n >>= 7) {
		head[used++] |= 0x80;
		head[used] = (unsigned char)(n & 127);
	}
	append(w, head, used + 1);
}

/* How far back the base stands: seven bits a byte, highest first, each further byte standing for one more than it says. */
static void
append_distance(struct writer *w, uint64_t distance)
{
	unsigned char bytes[16];
	size_t at = sizeof(bytes) - 1;

	bytes[at] = (unsigned char)(distance & 127);
	while ((distance >>= 7) > 0)
		bytes[--at] = (unsigned char)(0x80 | (--distance & 127));
	append(w, bytes + at, sizeof(bytes) - at);
}

static void
append_compressed(struct writer *w, const void *data, size_t n)
{
	struct libdeflate_compressor *c = n < SMALL ? w->quick : w->thorough;
	size_t bound = libdeflate_zlib_compress_bound(c, n), used;

	if (w->packed.cap < bound) {
		buf_clear(&w->packed);
		w->packed.data = xmalloc(bound);
		w->packed.cap = bound;
	}
	used = libdeflate_zlib_compress(c, data, n, w->packed.data, bound);
	assert(used > 0);
	append(w, w->packed.data, used);
}

static void
write_object(struct writer *w, const struct writer_object *object, const void *data)
{
	uint64_t start = w->offset;

	w->crc = xgrow(w->crc, w->n, &w->crc_cap, sizeof(*w->crc));
	w->place = xgrow(w->place, w->n, &w->place_cap, sizeof(*w->place));
	w->crc[w->n] = 0;
	w->place[w->n] = start;
	append_head(w, object->base != WRITER_NO_BASE ? GIT_OBJECT_OFS_DELTA : object->type, object->n);
	if (object->base != WRITER_NO_BASE)
		append_distance(w, start - w->place[object->base]);
	append_compressed(w, data, object->n);
	w->n++;
}

static void
write_chunk(struct writer *w, const struct buf *chunk)
{
	struct writer_object object;

	for (size_t at = 0; at < chunk->len; at += object.n) {
		memcpy(&object, chunk->data + at, sizeof(object));
		at += sizeof(object);
		write_object(w, &object, chunk->data + at);
	}
}

/* The next chunk to write; false when there will be none. */
static bool
next_chunk(struct writer *w, struct buf *chunk)
{
	bool more;

	pthread_mutex_lock(&w->lock);
	while (w->queued == 0 && !w->ended)
		pthread_cond_wait(&w->changed, &w->lock);
	more = w->queued > 0;
	if (more) {
		*chunk = w->queue[w->first];
		w->queue[w->first] = (struct buf)BUF_INIT;
		w->first = (w->first + 1) % CHUNKS;
		w->queued--;
		pthread_cond_signal(&w->changed);
	}
	pthread_mutex_unlock(&w->lock);
	return more;
}

static void
note_failure(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	if (w->failed.code == ERR_NONE)
		error_errno(&w->failed, ERR_IO, "cannot write a pack");
	pthread_mutex_unlock(&w->lock);
}

static void *
run(void *ctx)
{
	struct writer *w = ctx;
	struct buf chunk;

	while (next_chunk(w, &chunk)) {
		if (!ferror(w->f))
			write_chunk(w, &chunk);
		if (ferror(w->f))
			note_failure(w);
		buf_clear(&chunk);
	}
	return NULL;
}

struct writer *
writer_new(FILE *f, uint64_t offset)
{
	struct writer *w = xcalloc(1, sizeof(*w));

	w->f = f;
	w->offset = offset;
	libdeflate_set_memory_allocator(xmalloc, free);
	w->quick = libdeflate_alloc_compressor(QUICK);
	w->thorough = libdeflate_alloc_compressor(THOROUGH);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->changed, NULL);
	if (pthread_create(&w->thread, NULL, run, w) != 0) {
		error_set(&w->failed, ERR_SYSTEM, "cannot start a thread");
		w->joined = true;
	}
	return w;
}

static void
join(struct writer *w)
{
	if (w->joined)
		return;
	pthread_mutex_lock(&w->lock);
	w->ended = true;
	pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	w->joined = true;
}

void
writer_free(struct writer *w)
{
	if (w == NULL)
		return;
	join(w);
	libdeflate_free_compressor(w->quick);
	libdeflate_free_compressor(w->thorough);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->changed);
	buf_clear(&w->packed);
	buf_clear(&w->filling);
	free(w->crc);
	free(w->place);
	free(w);
}

/* Hands what was filled to the thread. */
static int
hand_over(struct writer *w, struct error *err)
{
	int rc;

	pthread_mutex_lock(&w->lock);
	while (w->queued == CHUNKS && w->failed.code == ERR_NONE)
		pthread_cond_wait(&w->changed, &w->lock);
	rc = w->failed.code;
	if (rc != ERR_NONE) {
		error_set(err, w->failed.code, "%s", w->failed.text);
	} else if (w->filling.len > 0) {
		w->queue[(w->first + w->queued++) % CHUNKS] = w->filling;
		w->filling = (struct buf)BUF_INIT;
		pthread_cond_signal(&w->changed);
	}
	pthread_mutex_unlock(&w->lock);
	return rc;
}

int
writer_add(struct writer *w, const struct writer_object *object, const void *data, struct error *err)
{
	assert(object->n < UINT32_MAX);
	if (w->filling.cap == 0) {	/* at once, not by and by */
		w->filling.data = xmalloc(CHUNK + SLACK);
		w->filling.cap = CHUNK + SLACK;
	}
	buf_add(&w->filling, object, sizeof(*object));
	buf_add(&w->filling, data, object->n);
	return w->filling.len >= CHUNK ? hand_over(w, err) : 0;
}

int
writer_end(struct writer *w, struct error *err)
{
	int rc = hand_over(w, err);

	join(w);
	if (rc == 0 && w->failed.code != ERR_NONE)
		rc = error_set(err, w->failed.code, "%s", w->failed.text);
	return rc;
}

const uint32_t *
writer_crcs(const struct writer *w)
{
	return w->crc;
}

const uint64_t *
writer_offsets(const struct writer *w)
{
	return w->place;
}
