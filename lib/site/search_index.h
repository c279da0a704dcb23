/* The search of the public site: an index in small pieces that search.js loads as scripts when it needs them, because a page opened from a file may
 * not fetch. How it is cut, and why, so that a piece depends on the documents alone and not on when the site was published before:
 *
 * - Documents are put in order of (date, id). Those of one year, SEARCH_SEGMENT at a time in that order, are a segment: "2026-0", "2026-1", ... Undated ones are
 *   year 0. So a new document, which bears a late date, changes one segment, and within it the pieces with words of the documents behind its place.
 * - A segment's words lie in 1 to 256 pieces by a fixed table of first letters (search_prefixes): as many as the power of two that gives a piece some 16
 *   documents' words. Each is SEGMENT/wNN.js. Longer lists lie apart, so that looking for a rare word through all years reads little: SEGMENT/lNN.js, all
 *   such words in order, some 1.1 KB a piece, so that a frequent word has one almost alone. The word's entry tells which piece (search_list.h). Where there
 *   are several pieces of words, SEGMENT/b.js tells where those of lists begin, but the first: words " "; with it several frequent words are found without
 *   their entries. No list is longer than a segment, so no piece is long, however frequent a word.
 * - A segment's documents lie in pieces of SEARCH_BLOCK, as a result shows them: SEGMENT/dNN.js.
 * - Symbols lie in pieces of their own over all years (symbols/NN.js): "G/TBT/N/USA/2211", "usa 2211" and "2024/0321/FI" are found with one look.
 * - Over all segments but the newest lies a table that tells for each word which notifications have it (search_past.h; search_often.h for frequent words). So
 *   words that only an old notification has together are found with a look at the newest segment, the table and one segment more.
 * - manifest.js names the segments, newest first, each with its number of documents and a fingerprint, which the script puts behind the address of each piece (a
 *   cached piece of an older state is never read with a new one).
 *
 * A piece is a call of regwatchIndex("NAME", ...). Lists of documents are differences in a variable-length code of 91 printable characters
 * (search_number). */
#ifndef REGWATCH_SITE_SEARCH_INDEX_H
#define REGWATCH_SITE_SEARCH_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"
#include "../base/strv.h"

struct buf;

#define SEARCH_FORM 3		/* raised with each change of what pieces look like: none that a browser has kept is then read with others */
#define SEARCH_SEGMENT 4096	/* documents of a segment */
#define SEARCH_BLOCK 16		/* documents of a piece of the table */
#define SEARCH_KEY 12		/* "2026-0" and NUL */
#define SEARCH_TITLE 220	/* columns of a title that results show */
#define SEARCH_STAMP 8		/* hex digits of a fingerprint */
#define SEARCH_NUMBERS 805141	/* that a list can hold */

struct search_doc {		/* borrowed; "" and NULL are the same */
	const char *id;
	const struct strv *symbols;	/* all it bears, NULL: the id */
	struct date date;		/* of distribution */
	const char *path;		/* of its page, from the site's root, percent-encoded, with fragment */
	const char *title, *lang;	/* lang: of the title, "" for English */
	const char *member;		/* name */
	const char *sectors;		/* titles, in words */
	const char *products, *description;
};

/* Receives one file: its name below the folder of the index ("2026-0/w1f.js") and its bytes. Non-zero ends the making and is returned. */
typedef int (*search_emit)(void *ctx, const char *name, const struct buf *bytes);

/* The number of documents from docs[0] on that make up its segment, which *chunk (0 at the first of a year, counted up by this call) names. docs is in
 * order; only dates are looked at. key receives the segment's name. */
size_t search_segment_span(const struct search_doc *docs, size_t n, unsigned *chunk, char key[SEARCH_KEY]);

struct search_past;		/* search_past.h */

/* All pieces of one segment (docs: one span, all fields set). past: also adds its words there, where search_past_segment has announced it; NULL for the newest
 * segment. */
int search_segment_write(const char *key, const struct search_doc *docs, size_t n, struct search_past *past, search_emit emit, void *ctx);

struct search_segment {
	char key[SEARCH_KEY];
	size_t n;
	char stamp[SEARCH_STAMP + 1];	/* anything that changes when a document of the segment does */
};

/* The pieces of symbols. docs: all of them, of which only id, symbols and date are looked at. */
int search_symbols_write(const struct search_doc *docs, size_t n, search_emit emit, void *ctx);

/* manifest.js. segments: in the order of docs, which holds all documents of all of them; of docs only date is looked at. */
int search_manifest_write(const struct search_segment *segments, size_t segments_n, const struct search_doc *docs, size_t n, search_emit emit, void *ctx);

/* The form and the place of results, for the page that loads search.js; 'folder' is the index's, relative to that page, with "/" at its end; 'root' likewise
 * the site's ("" in the same folder). Without scripts it says so; the lists of the page serve then. */
void search_form(const char *folder, const char *root, struct buf *out);

/* ---- for tests ---- */

void search_number(uint32_t value, struct buf *out);		/* < SEARCH_NUMBERS */
unsigned search_files(size_t docs);				/* pieces of words of a segment */
unsigned search_shard(const char *word);			/* 0..255: its row in the table of first letters */
void search_words(const char *text, struct strv *out);		/* folded words that are looked for: no stop words, at least two letters, cut at 24; in order, with repeats */

#endif
