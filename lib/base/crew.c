#include "crew.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"

/* What all of them see. */
struct shared {
	atomic_size_t next;
	struct error failed[];		/* by number, from 0; code 0: none */
};

struct crew {
	struct shared *shared;
	size_t bytes, n;
	pid_t *pids;			/* 0: gone */
};

size_t
crew_processors(void)
{
	cpu_set_t set;
	int n;

	if (sched_getaffinity(0, sizeof(set), &set) < 0 || (n = CPU_COUNT(&set)) < 1)
		return 1;
	return (size_t)n;
}

size_t
crew_next(struct crew *c)
{
	return atomic_fetch_add(&c->shared->next, 1);
}

static int
share(struct crew *c, size_t n, struct error *err)
{
	void *p;

	c->bytes = sizeof(*c->shared) + n * sizeof(struct error);
	p = mmap(NULL, c->bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return error_errno(err, ERR_SYSTEM, "cannot share memory with other processes");
	c->shared = p;
	return 0;
}

/* In the new process: does not return. */
static _Noreturn void
serve(struct crew *c, size_t i, pid_t beginner, crew_work *work, void *ctx)
{
	int rc;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != beginner)
		_exit(1);
	rc = work(ctx, c, i + 1, &c->shared->failed[i]);
	c->shared->failed[i].code = (enum errcode)rc;
	_exit(0);
}

int
crew_begin(size_t n, crew_work *work, void *ctx, struct crew **out, struct error *err)
{
	struct crew *c = xcalloc(1, sizeof(*c));
	const pid_t beginner = getpid();
	int rc;

	*out = NULL;
	c->pids = xcalloc(n, sizeof(*c->pids));
	if ((rc = share(c, n, err)) < 0) {
		crew_free(c);
		return rc;
	}
	for (; c->n < n; c->n++) {
		c->pids[c->n] = fork();
		if (c->pids[c->n] == 0)
			serve(c, c->n, beginner, work, ctx);
		if (c->pids[c->n] < 0) {
			rc = error_errno(err, ERR_SYSTEM, "cannot begin another process");
			crew_free(c);
			return rc;
		}
	}
	*out = c;
	return 0;
}

static int
wait_for(struct crew *c, size_t i, struct error *err)
{
	const struct error *failed = &c->shared->failed[i];
	int status = 0;
	pid_t gone;

	while ((gone = waitpid(c->pids[i], &status, 0)) < 0 && errno == EINTR)
		;
	c->pids[i] = 0;
	if (gone < 0)
		return error_errno(err, ERR_SYSTEM, "cannot wait for process %zu", i + 1);
	if (WIFSIGNALED(status))
		return error_set(err, ERR_SYSTEM, "process %zu was ended by signal %d", i + 1, WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return error_set(err, ERR_SYSTEM, "process %zu ended with exit code %d", i + 1, WEXITSTATUS(status));
	return failed->code == ERR_NONE ? 0 : error_set(err, failed->code, "%s", failed->text);
}

int
crew_wait(struct crew *c, struct error *err)
{
	struct error later;
	int rc = 0;

	for (size_t i = 0; i < c->n; i++) {
		int one = wait_for(c, i, rc == 0 ? err : &later);

		rc = rc == 0 ? one : rc;
	}
	return rc;
}

void
crew_free(struct crew *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++)
		if (c->pids[i] > 0 && kill(c->pids[i], SIGKILL) == 0)
			while (waitpid(c->pids[i], NULL, 0) < 0 && errno == EINTR)
				;
	if (c->shared != NULL)
		munmap(c->shared, c->bytes);
	free(c->pids);
	free(c);
}
