#include <string.h>

#include "../base/buf.h"
#include "requirements.h"

static size_t
count(const struct requirements *q, enum requirement_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++)
		n += q->v[i].kind == kind;
	return n;
}

static size_t
count_effect(const struct requirements *q, enum requirement_kind kind, enum requirement_effect effect)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++)
		n += q->v[i].kind == kind && q->v[i].effect == effect;
	return n;
}

/* One part of the sentence: parts of a group are parted by commas, groups by semicolons; the noun is said once in a group. */
struct part {
	size_t n;
	const char *one, *many, *verb;
};

static bool
add_group(const struct part *parts, size_t n, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		const struct part *p = &parts[i];

		if (p->n == 0)
			continue;
		if (!any)
			buf_addf(out, "%s%zu %s%s", out->len > 0 ? "; " : "", p->n, p->n == 1 ? p->one : p->many, p->verb);
		else
			buf_addf(out, ", %zu%s", p->n, p->verb);
		any = true;
	}
	return any;
}

void
requirements_summary(const struct requirements *q, struct buf *out)
{
	const struct part duties[] = {
		{ count(q, REQUIREMENT_ADDED), "requirement", "requirements", " added" }, { count(q, REQUIREMENT_REMOVED), "requirement", "requirements", " removed" },
		{ count_effect(q, REQUIREMENT_MODAL, EFFECT_TIGHTENED), "requirement", "requirements", " tightened" },
		{ count_effect(q, REQUIREMENT_MODAL, EFFECT_RELAXED), "requirement", "requirements", " relaxed" }
	};
	const struct part limits[] = { { count(q, REQUIREMENT_LIMIT), "limit", "limits", " changed" } };
	const struct part directions[] = {
		{ count_effect(q, REQUIREMENT_LIMIT, EFFECT_TIGHTENED), "", "", "tightened" }, { count_effect(q, REQUIREMENT_LIMIT, EFFECT_RELAXED), "", "", "relaxed" }
	};
	const struct part dates[] = { { count(q, REQUIREMENT_DATE), "date", "dates", " changed" } };
	const struct part exemptions[] = {
		{ count(q, REQUIREMENT_EXEMPTION_ADDED), "exemption", "exemptions", " added" }, { count(q, REQUIREMENT_EXEMPTION_REMOVED), "exemption", "exemptions", " removed" }
	};
	const struct part scope[] = { { count(q, REQUIREMENT_SCOPE), "sentence on scope", "sentences on scope", " changed" } };
	const struct part wording[] = { { count(q, REQUIREMENT_WORDING), "requirement", "requirements", " reworded" } };
	struct buf own = BUF_INIT;

	add_group(duties, 4, &own);
	if (add_group(limits, 1, &own) && directions[0].n + directions[1].n > 0) {
		buf_adds(&own, " (");
		for (size_t i = 0; i < 2; i++)
			if (directions[i].n > 0)
				buf_addf(&own, "%s%zu %s", i > 0 && directions[0].n > 0 ? ", " : "", directions[i].n, directions[i].verb);
		buf_adds(&own, ")");
	}
	add_group(dates, 1, &own);
	add_group(exemptions, 2, &own);
	add_group(scope, 1, &own);
	add_group(wording, 1, &own);
	buf_adds(out, buf_str(&own));
	buf_clear(&own);
}

static const char *const kind_names[] = {
	[REQUIREMENT_LIMIT] = "limit", [REQUIREMENT_DATE] = "date", [REQUIREMENT_ADDED] = "added", [REQUIREMENT_REMOVED] = "removed", [REQUIREMENT_MODAL] = "modal",
	[REQUIREMENT_EXEMPTION_ADDED] = "exemption-added", [REQUIREMENT_EXEMPTION_REMOVED] = "exemption-removed", [REQUIREMENT_SCOPE] = "scope", [REQUIREMENT_WORDING] = "wording"
};
static const char *const kind_texts[] = {
	[REQUIREMENT_LIMIT] = "limit changed", [REQUIREMENT_DATE] = "date changed", [REQUIREMENT_ADDED] = "requirement added", [REQUIREMENT_REMOVED] = "requirement removed",
	[REQUIREMENT_MODAL] = "obligation changed", [REQUIREMENT_EXEMPTION_ADDED] = "exemption added", [REQUIREMENT_EXEMPTION_REMOVED] = "exemption removed",
	[REQUIREMENT_SCOPE] = "scope changed", [REQUIREMENT_WORDING] = "reworded"
};
static const char *const effects[] = { [EFFECT_OPEN] = NULL, [EFFECT_TIGHTENED] = "tightened", [EFFECT_RELAXED] = "relaxed" };

static void
add_value(const struct requirement *q, struct buf *out)
{
	buf_addf(out, "%s%s", q->about, q->about[0] != '\0' ? " " : "");
	if (q->old_value[0] == '\0' || q->new_value[0] == '\0')
		buf_addf(out, "%s %s", q->old_value[0] != '\0' ? q->old_value : q->new_value, q->old_value[0] != '\0' ? "removed" : "added");
	else
		buf_addf(out, "%s -> %s", q->old_value, q->new_value);
	if (effects[q->effect] != NULL)
		buf_addf(out, " (%s)", effects[q->effect]);
}

void
requirement_line(const struct requirement *q, struct buf *out)
{
	buf_addf(out, "%s%s", q->where, q->where[0] != '\0' ? ": " : "");
	if (q->old_value[0] != '\0' || q->new_value[0] != '\0')
		add_value(q, out);
	else
		buf_addf(out, "%s: %s", kind_texts[q->kind], q->new[0] != '\0' ? q->new : q->old);
}

bool
requirement_target(const struct requirement *q, const struct redline *r, const char *id_prefix, struct buf *out)
{
	for (size_t i = 0; i < r->documents_n; i++) {
		const struct document_change *d = &r->documents[i];

		for (size_t k = 0; strcmp(d->name, q->document) == 0 && k < d->diff.n; k++)
			if (strcmp(d->diff.v[k].anchor, q->anchor) == 0) {
				redline_provision_id(id_prefix, d, k, out);
				return true;
			}
	}
	return false;
}

static json_t *
item_to_json(const struct requirement *q)
{
	json_t *o = json_object();

	json_set_str(o, "kind", kind_names[q->kind]);
	json_set_str(o, "effect", effects[q->effect]);
	json_set_str(o, "document", q->document[0] != '\0' ? q->document : NULL);
	json_set_str(o, "where", q->where[0] != '\0' ? q->where : NULL);
	json_set_str(o, "old_value", q->old_value[0] != '\0' ? q->old_value : NULL);
	json_set_str(o, "new_value", q->new_value[0] != '\0' ? q->new_value : NULL);
	json_set_str(o, "about", q->about[0] != '\0' ? q->about : NULL);
	json_set_str(o, "old", q->old[0] != '\0' ? q->old : NULL);
	json_set_str(o, "new", q->new[0] != '\0' ? q->new : NULL);
	return o;
}

json_t *
requirements_to_json(const struct requirements *q)
{
	json_t *o = json_object(), *items = json_array();
	struct buf summary = BUF_INIT;

	requirements_summary(q, &summary);
	for (size_t i = 0; i < q->n; i++)
		json_array_append_new(items, item_to_json(&q->v[i]));
	json_set_str(o, "summary", buf_str(&summary));
	json_object_set_new(o, "items", items);
	buf_clear(&summary);
	return o;
}
