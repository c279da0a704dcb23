/* Attached texts at work: which documents of a record are asked for, from where and when; what came is extracted and handed over as payloads
 * (lib/notice/attached.h). A document that cannot be had never fails a feed: it is remembered under "documents" in the feed's state, which status tells, and
 * tried again with growing pauses. */
#ifndef REGWATCH_FEEDS_ATTACH_H
#define REGWATCH_FEEDS_ATTACH_H

#include "../lib/base/buf.h"
#include "../lib/notice/notice.h"
#include "feed.h"

/* Payloads that were read. */
struct attach_texts {
	struct buf *v;
	size_t n, cap;
};

#define ATTACH_TEXTS_INIT { .v = NULL }
#define AUTO_ATTACH_TEXTS __attribute__((cleanup(attach_texts_clear))) struct attach_texts
void attach_texts_clear(struct attach_texts *t);

/* Does the configuration want texts of a record whose dossier is open for comment (or that is to be read as if it were), or not? A final text is wanted too where
 * the draft's is held. */
bool attach_wanted(const struct feed *f, const struct notice *n, bool open);

enum attach_what {
	ATTACH_NEW,	/* only documents whose text is not held and that did not fail lately */
	ATTACH_DUE	/* these, and those whose reading is more than a day old: a source may replace a file in its place */
};

/* Asks for n's documents as far as they are wanted and due, until the time 'until' (clock_monotonic). Payloads that differ from what n bears
 * (text_sha256) are added to out. Of the same text in several languages the preferred one is read (f->language), else English, else all. */
void attach_read(struct feed *f, const struct notice *n, bool open, enum attach_what what, double until, struct attach_texts *out);

/* ---- attach_choose.c: the decisions, pure but for f->state ---- */

/* The documents of n to read, by their number in n->documents, in that order: language and host fit. At most 'max'; returns how many. */
size_t attach_choose(const struct feed *f, const struct notice *n, bool open, size_t *out, size_t max);

/* Where to ask for it: its link, or the same on the address that the configuration gives to TRIS. Caller frees. */
char *attach_address(const struct feed *f, const struct document *d);

/* The entry of the configuration that allows the host of this address, as far as it names one outright ("" when it is one of the feed's own); NULL: not
 * allowed. */
const char *attach_host(const struct feed *f, const char *address);

#endif
