#include "prose.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "event.h"
#include "phrase.h"

#define PROSE_MAX 16384		/* descriptions of ePing measure up to 2,196 characters */
#define HISTORY_DAYS 400	/* a year, and the weeks until a Member gets round to notifying */

/* Classes of words ("@m" in a pattern). */
#define CLASS(c) (1u << ((c) - 'a'))
#define MEASURE CLASS('m')	/* what can be notified, adopted, withdrawn */
#define COMMENT CLASS('c')
/* Words without which no rule of an effect can match: most sentences are then done with at once. */
#define T_DEADLINE CLASS('t')
#define T_ADOPTED CLASS('u')
#define T_IN_FORCE CLASS('v')
#define T_WITHDRAWN CLASS('w')
#define T_GUIDANCE CLASS('x')
#define T_CONTENT CLASS('y')

/* Sorted by their first letter; '*' at the end: words that begin so. */
static const struct { const char *word; unsigned classes; } vocabulary[] = {
	{ "act", MEASURE }, { "acts", MEASURE }, { "acuerdo", MEASURE }, { "addendum", MEASURE }, { "adopcion", T_ADOPTED }, { "adopt*", T_ADOPTED },
	{ "amendment", MEASURE }, { "amendments", MEASURE | T_CONTENT }, { "amend*", T_CONTENT }, { "annul*", T_WITHDRAWN }, { "anul*", T_WITHDRAWN },
	{ "apply", T_IN_FORCE }, { "applies", T_IN_FORCE }, { "applicable", T_IN_FORCE }, { "approv*", T_ADOPTED }, { "approuv*", T_ADOPTED },
	{ "aprob*", T_ADOPTED }, { "aprueb*", T_ADOPTED }, { "arrete", MEASURE }, { "available", T_ADOPTED | T_GUIDANCE },
	{ "bill", MEASURE }, { "cancel*", T_WITHDRAWN | T_CONTENT }, { "came", T_IN_FORCE }, { "chang*", T_CONTENT }, { "circular", MEASURE },
	{ "comes", T_IN_FORCE }, { "come", T_IN_FORCE }, { "coming", T_IN_FORCE }, { "comment*", COMMENT | T_DEADLINE },
	{ "consulta", COMMENT | T_DEADLINE }, { "consultation*", COMMENT | T_DEADLINE }, { "corrigendum", MEASURE }, { "content", T_CONTENT }, { "contenido", T_CONTENT },
	{ "decision", MEASURE }, { "decree", MEASURE }, { "decret", MEASURE }, { "decreto", MEASURE }, { "delay*", T_CONTENT }, { "directive", MEASURE },
	{ "disregard*", T_WITHDRAWN }, { "document", MEASURE }, { "documento", MEASURE }, { "draft", MEASURE }, { "drafts", MEASURE },
	{ "edict*", T_ADOPTED }, { "effect", T_IN_FORCE }, { "effective", T_IN_FORCE }, { "efecto", T_WITHDRAWN }, { "enact*", T_ADOPTED },
	{ "enforce*", T_IN_FORCE }, { "enter*", T_IN_FORCE }, { "entra*", T_IN_FORCE }, { "entre*", T_IN_FORCE }, { "entro", T_IN_FORCE },
	{ "entry", T_IN_FORCE }, { "erreur", T_WITHDRAWN }, { "erron*", T_WITHDRAWN }, { "error", T_WITHDRAWN }, { "expedi*", T_ADOPTED },
	{ "extend*", T_CONTENT }, { "final", T_ADOPTED }, { "finali*", T_ADOPTED }, { "force", T_IN_FORCE },
	{ "gazett*", T_ADOPTED }, { "guia*", T_GUIDANCE }, { "guid*", T_GUIDANCE },
	{ "interpretive", T_GUIDANCE }, { "interpretative", T_GUIDANCE }, { "issu*", T_ADOPTED | T_GUIDANCE },
	{ "law", MEASURE }, { "legislation", MEASURE }, { "ley", MEASURE }, { "lift*", T_WITHDRAWN }, { "levant*", T_WITHDRAWN }, { "lineamientos", T_GUIDANCE },
	{ "lignes", T_GUIDANCE }, { "loi", MEASURE },
	{ "measure", MEASURE }, { "measures", MEASURE }, { "medida", MEASURE }, { "medidas", MEASURE }, { "mesure", MEASURE }, { "mesures", MEASURE },
	{ "mistake*", T_WITHDRAWN }, { "modif*", T_CONTENT }, { "norma", MEASURE }, { "norme", MEASURE }, { "notice", MEASURE },
	{ "notificacion", MEASURE }, { "notification", MEASURE }, { "notifications", MEASURE }, { "nul*", T_WITHDRAWN }, { "new", T_CONTENT },
	{ "observacion*", COMMENT | T_DEADLINE }, { "observations", COMMENT | T_DEADLINE }, { "order", MEASURE }, { "orden", MEASURE }, { "ordinance", MEASURE }, { "ordonnance", MEASURE },
	{ "official", T_ADOPTED }, { "orientations", T_GUIDANCE },
	{ "postpon*", T_CONTENT }, { "proceed*", T_WITHDRAWN }, { "project", MEASURE }, { "projet", MEASURE }, { "promulg*", T_ADOPTED },
	{ "proposal", MEASURE }, { "proposals", MEASURE }, { "proyecto", MEASURE }, { "public*", T_ADOPTED | T_GUIDANCE }, { "publi*", T_ADOPTED | T_GUIDANCE },
	{ "pursue*", T_WITHDRAWN }, { "regulation", MEASURE }, { "regulations", MEASURE }, { "reglamento", MEASURE }, { "reglement", MEASURE },
	{ "repeal*", T_WITHDRAWN }, { "rescind*", T_WITHDRAWN }, { "resolucion", MEASURE }, { "resolution", MEASURE }, { "retir*", T_WITHDRAWN },
	{ "retrait", T_WITHDRAWN }, { "revis*", T_CONTENT }, { "revision", MEASURE }, { "revisions", MEASURE }, { "revok*", T_WITHDRAWN }, { "revocation", T_WITHDRAWN },
	{ "rule", MEASURE }, { "rules", MEASURE }, { "rulemaking", MEASURE }, { "scope", T_CONTENT }, { "signed", T_ADOPTED },
	{ "specifications", MEASURE }, { "standard", MEASURE }, { "standards", MEASURE }, { "supersed*", T_CONTENT }, { "replac*", T_CONTENT },
	{ "supplement", MEASURE }, { "terminat*", T_WITHDRAWN }, { "text", MEASURE }, { "texte", MEASURE }, { "texto", MEASURE }, { "texts", MEASURE },
	{ "took", T_IN_FORCE }, { "takes", T_IN_FORCE }, { "updat*", T_CONTENT }, { "vigencia", T_IN_FORCE }, { "vigente*", T_IN_FORCE },
	{ "vigor", T_IN_FORCE }, { "vigueur", T_IN_FORCE }, { "void", T_WITHDRAWN }, { "version", MEASURE }, { "withdr*", T_WITHDRAWN },
	{ "abandon*", T_WITHDRAWN }, { "discontinu*", T_WITHDRAWN }, { "alcance", T_CONTENT }, { "ambito", T_CONTENT }, { "champ", T_CONTENT },
};

enum rule_kind {
	IF,	/* says so */
	PLAN,	/* says that it will be so */
	NOT,	/* whatever else the sentence says, it does not say so */
};

/* Effects as the verbs tell them. Patterns: phrase.h; words are folded (no accents, lower case). */
static const struct rule { enum event_kind effect; enum rule_kind kind; const char *pattern; } rules[] = {
	{ EVENT_WITHDRAWN, NOT, "withdr*|retir* ~ market|sale|shelves|mercado|marche|products|goods|batch*|lots" },
	{ EVENT_WITHDRAWN, NOT, "withdrawal period|periods|time|times" },
	{ EVENT_WITHDRAWN, NOT, "not|never|until|unless|if|may|might|could ~ withdrawn|revoked|repealed|cancelled|canceled|annulled|lifted" },
	{ EVENT_WITHDRAWN, NOT, "partial|partially ~ withdr*|revo*" },
	{ EVENT_WITHDRAWN, NOT, "cancel*|repeal*|revok* ~ supersed*|replac*" },
	{ EVENT_WITHDRAWN, NOT, "final measure change to the measure" },
	{ EVENT_WITHDRAWN, IF, "null|nul|nulle|nulo|nula and|et|y void|non|sin" },
	{ EVENT_WITHDRAWN, IF, "considered|regarded|deemed|declared _ void|cancelled|canceled|withdrawn" },
	{ EVENT_WITHDRAWN, IF, "cancellation|withdrawal|revocation|annulation|retrait|retiro|anulacion|cancelacion of|de|del|des|du ~ @m" },
	{ EVENT_WITHDRAWN, IF, "^ withdrawal $" },
	{ EVENT_WITHDRAWN, IF, "notice of withdrawal" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ circulated|issued|submitted|notified|distributed|published _ erroneously|mistakenly" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ erroneously|mistakenly circulated|issued|submitted|notified|distributed" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ circulated|issued|submitted|distributed _ in|by error|mistake" },
	{ EVENT_WITHDRAWN, IF, "distribue*|diffuse*|distribuid*|notificad* par|por erreur|error" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ is|are|was|were|been|being|be _ withdrawn" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ is|are|was|were|been|being|be _ cancelled|canceled|annulled|rescinded|abandoned|discontinued|disregarded" },
	{ EVENT_WITHDRAWN, IF, "withdraw|withdraws|withdrew|withdrawing|rescind|rescinds|rescinding|cancels the|its|this|these|their|said|notification _ @m" },
	{ EVENT_WITHDRAWN, IF, "disregard the|this|our @m" },
	{ EVENT_WITHDRAWN, IF, "notified ~~ is|was|been|were|are _ revoked|repealed" },
	{ EVENT_WITHDRAWN, IF, "g tbt|sps n ~~ is|was|been|were|are _ revoked|repealed" },
	{ EVENT_WITHDRAWN, IF, "revokes|repeals|revoking|repealing ~~ notified" },
	{ EVENT_WITHDRAWN, IF, "decided not to proceed|pursue|adopt" },
	{ EVENT_WITHDRAWN, IF, "no longer|not ~ pursued|pursuing" },
	{ EVENT_WITHDRAWN, IF, "@m|suspension|ban|prohibition|restrictions ~~ is|are|was|were|been _ lifted|terminated" },
	{ EVENT_WITHDRAWN, IF, "lifts|lifted|lifting|levanta|levanto the|la _ @m|suspension|ban|prohibition|restrictions|prohibicion" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ est|a|ont|sont|ete|fue|ha|sido|queda|quedan _ retire*|annule*|retirad*|anulad*|cancelad*" },
	{ EVENT_WITHDRAWN, IF, "retire|annule la|le|sa|son|cette|ce @m" },
	{ EVENT_WITHDRAWN, IF, "retira|anula|cancela la|el|su|esta|este @m" },
	{ EVENT_WITHDRAWN, IF, "deja|dejar|dejado|queda|quedan|dejo ~ sin efecto" },

	{ EVENT_ADOPTED, NOT, "proposes|proposing|propose|kept informed" },
	{ EVENT_ADOPTED, NOT, "proposed|expected|planned|tentative|prevista|prevue|propuesta|proposee ~ adoption|publication|adopcion|publicacion" },
	{ EVENT_ADOPTED, NOT, "publish*|issu*|publi* ~~ for|a|pour|para _ public* _ consultation|comment*|consulta" },
	{ EVENT_ADOPTED, NOT, "publish*|issued|issues|issuing ~ draft|proposed|proposal|guid*|notice|advance" },
	{ EVENT_ADOPTED, NOT, "draft|proposed ~ published for|in _ federal" },
	{ EVENT_ADOPTED, NOT, "proposed rule|rulemaking ~~ published" },
	{ EVENT_ADOPTED, NOT, "final measure change to the measure" },
	{ EVENT_ADOPTED, NOT, "not|never ~ adopted|published|approved" },
	{ EVENT_ADOPTED, NOT, "will|would|shall|to|may|should be _ adopted|published|approved|issued" },
	{ EVENT_ADOPTED, IF, "@m ~~ is|was|were|been|are _ adopted|promulgated|enacted|gazetted|finalized|finalised" },
	{ EVENT_ADOPTED, IF, "@m ~~ is|was|were|been|are _ published|issued|approved|signed" },
	{ EVENT_ADOPTED, IF, "was|were|been published ~ official|gazette|gaceta" },
	{ EVENT_ADOPTED, IF, "published|adopted|approved|promulgated|gazetted|signed on|dated @d" },
	{ EVENT_ADOPTED, IF, "published|adopted|approved|promulgated|enacted|issued the|a|an|its|this|resolution|decree|ordinance|regulation ~ @m" },
	{ EVENT_ADOPTED, IF, "^ _ final rule|regulation" },
	{ EVENT_ADOPTED, IF, "this|issues|issuing|publishes|publishing|announces|announcing|issued|by a|the|this|interim|final _ final|rule rule|order|action" },
	{ EVENT_ADOPTED, IF, "final measure|regulation|text|texts|version|rule ~~ available|found|attached|accessed" },
	{ EVENT_ADOPTED, IF, "provide the final text|texts" },
	{ EVENT_ADOPTED, IF, "inform*|announc*|notif*|advis*|communicat*|communique ~~ adoption|publication|promulgation|issuance of|de|du|des ~ @m" },
	{ EVENT_ADOPTED, IF, "informa|informar|comunica|notifica|anuncia ~ publicacion|adopcion|aprobacion|promulgacion|expedicion de|del" },
	{ EVENT_ADOPTED, IF, "@m ~~ fue|fueron|ha|han _ publicad*|adoptad*|aprobad*|promulgad*|expedid*" },
	{ EVENT_ADOPTED, IF, "@m ~~ a|ont|est|sont|ete _ adopte*|publie*|promulgue*|approuve*|edicte*" },
	{ EVENT_ADOPTED, IF, "se publico|adopto|aprobo|promulgo|expidio" },

	{ EVENT_IN_FORCE, NOT, "proposed|expected|planned|tentative|anticipated|envisaged|scheduled|intended|estimated|likely ~ entry|enter|entering|come|effective|"
	    "enforcement|take" },
	{ EVENT_IN_FORCE, NOT, "entry into force ~ determined" },
	{ EVENT_IN_FORCE, NOT, "entrada|entree en _ vigor|vigueur|vigencia ~ prevista|prevue|propuesta|proposee|envisagee|determinar|determiner" },
	{ EVENT_IN_FORCE, NOT, "prevista|prevue|propuesta|proposee|envisagee ~ entrada|entree|entre" },
	{ EVENT_IN_FORCE, NOT, "delay*|postpon*|defer*|suspend*|stay*|extend* ~ effective|entry|enforcement|force" },
	{ EVENT_IN_FORCE, NOT, "not|before|after|until|when|once|if ~ enter|enters|entered|entry|come|comes|take|effective" },
	{ EVENT_IN_FORCE, NOT, "force with the following amendments" },
	{ EVENT_IN_FORCE, NOT, "proposes|proposing|propose|would" },
	{ EVENT_IN_FORCE, IF, "entered|came|put _ into|in _ force|effect|operation" },
	{ EVENT_IN_FORCE, IF, "enters|comes into|in _ force|effect|operation ~ @d" },
	{ EVENT_IN_FORCE, IF, "entering|coming into force|effect ~ that|this|same|its|immediately|today|@d|date|day|publication" },
	{ EVENT_IN_FORCE, IF, "entering|coming into force|effect ~ @d" },
	{ EVENT_IN_FORCE, IF, "is|are|been in force since|as|from|with" },
	{ EVENT_IN_FORCE, IF, "became|become _ effective|applicable|mandatory|enforceable" },
	{ EVENT_IN_FORCE, IF, "took|takes effect" },
	{ EVENT_IN_FORCE, IF, "is|are|was|were|been effective ~ @d" },
	{ EVENT_IN_FORCE, IF, "is|are|was|were effective immediately|today|upon" },
	{ EVENT_IN_FORCE, IF, "effective date ~~ @d" },
	{ EVENT_IN_FORCE, IF, "effective @d" },
	{ EVENT_IN_FORCE, IF, "effective from|since|on|as ~ @d" },
	{ EVENT_IN_FORCE, IF, "entry into force|effect ~ @d" },
	{ EVENT_IN_FORCE, IF, "inform*|announc*|notif*|advis*|communicat* ~ entry into force" },
	{ EVENT_IN_FORCE, IF, "est|sont _ entre* _ en vigueur" },
	{ EVENT_IN_FORCE, IF, "entre|entrent en vigueur ~ @d" },
	{ EVENT_IN_FORCE, IF, "entree en vigueur ~ @d" },
	{ EVENT_IN_FORCE, IF, "informe|annonce|notifie|communique ~ entree en vigueur" },
	{ EVENT_IN_FORCE, IF, "entro|entraron en _ vigor|vigencia" },
	{ EVENT_IN_FORCE, IF, "entra|entran en _ vigor|vigencia ~ @d" },
	{ EVENT_IN_FORCE, IF, "entrada en _ vigor|vigencia ~ @d" },
	{ EVENT_IN_FORCE, IF, "informa|anuncia|notifica|comunica ~ entrada en _ vigor|vigencia" },
	{ EVENT_IN_FORCE, IF, "vigente* desde|a" },
	{ EVENT_IN_FORCE, PLAN, "will|shall|to _ enter|come|go|be _ into|in _ force|effect|operation ~ @d" },
	{ EVENT_IN_FORCE, PLAN, "will|shall|to take|become|be effect|effective|applicable|mandatory|enforced ~ @d" },
	{ EVENT_IN_FORCE, PLAN, "entrera|entreront en vigueur ~ @d" },
	{ EVENT_IN_FORCE, PLAN, "entrara|entraran en _ vigor|vigencia ~ @d" },

	{ EVENT_GUIDANCE, NOT, "final measure change to the measure" },
	{ EVENT_GUIDANCE, IF, "guidance|guideline|guidelines|guide ~ issued|published|available|released|developed" },
	{ EVENT_GUIDANCE, IF, "issued|published|issues|publishes|released|issuance|publication ~ guidance|guideline|guidelines" },
	{ EVENT_GUIDANCE, IF, "interpretive|interpretative guidance|note|notice|rule" },
	{ EVENT_GUIDANCE, IF, "guidance document|documents|for" },
	{ EVENT_GUIDANCE, IF, "lineamientos|guia|guias ~ publicad*|disponible*|emitid*" },
	{ EVENT_GUIDANCE, IF, "lignes directrices|orientations|guide ~ publie*|disponible*|diffuse*" },

	{ EVENT_CONTENT, NOT, "final measure change to the measure" },
	{ EVENT_CONTENT, IF, "amends|amend|amending|modifies|modify|modifying|revises|revising|updates|updating the|some|certain|several ~ "
	    "requirements|provisions|scope|content|annex|annexes|article|articles|list|limits|text" },
	{ EVENT_CONTENT, IF, "amendment|amendments|changes|modifications to|in the|annex|article|articles|appendix|some|certain|section" },
	{ EVENT_CONTENT, IF, "amend*|chang*|extend*|delay*|postpon*|modif*|revis* ~ reporting|compliance|submission|implementation|effective|application|"
	    "applicability|transition*|enforcement _ deadline|deadlines|date|dates|period|periods" },
	{ EVENT_CONTENT, IF, "content|scope ~~ is|are|was|were|been _ chang*|modif*|amended|extended|expanded|reduced|narrowed|limited|revised" },
	{ EVENT_CONTENT, IF, "@m|requirements|provisions ~~ is|are|was|were|been _ amended|modified|revised|updated|changed" },
	{ EVENT_CONTENT, IF, "with|including the following changes|amendments|modifications" },
	{ EVENT_CONTENT, IF, "new|revised|amended|updated version of ~~ notified" },
	{ EVENT_CONTENT, IF, "cancels|supersedes|replaces|superseded|replaced|replacing|superseding ~~ notified" },
	{ EVENT_CONTENT, IF, "modifi* ~ contenido|alcance|ambito|contenu|champ|requisitos" },
	{ EVENT_CONTENT, IF, "alcance|ambito|contenido|champ ~~ ha|fue|sido|a|ete _ modifi*|ampli*|elargi*" },
};

/* Names the comment period. */
static const char *const period_cues[] = {
	"@c period|periods|deadline|date|window|phase|time|closing",
	"deadline|period|date|window|time|limit|plazo|periodo|fecha|delai|periode|date|limite _ for|of|to|on|pour|para|de|des|d|a ~ @c",
};

/* Says that it moves. */
static const char moves[] = "extend*|extension|prolong*|postpon*|reopen*|re|chang*|modif*|mov*|revis*|new|prorog*|prorrog*|report*|amplia*|"
    "ampli*|extiend*|reab*|rouvr*|reouv*|nuev*|nouv*|now|amend*|correct*|read";

static const char *const new_ends[] = {	/* the date that a move leads to, surest first */
	"until|untill|till|through|hasta|jusqu ~ @d",
	"read|to|by|al|au|before|than|avant ~ @d",
};

static const char *const plain_ends[] = {	/* no move is told, only an end */
	"@c ~~ by|until|untill|till|before|than|through|hasta|avant|jusqu ~ @d",
	"@c _ are|is|must|should|be|will|shall _ received|due|submitted|sent|accepted _ @d",
};

static const char period_ends[] = "ends|end|closes|close|expires|runs|until|is|now|by|vence|termina|expire|sera ~ @d";

/* Tells of comments that were made, not of those that may be. */
static const char past_comments[] = "comments|comment|observations|observaciones|period|plazo ~~ were|was|considered|ended|closed|expired|vencio|had|taken";

static unsigned
classes_of(const char *s)
{
	unsigned classes = 0;

	for (size_t i = 0; i < sizeof(vocabulary) / sizeof(*vocabulary); i++) {
		const char *word = vocabulary[i].word;
		size_t n;

		if (word[0] != s[0])
			continue;
		n = strlen(word);
		if (word[n - 1] == '*' ? strncmp(word, s, n - 1) == 0 : strcmp(word, s) == 0)
			classes |= vocabulary[i].classes;
	}
	return classes;
}

/* ---- effects ---- */

struct reader {
	const struct words *w;
	size_t from, to;	/* the sentence */
	struct date distributed;
	struct prose *out;
};

static unsigned
trigger_of(enum event_kind effect)
{
	switch (effect) {
	case EVENT_ADOPTED: return T_ADOPTED;
	case EVENT_IN_FORCE: return T_IN_FORCE;
	case EVENT_WITHDRAWN: return T_WITHDRAWN;
	case EVENT_GUIDANCE: return T_GUIDANCE;
	default: return T_CONTENT;
	}
}

/* The first date that begins in [from, to). */
static struct date
date_in(const struct reader *r, size_t from, size_t to)
{
	struct date d = DATE_NONE;

	for (size_t i = from; i < to && i < r->to; i++)
		if (words_date(r->w, i, r->to, &d) > 0)
			return d;
	return DATE_NONE;
}

static bool
is_history(const struct reader *r, struct date d)
{
	return date_is_set(d) && date_is_set(r->distributed) && date_days(r->distributed) - date_days(d) > HISTORY_DAYS;
}

/* Does the pattern match with a date that is news (or with none)? *when is that date. */
static bool
says(const struct reader *r, const char *pattern, bool dated, struct date *when)
{
	size_t from = r->from, start, end;

	for (; from < r->to && phrase_find(r->w, from, r->to, pattern, &start, &end); from = start + 1) {
		*when = dated ? date_in(r, start, end + 6) : DATE_NONE;
		if (!is_history(r, *when))
			return true;
		if (*pattern == '^')
			break;
	}
	return false;
}

static void
note(const struct reader *r, const struct rule *rule, struct date when)
{
	unsigned bit = 1u << rule->effect;

	if (rule->effect == EVENT_IN_FORCE && (r->out->effects & bit) == 0)
		r->out->planned = rule->kind == PLAN;
	else if (rule->effect == EVENT_IN_FORCE && rule->kind == IF)
		r->out->planned = false;
	if (rule->effect == EVENT_IN_FORCE && !date_is_set(r->out->in_force))
		r->out->in_force = when;
	r->out->effects |= bit;
}

/* The rules stand by effect, those that speak against it first. */
static void
read_effects(const struct reader *r, unsigned classes)
{
	size_t n = sizeof(rules) / sizeof(*rules);
	struct date when;

	for (size_t i = 0; i < n;) {
		enum event_kind effect = rules[i].effect;
		bool open = (classes & trigger_of(effect)) != 0;

		for (; i < n && rules[i].effect == effect; i++) {
			if (!open || !says(r, rules[i].pattern, effect == EVENT_ADOPTED || effect == EVENT_IN_FORCE, &when))
				continue;
			if (rules[i].kind != NOT)
				note(r, &rules[i], when);
			open = false;
		}
	}
}

/* ---- the comment period ---- */

static struct date
latest_date(const struct reader *r)
{
	struct date latest = DATE_NONE, d;

	for (size_t i = r->from; i < r->to; i++)
		if (words_date(r->w, i, r->to, &d) > 0)
			latest = date_max(latest, d);
	return latest;
}

/* The date at which a match of the pattern ends. */
static struct date
date_of(const struct reader *r, const char *pattern)
{
	size_t start, end;

	if (!phrase_find(r->w, r->from, r->to, pattern, &start, &end))
		return DATE_NONE;
	for (size_t i = end; i > start; i--) {
		struct date d;

		if (words_date(r->w, i - 1, r->to, &d) > 0 && i - 1 + words_date(r->w, i - 1, r->to, &d) == end)
			return d;
	}
	return DATE_NONE;
}

static bool
any_of(const struct reader *r, const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (phrase_find(r->w, r->from, r->to, patterns[i], NULL, NULL))
			return true;
	return false;
}

static struct date
first_of(const struct reader *r, const char *const *patterns, size_t n)
{
	struct date d = DATE_NONE;

	for (size_t i = 0; i < n && !date_is_set(d); i++)
		d = date_of(r, patterns[i]);
	return d;
}

static void
read_deadline(const struct reader *r)
{
	bool period = any_of(r, period_cues, 2), moved = period && phrase_find(r->w, r->from, r->to, moves, NULL, NULL);
	struct date d = DATE_NONE;

	if (moved) {
		d = first_of(r, new_ends, 2);
		if (!date_is_set(d))
			d = latest_date(r);
	} else if (!phrase_find(r->w, r->from, r->to, past_comments, NULL, NULL)) {
		d = period ? date_of(r, period_ends) : DATE_NONE;
		if (!date_is_set(d))
			d = first_of(r, plain_ends, 2);
		if (!date_is_set(d) && period)
			d = latest_date(r);
	}
	if (moved || date_is_set(d))
		r->out->effects |= 1u << EVENT_DEADLINE;
	r->out->deadline = date_max(r->out->deadline, d);
}

/* ---- the boxes of the addendum form ---- */

static const struct { const char *pattern; enum event_kind effect; } boxes[] = {
	{ "^ comment period changed", EVENT_DEADLINE },
	{ "^ notified measure adopted", EVENT_ADOPTED },
	{ "^ notified measure published", EVENT_ADOPTED },
	{ "^ notified measure enters into force", EVENT_IN_FORCE },
	{ "^ text of final measure", EVENT_ADOPTED },
	{ "^ notified measure withdrawn", EVENT_WITHDRAWN },
	{ "^ content or scope", EVENT_CONTENT },
	{ "^ interpretive guidance", EVENT_GUIDANCE },
};

static const char *const ticks[] = { "[X]", "[x]", "\xe2\x98\x92", "\xe2\x98\x91" }, *const blanks[] = { "[ ]", "[]", "\xe2\x98\x90" };

/* Bytes of one of the marks at s, 0 without. */
static size_t
mark(const char *s, const char *const *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static void
read_box(const char *line, size_t n, struct prose *out)
{
	AUTO_WORDS w = WORDS_INIT;
	struct reader r = { .w = &w };
	struct date d;

	words_read(line, n, &w);
	r.to = w.n;
	d = latest_date(&r);
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++) {
		if (!phrase_find(&w, 0, w.n, boxes[i].pattern, NULL, NULL))
			continue;
		out->effects |= 1u << boxes[i].effect;
		if (boxes[i].effect == EVENT_DEADLINE)
			out->deadline = date_max(out->deadline, d);
		else if (boxes[i].effect == EVENT_IN_FORCE)
			out->in_force = d;
	}
}

/* Reads lines that begin with a box and blanks them, so that nobody takes the words of an empty box for prose. */
static void
read_boxes(char *text, struct prose *out)
{
	size_t n, box;

	for (char *line = text; *line != '\0'; line += n + (line[n] == '\n')) {
		const char *p = line + strspn(line, " ");

		n = strcspn(line, "\n");
		box = mark(p, ticks, sizeof(ticks) / sizeof(*ticks));
		if (box > 0)
			read_box(p + box, n - (size_t)(p - line) - box, out);
		else if (mark(p, blanks, sizeof(blanks) / sizeof(*blanks)) == 0)
			continue;
		memset(line, ' ', n);
	}
}

/* ---- all of it ---- */

void
prose_read(const char *text, struct date distributed, struct prose *out)
{
	AUTO_WORDS w = WORDS_INIT;
	char *copy = xstrndup(text, strnlen(text, PROSE_MAX));

	read_boxes(copy, out);
	words_read(copy, strlen(copy), &w);
	for (size_t from = 0, to; from < w.n; from = to) {
		struct reader r = { &w, from, to = words_sentence(&w, from), distributed, out };
		unsigned classes = 0;

		for (size_t i = from; i < to; i++)
			classes |= w.v[i].classes = classes_of(w.v[i].s);
		if ((classes & T_DEADLINE) != 0)
			read_deadline(&r);
		read_effects(&r, classes);
	}
	free(copy);
}
