#include "effects.h"

#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "event.h"
#include "prose.h"
#include "symbol.h"
#include "withdrawal.h"

#define BIT(kind) (1u << EVENT_##kind)

/* The keywords of ePing that tell of the measure's life; beginnings, since their ends vary ("reg.", "regulation"). */
static const struct { const char *begins; unsigned effect; } keywords[] = {
	{ "Adoption/publication/entry into force", BIT(ADOPTED) },
	{ "Withdrawal of the measure", BIT(WITHDRAWN) },
	{ "Modification of content/scope", BIT(CONTENT) },
	{ "Modification of final date for comments", BIT(DEADLINE) },
};

/* The boxes that an addendum's form has ticked. One of them, for three outcomes, tells as little as the keyword; the others are plain. */
static const struct { const char *reason; unsigned effect; } boxes[] = {
	{ REASON_DEADLINE, BIT(DEADLINE) }, { REASON_ADOPTED, BIT(ADOPTED) }, { REASON_PUBLISHED, BIT(ADOPTED) }, { REASON_FINAL_TEXT, BIT(ADOPTED) },
	{ REASON_IN_FORCE, BIT(IN_FORCE) }, { REASON_WITHDRAWN, BIT(WITHDRAWN) }, { REASON_CONTENT, BIT(CONTENT) }, { REASON_GUIDANCE, BIT(GUIDANCE) },
};

static unsigned
by_boxes(const struct notice *n)
{
	unsigned effects = 0;

	if (n->kind != KIND_ADDENDUM)
		return 0;
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++)
		if (strv_has(&n->reasons, boxes[i].reason))
			effects |= boxes[i].effect;
	return effects;
}

/* Does a corrigendum correct another follow-up, whose keywords it then repeats? */
static bool
corrects_follow_up(const struct notice *n)
{
	AUTO_BUF parent = BUF_INIT, base = BUF_INIT;

	/* not the dossier: of a joint notification that may be named after another of its symbols */
	symbol_parent(n->id, &parent);
	symbol_base(n->id, &base);
	return strcmp(buf_str(&parent), buf_str(&base)) != 0;
}

static unsigned
by_codes(const struct notice *n)
{
	unsigned effects = 0;

	for (size_t i = 0; i < n->keywords.n; i++)
		for (size_t k = 0; k < sizeof(keywords) / sizeof(*keywords); k++)
			if (strncasecmp(n->keywords.v[i], keywords[k].begins, strlen(keywords[k].begins)) == 0)
				effects |= keywords[k].effect;
	/* the folder of the link tells that the form's box on changed content was ticked */
	for (size_t i = 0; i < n->documents.n; i++)
		if (n->kind == KIND_ADDENDUM && strcmp(n->documents.v[i].kind, "modification") == 0)
			effects |= BIT(CONTENT);
	if (n->kind == KIND_ADDENDUM && strv_has(&n->reasons, REASON_OUTCOME))
		effects |= BIT(ADOPTED);
	if (n->kind == KIND_CORRIGENDUM)
		effects = corrects_follow_up(n) ? 0 : effects & ~BIT(ADOPTED);
	return effects;
}

/* What may be believed of the prose depends on the kind of document: a draft describes what it would do, a corrigendum quotes. */
static unsigned
believed(const struct notice *n, const struct prose *p)
{
	unsigned effects = p->effects;

	if (n->kind == KIND_CORRIGENDUM)
		return effects & (BIT(WITHDRAWN) | BIT(DEADLINE));
	if (n->kind != KIND_ADDENDUM)
		return effects & BIT(DEADLINE);
	if (p->planned && (date_is_set(n->deadline) || (effects & BIT(DEADLINE)) != 0))
		effects &= ~BIT(IN_FORCE);	/* still open for comment: a plan */
	if ((effects & BIT(WITHDRAWN)) != 0)
		effects &= ~(BIT(ADOPTED) | BIT(IN_FORCE) | BIT(CONTENT));	/* of the act that withdraws */
	return effects;
}

/* The keyword says one of three things; the prose may say which. A withdrawal is itself an act that is adopted. */
static void
settle(struct effects *e)
{
	if ((e->prose & (BIT(ADOPTED) | BIT(IN_FORCE))) != 0)
		e->keywords &= ~BIT(ADOPTED);
	if ((e->keywords & BIT(WITHDRAWN)) != 0)
		e->prose &= ~(BIT(ADOPTED) | BIT(IN_FORCE) | BIT(CONTENT));
}

/* Title and description; what either calls a document is one. */
static bool
withdraws_measure(const struct notice *n)
{
	enum withdrawal title = n->title.s != NULL ? withdrawal_of(n->title.s) : WITHDRAWAL_UNTOLD;
	enum withdrawal words = n->description.s != NULL ? withdrawal_of(n->description.s) : WITHDRAWAL_UNTOLD;

	return title != WITHDRAWAL_DOCUMENT && words != WITHDRAWAL_DOCUMENT && (title == WITHDRAWAL_MEASURE || words == WITHDRAWAL_MEASURE);
}

void
effects_read(const struct notice *n, struct effects *out)
{
	struct prose p = { .effects = 0 };

	*out = (struct effects){ .keywords = by_codes(n) | (by_boxes(n) & BIT(WITHDRAWN)), .deadline = n->deadline };
	if (n->withdrawal != NULL)
		out->prose |= BIT(WITHDRAWN);
	if (effects_is_base(n) || n->kind == KIND_SUPPLEMENT)
		return;
	if (n->title.s != NULL)
		prose_read(n->title.s, n->distributed, &p);
	if (n->description.s != NULL)
		prose_read(n->description.s, n->distributed, &p);
	out->prose |= believed(n, &p);
	out->in_force = (out->prose & BIT(IN_FORCE)) != 0 ? p.in_force : DATE_NONE;
	if (!date_is_set(out->deadline) && date_is_set(p.deadline)) {
		out->deadline = p.deadline;
		out->deadline_from_text = true;
	}
	settle(out);
	out->keywords |= by_boxes(n);
	out->of_measure = n->kind == KIND_CORRIGENDUM && (out->prose & BIT(WITHDRAWN)) != 0 && withdraws_measure(n);
}

bool
effects_voids(const struct notice *n, const struct effects *e)
{
	return n->kind == KIND_CORRIGENDUM && (effects_all(e) & BIT(WITHDRAWN)) != 0 && !e->of_measure && corrects_follow_up(n);
}

struct date
event_own_deadline(const struct notice *n)
{
	struct effects e;

	effects_read(n, &e);
	return e.deadline;
}

unsigned
event_effects(const struct notice *n)
{
	struct effects e;

	effects_read(n, &e);
	return effects_all(&e);
}
