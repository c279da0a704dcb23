/* A list of owned strings. */
#ifndef REGWATCH_BASE_STRV_H
#define REGWATCH_BASE_STRV_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct strv {
	char **v;
	size_t n, cap;
};

#define STRV_INIT { NULL, 0, 0 }
#define AUTO_STRV __attribute__((cleanup(strv_clear))) struct strv

void strv_clear(struct strv *s);
void strv_add(struct strv *s, const char *item);		/* copies */
void strv_addn(struct strv *s, const char *item, size_t n);	/* copies n bytes */
void strv_take(struct strv *s, char *item);			/* owns item from now on */
void strv_copy(struct strv *to, const struct strv *from);	/* to is cleared first */
bool strv_has(const struct strv *s, const char *item);
bool strv_equal(const struct strv *a, const struct strv *b);	/* same items in the same order */
void strv_sort(struct strv *s);					/* by bytes; drops repeats: a set */
/* For qsort and bsearch over 'v'. */
int strv_compare(const void *a, const void *b);

void strv_join(const struct strv *s, const char *sep, struct buf *out);

/* Adds the parts of text between any of the characters of seps, trimmed of ASCII blanks; empty parts are left out. */
void strv_split(struct strv *s, const char *text, const char *seps);

#endif
