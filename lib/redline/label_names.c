#include <string.h>

#include "../base/buf.h"
#include "../base/utf8.h"
#include "labels.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WORD_MAX 30	/* bytes of the longest name */

/* Names of the parts of laws, folded, in the languages of TRIS and ePing. */
static const struct {
	enum provision_kind kind;
	const char *names;
} parts[] = {
	/* en fr de es it nl pt pl ro cs sk sv da hu hr sl lt lv et el bg ru uk tr id vi */
	{ PROVISION_ARTICLE, "|article|art|artikel|articulo|articolo|artigo|artykul|articolul|clanek|clanok|cikk|clen|straipsnis|pants|artikla|"
	    "αρθρο|член|статья|стаття|madde|pasal|dieu|clause|rule|paragraaf|paragrafas|" },
	{ PROVISION_PART, "|part|partie|parte|teil|deel|czesc|partea|cast|dalis|book|livre|libro|buch|" },
	{ PROVISION_TITLE, "|title|titre|titulo|titolo|titel|tytul|titlul|" },
	{ PROVISION_CHAPTER, "|chapter|chapitre|capitulo|capitolo|kapitel|hoofdstuk|rozdzial|capitolul|kapitola|hlava|fejezet|poglavje|poglavlje|glava|"
	    "κεφαλαιο|глава|skyrius|nodala|peatukk|bolum|bab|" },
	{ PROVISION_SECTION, "|section|seccion|sezione|seccao|secao|abschnitt|afdeling|oddzial|sectiunea|oddil|avsnitt|afsnit|odeljak|" },
	{ PROVISION_SUBSECTION, "|subsection|sous section|subseccion|sottosezione|unterabschnitt|subsectiunea|paragraphe|" },
	{ PROVISION_ANNEX, "|annex|annexe|anexo|allegato|anhang|anlage|bijlage|zalacznik|anexa|bilaga|bilag|priloha|melleklet|prilog|priedas|pielikums|"
	    "lisa|liite|παραρτημα|приложение|додаток|appendix|appendice|apendice|schedule|ek|lampiran|" },
};

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

size_t
label_name(const char *s, size_t most, enum provision_kind *kind)
{
	AUTO_BUF word = BUF_INIT;
	AUTO_BUF folded = BUF_INIT;
	size_t n = 0;

	while (n < most && n < WORD_MAX && (is_letter(s[n]) || (s[n] == '-' && n > 0)))
		n++;
	if (n < 2 || n == WORD_MAX || memcmp(s, "\xC2\xA7", 2) == 0)
		return 0;
	buf_add(&word, s, n);
	utf8_fold(buf_str(&word), &folded);
	if (folded.len < 3)
		return 0;
	folded.data[0] = folded.data[folded.len - 1] = '|';
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strstr(parts[i].names, buf_str(&folded)) != NULL) {
			*kind = parts[i].kind;
			return n;
		}
	return 0;
}
