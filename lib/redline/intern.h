/* Numbers for strings: equal strings get the same number, so that comparing texts becomes comparing numbers. */
#ifndef REGWATCH_REDLINE_INTERN_H
#define REGWATCH_REDLINE_INTERN_H

#include <stddef.h>
#include <stdint.h>

/* Some bytes of a text that outlives it. */
struct slice {
	const char *s;
	size_t n;
	uint32_t id;
	uint64_t hash;		/* scratch of intern() */
};

struct slices {
	struct slice *v;
	size_t n, cap;
};

#define SLICES_INIT { NULL, 0, 0 }
#define AUTO_SLICES __attribute__((cleanup(slices_clear))) struct slices

void slices_add(struct slices *v, const char *s, size_t n);
void slices_clear(struct slices *v);

/* Sets the ids, 0 to one less than the result. By sorting, which no choice of strings makes slow; hash tables of a known function can be. */
size_t intern(struct slices *v);

#endif
