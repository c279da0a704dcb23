#include "wto_form_reasons.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/utf8.h"
#include "wto_form_text.h"

#define NEEDED 3
#define LABEL_BYTES 300

/* Folded beginnings of the reasons in both forms; the longer of two that begin alike comes first. */
static const struct reason_label {
	const char *begins, *reason;
} labels[] = {
	/* TBT */
	{ "comment period changed", REASON_DEADLINE }, { "modification du delai", REASON_DEADLINE }, { "modificacion del plazo", REASON_DEADLINE },
	{ "notified measure adopted", REASON_ADOPTED }, { "mesure notifiee adoptee", REASON_ADOPTED }, { "adoption de la mesure notifiee", REASON_ADOPTED },
	{ "adopcion de la medida notificada", REASON_ADOPTED },
	{ "notified measure published", REASON_PUBLISHED }, { "mesure notifiee publiee", REASON_PUBLISHED },
	{ "publication de la mesure notifiee", REASON_PUBLISHED }, { "publicacion de la medida notificada", REASON_PUBLISHED },
	{ "notified measure enters into force", REASON_IN_FORCE }, { "entree en vigueur de la mesure notifiee", REASON_IN_FORCE },
	{ "entrada en vigor de la medida notificada", REASON_IN_FORCE },
	{ "text of final measure available", REASON_FINAL_TEXT }, { "texte de la mesure finale", REASON_FINAL_TEXT },
	{ "acces au texte final de la mesure", REASON_FINAL_TEXT }, { "texto de la medida definitiva", REASON_FINAL_TEXT },
	{ "indicacion de donde se puede obtener el texto", REASON_FINAL_TEXT },
	{ "notified measure withdrawn or revoked", REASON_WITHDRAWN }, { "mesure notifiee retiree ou abrogee", REASON_WITHDRAWN },
	{ "retrait ou abrogation de la mesure notifiee", REASON_WITHDRAWN }, { "retirada o derogacion de la medida notificada", REASON_WITHDRAWN },
	{ "retiro o derogacion de la medida notificada", REASON_WITHDRAWN },
	{ "content or scope of notified measure changed", REASON_CONTENT }, { "modification de la teneur ou du champ", REASON_CONTENT },
	{ "modificacion del contenido o del ambito", REASON_CONTENT },
	{ "interpretive guidance issued", REASON_GUIDANCE }, { "directives d interpretation", REASON_GUIDANCE }, { "directrices interpretativas", REASON_GUIDANCE },
	{ "publication de directives d interpretation", REASON_GUIDANCE }, { "publicacion de directrices interpretativas", REASON_GUIDANCE },
	/* SPS */
	{ "modification of final date for comments", REASON_DEADLINE }, { "modification de la date limite", REASON_DEADLINE },
	{ "modificacion de la fecha limite", REASON_DEADLINE },
	{ "notification of adoption publication or entry into force", REASON_OUTCOME }, { "notification de l adoption", REASON_OUTCOME },
	{ "notificacion de la adopcion", REASON_OUTCOME },
	{ "modification of content and or scope", REASON_CONTENT }, { "modification du contenu et ou du champ", REASON_CONTENT },
	{ "modificacion del contenido y o ambito", REASON_CONTENT }, { "modificacion del contenido y o del ambito", REASON_CONTENT },
	{ "withdrawal of proposed regulation", REASON_WITHDRAWN }, { "retrait d une reglementation", REASON_WITHDRAWN },
	{ "retiro de un reglamento propuesto", REASON_WITHDRAWN }, { "retiro del reglamento propuesto", REASON_WITHDRAWN },
	{ "retirada del reglamento propuesto", REASON_WITHDRAWN },
	{ "change in proposed date of adoption", REASON_DATES }, { "modification de la date proposee", REASON_DATES },
	{ "modificacion de la fecha propuesta", REASON_DATES },
	/* both, last: a word that other texts begin with, too */
	{ "other", REASON_OTHER }, { "autre", REASON_OTHER }, { "autres", REASON_OTHER }, { "otro", REASON_OTHER }, { "otros", REASON_OTHER },
};

/* One reason as the form has it. */
struct box {
	const char *reason;
	const char *date;	/* behind its label's colon; NULL without */
	bool marked, ticked;
};

static const char *
reason_of(const char *text)
{
	AUTO_FREE char *head = xstrndup(text, strnlen(text, LABEL_BYTES));
	AUTO_BUF folded = BUF_INIT;
	const char *s;

	utf8_fold(head, &folded);
	s = buf_str(&folded);
	s += *s == ' ';
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		size_t n = strlen(labels[i].begins);

		if (strncmp(s, labels[i].begins, n) == 0 && (s[n] == ' ' || s[n] == '\0'))
			return labels[i].reason;
	}
	return NULL;
}

/* A mark at the end of a piece: "Notified measure adopted [X]". */
static bool
mark_at_end(const char *s, bool *ticked)
{
	for (size_t n = strlen(s), back = 1; back <= 5 && back <= n; back++)
		if (form_mark(s + n - back, ticked) == back)
			return true;
	return false;
}

/* The box that a piece is. 'loose' is a mark that stood in a piece of its own before it; 'offered' is how many reasons came before: "Other" alone proves nothing. */
static bool
read_box(const char *piece, const bool *loose, size_t offered, struct box *out)
{
	size_t n = form_mark(piece, &out->ticked);

	out->marked = n > 0;
	out->reason = reason_of(piece + n);
	if (out->reason == NULL || (offered == 0 && strcmp(out->reason, REASON_OTHER) == 0))
		return false;
	if (!out->marked && loose != NULL) {
		out->ticked = *loose;
		out->marked = true;
	} else if (!out->marked) {
		out->marked = mark_at_end(piece, &out->ticked);
	}
	out->date = strchr(piece, ':');
	return true;
}

/* Is the piece a mark and nothing else? */
static bool
is_mark(const char *piece, bool *ticked)
{
	size_t n = form_mark(piece, ticked);

	return n > 0 && piece[n] == '\0';
}

static void
take_date(const struct box *b, struct notice *out)
{
	struct milestone m = { .text = NULL };
	bool adopted = strcmp(b->reason, REASON_ADOPTED) == 0;

	if (b->date == NULL || (!adopted && strcmp(b->reason, REASON_IN_FORCE) != 0))
		return;
	form_milestone(b->date + 1, &m);
	if (date_is_set(m.date)) {
		*(adopted ? &out->adoption.date : &out->entry_into_force.date) = m.date;
		out->known |= adopted ? NOTICE_BIT(adoption) : NOTICE_BIT(entry_into_force);
	}
	free(m.text);
}

size_t
form_reasons(const struct strv *pieces, struct notice *out)
{
	AUTO_STRV offered = STRV_INIT;
	bool loose = false, have = false, marked = false;

	for (size_t i = 0; i < pieces->n; i++) {
		struct box b;

		if (is_mark(pieces->v[i], &loose)) {
			have = true;
			continue;
		}
		if (read_box(pieces->v[i], have ? &loose : NULL, offered.n, &b) && !strv_has(&offered, b.reason)) {
			strv_add(&offered, b.reason);
			marked = marked || b.marked;
			if (b.marked && b.ticked) {
				strv_add(&out->reasons, b.reason);
				take_date(&b, out);
			}
		}
		have = false;
	}
	strv_sort(&out->reasons);
	if (offered.n >= NEEDED && marked) {
		out->known |= NOTICE_BIT(reasons);
	} else {
		strv_clear(&out->reasons);
		out->adoption.date = out->entry_into_force.date = DATE_NONE;
		out->known = 0;
	}
	return offered.n;
}
