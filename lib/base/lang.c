#include "lang.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

#define SAMPLE 1500		/* bytes of a text that are looked at */
#define WORDS_MIN 6		/* fewer words tell nothing */
#define HITS_MIN 3		/* different ones; a letter with an accent makes up for one in a title */
#define WORDS_A_HIT 8		/* running text in a language of the table has a listed word in three or four */

#define TITLE_WORDS_MIN 4	/* a title is judged on less, but then nothing in it may speak for the expected language */
#define NAMES_MAX 6		/* fewer hits may lie in names that stand in an English title */

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

/* What tells neighbours apart once their common words do not: letters (both cases), and ends of words as utf8_fold gives them. Each counts
 * once, for each language that has it. */
static const struct {
	char code[3];
	const char *letters, *ends;
} signs[] = {
	{ "fr", "œ Œ ê Ê è È û ë ç Ç à À", " eur eurs euse eux elle elles aire aires ees " },
	{ "es", "ñ Ñ ¿ ¡", " cion ciones idad idades miento mientos " },
	{ "de", "ß ü Ü ä Ä ö Ö", " ung ungen heit keit lich liche licher lichen " },
	{ "it", "è È à À ò Ò ì ù", " zione zioni mento menti " },
	{ "pl", "ł Ł ą ę ż Ż ś Ś ń ć", " owy owych nego nych " },
	{ "nl", "ë", " ing ingen heid ij ijk ijke " },
	{ "sv", "å Å ä Ä ö Ö", " ningar skrifter " },
	{ "pt", "ã Ã õ Õ ê Ê ç Ç à À", " cao coes dade dades agem " },
};

/* Words and ends of words that only an English title has: "Draft Portaria do Instituto Nacional de Metrologia" is one. */
static const char english_words[] = " draft regulation regulations regulatory resolution ordinance law laws act order orders decree standards requirement requirements "
    "rule rules amendment amendments amending proposed proposal technical products food foods feed safety specification specifications "
    "ministry addendum notice code labelling energy health plants animals imports ";
static const char english_ends[] = " ing ings ity ness ght ship ally tory able ible ished ized ised ated ";

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

static struct slot words_table[SLOTS];	/* the lists as one table, made on first use */

static void
make_table(void)
{
	size_t n;

	for (unsigned i = 0; i < LANGUAGES; i++)
		for (const char *p = languages[i].words + 1; *p != '\0'; p += n + 1) {
			struct slot *slot;

			n = strcspn(p, " ");
			slot = find(words_table, p, n);
			slot->word = p;
			slot->n = n;
			slot->languages |= 1u << i;
		}
}

static struct slot *
table(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;	/* texts are read in several threads */

	pthread_once(&once, make_table);
	return words_table;
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

static bool
listed(const char *list, const char *word, size_t n)
{
	for (const char *p = strchr(list, ' '); p != NULL && p[1] != '\0'; p = strchr(p + 1, ' '))
		if (strncmp(p + 1, word, n) == 0 && p[1 + n] == ' ')
			return true;
	return false;
}

/* Has the folded text a word with one of these ends? */
static bool
has_end(const char *folded, const char *ends)
{
	size_t n;

	for (const char *p = ends + 1; *p != '\0'; p += n + 1) {
		n = strcspn(p, " ");
		for (const char *at = strchr(folded + 1, ' '); at != NULL; at = strchr(at + 1, ' '))
			if ((size_t)(at - folded) > n + 2 && memcmp(at - n, p, n) == 0 && memchr(at - n - 2, ' ', 2) == NULL)
				return true;
	}
	return false;
}

static unsigned
count_letters(const char *text, const char *letters)
{
	unsigned found = 0;
	size_t n;

	for (const char *p = letters; *p != '\0'; p += n + (p[n] == ' ')) {
		char letter[8];

		n = strcspn(p, " ");
		memcpy(letter, p, n);
		letter[n] = '\0';
		found += strstr(text, letter) != NULL;
	}
	return found;
}

/* The hits of a row, and the signs that its language has more. */
static void
add_signs(const char *text, const char *folded, const unsigned hits[LANGUAGES], unsigned scores[LANGUAGES])
{
	memcpy(scores, hits, LANGUAGES * sizeof(*scores));
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		scores[row_of(signs[i].code)] += count_letters(text, signs[i].letters) + has_end(folded, signs[i].ends);
}

/* Different words of one language's list that are not in the other's. */
static unsigned
count_own(const char *folded, size_t row, size_t but)
{
	const struct slot *seen[HITS_MIN], *slot;
	unsigned own = 0;
	size_t n;

	for (const char *p = folded + 1; *p != '\0' && own < HITS_MIN; p += n + 1) {
		bool repeated = false;

		n = strcspn(p, " ");
		if (n < 2)
			continue;
		slot = find(table(), p, n);
		for (unsigned i = 0; i < own; i++)
			repeated = repeated || seen[i] == slot;
		if (!repeated && (slot->languages >> row & 1) && !(but < LANGUAGES && (slot->languages >> but & 1)))
			seen[own++] = slot;
	}
	return own;
}

static bool
looks_english(const char *folded)
{
	size_t n;

	for (const char *p = folded + 1; *p != '\0'; p += n + 1) {
		n = strcspn(p, " ");
		if (n > 1 && listed(english_words, p, n))
			return true;
	}
	return has_end(folded, english_ends);
}

/* Latin letters beyond ASCII. */
static bool
has_accents(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
		if (*p >= 0xc3 && *p <= 0xc9 && !(*p == 0xc3 && (p[1] == 0x97 || p[1] == 0xb7)))
			return true;
	return false;
}

/* Running text: many words, against those of the expected language, for foreign names in a text make some hits. */
static bool
clear_of_text(size_t words, unsigned own, unsigned hits, unsigned expected)
{
	return words >= WORDS_MIN && own >= HITS_MIN && 2 * hits > 3 * expected + 2;
}

/* A title: few words, but none that the expected language has to itself. */
static bool
clear_of_title(const char *text, size_t words, unsigned own, unsigned hits, unsigned signs_seen)
{
	if (words < TITLE_WORDS_MIN)
		return false;
	if (own >= HITS_MIN)
		return true;
	/* "de" alone, over and over, is enough where the letters and ends of words say the same */
	return has_accents(text) && (own + 1 >= HITS_MIN || (hits >= HITS_MIN && signs_seen > 0));
}

/* Do the words allow that the text is in 'row' and not in 'wanted'? */
static bool
clear(const char *text, const char *folded, size_t words, const unsigned *hits, unsigned signs_seen, size_t row, size_t wanted)
{
	unsigned own = count_own(folded, row, wanted);

	if (own == 0 || hits[row] * WORDS_A_HIT < words)
		return false;
	if (hits[row] < NAMES_MAX && wanted < LANGUAGES && strcmp(languages[wanted].code, "en") == 0 && looks_english(folded))
		return false;
	if (clear_of_text(words, own, hits[row], hits[wanted]))
		return true;
	return (wanted == LANGUAGES || count_own(folded, wanted, row) == 0) && clear_of_title(text, words, own, hits[row], signs_seen);
}

const char *
lang_detect(const char *text, const char *expected)
{
	AUTO_BUF sample = BUF_INIT;
	AUTO_BUF folded = BUF_INIT;
	unsigned hits[LANGUAGES + 1] = { 0 }, scores[LANGUAGES];
	size_t words, best, wanted = row_of(expected);

	buf_add(&sample, text, strnlen(text, SAMPLE));	/* a character cut at the end folds to a blank */
	utf8_fold(buf_str(&sample), &folded);
	words = count(buf_str(&folded), hits);
	if (hits[wanted] >= hits[leader(hits, wanted)])
		return expected;
	add_signs(buf_str(&sample), buf_str(&folded), hits, scores);
	best = leader(scores, LANGUAGES);
	if (best == wanted || scores[best] == scores[leader(scores, best)])
		return expected;
	return clear(buf_str(&sample), buf_str(&folded), words, hits, scores[best] - hits[best], best, wanted) ? languages[best].code : expected;
}

/* ---- by script ---- */

#define JAPANESE "ja"

static const struct { int32_t from, to; const char *lang; } scripts[] = {
	{ 0x0370, 0x03FF, "el" }, { 0x0400, 0x052F, "und-Cyrl" }, { 0x0590, 0x05FF, "he" }, { 0x0600, 0x06FF, "ar" }, { 0x0750, 0x077F, "ar" },
	{ 0x0E00, 0x0E7F, "th" }, { 0x10A0, 0x10FF, "ka" }, { 0x3040, 0x30FF, JAPANESE }, { 0x4E00, 0x9FFF, "zh" }, { 0xAC00, 0xD7AF, "ko" },
};

/* Has it a character of those scripts, or of another that begins with the same bytes? Few texts have. */
static bool
has_script(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0xcd)	/* U+0370 is CD B0 */
		s++;
	return *s != '\0';
}

static const char *
script_of(int32_t cp)
{
	for (size_t i = 0; cp >= scripts[0].from && i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (cp >= scripts[i].from && cp <= scripts[i].to)
			return scripts[i].lang;
	return NULL;
}

const char *
lang_of_script(const char *text)
{
	size_t latin = 0, other = 0, step;
	const char *lang = NULL, *found;
	int32_t cp;

	if (!has_script(text))
		return NULL;
	for (; (step = utf8_next(text, &cp)) > 0; text += step) {
		latin += (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
		found = script_of(cp);
		other += found != NULL;
		/* Japanese begins with Chinese characters as often as with its own */
		if (found != NULL && (lang == NULL || strcmp(found, JAPANESE) == 0))
			lang = found;
	}
	return other > latin ? lang : NULL;
}

const char *
lang_shown(const char *lang, const char *text)
{
	const char *script = lang == NULL || lang[0] == '\0' || strcmp(lang, "en") == 0 ? lang_of_script(text) : NULL;

	return script != NULL ? script : lang != NULL ? lang : "";
}

bool
lang_is_rtl(const char *lang)
{
	static const char *const written[] = { "ar", "he", "fa", "ur" };

	for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++)
		if (strcmp(lang, written[i]) == 0)
			return true;
	return false;
}
