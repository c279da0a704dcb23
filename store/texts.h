/* Attached texts on their way into the store: which of them are new to a record. Inside store/ only. */
#ifndef REGWATCH_STORE_TEXTS_H
#define REGWATCH_STORE_TEXTS_H

#include "../lib/notice/attached.h"
#include "intake.h"
#include "repo.h"

struct error;
struct store;

/* Texts that a version brings; 'files' is what the branches get of them. */
struct texts {
	struct attached *v;		/* borrows the payloads */
	struct new_attached *files;
	char **paths;
	size_t n;
};

#define TEXTS_INIT { .v = NULL }
#define AUTO_TEXTS __attribute__((cleanup(texts_clear))) struct texts
void texts_clear(struct texts *t);

/* Reads the payloads and keeps those that tell 'now' something new, which then bears them. before (NULL at first sight) learns with it what is no change of
 * the source: the text behind a link that it had already, and what another extractor made of the same bytes. The notification form is read by 'decode' for
 * what the record lacks. */
int texts_take(struct store *st, intake_decode_fn *decode, const struct arrival_text *given, size_t n, struct notice *before, struct notice *now, struct texts *out,
    struct error *err);

/* Fills what a new state of the record, without texts of its own, lacks from the notification forms that the store holds: the source's silence clears nothing that
 * only the form told. */
void texts_relearn(struct store *st, intake_decode_fn *decode, struct notice *now);

#endif
