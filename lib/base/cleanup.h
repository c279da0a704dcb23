/* Scope-bound ownership: declare an owned thing with AUTO_..., hand it over with TAKE(). Every early return is then safe. */
#ifndef REGWATCH_BASE_CLEANUP_H
#define REGWATCH_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The value of p, which forgets it: ownership moves to whoever reads the result. */
#define TAKE(p) (__extension__({ __typeof__(p) taken_ = (p); (p) = NULL; taken_; }))

/* Defines cleanup_NAME(TYPE *p) calling FREE(*p) when it is not NULL, for use in an AUTO macro of the module that owns TYPE. */
#define CLEANUP_POINTER(NAME, TYPE, FREE)		\
	static inline void				\
	cleanup_##NAME(TYPE *p)				\
	{						\
		if (*p != NULL)				\
			FREE(*p);			\
	}

static inline void
cleanup_free(void *p)
{
	free(*(void **)p);
}

static inline void
cleanup_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void
cleanup_file(FILE **f)
{
	if (*f != NULL)
		(void)fclose(*f);
}

#define AUTO_FREE __attribute__((cleanup(cleanup_free)))
#define AUTO_FD __attribute__((cleanup(cleanup_fd))) int
#define AUTO_FILE __attribute__((cleanup(cleanup_file))) FILE

#endif
