#include "pdf_rules.h"

#include <string.h>

#include "../lib/base/error.h"
#include "../lib/base/utf8.h"

/* The words for parts of a law in the languages in which most drafts come; what stands in others becomes plain paragraphs. */
#define PARTS "chapter|title|part|section|subsection|book|division|chapitre|titre|partie|sous-section|livre|capítulo|título|sección|capitolo|titolo|sezione|" \
	"kapitel|abschnitt|teil|hoofdstuk|afdeling|titel|rozdział|oddział|dział|глава|раздел|secção|parte"
#define ANNEXES "annex|annexe|appendix|schedule|appendice|anexo|apéndice|allegato|anhang|anlage|bijlage|bilag|bilaga|załącznik|приложение"
#define ARTICLES "article|artículo|artikel|articolo|artigo|artykuł|art\\.|член|статья|άρθρο|článek|čl\\.|cikk|articolul|article unique"
#define NUMBER "(?:[0-9]{1,4}(?:[.-][0-9]{1,3})*(?:er|re|º|°|ª)?|[ivxlc]{1,7}|[a-z]|premier|première|unique)"
#define TAIL "(?: ?(?:bis|ter|quater|[a-z](?![a-z])))?\\.?"
#define NAME "(?: ?[:.–—-] ?\\S.{0,100})?"

static const struct {
	size_t offset;
	const char *pattern;
	int flags;
} patterns[] = {
	{ offsetof(struct pdf_rules, part), "^(?:(?:" PARTS "|" ANNEXES ") " NUMBER TAIL NAME "|(?:" ANNEXES "|annexes|anexos))$", RX_CASELESS },
	{ offsetof(struct pdf_rules, article), "^(?:" ARTICLES "|§) ?" NUMBER TAIL NAME "$", RX_CASELESS },
	{ offsetof(struct pdf_rules, named), "^(?:(?:" PARTS "|" ANNEXES "|" ARTICLES ") |§)", RX_CASELESS },
	{ offsetof(struct pdf_rules, numbered), "^([0-9]{1,2}(?:\\.[0-9]{1,2}){0,4})\\.? +\\p{Lu}\\S.{1,80}$", 0 },
	{ offsetof(struct pdf_rules, marker), "^(?:[•▪●◦○■□–—−‣·*-]|\\(?(?:[0-9]{1,3}|[a-z]{1,2}|[ivxl]{1,6}|[A-Z])(?:bis|ter)?[).]|[0-9]{1,3}(?:\\.[0-9]{1,3}){1,5}\\.?|"
	    "[0-9]{1,3}\\.?º|\\[[A-Z]{2,6} ?[0-9]{1,4}\\]|§ ?[0-9]{1,4}\\.?)[ \\t]+(?=\\S)", 0 },
	{ offsetof(struct pdf_rules, bullet), "^[•▪●◦○■□‣][ \\t]", 0 },
	{ offsetof(struct pdf_rules, dots), "[ \\t]*(?:\\.[ \\t]?){4,}[ \\t]*[0-9ivxl]{0,5}$", 0 },
};

static struct rx **
at(struct pdf_rules *r, size_t i)
{
	return (struct rx **)(void *)((char *)r + patterns[i].offset);
}

int
pdf_rules_init(struct pdf_rules *r, struct error *err)
{
	*r = (struct pdf_rules){ .part = NULL };
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		int rc = rx_compile(patterns[i].pattern, patterns[i].flags, at(r, i), err);

		if (rc != 0)
			return rc;
	}
	return 0;
}

void
pdf_rules_clear(struct pdf_rules *r)
{
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		rx_free(*at(r, i));
	*r = (struct pdf_rules){ .part = NULL };
}

/* "Article 3. The limit is 5 mg." is a paragraph: a name is no sentence. */
static bool
is_name(const char *s, size_t n)
{
	size_t words = 0;

	for (size_t i = 0; i < n; i++)
		words += s[i] == ' ';
	return words < 2 || strchr(".;,:", s[n - 1]) == NULL;
}

unsigned
pdf_rules_level(const struct pdf_rules *r, const char *s, size_t n)
{
	struct rx_match m;

	if (n == 0 || n > 160 || strchr(";,", s[n - 1]) != NULL || !is_name(s, n))
		return 0;
	if (!(*s >= 'A' && *s <= 'Z') && (unsigned char)*s < 0x80)
		return 0;
	if (rx_exec(r->part, s, n, 0, &m, NULL))
		return 1;
	return rx_exec(r->article, s, n, 0, &m, NULL) ? 2 : 0;
}

/* Small letters by their code: ASCII, Latin-1, and in Latin Extended-A, Greek and Cyrillic those that are. */
static bool
is_small(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7) || (c >= 0x100 && c < 0x180 && (c & 1) != 0) || (c >= 0x3ac && c <= 0x3ce) ||
	    (c >= 0x430 && c <= 0x45f);
}

bool
pdf_begins_small(const char *s, size_t n)
{
	unsigned char c = n > 0 ? (unsigned char)s[0] : 0, d = n > 1 ? (unsigned char)s[1] : 0;

	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	return c < 0xe0 && (d & 0xc0) == 0x80 && is_small((c & 0x1f) << 6 | (d & 0x3f));
}

bool
pdf_is_capitals(const char *s, size_t n)
{
	size_t letters = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (pdf_begins_small(s + i, n - i))
			return false;
		letters += (c >= 'A' && c <= 'Z') || (c >= 0xc3 && c <= 0xd3);
	}
	return letters >= 4;
}

bool
pdf_ends_sentence(const char *s, size_t n)
{
	static const char *const closing[] = { "\"", "'", ")", "]", "\u00bb", "\u201d", "\u2019" };
	bool closed = true;

	while (closed && n > 0) {
		closed = false;
		while (n > 0 && s[n - 1] == ' ')
			n--;
		for (size_t i = 0; i < sizeof(closing) / sizeof(*closing) && !closed; i++) {
			size_t k = strlen(closing[i]);

			closed = n >= k && memcmp(s + n - k, closing[i], k) == 0;
			n -= closed ? k : 0;
		}
	}
	return n > 0 && strchr(".;:?!", s[n - 1]) != NULL;
}
