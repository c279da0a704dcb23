/* Sectors: named sets of HS ranges, ICS ranges, TRIS categories and word patterns, and why a record matches them. */
#ifndef REGWATCH_SECTOR_SECTOR_H
#define REGWATCH_SECTOR_SECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/conf.h"
#include "../notice/notice.h"

struct error;
struct sectors;		/* compiled; read-only after loading */

/* The sectors that ship with the program, then those of the configuration (sections 'sector'), which replace shipped ones of the
 * same name as a whole; enabled = no takes one out. conf may be NULL. Fails with ERR_CONF, FILE:LINE and the offending value: a range upside
 * down, a pattern that does not compile, an unknown language, a bad name. */
int sectors_load(const struct conf *conf, struct sectors **out, struct error *err);
void sectors_free(struct sectors *s);

size_t sectors_count(const struct sectors *s);
const char *sectors_name(const struct sectors *s, size_t i);	/* sorted by name */
const char *sectors_title(const struct sectors *s, size_t i);
bool sectors_known(const struct sectors *s, const char *name);

/* Changes when any rule changes: SHA-256 in hex, 64 characters. */
const char *sectors_fingerprint(const struct sectors *s);

struct sector_reason {
	char *field;		/* "title", "products", "description", "HS", "ICS", "category", "dossier" (inherited) */
	char *what;		/* the word found, as the rule writes it, or the code */
	char lang[4];		/* of the rule for words; "" for codes */
	double points;		/* what it adds; 0 for a reason that was looked at and masked or damped away */
	char *note;		/* "halved: codes span 21 chapters", "masked by 'toy model'", or NULL */
};

struct sector_match {
	size_t sector;		/* number in sectors */
	double score;
	bool assigned;		/* reaches the threshold, or is the fallback */
	bool low;		/* assigned only as the best of weak ones: low confidence */
	struct sector_reason *reasons;
	size_t n, cap;
};

struct sector_matches {
	struct sector_match *v;		/* best score first; only sectors with a reason */
	size_t n, cap;
};
#define SECTOR_MATCHES_INIT { NULL, 0, 0 }

/* Scores one record by itself. */
void sectors_match(const struct sectors *s, const struct notice *n, struct sector_matches *out);

/* A follow-up has also the sectors of its base (titles of addenda are procedural): adds those as reason "dossier". Beside a sure sector of the base the
 * follow-up's own guess (low) is none: it stays with its reasons, but is not assigned. */
void sectors_inherit(struct sector_matches *own, const struct sector_matches *base);

/* Both: what a record has in its dossier, as the index labels it. base: NULL of a base itself, or while it is unknown. */
void sectors_match_in_dossier(const struct sectors *s, const struct notice *n, const struct notice *base, struct sector_matches *out);

void sector_matches_clear(struct sector_matches *m);

/* "title: toy; HS 9503" for the assigned match. Appended. */
void sector_reason_text(const struct sector_match *m, struct buf *out);

#endif
