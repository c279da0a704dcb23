/* Allocation that cannot fail: without memory the program says so and exits 71 (ERR_SYSTEM). Sizes that outsiders control are
 * checked against limits.h before they come here. */
#ifndef REGWATCH_BASE_ALLOC_H
#define REGWATCH_BASE_ALLOC_H

#include <stddef.h>

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *p, size_t size) __attribute__((returns_nonnull));

/* n * size with the overflow checked. */
void *xreallocarray(void *p, size_t n, size_t size) __attribute__((returns_nonnull));

/* A copy that the caller frees; xstrdup(NULL) is NULL. */
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n) __attribute__((malloc, returns_nonnull));

/* A formatted string that the caller frees. */
char *xasprintf(const char *fmt, ...) __attribute__((malloc, returns_nonnull, format(printf, 1, 2)));

/* Room for one more element in an array of n used and *cap allocated elements of 'size' bytes. */
void *xgrow(void *p, size_t n, size_t *cap, size_t size) __attribute__((returns_nonnull));

#endif
