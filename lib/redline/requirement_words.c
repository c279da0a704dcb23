#include "requirement_words.h"

#include <string.h>

#include "../base/buf.h"
#include "../base/utf8.h"
#include "facts.h"

#define BEFORE 70	/* bytes before a number that may say what bound it is, */
#define BEHIND 30	/* and behind it */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* All folded, with blanks at both ends, so that only whole words are found. en fr es de it nl pt pl */
static const char *const obliging[] = {
	" required ", " is prohibited ", " are prohibited ", " prohibited to ", " mandatory ", " obliged to ", " is forbidden ", " it is unlawful ",
	" est interdit ", " est interdite ", " sont interdits ", " sont interdites ", " est tenu ", " sont tenus ", " obligatoire ", " obligatoires ", " ne peut etre ",
	" prohibido ", " prohibida ", " prohibidos ", " prohibidas ", " se prohibe ", " obligatorio ", " obligatoria ", " esta obligado ", " estan obligados ",
	" verboten ", " verpflichtet ", " untersagt ", " ist zu ", " sind zu ", " unzulassig ", " erforderlich ",
	" vietato ", " vietata ", " vietati ", " vietate ", " obbligatorio ", " obbligatoria ", " e tenuto ", " sono tenuti ",
	" moet ", " moeten ", " verboden ", " verplicht ", " dient te ", " dienen te ", " devem ", " proibido ", " proibida ", " obrigatorio ", " obrigatoria ",
	" musi ", " musza ", " zabrania sie ", " nalezy ", " jest zobowiazany "
};

static const char *const exempting[] = {
	" does not apply ", " do not apply ", " shall not apply ", " not applicable to ", " except ", " exception of ", " exempt ", " exempted ", " exemption ", " derogation ",
	" ne s applique pas ", " ne s appliquent pas ", " a l exception ", " sauf ", " exempte ", " exemptes ", " exonere ", " par derogation ",
	" no se aplica ", " no se aplicara ", " no sera aplicable ", " excepto ", " con excepcion ", " exento ", " exentos ", " exceptua ", " quedan excluidos ",
	" gilt nicht ", " gelten nicht ", " ausgenommen ", " mit ausnahme ", " keine anwendung ", " befreit ", " abweichend von ",
	" non si applica ", " non si applicano ", " ad eccezione ", " fatta eccezione ", " esente ", " esenti ", " in deroga ", " sono esclusi ",
	" niet van toepassing ", " uitgezonderd ", " met uitzondering ", " vrijgesteld ", " nao se aplica ", " com excecao ", " isento ", " nie stosuje sie ", " z wyjatkiem "
};

static const char *const scoping[] = {
	" applies to ", " shall apply to ", " applicable to ", " the scope ", " covers ", " means ", " is defined as ", " s applique ", " s appliquent ", " champ d application ", " on entend par ",
	" se aplica ", " se aplicara ", " ambito de aplicacion ", " se entiende por ", " se entendera por ", " gilt fur ", " gelten fur ", " anwendungsbereich ", " geltungsbereich ",
	" im sinne ", " si applica ", " si applicano ", " ambito di applicazione ", " si intende ", " van toepassing op ", " wordt verstaan onder ", " stosuje sie do ", " aplica se "
};

/* "not less than" must be looked for before "less than". */
static const char *const at_least[] = {
	" at least ", " minimum ", " not less than ", " no less than ", " no fewer than ", " not be less than ", " shall exceed ", " a minima ", " au moins ", " minimale ", " minimal ",
	" au minimum ", " al menos ", " como minimo ", " minimo ", " minima ", " no inferior ", " mindestens ", " mindest ", " nicht unterschreiten ", " wenigstens ",
	" almeno ", " non inferiore ", " ten minste ", " minimaal ", " pelo menos ", " co najmniej "
};
static const char *const at_most[] = {
	" at most ", " maximum ", " not exceed ", " not exceeding ", " may exceed ", " not more than ", " no more than ", " not be more than ", " up to ", " less than ", " below ",
	" within ", " no later than ", " au plus ", " au maximum ", " maximale ", " maximal ", " ne depasse pas ", " ne doit pas depasser ", " ne doivent pas depasser ", " ne pas depasser ",
	" inferieure a ", " inferieur a ", " como maximo ", " maximo ", " maxima ", " no exceda ", " no excedera ", " no debe exceder ", " no debera exceder ", " no superior ", " no superara ",
	" hochstens ", " maximal ", " nicht uberschreiten ", " nicht uberschreitet ", " nicht mehr als ", " bis zu ", " al massimo ", " massimo ", " non superiore ", " non superare ",
	" ten hoogste ", " maximaal ", " no maximo ", " nie wiecej niz ", " nie przekracza "
};

static bool
has_any(const char *folded, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(folded, list[i]) != NULL)
			return true;
	return false;
}

static bool
has_duty(const char *text, const char *lang)
{
	struct facts facts = FACTS_INIT;
	bool found = false;

	facts_read(text, strlen(text), lang, &facts);
	for (size_t i = 0; i < facts.n; i++)
		found = found || (facts.v[i].kind == CALLOUT_MODAL && facts.v[i].force == FORCE_DUTY);
	facts_clear(&facts);
	return found;
}

struct sentence_says
sentence_read(const char *text, const char *lang)
{
	AUTO_BUF folded = BUF_INIT;
	struct sentence_says s;

	utf8_fold(text, &folded);
	s.exempts = has_any(buf_str(&folded), exempting, COUNT(exempting));
	s.obliges = has_any(buf_str(&folded), obliging, COUNT(obliging)) || (!strstr(buf_str(&folded), " shall not apply ") && has_duty(text, lang));
	s.scope = has_any(buf_str(&folded), scoping, COUNT(scoping));
	return s;
}

bool
sentence_denies(const char *text, const char *at)
{
	static const char *const denying[] = {
		" no ", " none ", " nobody ", " nothing ", " neither ", " aucun ", " aucune ", " nul ", " nulle ", " ningun ", " ninguno ", " ninguna ", " nadie ", " kein ", " keine ",
		" keiner ", " niemand ", " nessun ", " nessuno ", " nessuna ", " geen ", " nenhum ", " nenhuma "
	};
	size_t before = at != NULL ? (size_t)(at - text) : 0;
	AUTO_BUF subject = BUF_INIT;
	AUTO_BUF folded = BUF_INIT;

	before = before < BEFORE ? before : BEFORE;
	if (before == 0)
		return false;
	buf_add(&subject, at - before, before);
	utf8_fold(buf_str(&subject), &folded);
	return has_any(buf_str(&folded), denying, COUNT(denying));
}

enum bound
sentence_bound(const char *text, const char *at, const char *end)
{
	AUTO_BUF around = BUF_INIT;
	AUTO_BUF folded = BUF_INIT;
	size_t before = (size_t)(at - text), behind = strlen(end);

	before = before < BEFORE ? before : BEFORE;
	behind = behind < BEHIND ? behind : BEHIND;
	buf_add(&around, at - before, before);
	buf_adds(&around, " 0 ");	/* nothing is found across the number */
	buf_add(&around, end, behind);
	utf8_fold(buf_str(&around), &folded);
	if (has_any(buf_str(&folded), at_least, COUNT(at_least)))
		return has_any(buf_str(&folded), at_most, COUNT(at_most)) && !strstr(buf_str(&folded), " less than ") ? BOUND_NONE : BOUND_LEAST;
	return has_any(buf_str(&folded), at_most, COUNT(at_most)) ? BOUND_MOST : BOUND_NONE;
}
