/* Which sentence of a text became which of another. */
#ifndef REGWATCH_REDLINE_SENTENCES_H
#define REGWATCH_REDLINE_SENTENCES_H

#include "redline.h"
#include "sequence.h"

/* A sentence, and what follows it: " ", "\n" (the paragraph ends), or "" (the text ends). */
struct piece {
	const char *s;
	size_t n;
	const char *end;	/* static */
};

struct pieces {
	struct piece *v;
	size_t n, cap;
	bool flow;		/* of a document: sentences that differ only in blanks and line ends are the same */
};

#define PIECES_INIT { NULL, 0, 0, false }

/* The pieces of a text, which outlives them; put together they are the text. */
void pieces_split(const char *text, struct pieces *out);

/* The same for n bytes of a document: a sentence goes on over lines that were broken for their width; rows and headings are one piece each, and what
 * is blank belongs to the piece before it. width: of such lines in the document, 0 when it has none. */
void pieces_split_flow(const char *s, size_t n, size_t width, struct pieces *out);
size_t pieces_width(const char *text);

void pieces_add(struct pieces *p, const char *s, size_t n, const char *end);

/* A block to be: sentences [a, a + a_n) of the old text and [b, b + b_n) of the new one. Of several one was split or some were joined. */
struct step {
	enum block_kind kind;
	size_t a, a_n, b, b_n;
	size_t pair;		/* of a moved sentence: number of the step of its other half */
	bool edges;		/* BLOCK_CHANGED of sentences with little in common: compare only their ends */
};

struct steps {
	struct step *v;
	size_t n, cap;
};

/* Steps in the order of both texts. */
void sentences_align(const struct pieces *a, const struct pieces *b, struct effort *effort, struct steps *out);

#endif
