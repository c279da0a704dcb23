/* Memory that is given back as a whole: for hundreds of thousands of small things that live equally long. */
#ifndef REGWATCH_BASE_ARENA_H
#define REGWATCH_BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *last;
};
#define ARENA_INIT { .last = NULL }

void *arena_alloc(struct arena *a, size_t n);			/* aligned for anything, not set to 0; ends the program when there is none */
const char *arena_text(struct arena *a, const char *s);	/* a copy */
void arena_clear(struct arena *a);

#endif
