/* What a draft's change asks of people: which requirements came, went, or are said otherwise. Evidence with the words quoted, never a verdict. */
#ifndef REGWATCH_REDLINE_REQUIREMENTS_H
#define REGWATCH_REDLINE_REQUIREMENTS_H

#include "../base/json.h"
#include "redline.h"

enum requirement_kind {		/* most consequential first */
	REQUIREMENT_LIMIT,		/* a number with its unit became another, came or went */
	REQUIREMENT_DATE,
	REQUIREMENT_ADDED,		/* a sentence that obliges or forbids came */
	REQUIREMENT_REMOVED,
	REQUIREMENT_MODAL,		/* "should" became "shall", "shall" became "may" */
	REQUIREMENT_EXEMPTION_ADDED,	/* "does not apply to", "except" */
	REQUIREMENT_EXEMPTION_REMOVED,
	REQUIREMENT_SCOPE,		/* a sentence about what it applies to was changed */
	REQUIREMENT_WORDING		/* a requirement's other words */
};

/* Said only where the text itself says which way is stricter: "should" -> "shall", "at most 90" -> "at most 45". */
enum requirement_effect { EFFECT_OPEN, EFFECT_TIGHTENED, EFFECT_RELAXED };

struct requirement {
	enum requirement_kind kind;
	enum requirement_effect effect;
	unsigned weight;		/* greater first */
	char *where;			/* "Article 5", or a field's name ("Description") */
	char *anchor;			/* of the provision, "" for fields */
	char *document;			/* its name in the redline, "" for fields */
	char *old_value, *new_value;	/* "90 mg/kg" and "45 mg/kg", "should" and "shall"; "" for those that are whole sentences */
	char *about;			/* words before a limit or date: "lead shall not exceed"; may be "" */
	char *old, *new;		/* the sentences, "" where there is none */
};

struct requirements {
	struct requirement *v;
	size_t n, cap;
	size_t left_out;		/* beyond REQUIREMENTS_MAX */
};

#define REQUIREMENTS_MAX 2000
#define REQUIREMENTS_INIT { NULL, 0, 0, 0 }
#define AUTO_REQUIREMENTS __attribute__((cleanup(requirements_clear))) struct requirements

/* All of a redline, its documents and its fields that are texts, most consequential first, then in the order of the texts. */
void requirements_find(const struct redline *r, struct requirements *out);
void requirements_clear(struct requirements *q);

/* Appends one sentence without a full stop, "" when there is nothing to say: "3 requirements added, 1 removed, 2 relaxed; 4 limits changed". */
void requirements_summary(const struct requirements *q, struct buf *out);

/* Appends a line for people, without "\n": "Article 5: lead shall not exceed 90 mg/kg -> 45 mg/kg (tightened)". */
void requirement_line(const struct requirement *q, struct buf *out);

/* Appends the id of the provision where it stands (redline_provision_id); false for what stands in a field. */
bool requirement_target(const struct requirement *q, const struct redline *r, const char *id_prefix, struct buf *out);

/* {"summary", "items": [{"kind", "effect", "document", "where", "old_value", "new_value", "about", "old", "new"}]}; the caller's reference. kind: "limit",
 * "date", "added", "removed", "modal", "exemption-added", "exemption-removed", "scope", "wording"; effect: "tightened", "relaxed" or null. */
json_t *requirements_to_json(const struct requirements *q);

#endif
