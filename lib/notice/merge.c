/* What one way of a source tells, completed with what others told before. */
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "fields.h"

/* The old symbols in their order, as far as the source still gives them, then the new ones. */
static void
merge_symbols(struct notice *now, const struct notice *before)
{
	struct strv symbols = STRV_INIT;

	for (size_t i = 0; i < before->symbols.n; i++)
		if (strcmp(before->symbols.v[i], before->id) == 0 || strv_has(&now->symbols, before->symbols.v[i]))
			strv_add(&symbols, before->symbols.v[i]);
	for (size_t i = 0; i < now->symbols.n; i++)
		if (!strv_has(&symbols, now->symbols.v[i]))
			strv_add(&symbols, now->symbols.v[i]);
	strv_clear(&now->symbols);
	now->symbols = symbols;
}

/* Members in the old order; notice_normalise puts them after the symbols' and adds what these tell. */
static void
merge_identity(struct notice *now, const struct notice *before)
{
	uint64_t tells = now->source == SOURCE_TRIS ? NOTICE_BIT(urgency_invoked) : NOTICE_BIT(type);
	bool urgency_known = (now->known & tells) != 0, form = (now->known & NOTICE_BIT(notified_under)) != 0;

	merge_symbols(now, before);
	free(now->id);
	now->id = xstrdup(before->id);
	free(now->dossier);
	now->dossier = xstrdup(before->dossier);
	now->source = before->source;
	now->area = before->area;
	memcpy(now->member, before->member, sizeof(now->member));
	/* a form that ticks an urgent article does not gainsay the type that another way told */
	if (!urgency_known)
		now->urgent = before->urgent || (form && before->type == NULL && now->urgent);
}

static void
keep_labels(struct codes *now, const struct codes *before)
{
	for (size_t i = 0, j = 0; i < now->n && j < before->n; ) {
		int c = strcmp(now->v[i].code, before->v[j].code);

		if (c == 0 && before->v[j].label != NULL) {
			free(now->v[i].label);
			now->v[i].label = xstrdup(before->v[j].label);
		}
		i += c <= 0;
		j += c >= 0;
	}
}

/* The text as it was, when only blanks differ: whichever door a record comes by, it reads the same. */
static void
keep_text(struct text *now, const struct text *before)
{
	if (now->s == NULL || before->s == NULL || !text_same_words(now->s, before->s))
		return;
	free(now->s);
	now->s = xstrdup(before->s);
}

static void
keep_document(struct document *now, const struct document *before)
{
	free(now->url);
	now->url = xstrdup(before->url);
	if (now->text_sha256 == NULL)
		now->text_sha256 = xstrdup(before->text_sha256);
}

/* Documents of the groups that this way cannot tell come over; the same links keep spelling and text. */
static void
merge_documents(struct notice *now, const struct notice *before)
{
	const struct documents *old = &before->documents;
	struct documents *d = &now->documents;
	bool any = (now->known & NOTICE_BIT(documents)) != 0;
	size_t told = d->n;

	for (size_t i = 0; i < old->n; i++) {
		size_t j = 0;

		while (j < told && document_cmp(&d->v[j], &old->v[i]) != 0)
			j++;
		if (j < told) {
			keep_document(&d->v[j], &old->v[i]);
		} else if (!any || (now->known & document_group(&old->v[i])) == 0) {
			size_t n = d->n;

			documents_add(d, old->v[i].kind, old->v[i].lang, old->v[i].url);
			if (d->n > n)	/* else the list is full */
				keep_document(&d->v[n], &old->v[i]);
		}
	}
}

void
notice_merge(struct notice *now, const struct notice *before)
{
	merge_identity(now, before);
	for (size_t i = 0; i < notice_fields_count; i++) {
		void *field = notice_at(now, i);

		if (notice_fields[i].type == FIELD_DOCUMENTS || i == notice_row(offsetof(struct notice, vanished)))
			continue;
		if ((now->known & UINT64_C(1) << i) == 0) {
			notice_ops(i)->clear(field);
			notice_ops(i)->copy(field, notice_at_const(before, i));
		} else if (notice_fields[i].type == FIELD_CODES) {
			keep_labels(field, notice_at_const(before, i));
		} else if (notice_fields[i].type == FIELD_TEXT) {
			keep_text(field, notice_at_const(before, i));
		}
	}
	merge_documents(now, before);
	now->known |= before->known;
	notice_normalise(now);
}

static bool
documents_have(const struct documents *d, const struct document *doc)
{
	for (size_t i = 0; i < d->n; i++)
		if (document_cmp(&d->v[i], doc) == 0)
			return true;
	return false;
}

/* Groups of the documents that only 'a' has. */
static uint64_t
groups_missing(const struct documents *a, const struct documents *b)
{
	uint64_t groups = 0;

	for (size_t i = 0; i < a->n; i++)
		if (!documents_have(b, &a->v[i]))
			groups |= document_group(&a->v[i]);
	return groups;
}

uint64_t
notice_differences(const struct notice *a, const struct notice *b)
{
	const size_t documents = notice_row(offsetof(struct notice, documents));
	uint64_t bits = 0, groups;

	for (size_t row = 0; row < notice_fields_count; row++) {
		if (row != documents && !notice_field_equal(a, b, row))
			bits |= UINT64_C(1) << row;
	}
	if (!notice_field_equal(a, b, documents)) {
		groups = groups_missing(&a->documents, &b->documents) | groups_missing(&b->documents, &a->documents);
		bits |= groups != 0 ? groups : NOTICE_DOCS_TEXTS;
	}
	if (bits == 0 && !notice_equal(a, b))
		bits = NOTICE_BIT(title);
	return bits;
}
