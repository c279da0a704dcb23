#include "withdrawal.h"

#include <stdbool.h>
#include <string.h>

#include "phrase.h"
#include "prose_rules.h"

/* Of the words that prose_rules.c takes for a measure, those that mean a paper of the WTO about one. */
static const char documents[] = "addendum|corrigendum|document|documento|notice|notificacion|notification|notifications|revision|revisions|supplement";

/* "This corrigendum informs Members that ...": what is told stands behind. */
static const char telling[] = "inform*|advis*|announc*|notifies|notify|note|confirm*|communi*|comunic* ~ that|que";

/* The first word of a class in [from, to); 'to' without one. */
static size_t
first_of_class(const struct words *w, size_t from, size_t to, unsigned class)
{
	while (from < to && (w->v[from].classes & class) == 0)
		from++;
	return from;
}

static enum withdrawal
read_sentence(const struct words *w, size_t from, size_t to)
{
	size_t told = from, noun;

	if (first_of_class(w, from, to, T_WITHDRAWN) == to)
		return WITHDRAWAL_UNTOLD;
	(void)phrase_find(w, from, to, telling, NULL, &told);
	noun = first_of_class(w, told, to, MEASURE);
	if (noun == to)
		return WITHDRAWAL_UNTOLD;
	return phrase_find(w, noun, noun + 1, documents, NULL, NULL) ? WITHDRAWAL_DOCUMENT : WITHDRAWAL_MEASURE;
}

enum withdrawal
withdrawal_of(const char *text)
{
	enum withdrawal found = WITHDRAWAL_UNTOLD;
	AUTO_WORDS w = WORDS_INIT;

	words_read(text, strlen(text), &w);
	for (size_t i = 0; i < w.n; i++)
		w.v[i].classes = prose_classes(w.v[i].s);
	for (size_t from = 0, to; from < w.n; from = to) {
		enum withdrawal said = read_sentence(&w, from, to = words_sentence(&w, from));

		if (said == WITHDRAWAL_DOCUMENT)
			return said;
		if (said == WITHDRAWAL_MEASURE)
			found = said;
	}
	return found;
}
