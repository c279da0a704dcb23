#include "relay.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>

#include "error.h"

#define ROOM 16

struct relay {
	const struct relay_ends *ends;
	size_t room;

	pthread_mutex_t lock;		/* guards all below */
	pthread_cond_t changed;
	void *things[ROOM];
	size_t first, n;
	bool made, closed;		/* nothing more comes; nothing more is taken */

	int rc;				/* make's, read once its thread has ended */
	struct error failed;
};

int
relay_give(struct relay *r, void *thing, struct error *err)
{
	bool closed;

	pthread_mutex_lock(&r->lock);
	while (r->n == r->room && !r->closed)
		pthread_cond_wait(&r->changed, &r->lock);
	closed = r->closed;
	if (!closed) {
		r->things[(r->first + r->n++) % ROOM] = thing;
		pthread_cond_signal(&r->changed);
	}
	pthread_mutex_unlock(&r->lock);
	if (!closed)
		return 0;
	r->ends->drop(thing);
	return error_set(err, ERR_AGAIN, "nobody takes what was made");
}

static void *
run(void *ctx)
{
	struct relay *r = ctx;

	r->rc = r->ends->make(r->ends->ctx, r, &r->failed);
	pthread_mutex_lock(&r->lock);
	r->made = true;
	pthread_cond_signal(&r->changed);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* The next thing; NULL when there will be none. */
static void *
next(struct relay *r)
{
	void *thing = NULL;

	pthread_mutex_lock(&r->lock);
	while (r->n == 0 && !r->made)
		pthread_cond_wait(&r->changed, &r->lock);
	if (r->n > 0) {
		thing = r->things[r->first];
		r->first = (r->first + 1) % ROOM;
		r->n--;
		pthread_cond_signal(&r->changed);
	}
	pthread_mutex_unlock(&r->lock);
	return thing;
}

static void
close_end(struct relay *r)
{
	pthread_mutex_lock(&r->lock);
	r->closed = true;
	pthread_cond_signal(&r->changed);
	pthread_mutex_unlock(&r->lock);
}

static int
take_all(struct relay *r, struct error *err)
{
	void *thing;
	int rc = 0;

	while (rc == 0 && (thing = next(r)) != NULL) {
		rc = r->ends->take(r->ends->ctx, thing, err);
		r->ends->drop(thing);
	}
	return rc;
}

int
relay_run(const struct relay_ends *ends, size_t room, struct error *err)
{
	struct relay r = { .ends = ends, .room = room, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
	pthread_t thread;
	int rc;

	assert(room > 0 && room <= ROOM);
	if (pthread_create(&thread, NULL, run, &r) != 0)
		return error_set(err, ERR_SYSTEM, "cannot start a thread");
	rc = take_all(&r, err);
	close_end(&r);
	pthread_join(thread, NULL);
	for (; r.n > 0; r.n--, r.first = (r.first + 1) % ROOM)
		ends->drop(r.things[r.first]);
	if (rc != 0 || r.rc == 0)
		return rc;
	return error_set(err, (enum errcode)r.rc, "%s", r.failed.text);
}
