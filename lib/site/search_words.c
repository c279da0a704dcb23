/* What is looked for: words, and where a word's piece of the index is. */
#include <string.h>

#include "../base/buf.h"
#include "../base/strv.h"
#include "../base/utf8.h"
#include "search_index.h"
#include "search_words.h"

#define WORD_LETTERS 24		/* longer words are told apart by their start */

/* Words of notifications in the languages they come in that a reader does not look for, folded and in order. */
static const char *const stop_words[] = {
	"als", "an", "and", "are", "as", "at", "au", "auf", "aux", "be", "been", "by", "con", "da", "das", "de", "dei", "del", "dem", "den", "der", "des",
	"di", "die", "do", "du", "ein", "eine", "el", "em", "en", "es", "et", "for", "from", "has", "have", "ii", "il", "im", "in", "is", "it", "its",
	"la", "las", "le", "les", "lo", "los", "mit", "no", "not", "of", "on", "or", "ou", "par", "para", "por", "pour", "que", "se", "sur", "that", "the", "their",
	"this", "to", "un", "und", "une", "van", "von", "was", "which", "with", "zu", "zum", "zur",
};
#define STOP_BYTES 5		/* the longest of them: most words are longer, and need not be looked for */

/* Row i begins at the i-th of these: the 256 rows hold about as much each where the words of notifications in English, and some in French and Spanish, fall;
 * digits and other scripts have theirs. In order of bytes; row 0 begins before all. */
static const char *const prefixes[] = {
#include "search_prefixes.h"
};

#define PREFIXES (sizeof(prefixes) / sizeof(prefixes[0]))

_Static_assert(PREFIXES == SEARCH_ROWS - 1, "a boundary between any two rows");

/* Number of items at the front of an ordered list that are <= word. */
static size_t
up_to(const char *const *v, size_t n, const char *word)
{
	size_t low = 0;

	while (n > 0) {
		size_t half = n / 2;

		if (strcmp(v[low + half], word) <= 0) {
			low += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return low;
}

unsigned
search_shard(const char *word)
{
	return (unsigned)up_to(prefixes, PREFIXES, word);
}

static int
is_stop_word(const char *word)
{
	size_t at = up_to(stop_words, sizeof(stop_words) / sizeof(stop_words[0]), word);

	return at > 0 && strcmp(stop_words[at - 1], word) == 0;
}

/* Bytes of the first WORD_LETTERS letters; *letters is how many there are of them. */
static size_t
word_bytes(const char *s, size_t n, size_t *letters)
{
	size_t i = 0;

	*letters = 0;
	while (i < n) {
		if (((unsigned char)s[i] & 0xc0) != 0x80) {
			if (*letters == WORD_LETTERS)
				break;
			++*letters;
		}
		i++;
	}
	return i;
}

int
search_each_word(const char *text, struct buf *room, int (*fn)(void *ctx, const char *word), void *ctx)
{
	char *s, *end;
	int rc = 0;

	buf_reset(room);
	utf8_fold(text, room);
	for (s = room->data; rc == 0 && *(s += strspn(s, " ")) != '\0'; s = end) {
		size_t length = strcspn(s, " "), letters, cut = word_bytes(s, length, &letters);

		end = s + length + (s[length] != '\0');
		s[cut] = '\0';
		if (letters >= 2 && (cut > STOP_BYTES || !is_stop_word(s)))
			rc = fn(ctx, s);
	}
	return rc;
}

static int
add_word(void *ctx, const char *word)
{
	strv_add(ctx, word);
	return 0;
}

void
search_words(const char *text, struct strv *out)
{
	AUTO_BUF room = BUF_INIT;

	(void)search_each_word(text, &room, add_word, out);
}

static void
add_list(const char *const *v, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s%s", i > 0 ? " " : "", v[i]);
}

void
search_word_rules(struct buf *out)
{
	buf_adds(out, "\"stop\":\"");
	add_list(stop_words, sizeof(stop_words) / sizeof(stop_words[0]), out);
	buf_adds(out, "\",\n\"rows\":\"");
	add_list(prefixes, PREFIXES, out);
	buf_addf(out, "\",\n\"letters\":%d", WORD_LETTERS);
}
