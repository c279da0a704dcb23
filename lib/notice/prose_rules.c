#include "prose_rules.h"

#include <string.h>

/* By first letter; '*' at the end: words that begin so. */
static const struct entry { const char *word; unsigned classes; } vocabulary[] = {
	{ "abandon*", T_WITHDRAWN }, { "act", MEASURE }, { "acts", MEASURE }, { "acuerdo", MEASURE }, { "addendum", MEASURE },
	{ "adopcion", T_ADOPTED }, { "adopt*", T_ADOPTED }, { "alcance", T_CONTENT }, { "ambito", T_CONTENT },
	{ "amend*", T_CONTENT }, { "amendment", MEASURE }, { "amendments", MEASURE | T_CONTENT }, { "annul*", T_WITHDRAWN },
	{ "anul*", T_WITHDRAWN }, { "applicable", T_IN_FORCE }, { "applied", T_IN_FORCE }, { "applies", T_IN_FORCE },
	{ "apply", T_IN_FORCE }, { "approuv*", T_ADOPTED }, { "approv*", T_ADOPTED }, { "aprob*", T_ADOPTED },
	{ "aprueb*", T_ADOPTED }, { "arrete", MEASURE }, { "available", T_ADOPTED | T_GUIDANCE },
	{ "bill", MEASURE },
	{ "came", T_IN_FORCE }, { "cancel*", T_WITHDRAWN | T_CONTENT }, { "champ", T_CONTENT }, { "chang*", T_CONTENT },
	{ "circular", MEASURE }, { "come", T_IN_FORCE }, { "comentari*", COMMENT | T_DEADLINE }, { "comes", T_IN_FORCE },
	{ "coming", T_IN_FORCE }, { "comment*", COMMENT | T_DEADLINE }, { "consulta", COMMENT | T_DEADLINE },
	{ "consultation*", COMMENT | T_DEADLINE }, { "contenido", T_CONTENT }, { "content", T_CONTENT },
	{ "corrigendum", MEASURE },
	{ "decision", MEASURE }, { "decree", MEASURE }, { "decret", MEASURE }, { "decreto", MEASURE }, { "defer*", T_CONTENT },
	{ "delay*", T_CONTENT }, { "directive", MEASURE }, { "discontinu*", T_WITHDRAWN }, { "disregard*", T_WITHDRAWN },
	{ "document", MEASURE }, { "documento", MEASURE }, { "draft", MEASURE }, { "drafts", MEASURE },
	{ "edict*", T_ADOPTED }, { "efecto", T_WITHDRAWN }, { "effect", T_IN_FORCE }, { "effective", T_IN_FORCE },
	{ "enact*", T_ADOPTED }, { "enforce*", T_IN_FORCE }, { "enter*", T_IN_FORCE }, { "entra*", T_IN_FORCE },
	{ "entre*", T_IN_FORCE }, { "entro", T_IN_FORCE }, { "entry", T_IN_FORCE }, { "erreur", T_WITHDRAWN },
	{ "erron*", T_WITHDRAWN }, { "error", T_WITHDRAWN }, { "expedi*", T_ADOPTED }, { "extend*", T_CONTENT },
	{ "final", T_ADOPTED }, { "finali*", T_ADOPTED }, { "force", T_IN_FORCE },
	{ "gazett*", T_ADOPTED }, { "guia*", T_GUIDANCE }, { "guid*", T_GUIDANCE },
	{ "implemented", T_IN_FORCE }, { "interpretative", T_GUIDANCE }, { "interpretive", T_GUIDANCE },
	{ "issu*", T_ADOPTED | T_GUIDANCE },
	{ "law", MEASURE }, { "legislation", MEASURE }, { "levant*", T_WITHDRAWN }, { "ley", MEASURE }, { "lift*", T_WITHDRAWN },
	{ "lignes", T_GUIDANCE }, { "lineamientos", T_GUIDANCE }, { "loi", MEASURE },
	{ "measure", MEASURE }, { "measures", MEASURE }, { "medida", MEASURE }, { "medidas", MEASURE }, { "mesure", MEASURE },
	{ "mesures", MEASURE }, { "mistake*", T_WITHDRAWN }, { "modif*", T_CONTENT },
	{ "new", T_CONTENT }, { "norma", MEASURE }, { "norme", MEASURE }, { "notice", MEASURE }, { "notificacion", MEASURE },
	{ "notification", MEASURE }, { "notifications", MEASURE }, { "nul*", T_WITHDRAWN },
	{ "observacion*", COMMENT | T_DEADLINE }, { "observations", COMMENT | T_DEADLINE }, { "official", T_ADOPTED },
	{ "orden", MEASURE }, { "order", MEASURE }, { "ordinance", MEASURE }, { "ordonnance", MEASURE },
	{ "orientations", T_GUIDANCE },
	{ "postpon*", T_CONTENT }, { "proceed*", T_WITHDRAWN }, { "project", MEASURE }, { "projet", MEASURE },
	{ "promulg*", T_ADOPTED }, { "proposal", MEASURE }, { "proposals", MEASURE }, { "proyecto", MEASURE },
	{ "publi*", T_ADOPTED | T_GUIDANCE }, { "public*", T_ADOPTED | T_GUIDANCE }, { "pursue*", T_WITHDRAWN },
	{ "reglamento", MEASURE }, { "reglement", MEASURE }, { "regulation", MEASURE }, { "regulations", MEASURE },
	{ "repeal*", T_WITHDRAWN }, { "replac*", T_CONTENT }, { "rescind*", T_WITHDRAWN }, { "resolucion", MEASURE },
	{ "resolution", MEASURE }, { "retir*", T_WITHDRAWN }, { "retrait", T_WITHDRAWN }, { "revis*", T_CONTENT },
	{ "revision", MEASURE }, { "revisions", MEASURE }, { "revocation", T_WITHDRAWN }, { "revok*", T_WITHDRAWN },
	{ "rule", MEASURE }, { "rulemaking", MEASURE }, { "rules", MEASURE },
	{ "scope", T_CONTENT }, { "signed", T_ADOPTED }, { "specifications", MEASURE }, { "standard", MEASURE },
	{ "standards", MEASURE }, { "supersed*", T_CONTENT }, { "supplement", MEASURE },
	{ "takes", T_IN_FORCE }, { "terminat*", T_WITHDRAWN }, { "text", MEASURE }, { "texte", MEASURE }, { "texto", MEASURE },
	{ "texts", MEASURE }, { "took", T_IN_FORCE },
	{ "updat*", T_CONTENT },
	{ "version", MEASURE }, { "vigencia", T_IN_FORCE }, { "vigente*", T_IN_FORCE }, { "vigor", T_IN_FORCE },
	{ "vigueur", T_IN_FORCE }, { "void", T_WITHDRAWN },
	{ "withdr*", T_WITHDRAWN },
};

unsigned
prose_classes(const char *word)
{
	size_t low = 0, n = sizeof(vocabulary) / sizeof(*vocabulary), high = n;
	unsigned classes = 0;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (vocabulary[middle].word[0] < word[0])
			low = middle + 1;
		else
			high = middle;
	}
	for (const struct entry *e = &vocabulary[low]; e < &vocabulary[n] && e->word[0] == word[0]; e++) {
		size_t most = strlen(e->word) - 1;

		if (e->word[most] == '*' ? strncmp(e->word, word, most) == 0 : strcmp(e->word, word) == 0)
			classes |= e->classes;
	}
	return classes;
}

/* Effects as verbs tell them. Patterns: phrase.h; words are folded (no accents, lower case). */
const struct rule prose_rules[] = {
	{ EVENT_WITHDRAWN, NOT, "withdr*|retir* ~ market|sale|shelves|mercado|marche|products|goods|batch*|lots" },
	{ EVENT_WITHDRAWN, NOT, "withdrawal period|periods|time|times" },
	{ EVENT_WITHDRAWN, NOT, "not|never|until|unless|if|may|might|could ~ withdrawn|revoked|repealed|cancelled|canceled|"
	    "annulled|lifted" },
	{ EVENT_WITHDRAWN, NOT, "partial|partially ~ withdr*|revo*" },
	{ EVENT_WITHDRAWN, NOT, "cancel*|repeal*|revok* ~ supersed*|replac*" },
	{ EVENT_WITHDRAWN, NOT, "final measure change to the measure" },
	{ EVENT_WITHDRAWN, IF, "null|nul|nulle|nulo|nula and|et|y void|non|sin" },
	{ EVENT_WITHDRAWN, IF, "considered|regarded|deemed|declared _ void|cancelled|canceled|withdrawn" },
	{ EVENT_WITHDRAWN, IF, "cancellation|withdrawal|revocation|annulation|retrait|retiro|anulacion|cancelacion of|de|del|"
	    "des|du ~ @m" },
	{ EVENT_WITHDRAWN, IF, "^ withdrawal $" },
	{ EVENT_WITHDRAWN, IF, "notice of withdrawal" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ circulated|issued|submitted|notified|distributed|published _ erroneously|mistakenly" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ erroneously|mistakenly circulated|issued|submitted|notified|distributed" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ circulated|issued|submitted|distributed _ in|by error|mistake" },
	{ EVENT_WITHDRAWN, IF, "distribue*|diffuse*|distribuid*|notificad* par|por erreur|error" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ is|are|was|were|been|being|be _ withdrawn" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ is|are|was|were|been|being|be _ cancelled|canceled|annulled|rescinded|abandoned|"
	    "discontinued|disregarded" },
	{ EVENT_WITHDRAWN, IF, "withdraw|withdraws|withdrew|withdrawing|rescind|rescinds|rescinding|cancels the|its|this|"
	    "these|their|said|notification _ @m" },
	{ EVENT_WITHDRAWN, IF, "disregard the|this|our @m" },
	{ EVENT_WITHDRAWN, IF, "notified ~~ is|was|been|were|are _ revoked|repealed" },
	{ EVENT_WITHDRAWN, IF, "g tbt|sps n ~~ is|was|been|were|are _ revoked|repealed" },
	{ EVENT_WITHDRAWN, IF, "revokes|repeals|revoking|repealing ~~ notified" },
	{ EVENT_WITHDRAWN, IF, "decided not to proceed|pursue|adopt" },
	{ EVENT_WITHDRAWN, IF, "no longer|not ~ pursued|pursuing" },
	{ EVENT_WITHDRAWN, IF, "@m|suspension|ban|prohibition|restrictions ~~ is|are|was|were|been _ lifted|terminated" },
	{ EVENT_WITHDRAWN, IF, "lifts|lifted|lifting|levanta|levanto the|la _ @m|suspension|ban|prohibition|restrictions|"
	    "prohibicion" },
	{ EVENT_WITHDRAWN, IF, "@m ~~ est|a|ont|sont|ete|fue|ha|sido|queda|quedan _ retire*|annule*|retirad*|anulad*|cancelad*" },
	{ EVENT_WITHDRAWN, IF, "retire|annule la|le|sa|son|cette|ce @m" },
	{ EVENT_WITHDRAWN, IF, "retira|anula|cancela la|el|su|esta|este @m" },
	{ EVENT_WITHDRAWN, IF, "deja|dejar|dejado|queda|quedan|dejo ~ sin efecto" },

	{ EVENT_ADOPTED, NOT, "proposes|proposing|propose|kept informed" },
	{ EVENT_ADOPTED, NOT, "proposed|expected|planned|tentative|prevista|prevue|propuesta|proposee ~ adoption|publication|"
	    "adopcion|publicacion" },
	{ EVENT_ADOPTED, NOT, "publish*|issu*|publi* ~~ for|a|pour|para _ public* _ consultation|comment*|consulta" },
	{ EVENT_ADOPTED, NOT, "publish*|issued|issues|issuing ~~ draft|proposed|proposal|advance|proyecto" },
	{ EVENT_ADOPTED, NOT, "publish*|issued|issues|issuing _ guid*|notice" },
	{ EVENT_ADOPTED, NOT, "guid* ~~ published|issued|available" },
	{ EVENT_ADOPTED, NOT, "draft|proposed ~ published for|in _ federal" },
	{ EVENT_ADOPTED, NOT, "proposed rule|rulemaking ~~ published" },
	{ EVENT_ADOPTED, NOT, "final measure change to the measure" },
	{ EVENT_ADOPTED, NOT, "not|never ~ adopted|published|approved" },
	{ EVENT_ADOPTED, NOT, "will|would|shall|to|may|should be _ adopted|published|approved|issued" },
	{ EVENT_ADOPTED, IF, "@m ~~ is|was|were|been|are _ adopted|promulgated|enacted|gazetted|finalized|finalised" },
	{ EVENT_ADOPTED, IF, "@m ~~ is|was|were|been|are _ published|issued|approved|signed" },
	{ EVENT_ADOPTED, IF, "was|were|been published ~ official|gazette|gaceta" },
	{ EVENT_ADOPTED, IF, "published|adopted|approved|promulgated|gazetted|signed on|dated @d" },
	{ EVENT_ADOPTED, IF, "published|adopted|approved|promulgated|enacted|issued the|a|an|its|this|resolution|decree|"
	    "ordinance|regulation ~ @m" },
	{ EVENT_ADOPTED, IF, "date of adoption|publication|promulgation ~ @d" },
	{ EVENT_ADOPTED, IF, "^ _ final rule|regulation" },
	{ EVENT_ADOPTED, IF, "this|issues|issuing|publishes|publishing|announces|announcing|issued|by a|the|this|interim|"
	    "final _ final|rule rule|order|action" },
	{ EVENT_ADOPTED, IF, "final measure|regulation|text|texts|version|rule ~~ available|found|attached|accessed" },
	{ EVENT_ADOPTED, IF, "provide the final text|texts" },
	{ EVENT_ADOPTED, IF, "inform*|announc*|notif*|advis*|communicat*|communique ~~ adoption|publication|promulgation|"
	    "issuance of|de|du|des ~ @m" },
	{ EVENT_ADOPTED, IF, "informa|informar|comunica|notifica|anuncia ~ publicacion|adopcion|aprobacion|promulgacion|"
	    "expedicion de|del" },
	{ EVENT_ADOPTED, IF, "@m ~~ fue|fueron|ha|han _ publicad*|adoptad*|aprobad*|promulgad*|expedid*" },
	{ EVENT_ADOPTED, IF, "@m ~~ a|ont|est|sont|ete _ adopte*|publie*|promulgue*|approuve*|edicte*" },
	{ EVENT_ADOPTED, IF, "fue|fueron|sido publicad*|adoptad*|aprobad*|promulgad* en|mediante|por|el" },
	{ EVENT_ADOPTED, IF, "mediante ~~ se aprueba|adopta|publica|expide|promulga" },
	{ EVENT_ADOPTED, IF, "se publico|adopto|aprobo|promulgo|expidio" },

	{ EVENT_IN_FORCE, NOT, "proposed|expected|planned|tentative|anticipated|envisaged|scheduled|intended|estimated|"
	    "likely ~ entry|enter|entering|come|effective|"
	    "enforcement|take" },
	{ EVENT_IN_FORCE, NOT, "entry into force ~ determined" },
	{ EVENT_IN_FORCE, NOT, "entrada|entree en _ vigor|vigueur|vigencia ~ prevista|prevue|propuesta|proposee|envisagee|"
	    "determinar|determiner" },
	{ EVENT_IN_FORCE, NOT, "prevista|prevue|propuesta|proposee|projetee|envisagee ~ entrada|entree|entre" },
	{ EVENT_IN_FORCE, NOT, "delay*|postpon*|defer*|suspend*|stay*|extend* ~ effective|entry|enforcement|force" },
	{ EVENT_IN_FORCE, NOT, "effective|entry|enforcement ~~ delayed|postponed|deferred|suspended|stayed" },
	{ EVENT_IN_FORCE, NOT, "not|before|after|until|when|once|if ~ enter|enters|entered|entry|come|comes|take|effective" },
	{ EVENT_IN_FORCE, NOT, "force with the following amendments" },
	{ EVENT_IN_FORCE, NOT, "proposes|proposing|propose|would" },
	{ EVENT_IN_FORCE, IF, "entered|came|put _ into|in _ force|effect|operation" },
	{ EVENT_IN_FORCE, IF, "enters|comes into|in _ force|effect|operation ~ @d" },
	{ EVENT_IN_FORCE, IF, "entering|coming into force|effect ~ that|this|same|its|immediately|today|@d|date|day|"
	    "publication" },
	{ EVENT_IN_FORCE, IF, "entering|coming into force|effect ~ @d" },
	{ EVENT_IN_FORCE, IF, "is|are|been in force since|as|from|with" },
	{ EVENT_IN_FORCE, IF, "became|become _ effective|applicable|mandatory|enforceable" },
	{ EVENT_IN_FORCE, IF, "took|takes effect" },
	{ EVENT_IN_FORCE, IF, "applies|applicable from|since|as ~ @d" },
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
	{ EVENT_IN_FORCE, PLAN, "will|shall apply from|on|as ~ @d" },
	{ EVENT_IN_FORCE, PLAN, "will|shall be applied|enforced|implemented from|on|as|by ~ @d" },
	{ EVENT_IN_FORCE, PLAN, "entrera|entreront en vigueur ~ @d" },
	{ EVENT_IN_FORCE, PLAN, "entrara|entraran en _ vigor|vigencia ~ @d" },

	{ EVENT_GUIDANCE, NOT, "final measure change to the measure" },
	{ EVENT_GUIDANCE, IF, "guidance|guideline|guidelines|guide ~ issued|published|available|released|developed" },
	{ EVENT_GUIDANCE, IF, "guidance|guidelines ~~ has|have been issued|published|released" },
	{ EVENT_GUIDANCE, IF, "issued|published|issues|publishes|released|issuance|publication ~ guidance|guideline|guidelines" },
	{ EVENT_GUIDANCE, IF, "interpretive|interpretative guidance|note|notice|rule" },
	{ EVENT_GUIDANCE, IF, "guidance document|documents" },
	{ EVENT_GUIDANCE, IF, "lineamientos|guia|guias ~ publicad*|disponible*|emitid*" },
	{ EVENT_GUIDANCE, IF, "lignes directrices|orientations|guide ~ publie*|disponible*|diffuse*" },

	{ EVENT_CONTENT, NOT, "final measure change to the measure" },
	{ EVENT_CONTENT, IF, "amends|amend|amending|modifies|modify|modifying|revises|revising|updates|updating the|its|some|"
	    "certain|several ~ "
	    "requirements|provisions|scope|content|annex|annexes|article|articles|list|limits|text" },
	{ EVENT_CONTENT, IF, "amendment|amendments|changes|modifications to _ annex|annexes|article|articles|appendix|"
	    "section|scope|requirements|provisions" },
	{ EVENT_CONTENT, IF, "amend*|chang*|extend*|delay*|postpon*|modif*|revis* ~ reporting|compliance|submission|"
	    "implementation|effective|application|"
	    "applicability|transition*|enforcement _ deadline|deadlines|date|dates|period|periods" },
	{ EVENT_CONTENT, IF, "reporting|compliance|submission|implementation|effective|application|transition*|"
	    "enforcement _ deadline|date|dates|period ~~ "
	    "is|are|was|were|been _ amended|changed|extended|delayed|postponed|deferred|modified" },
	{ EVENT_CONTENT, IF, "content|scope ~~ is|are|was|were|been _ chang*|modif*|amended|extended|expanded|reduced|"
	    "narrowed|limited|revised" },
	{ EVENT_CONTENT, IF, "@m|requirements|provisions ~~ is|are|was|were|been _ amended|modified|revised|updated|changed" },
	{ EVENT_CONTENT, IF, "with|including the following changes|amendments|modifications" },
	{ EVENT_CONTENT, IF, "new|revised|amended|updated version of ~~ notified" },
	{ EVENT_CONTENT, IF, "cancels|supersedes|replaces|superseded|replaced|replacing|superseding ~~ notified" },
	{ EVENT_CONTENT, IF, "modifi* ~ contenido|alcance|ambito|contenu|champ|requisitos" },
	{ EVENT_CONTENT, IF, "alcance|ambito|contenido|champ ~~ ha|fue|sido|a|ete _ modifi*|ampli*|elargi*" },
};
const size_t prose_rules_count = sizeof(prose_rules) / sizeof(*prose_rules);
