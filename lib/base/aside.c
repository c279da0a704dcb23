#include "aside.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "alloc.h"
#include "error.h"

struct aside {
	int (*work)(void *ctx, struct error *err);
	void *ctx;
	pthread_t thread;
	bool begun;		/* in the thread */
	int rc;			/* the work's, read once its thread has ended */
	struct error failed;
};

static void *
run(void *ctx)
{
	struct aside *a = ctx;

	a->rc = a->work(a->ctx, &a->failed);
	return NULL;
}

struct aside *
aside_begin(int (*work)(void *ctx, struct error *err), void *ctx)
{
	struct aside *a = xcalloc(1, sizeof(*a));

	a->work = work;
	a->ctx = ctx;
	a->begun = pthread_create(&a->thread, NULL, run, a) == 0;
	return a;
}

int
aside_end(struct aside *a, struct error *err)
{
	int rc;

	if (a->begun)
		pthread_join(a->thread, NULL);
	else
		run(a);
	rc = a->rc;
	if (rc < 0 && err != NULL)
		*err = a->failed;
	free(a);
	return rc;
}
