#include "tris_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/symbol.h"

#define WARNINGS_KEPT 20
#define WITHDRAWN_LINE 200	/* bytes: longer lines are prose or titles */

/* All words below are in the form of utf8_fold. A leading space is the start of a word, a trailing one its end; a label is known by
 * the first row that it contains. English and French were seen on pages; the others are translations of them. */
static const struct {
	const char *lang, *words;
	enum tris_label label;
} labels[] = {
	{ "en", " notification number ", TRIS_LABEL_NUMBER },
	{ "en", " date received ", TRIS_LABEL_RECEIVED },
	{ "en", " reception date ", TRIS_LABEL_RECEIVED },
	{ "en", " standstill", TRIS_LABEL_STANDSTILL },
	{ "en", " stand still", TRIS_LABEL_STANDSTILL },
	{ "en", " withdraw", TRIS_LABEL_WITHDRAWN },
	{ "en", " opinion", TRIS_LABEL_OPINIONS },
	{ "en", " comment", TRIS_LABEL_COMMENTS },
	{ "en", " draft text ", TRIS_LABEL_TEXTS },
	{ "en", " final text ", TRIS_LABEL_TEXTS },
	{ "en", " message text ", TRIS_LABEL_TEXTS },
	{ "fr", " numero de notification ", TRIS_LABEL_NUMBER },
	{ "fr", " numero de la notification ", TRIS_LABEL_NUMBER },
	{ "fr", " date de reception ", TRIS_LABEL_RECEIVED },
	{ "fr", " statu quo ", TRIS_LABEL_STANDSTILL },
	{ "fr", " retrait", TRIS_LABEL_WITHDRAWN },
	{ "fr", " retire", TRIS_LABEL_WITHDRAWN },
	{ "fr", " avis circonstancie", TRIS_LABEL_OPINIONS },
	{ "fr", " observations ", TRIS_LABEL_COMMENTS },
	{ "fr", " texte du projet ", TRIS_LABEL_TEXTS },
	{ "fr", " projet de texte ", TRIS_LABEL_TEXTS },
	{ "fr", " texte final ", TRIS_LABEL_TEXTS },
	{ "fr", " texte du message ", TRIS_LABEL_TEXTS },
	{ "de", " notifizierungsnummer ", TRIS_LABEL_NUMBER },
	{ "de", " nummer der notifizierung ", TRIS_LABEL_NUMBER },
	{ "de", " eingangsdatum ", TRIS_LABEL_RECEIVED },
	{ "de", " datum des eingangs ", TRIS_LABEL_RECEIVED },
	{ "de", " stillhalte", TRIS_LABEL_STANDSTILL },
	{ "de", " zuruckgezogen", TRIS_LABEL_WITHDRAWN },
	{ "de", " zurucknahme", TRIS_LABEL_WITHDRAWN },
	{ "de", " ausfuhrliche stellungnahme", TRIS_LABEL_OPINIONS },
	{ "de", " bemerkungen ", TRIS_LABEL_COMMENTS },
	{ "es", " numero de notificacion ", TRIS_LABEL_NUMBER },
	{ "es", " fecha de recepcion ", TRIS_LABEL_RECEIVED },
	{ "es", " dictamen", TRIS_LABEL_OPINIONS },
	{ "es", " observaciones ", TRIS_LABEL_COMMENTS },
	{ "es", " retirada ", TRIS_LABEL_WITHDRAWN },
	{ "it", " numero di notifica ", TRIS_LABEL_NUMBER },
	{ "it", " data di ricezione ", TRIS_LABEL_RECEIVED },
	{ "it", " data di ricevimento ", TRIS_LABEL_RECEIVED },
	{ "it", " status quo ", TRIS_LABEL_STANDSTILL },
	{ "it", " parere circostanziato ", TRIS_LABEL_OPINIONS },
	{ "it", " pareri circostanziati ", TRIS_LABEL_OPINIONS },
	{ "it", " osservazioni ", TRIS_LABEL_COMMENTS },
	{ "it", " ritiro ", TRIS_LABEL_WITHDRAWN },
};

/* Items 11, 13, 14. 'no_other' is a second form where a language has one. */
static const struct {
	const char *lang, *yes, *no, *no_other;
} answers[] = {
	{ "bg", "да", "не", "не" }, { "cs", "ano", "ne", "ne" }, { "da", "ja", "nej", "nej" }, { "de", "ja", "nein", "nein" },
	{ "el", "ναι", "οχι", "οχι" }, { "en", "yes", "no", "no" }, { "es", "si", "no", "no" }, { "et", "jah", "ei", "ei" },
	{ "fi", "kylla", "ei", "ei" }, { "fr", "oui", "non", "non" }, { "ga", "ta", "nil", "ni" }, { "hr", "da", "ne", "ne" },
	{ "hu", "igen", "nem", "nem" }, { "is", "ja", "nei", "nei" }, { "it", "si", "no", "no" }, { "lt", "taip", "ne", "ne" },
	{ "lv", "ja", "ne", "ne" }, { "mt", "iva", "le", "le" }, { "nl", "ja", "nee", "neen" }, { "no", "ja", "nei", "nei" },
	{ "pl", "tak", "nie", "nie" }, { "pt", "sim", "nao", "nao" }, { "ro", "da", "nu", "nu" }, { "sk", "ano", "nie", "nie" },
	{ "sl", "da", "ne", "ne" }, { "sv", "ja", "nej", "nej" },
};

static const char *const keyword_labels[] = {
	" keywords ", " key words ", " mots cles ", " mots clefs ", " schlusselworter ", " schlagworter ", " stichworter ", " palabras clave ",
	" parole chiave ", " palavras chave ", " trefwoorden ", " sleutelwoorden ", " slowa kluczowe ", " klicova slova ", " klucove slova ",
	" nyckelord ", " nøgleord ", " nogleord ", " emneord ", " avainsanat ", " asiasanat ", " marksonad ", " votmesonad ", " ключови думи ",
	" λεξεις κλειδια ", " kljucne besede ", " kljucne rijeci ", " kulcsszavak ", " raktazodziai ", " reiksminiai zodziai ", " atslegvardi ",
	" cuvinte cheie ", " kliem ewlieni ", " eochairfhocail ",
};

static const char *const withdrawn[] = {
	" notification withdrawn ", " withdrawn notification ", " notification has been withdrawn ", " notification was withdrawn ",
	" notification is withdrawn ", " draft withdrawn ", " draft has been withdrawn ", " draft was withdrawn ", " withdrawn by ",
	" withdrawn on ", " withdrawal of the notification ", " withdrawal of notification ", " notification retiree ",
	" notification a ete retiree ", " projet retire ", " projet a ete retire ", " retrait de la notification ",
	" notifizierung zuruckgezogen ", " notifizierung wurde zuruckgezogen ",
};
static const char *const withdrawn_alone[] = { " withdrawn ", " withdrawal ", " retiree ", " retire ", " retrait ", " zuruckgezogen " };

static const char *const generic_headings[] = {
	" notification detail ", " notification details ", " notification ", " details de la notification ", " detail de la notification ",
	" tris ", " notification detail tris ", " technical regulation information system ", " technical regulations information system ",
	" detalle de la notificacion ", " einzelheiten der notifizierung ", " dettaglio della notifica ", " european commission ",
	" commission europeenne ",
};

/* Labels of the old site (items 1 to 16); in its other languages only the first line of each item tells them. */
static const struct {
	unsigned number;
	const char *words;
} item_labels[] = {
	{ 1, " structured information line " }, { 2, " member state " }, { 3, " department responsible " }, { 3, " originating department " },
	{ 4, " notification number " }, { 5, " title " }, { 5, " titre " }, { 6, " products concerned " }, { 6, " products and or services " },
	{ 6, " products and services concerned " }, { 7, " notification under another act " }, { 8, " main content " },
	{ 9, " brief statement of grounds " }, { 10, " reference documents basic texts " }, { 11, " invocation of the emergency procedure " },
	{ 12, " grounds for the emergency " }, { 13, " confidentiality " }, { 14, " fiscal measures " }, { 15, " impact assessment " },
	{ 16, " tbt and sps aspects " },
};

static const char *const commissions[] = {
	" european commission ", " commission ", " commission europeenne ", " la commission europeenne ", " europaische kommission ", " comision europea ",
	" commissione europea ", " europese commissie ", " comissao europeia ", " komisja europejska ", " evropska komise ", " europska komisia ",
	" europa kommissionen ", " europeiska kommissionen ", " euroopan komissio ", " euroopa komisjon ", " европеиска комисия ", " европейска комисия ",
	" ευρωπαικη επιτροπη ", " evropska komisija ", " europska komisija ", " europai bizottsag ", " europos komisija ", " eiropas komisija ",
	" comisia europeana ", " il kummissjoni ewropea ", " kummissjoni ewropea ", " an coimisiun eorpach ",
};

static const char *const errors[] = {
	" error ", " errors ", " erreur ", " not found ", " internal server error ", " went wrong ", " service unavailable ", " bad gateway ",
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static char *
fold(const char *s)
{
	struct buf b = BUF_INIT;

	utf8_fold(s, &b);
	return buf_take(&b);
}

static bool
is_one_of(const char *folded, const char *const *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(folded, table[i]) == 0)
			return true;
	return false;
}

static bool
contains_one_of(const char *folded, const char *const *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(folded, table[i]) != NULL)
			return true;
	return false;
}

enum tris_label
tris_label_of(const char *label)
{
	AUTO_FREE char *folded = fold(label);

	for (size_t i = 0; i < COUNT(labels); i++)
		if (strstr(folded, labels[i].words) != NULL)
			return labels[i].label;
	return TRIS_LABEL_UNKNOWN;
}

/* Does the first word end the text or its clause? Else it may be the first word of any sentence ("Le ..." is a Maltese no). */
static bool
first_word_alone(const char *text)
{
	size_t n;

	text += strspn(text, " \n");
	n = strcspn(text, " \n.,;:");
	return text[n] != ' ';
}

enum answer
tris_answer(const char *text, const char *lang)
{
	AUTO_FREE char *folded = NULL;
	bool alone;
	char *word;

	if (text == NULL)
		return ANSWER_UNKNOWN;
	folded = fold(text);
	alone = first_word_alone(text);
	word = folded + strspn(folded, " ");
	word[strcspn(word, " ")] = '\0';
	for (size_t i = 0; *word != '\0' && i < COUNT(answers); i++) {
		if (!alone && strcmp(answers[i].lang, lang) != 0)
			continue;
		if (strcmp(word, answers[i].yes) == 0)
			return ANSWER_YES;
		if (strcmp(word, answers[i].no) == 0 || strcmp(word, answers[i].no_other) == 0)
			return ANSWER_NO;
	}
	return ANSWER_UNKNOWN;
}

bool
tris_is_blank(const char *text)
{
	static const char *const dashes[] = { "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", " ", "\n" };

	while (text != NULL && *text != '\0') {
		size_t i;

		for (i = 0; i < COUNT(dashes) && strncmp(text, dashes[i], strlen(dashes[i])) != 0; i++)
			;
		if (i == COUNT(dashes))
			return false;
		text += strlen(dashes[i]);
	}
	return true;
}

const char *
tris_keywords(const char *line)
{
	const char *colon = strchr(line, ':');
	AUTO_FREE char *label = NULL, *folded = NULL;

	if (colon == NULL || colon - line > 60)
		return NULL;
	label = xstrndup(line, (size_t)(colon - line));
	folded = fold(label);
	return is_one_of(folded, keyword_labels, COUNT(keyword_labels)) ? colon + 1 : NULL;
}

bool
tris_says_withdrawn(const char *line)
{
	AUTO_FREE char *folded = NULL;

	if (strlen(line) > WITHDRAWN_LINE)
		return false;
	folded = fold(line);
	return is_one_of(folded, withdrawn_alone, COUNT(withdrawn_alone)) || contains_one_of(folded, withdrawn, COUNT(withdrawn));
}

bool
tris_is_generic_heading(const char *line)
{
	AUTO_FREE char *folded = fold(line);

	return is_one_of(folded, generic_headings, COUNT(generic_headings));
}

bool
tris_is_item_label(unsigned number, const char *line)
{
	AUTO_FREE char *folded = NULL;

	if (strlen(line) > 60)
		return false;
	folded = fold(line);
	for (size_t i = 0; i < COUNT(item_labels); i++)
		if (item_labels[i].number == number && strcmp(folded, item_labels[i].words) == 0)
			return true;
	return false;
}

bool
tris_is_commission(const char *line)
{
	AUTO_FREE char *folded = fold(line);

	return is_one_of(folded, commissions, COUNT(commissions));
}

const char *
tris_issuer(const char *name)
{
	const char *member;

	if (tris_is_commission(name))
		return "European Commission";
	member = member_of_name(name);
	return *member != '\0' ? member_name(member) : name;
}

bool
tris_says_error(const char *line)
{
	AUTO_FREE char *folded = fold(line);

	return contains_one_of(folded, errors, COUNT(errors));
}

void
tris_warn(struct strv *warnings, const char *fmt, ...)
{
	AUTO_BUF clean = BUF_INIT;
	char line[400];
	va_list ap;

	if (warnings == NULL || warnings->n >= WARNINGS_KEPT)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	utf8_clean(line, strlen(line), false, &clean);	/* values of a page may have lines, and a long one was cut within a character */
	strv_add(warnings, buf_str(&clean));
}
