/* From two states of a record to the events between them. */
#include <stdlib.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "attached.h"
#include "effects.h"
#include "event.h"
#include "fields.h"

#define ARCHIVE_DAYS 30		/* what is older at first sight and closed for comment is no news */
#define SHORT_TEXT 80		/* bytes; the language of shorter texts cannot be told by their words */

/* The two states and what of their difference an event names already. */
struct delta {
	const struct notice *before, *now;	/* before is NULL at first sight */
	struct effects was, is;
	uint64_t changed, named;		/* NOTICE_BIT */
	struct events *out;
};

/* ---- the deadline ---- */

static const char *
how_moved(struct date old, struct date new, struct date today)
{
	if (!date_is_set(old))
		return "set";
	if (!date_is_set(new))
		return "removed";
	if (date_cmp(new, old) < 0)
		return "shortened";
	return date_cmp(old, today) < 0 && date_cmp(new, today) >= 0 ? "reopened" : "extended";
}

static void
add_deadline(struct events *out, struct date old, struct date new, struct date today)
{
	char a[DATE_TEXT], b[DATE_TEXT];

	if (date_cmp(old, new) == 0)
		return;
	date_format(old, a);
	date_format(new, b);
	events_add(out, EVENT_DEADLINE, how_moved(old, new, today), *a != '\0' ? a : NULL, *b != '\0' ? b : NULL);
}

/* ---- first sight ---- */

static bool
is_archived(const struct notice *n, struct date latest, struct date today)
{
	struct date known = date_is_set(n->distributed) ? n->distributed : n->deadline;

	if (!date_is_set(known) || (date_is_set(latest) && date_cmp(latest, today) >= 0))
		return false;
	return date_days(today) - date_days(known) > ARCHIVE_DAYS;
}

/* Events of the kind's own, in the order of enum event_kind. */
static void
add_arrival(const struct notice *n, bool archived, struct events *out)
{
	static const enum event_kind follow_up[] = {
		[KIND_REVISION] = EVENT_REVISED, [KIND_CORRIGENDUM] = EVENT_CORRECTED, [KIND_SUPPLEMENT] = EVENT_TRANSLATED,
		[KIND_ADDENDUM] = EVENT_ADDENDUM,
	};

	if (effects_is_base(n) && !archived) {
		events_add(out, EVENT_NEW, NULL, NULL, NULL);
		if (n->urgent)
			events_add(out, EVENT_URGENT, NULL, NULL, NULL);
	}
	if (archived)
		events_add(out, EVENT_ARCHIVED, NULL, NULL, NULL);
	if (!effects_is_base(n))
		events_add(out, follow_up[n->kind], NULL, NULL, NULL);
}

/* Adopted, in force, withdrawn, guidance, content: those in the set. */
static void
add_effects(const struct delta *d, unsigned effects)
{
	char day[DATE_TEXT];

	for (enum event_kind kind = EVENT_ADOPTED; kind <= EVENT_CONTENT; kind++) {
		if ((effects & (1u << kind)) == 0)
			continue;
		date_format(kind == EVENT_IN_FORCE ? d->is.in_force : DATE_NONE, day);
		events_add(d->out, kind, NULL, NULL, *day != '\0' ? day : NULL);
	}
}

/* The dossier's deadline with this record in one of its states. */
static struct date
effective(const struct dossier_context *dossier, const struct notice *n, const struct effects *e)
{
	if (effects_voids(n, e))
		return dossier->voiding;
	return dossier->voided ? dossier->deadline : date_max(dossier->deadline, e->deadline);
}

static void
derive_arrival(struct delta *d, const struct dossier_context *dossier, struct date today)
{
	struct date new = effective(dossier, d->now, &d->is);
	bool told = (effects_all(&d->is) & (1u << EVENT_DEADLINE)) != 0;

	add_arrival(d->now, is_archived(d->now, new, today), d->out);
	if (effects_is_base(d->now)) {
		if (d->now->withdrawal != NULL)
			events_add(d->out, EVENT_WITHDRAWN, NULL, NULL, NULL);
		return;
	}
	/* Without the base nobody knows what was before, unless the follow-up itself is about the deadline. */
	if (date_is_set(dossier->deadline) || dossier->base_known || (told && d->now->kind == KIND_ADDENDUM))
		add_deadline(d->out, dossier->deadline, new, today);
	add_effects(d, effects_all(&d->is));
	if (attached_lists(d->now, "final"))
		events_add(d->out, EVENT_FINAL, NULL, NULL, NULL);
}

/* ---- a changed record: texts ---- */

static bool
changed(const struct delta *d, uint64_t bit)
{
	return (d->changed & bit) != 0;
}

static const struct text *
text_of(const struct notice *n, size_t row)
{
	return notice_at_const(n, row);
}

static bool
changed_language(const struct text *a, const struct text *b)
{
	return a->s != NULL && b->s != NULL && strcmp(a->s, b->s) != 0 && *a->lang != '\0' && *b->lang != '\0' && strcmp(a->lang, b->lang) != 0;
}

/* May two texts be in different languages although nobody told so? */
static bool
language_unsure(const struct text *a, const struct text *b)
{
	return a->s == NULL || b->s == NULL || *a->lang == '\0' || *b->lang == '\0' || strlen(a->s) < SHORT_TEXT || strlen(b->s) < SHORT_TEXT;
}

/* A translation of the longest text carries the shorter ones, the products and the labels with it. */
static void
derive_translated(struct delta *d)
{
	const struct text *from = NULL, *to = NULL;

	for (size_t i = 0; i < notice_fields_count; i++) {
		const struct text *a = text_of(d->before, i), *b = text_of(d->now, i);

		if (notice_fields[i].type != FIELD_TEXT || !changed_language(a, b))
			continue;
		if (to == NULL || strlen(b->s) > strlen(to->s)) {
			from = a;
			to = b;
		}
	}
	if (to == NULL)
		return;
	events_add(d->out, EVENT_TRANSLATED, NULL, from->lang, to->lang);
	for (size_t i = 0; i < notice_fields_count; i++) {
		const struct text *a = text_of(d->before, i), *b = text_of(d->now, i);

		if (notice_fields[i].type == FIELD_TEXT && (changed_language(a, b) || language_unsure(a, b)))
			d->named |= UINT64_C(1) << i;
	}
	d->named |= NOTICE_BIT(products) | NOTICE_BIT(language) | NOTICE_BIT(category_label) | NOTICE_BIT(message);
}

/* ---- dates, life cycle ---- */

static void
derive_deadline(struct delta *d, const struct dossier_context *dossier, struct date today)
{
	struct date old = effective(dossier, d->before, &d->was), new = effective(dossier, d->now, &d->is);

	if (date_cmp(old, new) == 0)
		return;
	add_deadline(d->out, old, new, today);
	d->named |= NOTICE_BIT(deadline) | NOTICE_BIT(standstill_end) | NOTICE_BIT(standstill_original);
	if (d->was.deadline_from_text || d->is.deadline_from_text)
		d->named |= NOTICE_BIT(title) | NOTICE_BIT(description);
}

static void
derive_effects(struct delta *d)
{
	unsigned all = ((1u << (EVENT_CONTENT + 1)) - 1) & ~((1u << EVENT_ADOPTED) - 1);
	unsigned new = effects_all(&d->is) & ~effects_all(&d->was) & all;

	add_effects(d, new);
	if ((new & d->is.keywords) != 0 || (d->is.keywords & ~d->was.keywords & (1u << EVENT_DEADLINE)) != 0)
		d->named |= NOTICE_BIT(keywords) | NOTICE_BIT(reasons);
	if ((new & d->is.prose) != 0)
		d->named |= NOTICE_BIT(title) | NOTICE_BIT(description) | NOTICE_BIT(withdrawal);
}

/* ---- reactions ---- */

/* Those of 'now' that 'before' lacks, as "detailed opinion by A, B"; adds them to 'who' too, once each. */
static void
new_issuers(const struct strv *before, const struct strv *now, const char *what, struct buf *detail, struct strv *who)
{
	const char *sep = detail->len > 0 ? "; " : "";
	bool first = true;

	for (size_t i = 0; i < now->n; i++) {
		if (strv_has(before, now->v[i]))
			continue;
		if (first)
			buf_addf(detail, "%s%s by %s", sep, what, now->v[i]);
		else
			buf_addf(detail, ", %s", now->v[i]);
		first = false;
		if (!strv_has(who, now->v[i]))
			strv_add(who, now->v[i]);
	}
}

static bool
only_grew(const struct strv *before, const struct strv *now)
{
	for (size_t i = 0; i < before->n; i++)
		if (!strv_has(now, before->v[i]))
			return false;
	return true;
}

static void
derive_reaction(struct delta *d)
{
	AUTO_BUF detail = BUF_INIT, new = BUF_INIT;
	AUTO_STRV who = STRV_INIT;

	new_issuers(&d->before->opinions_by, &d->now->opinions_by, "detailed opinion", &detail, &who);
	new_issuers(&d->before->comments_by, &d->now->comments_by, "comments", &detail, &who);
	if (who.n == 0)
		return;
	strv_join(&who, ", ", &new);
	events_add(d->out, EVENT_REACTION, buf_str(&detail), NULL, buf_str(&new));
	if (only_grew(&d->before->opinions_by, &d->now->opinions_by))
		d->named |= NOTICE_BIT(opinions_by);
	if (only_grew(&d->before->comments_by, &d->now->comments_by))
		d->named |= NOTICE_BIT(comments_by);
}

/* ---- attached texts ---- */

enum document_change { SAME, MOVED, CHANGED, MISSING };

/* How x stands in the list: the same link (whose text may have become known), the same text behind another link, another text under
 * the same kind and language, or not there. */
static enum document_change
compare(const struct document *x, const struct documents *list)
{
	enum document_change found = MISSING;

	for (size_t i = 0; i < list->n; i++) {
		const struct document *y = &list->v[i];
		bool known = x->text_sha256 != NULL && y->text_sha256 != NULL, same = known && strcmp(x->text_sha256, y->text_sha256) == 0;

		if (strcmp(x->kind, y->kind) != 0 || strcmp(x->lang, y->lang) != 0)
			continue;
		if (document_cmp(x, y) == 0)
			return same || !known ? SAME : CHANGED;
		if (same)
			found = MOVED;
		else if (found != MOVED)
			found = CHANGED;
	}
	return found;
}

struct documents_seen {
	struct buf detail;	/* "draft en changed, other added" */
	bool texts, forms;	/* something happened to attached texts, to links to the notification form */
	bool moved;		/* a text has another link */
};

static void
see(struct documents_seen *seen, const struct document *x, const char *what)
{
	bool form = strcmp(x->kind, "notification") == 0;

	seen->texts |= !form;
	seen->forms |= form;
	buf_addf(&seen->detail, "%s%s%s%s %s", seen->detail.len > 0 ? ", " : "", x->kind, *x->lang != '\0' ? " " : "", x->lang, what);
}

/* A final text that appears for the first time has an event of its own. */
static void
look_at_documents(const struct delta *d, struct documents_seen *seen)
{
	bool final = attached_lists(d->now, "final") && !attached_lists(d->before, "final");

	for (size_t i = 0; i < d->now->documents.n; i++) {
		const struct document *x = &d->now->documents.v[i];
		enum document_change c = compare(x, &d->before->documents);

		if (c == CHANGED)
			see(seen, x, "changed");
		else if (c == MOVED)
			seen->moved = true;
		else if (c == MISSING && !(final && strcmp(x->kind, "final") == 0))
			see(seen, x, "added");
	}
	for (size_t i = 0; i < d->before->documents.n; i++)
		if (compare(&d->before->documents.v[i], &d->now->documents) == MISSING)
			see(seen, &d->before->documents.v[i], "removed");
}

/* True when nothing but a text behind a known link became known: our doing, not the source's. */
static bool
derive_documents(struct delta *d)
{
	struct documents_seen seen = { .detail = BUF_INIT };
	bool final = attached_lists(d->now, "final") && !attached_lists(d->before, "final");
	bool alone = (d->changed & ~d->named) == NOTICE_BIT(documents) && d->out->n == 0;

	if (!changed(d, NOTICE_BIT(documents)))
		return false;
	look_at_documents(d, &seen);
	if (final)
		events_add(d->out, EVENT_FINAL, NULL, NULL, NULL);
	if (seen.texts || (seen.forms && alone && !final))
		events_add(d->out, EVENT_DOCUMENT, buf_str(&seen.detail), NULL, NULL);
	buf_clear(&seen.detail);
	if (final || seen.texts || seen.forms || !seen.moved)
		d->named |= NOTICE_BIT(documents);
	return !final && !seen.texts && !seen.forms && !seen.moved;
}

/* ---- what is left ---- */

static void
add_name(struct buf *names, const char *name)
{
	buf_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* The field's key, or its name in the form of a key. */
static void
add_field(struct buf *names, size_t row)
{
	char key[64];
	size_t i;

	if (notice_fields[row].key != NULL) {
		add_name(names, notice_fields[row].key);
		return;
	}
	for (i = 0; i < sizeof(key) - 1 && notice_fields[row].name[i] != '\0'; i++) {
		char c = notice_fields[row].name[i];

		key[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c >= 'a' && c <= 'z' ? c : '_';
	}
	key[i] = '\0';
	add_name(names, key);
}

static void
derive_edited(struct delta *d)
{
	AUTO_BUF names = BUF_INIT;
	const struct notice *a = d->before, *b = d->now;

	for (size_t i = 0; i < notice_fields_count; i++)
		if ((d->changed & ~d->named & (UINT64_C(1) << i)) != 0)
			add_field(&names, i);
	if (!strv_equal(&a->symbols, &b->symbols))
		add_name(&names, "symbols");
	else if (!strv_equal(&a->members, &b->members))
		add_name(&names, "members");
	if (names.len == 0 && d->out->n == 0 && a->urgent != b->urgent)
		add_name(&names, "urgent");
	if (names.len > 0)
		events_add(d->out, EVENT_EDITED, buf_str(&names), NULL, NULL);
}

static void
add_presence(struct delta *d)
{
	bool was = date_is_set(d->before->vanished), is = date_is_set(d->now->vanished);

	if (was != is)
		events_add(d->out, is ? EVENT_VANISHED : EVENT_REAPPEARED, NULL, NULL, NULL);
}

static void
derive_change(struct delta *d, const struct dossier_context *dossier, struct date today)
{
	bool ours;

	for (size_t i = 0; i < notice_fields_count; i++)
		if (!notice_field_equal(d->before, d->now, i))
			d->changed |= UINT64_C(1) << i;
	d->named |= NOTICE_BIT(vanished);	/* has events of its own, the last ones */
	derive_translated(d);
	derive_deadline(d, dossier, today);
	derive_effects(d);
	derive_reaction(d);
	ours = derive_documents(d);
	derive_edited(d);
	add_presence(d);
	if (d->out->n == 0)
		events_add(d->out, ours ? EVENT_RENORMALISED : EVENT_EDITED, NULL, NULL, NULL);
}

void
events_derive(const struct notice *before, const struct notice *now, const struct dossier_context *dossier, struct date today,
    bool silent, struct events *out)
{
	struct effects effects;

	effects_read(now, &effects);
	events_derive_known(before, now, &effects, dossier, today, silent, out);
}

void
events_derive_known(const struct notice *before, const struct notice *now, const struct effects *effects, const struct dossier_context *dossier,
    struct date today, bool silent, struct events *out)
{
	struct delta d = { .before = before, .now = now, .is = *effects, .out = out };

	if (before != NULL && notice_equal(before, now))
		return;
	if (before != NULL && silent) {
		events_add(out, EVENT_RENORMALISED, NULL, NULL, NULL);
		return;
	}
	if (before == NULL) {
		derive_arrival(&d, dossier, today);
		return;
	}
	effects_read(before, &d.was);
	derive_change(&d, dossier, today);
}
