/* Taking records in: what a feed brings is matched with what the store holds, completed, compared, turned into events and committed.
 * The one writer of versions; fetch, import and rebuild all go through it. */
#ifndef REGWATCH_STORE_INTAKE_H
#define REGWATCH_STORE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/notice/effects.h"
#include "../lib/notice/notice.h"
#include "../lib/sector/sector.h"
#include "repo.h"

struct error;
struct index;
struct intake;
struct store;

/* The payload of an attached text (lib/notice/attached.h). */
struct arrival_text {
	const char *payload;
	size_t n;
};

/* What can be found out about a record by itself, before its turn comes and in another thread. */
struct findings {
	struct effects effects;
	struct sector_matches matches;	/* by the sectors of the index */
	char raw_blob[OID_HEX];		/* store_hash of the bytes that it came from */
};

/* What one way gave for one notification. */
struct arrival {
	const struct notice *notice;
	enum way way;
	const char *suffix;	/* of the raw file: ".api.json" */
	const char *raw;
	size_t raw_len;
	const struct arrival_text *texts;	/* of its documents, as far as they were read with it */
	size_t texts_n;
	struct findings *findings;	/* about notice; NULL: none yet */
};

/* Decodes raw bytes of the store, known by the ending of their path, into a normalised notice; out is initialised by the call. */
typedef int intake_decode_fn(const char *raw_path, const char *raw, size_t n, struct notice *out, struct error *err);

/* now: time of the fetch, which becomes the commits' time. Store and index are borrowed and must be up to date. */
struct intake *intake_new(struct store *st, struct index *ix, int64_t now, intake_decode_fn *decode);

/* Takes one notification; *changed (may be NULL) says whether it makes a version. Nothing is durable before intake_commit. */
int intake_add(struct intake *in, const struct arrival *d, bool *changed, struct error *err);

/* Texts of documents of a record that the store holds. What we only learn now (the text behind a link that was known, what another extractor makes of the
 * same bytes) is no change of the source; the same text again makes no version, nor does a text whose link the record no longer has. *changed may be NULL. ERR_DATA when a payload is damaged. */
int intake_attach(struct intake *in, const char *id, const struct arrival_text *texts, size_t n, bool *changed, struct error *err);

/* The source's complete answers have lacked this record long enough: marks it. */
int intake_vanish(struct intake *in, const char *id, struct error *err);

/* Makes all that was taken since the last commit durable, raw before main; the index follows. */
int intake_commit(struct intake *in, struct error *err);

/* Versions committed so far / taken since. */
size_t intake_versions(const struct intake *in);
size_t intake_pending(const struct intake *in);

/* Drops what was not committed. NULL is fine. */
void intake_free(struct intake *in);

#endif
