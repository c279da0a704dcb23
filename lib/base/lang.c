#include "lang.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

#define SAMPLE 1500		/* bytes of a text that are looked at */
#define WORDS_MIN 6		/* fewer words tell nothing */
#define HITS_MIN 3
#define WORDS_A_HIT 8		/* running text in a language of the table has a listed word in three or four */

/* The commonest words of each language as utf8_fold gives them, without those that name things. Words that several languages share
 * count for each of them. Words of one letter are left out of all this, for labels and formulas are full of them. */
static const struct {
	char code[3];
	const char *words;
} languages[] = {
	{ "en", " the of and to in for is on that by with as are be this or from which at not shall will an has have it these their its was "
	        "should must may been than when other such under all any between into where " },
	{ "fr", " le la les de des du et en un une au aux pour dans par sur que qui est sont ce cette ces ou avec ne pas plus il elle se "
	        "son sa leur doit etre ont selon ainsi afin qu relatif relative portant " },
	{ "es", " el la los las de del en un una al para por con que es son se su sus lo como no mas este esta estos estas entre "
	        "sobre ser debe ha han cuando asi segun sin desde donde " },
	{ "de", " der die das den dem des und in im zu zur zum fur von vom mit auf ist sind ein eine einer eines einem einen nicht werden wird "
	        "als auch an bei nach uber durch oder sich es dass aus sowie nur kann soll " },
	{ "it", " il lo la gli le di del della dei delle dello degli ed in un una al alla ai alle per con che sono si non da dal dalla "
	        "dei nel nella nelle su sul sulla come piu questo questa essere deve anche ove " },
	{ "pl", " na do od po nie sie jest sa oraz dla przez lub ze jak przy to nad tym ktore ktory ktora zostal byc moze jego ich "
	        "przed ustawy za pod tego tej co " },
	{ "nl", " de het een van en in op te voor met dat is zijn aan bij als door wordt worden niet uit of om naar over tot deze dit die ook "
	        "er kan moet tussen dan deze onder heeft " },
	{ "sv", " och att det som en ett pa av for med till ar den de om inte har eller fran vid ska skall kan denna detta dessa under "
	        "samt mellan enligt inom sig man alla blir genom " },
	{ "pt", " os as de do da dos das em no na nos nas um uma para por com que se nao ao aos pelo pela como ou mais sao este esta "
	        "estes entre sobre ser deve foi sua seu quando ate " },
};

#define LANGUAGES (sizeof(languages) / sizeof(languages[0]))

#define SLOTS 1024	/* a power of two, over twice the number of words */

struct slot {
	const char *word;	/* in one of the lists, not terminated */
	size_t n;
	unsigned languages;	/* bit per row */
};

/* The slot of a word, or the free one where it belongs. */
static struct slot *
find(struct slot *slots, const char *word, size_t n)
{
	uint32_t hash = 2166136261;	/* FNV-1a */

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)word[i]) * 16777619;
	for (;; hash++) {
		struct slot *slot = &slots[hash % SLOTS];

		if (slot->word == NULL || (slot->n == n && memcmp(slot->word, word, n) == 0))
			return slot;
	}
}

/* The lists as one table, made on first use. */
static struct slot *
table(void)
{
	static struct slot slots[SLOTS];
	static bool made;
	size_t n;

	if (made)
		return slots;
	made = true;
	for (unsigned i = 0; i < LANGUAGES; i++)
		for (const char *p = languages[i].words + 1; *p != '\0'; p += n + 1) {
			struct slot *slot;

			n = strcspn(p, " ");
			slot = find(slots, p, n);
			slot->word = p;
			slot->n = n;
			slot->languages |= 1u << i;
		}
	return slots;
}

/* Counts into hits; returns how many words the folded text has. */
static size_t
count(const char *folded, unsigned hits[LANGUAGES])
{
	struct slot *slots = table();
	size_t words = 0, n;

	for (const char *p = folded + 1; *p != '\0'; p += n + 1) {
		unsigned found;

		n = strcspn(p, " ");
		if (n < 2)
			continue;
		found = find(slots, p, n)->languages;
		for (size_t i = 0; found != 0; i++, found >>= 1)
			hits[i] += found & 1;
		words++;
	}
	return words;
}

/* The row with most hits; 'but' is left out. */
static size_t
leader(const unsigned hits[LANGUAGES], size_t but)
{
	size_t best = but == 0 ? 1 : 0;

	for (size_t i = 0; i < LANGUAGES; i++)
		if (i != but && hits[i] > hits[best])
			best = i;
	return best;
}

static size_t
row_of(const char *code)
{
	size_t i = 0;

	while (i < LANGUAGES && strcmp(languages[i].code, code) != 0)
		i++;
	return i;
}

static void
fold_sample(const char *text, struct buf *out)
{
	AUTO_BUF sample = BUF_INIT;
	size_t n = strnlen(text, SAMPLE);

	buf_add(&sample, text, n);	/* a character cut at the end folds to a blank */
	utf8_fold(sample.data, out);
}

const char *
lang_detect(const char *text, const char *expected)
{
	AUTO_BUF folded = BUF_INIT;
	unsigned hits[LANGUAGES + 1] = { 0 };
	size_t words, best, wanted = row_of(expected);

	fold_sample(text, &folded);
	words = count(folded.data, hits);
	best = leader(hits, LANGUAGES);
	if (words < WORDS_MIN || hits[best] < HITS_MIN || hits[best] * WORDS_A_HIT < words)
		return expected;
	if (2 * hits[best] <= 3 * hits[wanted] + 2)
		return expected;	/* foreign names in a text make some hits */
	if (hits[best] <= hits[leader(hits, best)] + 1 + hits[best] / 8)
		return expected;
	return languages[best].code;
}
