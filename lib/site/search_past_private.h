/* The inside of the search over closed segments. */
#ifndef REGWATCH_SITE_SEARCH_PAST_PRIVATE_H
#define REGWATCH_SITE_SEARCH_PAST_PRIVATE_H

#include "../base/buf.h"
#include "search_often.h"
#include "search_past.h"
#include "search_piece.h"
#include "search_terms.h"
#include "search_words.h"

#define SEARCH_BANDS 64		/* of rows, for which a segment's words have one fingerprint: a group of the largest table */
#define SEARCH_BAND (SEARCH_ROWS / SEARCH_BANDS)

struct past_segment {
	char key[SEARCH_KEY];
	uint64_t made_of;
	size_t n;			/* documents */
	uint32_t first;			/* number of the first one */
	struct buf *bands;		/* its words as they stand in pieces, with all lists beside them; NULL: in its pieces */
	uint64_t prints[SEARCH_BANDS];
};

struct past_segments {
	struct past_segment *v;
	size_t n, cap;
};

/* A word too frequent for the table. */
struct past_often {
	char *word;
	unsigned group;
	uint32_t rank;
	uint64_t print;			/* of its list */
	struct buf numbers;		/* uint32_t; none when it is not read yet */
	bool read;
};

struct past_oftens {
	struct past_often *v;
	size_t n, cap;
};

struct past_group {
	uint64_t made_of;
	bool done;
};

/* What was known the last time. */
struct past_known {
	struct past_segments segments;
	struct past_group groups[SEARCH_BANDS];	/* done: known */
	struct past_oftens often;
};

struct search_past {
	struct past_known known;
	struct past_segments segments;
	struct search_years years;
	struct past_group groups[SEARCH_BANDS];
	struct past_oftens often;
	unsigned rows, groups_n;
	uint64_t layout;		/* of the numbers of all documents */
};

/* A line that is bad or has no end ends the reading: what stands before it is known. */
void past_known_read(struct past_known *k, const char *text);

struct past_often *past_often_add(struct past_oftens *o, const char *word, unsigned group, uint32_t rank, uint64_t print);
void past_bands_clear(struct past_segment *s);
void past_segments_clear(struct past_segments *s);
void past_oftens_clear(struct past_oftens *o);

/* Adds the numbers of all documents that have words of some rows of the table of first letters to the words' lists (uint32_t), of one word alone when 'only' is not NULL.
 * NULL, or the segment that could not be read: then terms is useless. */
const struct past_segment *past_gather(const struct search_past *p, const struct search_past_io *io, unsigned first_row, unsigned last_row, const char *only,
    struct search_terms *terms);

/* All pieces of a group, of terms whose lists are numbers. Adds its frequent words. */
int past_group_write(struct search_past *p, unsigned group, struct search_terms *terms, const struct search_past_io *io);

/* Lists of two words, once all groups are done. *broken: see past_gather. */
int past_pairs_write(struct search_past *p, const struct search_past_io *io, const struct past_segment **broken);

#endif
