/* Is a notification of one system probably the same draft as one of the other? By member, dates and words of the titles: evidence to show to a person, with
 * its reasons, never a fact. What a record names as its twin is another matter (reference.h). */
#ifndef REGWATCH_NOTICE_TWIN_H
#define REGWATCH_NOTICE_TWIN_H

#include "notice.h"

#define TWIN_DAYS 120		/* between receipt by the Commission and circulation by the WTO, either way */

/* What is compared of a record, made once for many comparisons. */
struct twin_traits {
	char member[4];
	enum source source;
	struct date day;
	char lang[4];		/* of the title; "" unknown */
	struct strv title;	/* its words, folded: sorted, no word twice, without articles and the like */
	struct strv agency;	/* words of the ministry's name that tell one from another */
	struct strv body;	/* words of products and description, sorted; empty when they were not read */
};

#define TWIN_TRAITS_INIT { .day = DATE_NONE }
#define AUTO_TWIN_TRAITS __attribute__((cleanup(twin_traits_clear))) struct twin_traits

/* Takes what a list of records knows, so that not each of them has to be read. out is initialised by the call; lang may be "". */
void twin_traits_read(enum source source, const char *member, struct date day, const char *title, struct twin_traits *out);

/* Adds what the record itself tells besides: agency and words of the body. Titles that are worded differently can then be told from those of two
 * drafts of a series ("raw milk", "sterilized milk"). */
void twin_traits_add(const struct notice *n, struct twin_traits *t);
void twin_traits_clear(struct twin_traits *t);

struct twin_likeness {
	double score;		/* 0 to 1 */
	bool sure_words;	/* the words of one title are all in the other, or what they lack stands in the other's body */
	int days;		/* apart */
	size_t shared, of;	/* words of the titles that tell something: in both, in the one that has fewer */
	bool agency;		/* the same ministry or agency */
};

/* How much a folded word tells, from 0 (in every title) to 1 (in no other). NULL in the call below: all tell the same. */
typedef double (*twin_rarity)(void *ctx, const char *word);

/* False when they can not be the same: of different members or of one system, too far apart, in different languages, citing different numbers, or
 * with too little in common. True with sure_words false: only their bodies can tell; without, they are not to be shown as the same. */
bool twin_compare(const struct twin_traits *a, const struct twin_traits *b, twin_rarity rarity, void *ctx, struct twin_likeness *out);

/* "same member", "12 days apart", "5 of 7 title words", "same ministry or agency". */
void twin_reasons(const struct twin_likeness *l, struct strv *out);

/* Can a member notify to TRIS at all: states of the European Union, of the EEA, Switzerland, Türkiye, the United Kingdom (until 2020, and for
 * Northern Ireland)? */
bool twin_member(const char *iso2);

#endif
