#include "wto_form_text.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/utf8.h"

#define LABEL_BYTES 300		/* of a piece in which its label is sought */
#define SPLITS 4		/* parts of one paragraph that begin with labels of dates */

/* Boxes by their words: their numbers differ between TBT and SPS forms, and between revisions. */
static const struct form_label labels[] = {
	{ FORM_OTHER_BOX, "en", "notifying member" },
	{ FORM_OTHER_BOX, "fr", "membre notifiant" }, { FORM_OTHER_BOX, "fr", "membre adressant la notification" },
	{ FORM_OTHER_BOX, "es", "miembro que notifica" },
	{ FORM_AGENCY, "en", "agency responsible" }, { FORM_AGENCY, "fr", "organisme responsable" }, { FORM_AGENCY, "es", "organismo responsable" },
	{ FORM_ASIDE, "en", "name and address including" }, { FORM_ASIDE, "en", "agency or authority designated" },
	{ FORM_ASIDE, "fr", "les nom et adresse" }, { FORM_ASIDE, "fr", "nom et adresse" }, { FORM_ASIDE, "fr", "organisme ou autorite designe" },
	{ FORM_ASIDE, "es", "nombre y direccion" }, { FORM_ASIDE, "es", "organismo o autoridad encargado" }, { FORM_ASIDE, "es", "se indicaran el nombre y" },
	{ FORM_ARTICLES, "en", "notified under article" }, { FORM_ARTICLES, "fr", "notification au titre de l article" },
	{ FORM_ARTICLES, "fr", "notification au titre des articles" }, { FORM_ARTICLES, "es", "notificacion hecha en virtud del articulo" },
	{ FORM_ARTICLES, "es", "notificacion en virtud del articulo" }, { FORM_ARTICLES, "es", "notificado en virtud del articulo" },
	{ FORM_OTHER_BOX, "en", "products covered" }, { FORM_OTHER_BOX, "fr", "produits vises" }, { FORM_OTHER_BOX, "es", "productos abarcados" },
	{ FORM_OTHER_BOX, "en", "title number of pages" }, { FORM_OTHER_BOX, "en", "title of the notified document" },
	{ FORM_OTHER_BOX, "fr", "intitule nombre de pages" }, { FORM_OTHER_BOX, "fr", "intitule du texte notifie" },
	{ FORM_OTHER_BOX, "es", "titulo numero de paginas" }, { FORM_OTHER_BOX, "es", "titulo del documento notificado" },
	{ FORM_OTHER_BOX, "en", "description of content" }, { FORM_OTHER_BOX, "fr", "teneur" }, { FORM_OTHER_BOX, "es", "descripcion del contenido" },
	{ FORM_RATIONALE, "en", "objective and rationale" }, { FORM_RATIONALE, "fr", "objectif et raison d etre" },
	{ FORM_RATIONALE, "fr", "objectif et justification" }, { FORM_RATIONALE, "es", "objetivo y razon de ser" },
	{ FORM_RELEVANT, "en", "relevant documents" }, { FORM_RELEVANT, "en", "other relevant documents" }, { FORM_RELEVANT, "fr", "documents pertinents" },
	{ FORM_RELEVANT, "fr", "autres documents pertinents" }, { FORM_RELEVANT, "es", "documentos pertinentes" },
	{ FORM_RELEVANT, "es", "otros documentos pertinentes" },
	{ FORM_ADOPTION, "en", "proposed date of adoption" }, { FORM_ADOPTION, "fr", "date projetee pour l adoption" },
	{ FORM_ADOPTION, "fr", "date proposee pour l adoption" }, { FORM_ADOPTION, "es", "fecha propuesta de adopcion" },
	{ FORM_ENTRY, "en", "proposed date of entry into force" }, { FORM_ENTRY, "fr", "date projetee pour l entree en vigueur" },
	{ FORM_ENTRY, "fr", "date proposee pour l entree en vigueur" }, { FORM_ENTRY, "es", "fecha propuesta de entrada en vigor" },
	{ FORM_ASIDE, "en", "proposed date of publication" }, { FORM_ASIDE, "fr", "date projetee pour la publication" },
	{ FORM_ASIDE, "fr", "date proposee pour la publication" }, { FORM_ASIDE, "es", "fecha propuesta de publicacion" },
	{ FORM_OTHER_BOX, "en", "final date for comments" }, { FORM_OTHER_BOX, "fr", "date limite pour la presentation des observations" },
	{ FORM_OTHER_BOX, "es", "fecha limite para la presentacion de observaciones" },
	{ FORM_OTHER_BOX, "en", "text s available from" }, { FORM_OTHER_BOX, "en", "texts available from" },
	{ FORM_OTHER_BOX, "fr", "entite aupres de laquelle" }, { FORM_OTHER_BOX, "fr", "texte s disponible s aupres de" },
	{ FORM_OTHER_BOX, "es", "textos disponibles en" }, { FORM_OTHER_BOX, "es", "texto s disponible s en" },
	{ FORM_OTHER_BOX, "en", "regions or countries likely" }, { FORM_OTHER_BOX, "fr", "regions ou pays susceptibles" },
	{ FORM_OTHER_BOX, "es", "regiones o paises que podrian" },
	{ FORM_OTHER_BOX, "en", "is there a relevant international standard" }, { FORM_OTHER_BOX, "fr", "existe t il une norme internationale" },
	{ FORM_OTHER_BOX, "es", "existe una norma internacional pertinente" },
};

const struct form_label *
form_label(const char *piece)
{
	AUTO_FREE char *head = xstrndup(piece, strnlen(piece, LABEL_BYTES));
	AUTO_BUF folded = BUF_INIT;
	const char *s;

	utf8_fold(head, &folded);
	s = buf_str(&folded);
	s += strspn(s, " 0123456789");
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		size_t n = strlen(labels[i].begins);

		if (strncmp(s, labels[i].begins, n) == 0 && (s[n] == ' ' || s[n] == '\0'))
			return &labels[i];
	}
	return NULL;
}

/* ---- marks ---- */

static const struct { const char *sign; bool ticked; } signs[] = {
	{ "\u2612", true }, { "\u2611", true }, { "\u2713", true }, { "\u2714", true }, { "\u2717", true }, { "\u2718", true }, { "\u25a0", true },
	{ "\u2610", false }, { "\u25a1", false }, { "\u25fb", false }, { "\u2751", false },
};

static size_t
sign_at(const char *s, bool *ticked)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		size_t n = strlen(signs[i].sign);

		if (strncmp(s, signs[i].sign, n) == 0) {
			*ticked = signs[i].ticked;
			return n;
		}
	}
	return 0;
}

size_t
form_mark(const char *s, bool *ticked)
{
	size_t n = sign_at(s, ticked), inner;

	if (n > 0)
		return n;
	if (*s != '[' && *s != '(')
		return 0;
	n = 1 + strspn(s + 1, " ");
	*ticked = s[n] == 'x' || s[n] == 'X';
	inner = *ticked ? 1 : sign_at(s + n, ticked);
	n += inner;
	n += strspn(s + n, " ");
	/* "()" is no box: functions and plurals are written so */
	if (s[n] != (*s == '[' ? ']' : ')') || (*s == '(' && n == 1))
		return 0;
	return n + 1;
}

/* ---- pieces ---- */

/* Where another label begins in the middle of a piece: the form's two dates often stand in one paragraph. */
static size_t
date_label(const char *piece, size_t from)
{
	static const char *const begins[] = { "Proposed date of ", "Date projet\u00e9e ", "Date propos\u00e9e ", "Fecha propuesta " };
	size_t best = strlen(piece);

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		const char *at = from < best ? strstr(piece + from, begins[i]) : NULL;

		if (at != NULL && (size_t)(at - piece) < best)
			best = (size_t)(at - piece);
	}
	return best;
}

static bool
is_number(const char *s)
{
	size_t digits = strspn(s, "0123456789");

	return digits > 0 && digits <= 2 && (s[digits] == '\0' || strcmp(s + digits, ".") == 0);
}

static void
add_piece(const char *piece, struct strv *out)
{
	for (int parts = 1; *piece != '\0'; parts++) {
		size_t n = parts < SPLITS ? date_label(piece, 1) : strlen(piece);
		AUTO_FREE char *part = xstrndup(piece, n);
		AUTO_BUF clean = BUF_INIT;

		utf8_clean(part, n, false, &clean);
		piece += n;
		/* a box's number before its label */
		if (clean.len > 0 && !(*piece != '\0' && is_number(clean.data)))
			strv_add(out, buf_str(&clean));
	}
}

/* A cell's paragraphs stand between " / ". */
static void
add_cell(char *cell, bool first, struct strv *out)
{
	char *next;

	while (*cell == ' ')
		cell++;
	for (size_t n = strlen(cell); n > 0 && cell[n - 1] == ' '; n--)
		cell[n - 1] = '\0';
	if (first && is_number(cell))
		return;
	for (; cell != NULL; cell = next) {
		next = strstr(cell, " / ");
		if (next != NULL) {
			*next = '\0';
			next += 3;
		}
		add_piece(cell, out);
	}
}

static void
add_row(const char *line, struct strv *out)
{
	AUTO_BUF cell = BUF_INIT;
	bool first = true;

	for (const char *s = line + 1; *s != '\0'; s++) {
		if (*s == '\\' && s[1] == '|') {
			buf_addc(&cell, *++s);
		} else if (*s == '|') {
			if (cell.len > 0)
				add_cell(cell.data, first, out);
			first = false;
			buf_reset(&cell);
		} else {
			buf_addc(&cell, *s);
		}
	}
	if (cell.len > 0)
		add_cell(cell.data, first, out);
}

void
form_pieces(const char *text, struct strv *out)
{
	for (const char *s = text; *s != '\0';) {
		size_t n = strcspn(s, "\n");
		AUTO_FREE char *line = xstrndup(s, n);

		if (*line == '|')
			add_row(line, out);
		else
			add_piece(*line == '\\' ? line + 1 : line + (*line == '#' ? strspn(line, "# ") : 0), out);
		s += n + (s[n] == '\n');
	}
}
