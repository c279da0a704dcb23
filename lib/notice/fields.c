#include "fields.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/limits.h"
#include "../base/utf8.h"

#define API (1u << WAY_API)
#define BOOK (1u << WAY_WORKBOOK)
#define TRIS (1u << WAY_TRIS)
#define FORM (1u << WAY_FORM)
#define ROW(name, key, type, member, ways) { name, key, type, offsetof(struct notice, member), ways }

/* In the order of the text form: the title is its heading, FIELD_TEXT and the variants are sections, the others are lines. */
const struct notice_field notice_fields[] = {
	ROW("Title", "title", FIELD_TEXT, title, API | BOOK | TRIS),
	ROW("Type", "type", FIELD_LINE, type, API | BOOK | TRIS),
	ROW("Agency", "agency", FIELD_LINE, agency, API | TRIS | FORM),
	ROW("Contact", "contact", FIELD_LINE, contact, API | TRIS),
	ROW("Distributed", "distributed", FIELD_DATE, distributed, API | BOOK | TRIS),
	ROW("Comments until", "deadline", FIELD_DATE, deadline, API | BOOK | TRIS),
	ROW("Standstill until", "standstill_end", FIELD_DATE, standstill_end, TRIS),
	ROW("Standstill before extension", "standstill_original", FIELD_DATE, standstill_original, TRIS),
	ROW("Adoption", "adoption", FIELD_MILESTONE, adoption, API | BOOK | FORM),
	ROW("Entry into force", "entry_into_force", FIELD_MILESTONE, entry_into_force, API | BOOK | FORM),
	ROW("HS", "hs", FIELD_CODES, hs, API | BOOK),
	ROW("ICS", "ics", FIELD_CODES, ics, API | BOOK),
	ROW("Category", "category", FIELD_LINE, category, TRIS),
	ROW("Category label", "category_label", FIELD_LINE, category_label, TRIS),
	ROW("Objective", "objectives", FIELD_SET, objectives, API | BOOK),
	ROW("Keyword", "keywords", FIELD_SET, keywords, API | BOOK | TRIS),
	ROW("Affects", "countries", FIELD_SET, countries, API | BOOK),
	ROW("All trading partners", "all_trading_partners", FIELD_ANSWER, all_trading_partners, API),
	ROW("Notified under", "notified_under", FIELD_SET, notified_under, FORM),
	ROW("Reasons", "reasons", FIELD_SET, reasons, FORM),
	ROW("Comments by", NULL, FIELD_SET, comments_by, TRIS),
	ROW("Detailed opinion by", NULL, FIELD_SET, opinions_by, TRIS),
	ROW("Urgency invoked", "urgency_invoked", FIELD_ANSWER, urgency_invoked, TRIS),
	ROW("Confidential", "confidential", FIELD_ANSWER, confidential, TRIS),
	ROW("Fiscal measure", "fiscal", FIELD_ANSWER, fiscal, TRIS),
	ROW("Message", "message", FIELD_LINE, message, TRIS),
	ROW("Withdrawal", "withdrawal", FIELD_LINE, withdrawal, TRIS),
	ROW("Language", "language", FIELD_LINE, language, API | BOOK | TRIS),
	ROW("Link", "url", FIELD_LINE, url, API | BOOK | TRIS),
	/* whoever tells of a record tells that it is there */
	ROW("Vanished", "vanished", FIELD_DATE, vanished, API | BOOK | TRIS),
	ROW("Document", "documents", FIELD_DOCUMENTS, documents, API | BOOK | TRIS),
	ROW("As notified by members", "variants", FIELD_VARIANTS, variants, API | BOOK),
	ROW("Products", "products", FIELD_TEXT, products, API | BOOK | TRIS),
	ROW("Description", "description", FIELD_TEXT, description, API | BOOK | TRIS),
	ROW("Rationale", "rationale", FIELD_TEXT, rationale, API | TRIS | FORM),
	ROW("Relevant documents", "relevant", FIELD_TEXT, relevant, API | FORM),
	ROW("Grounds for urgency", "grounds_for_urgency", FIELD_TEXT, grounds_for_urgency, TRIS),
	ROW("Basic texts", "basic_texts", FIELD_TEXT, basic_texts, TRIS),
	ROW("Other act", "other_act", FIELD_TEXT, other_act, TRIS),
	ROW("Impact assessment", "impact", FIELD_TEXT, impact, TRIS),
	ROW("TBT and SPS aspects", "tbt_sps", FIELD_TEXT, tbt_sps, TRIS),
};
const size_t notice_fields_count = sizeof(notice_fields) / sizeof(notice_fields[0]);
_Static_assert(sizeof(notice_fields) / sizeof(notice_fields[0]) < 60, "bits 60 to 63 of 'known' are the groups of documents");

size_t
notice_row(size_t offset)
{
	size_t row = 0;

	while (row < notice_fields_count && notice_fields[row].offset != offset)
		row++;
	assert(row < notice_fields_count);
	return row;
}

uint64_t
notice_known_by(enum way way)
{
	uint64_t known = way == WAY_FORM ? 0 : NOTICE_DOCS_TEXTS | NOTICE_DOCS_FORM_EN;

	for (size_t i = 0; i < notice_fields_count; i++)
		if ((notice_fields[i].ways & 1u << way) != 0)
			known |= UINT64_C(1) << i;
	return way == WAY_API || way == WAY_FORM ? known : known | NOTICE_DOCS_FORM_FR | NOTICE_DOCS_FORM_ES;
}

void *
notice_at(struct notice *n, size_t row)
{
	return (char *)n + notice_fields[row].offset;
}

const void *
notice_at_const(const struct notice *n, size_t row)
{
	return (const char *)n + notice_fields[row].offset;
}

const struct field_ops *
notice_ops(size_t row)
{
	return field_ops(notice_fields[row].type);
}

bool
notice_field_empty(const struct notice *n, size_t row)
{
	return notice_ops(row)->empty(notice_at_const(n, row));
}

bool
notice_field_equal(const struct notice *a, const struct notice *b, size_t row)
{
	return notice_ops(row)->equal(notice_at_const(a, row), notice_at_const(b, row));
}

void
notice_field_text(const struct notice *n, size_t row, struct buf *out)
{
	notice_ops(row)->text(notice_at_const(n, row), out);
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* ---- a line ---- */

static void
line_clear(void *p)
{
	free(*(char **)p);
	*(char **)p = NULL;
}

static void
line_copy(void *to, const void *from)
{
	*(char **)to = xstrdup(*(char *const *)from);
}

static bool
line_empty(const void *p)
{
	return *(char *const *)p == NULL;
}

static bool
line_equal(const void *a, const void *b)
{
	return same(*(char *const *)a, *(char *const *)b);
}

static void
line_text(const void *p, struct buf *out)
{
	buf_adds(out, *(char *const *)p);
}

static void
line_order(void *p)
{
	char *s = *(char **)p;

	if (s != NULL && *s == '\0')
		line_clear(p);
}

/* ---- a text; its string comes first, so that the functions of a line serve for it ---- */

static void
text_clear(void *p)
{
	line_clear(p);
	((struct text *)p)->lang[0] = '\0';
}

static void
text_copy(void *to, const void *from)
{
	const struct text *t = from;

	((struct text *)to)->s = xstrdup(t->s);
	memcpy(((struct text *)to)->lang, t->lang, sizeof(t->lang));
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does a number end before p and another begin there, or a decimal's other part? */
static bool
splits_number(const char *start, const char *p)
{
	const char *last = p;

	while (last > start && is_blank(last[-1]))
		last--;
	if (last > start + 1 && (last[-1] == '.' || last[-1] == ','))
		last--;
	return is_digit(*p) && last > start && is_digit(last[-1]);
}

bool
text_same_words(const char *a, const char *b)
{
	const char *start = a;

	for (;; a++, b++) {
		bool gap_a = is_blank(*a), gap_b = is_blank(*b);

		a += strspn(a, " \n");
		b += strspn(b, " \n");
		if (*a != *b || (gap_a != gap_b && splits_number(start, a)))
			return false;
		if (*a == '\0')
			return true;
	}
}

static bool
text_equal(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	if (x->s == NULL || y->s == NULL)
		return x->s == y->s;
	return strcmp(x->lang, y->lang) == 0 && text_same_words(x->s, y->s);
}

static void
text_order(void *p)
{
	line_order(p);
	if (line_empty(p))
		text_clear(p);
}

/* ---- a date ---- */

static void
date_clear(void *p)
{
	*(struct date *)p = DATE_NONE;
}

static void
date_copy(void *to, const void *from)
{
	*(struct date *)to = *(const struct date *)from;
}

static bool
date_empty(const void *p)
{
	return !date_is_set(*(const struct date *)p);
}

static bool
date_equal(const void *a, const void *b)
{
	return date_cmp(*(const struct date *)a, *(const struct date *)b) == 0;
}

static void
date_text(const void *p, struct buf *out)
{
	char text[DATE_TEXT];

	buf_adds(out, date_format(*(const struct date *)p, text));
}

static void
nothing_to_order(void *p)
{
	(void)p;
}

/* ---- a set ---- */

static void
set_clear(void *p)
{
	strv_clear(p);
}

static void
set_copy(void *to, const void *from)
{
	strv_copy(to, from);
}

static bool
set_empty(const void *p)
{
	return ((const struct strv *)p)->n == 0;
}

static bool
set_equal(const void *a, const void *b)
{
	return strv_equal(a, b);
}

static void
set_text(const void *p, struct buf *out)
{
	strv_join(p, ", ", out);
}

static void
set_order(void *p)
{
	struct strv *s = p;
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		char *clean = NULL;

		notice_set_line(&clean, s->v[i]);
		free(s->v[i]);
		if (clean != NULL)
			s->v[kept++] = clean;
	}
	s->n = kept;
	strv_sort(s);
	while (s->n > LIMIT_LIST)
		free(s->v[--s->n]);
}

/* ---- an answer ---- */

static void
answer_clear(void *p)
{
	*(enum answer *)p = ANSWER_UNKNOWN;
}

static void
answer_copy(void *to, const void *from)
{
	*(enum answer *)to = *(const enum answer *)from;
}

static bool
answer_empty(const void *p)
{
	return *(const enum answer *)p == ANSWER_UNKNOWN;
}

static bool
answer_equal(const void *a, const void *b)
{
	return *(const enum answer *)a == *(const enum answer *)b;
}

static void
answer_text(const void *p, struct buf *out)
{
	if (!answer_empty(p))
		buf_adds(out, *(const enum answer *)p == ANSWER_YES ? "yes" : "no");
}

/* ---- a milestone ---- */

static void
milestone_clear(void *p)
{
	struct milestone *m = p;

	free(m->text);
	*m = (struct milestone){ DATE_NONE, NULL };
}

static void
milestone_copy(void *to, const void *from)
{
	const struct milestone *m = from;

	*(struct milestone *)to = (struct milestone){ m->date, xstrdup(m->text) };
}

static bool
milestone_empty(const void *p)
{
	return date_empty(p) && ((const struct milestone *)p)->text == NULL;
}

static bool
milestone_equal(const void *a, const void *b)
{
	const struct milestone *x = a, *y = b;

	return date_cmp(x->date, y->date) == 0 && same(x->text, y->text);
}

static void
milestone_text(const void *p, struct buf *out)
{
	const struct milestone *m = p;

	date_text(&m->date, out);
	if (date_is_set(m->date) && m->text != NULL)
		buf_adds(out, " - ");
	buf_adds(out, m->text);
}

static void
milestone_order(void *p)
{
	line_order(&((struct milestone *)p)->text);
}

static const struct field_ops ops[] = {
	[FIELD_LINE] = { line_clear, line_copy, line_empty, line_equal, line_text, line_order },
	[FIELD_TEXT] = { text_clear, text_copy, line_empty, text_equal, line_text, text_order },
	[FIELD_DATE] = { date_clear, date_copy, date_empty, date_equal, date_text, nothing_to_order },
	[FIELD_SET] = { set_clear, set_copy, set_empty, set_equal, set_text, set_order },
	[FIELD_ANSWER] = { answer_clear, answer_copy, answer_empty, answer_equal, answer_text, nothing_to_order },
	[FIELD_MILESTONE] = { milestone_clear, milestone_copy, milestone_empty, milestone_equal, milestone_text, milestone_order },
};

const struct field_ops *
field_ops(enum field_type type)
{
	switch (type) {
	case FIELD_CODES:
		return &codes_ops;
	case FIELD_DOCUMENTS:
		return &documents_ops;
	case FIELD_VARIANTS:
		return &variants_ops;
	default:
		return &ops[type];
	}
}
