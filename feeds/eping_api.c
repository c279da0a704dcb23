#include "eping_api.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/json.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/symbol.h"
#include "eping_answer.h"
#include "eping_fields.h"
#include "eping_links.h"

#define NAME_SHOWN 80	/* bytes of outside text in a message */
#define UNCLEAR_MOST 3	/* deadlines of a page, however few its items */

/* Fields of an item by the name of the API. 'twin' is the plain twin of a text, the second name of a list, the text twin of codes and
 * milestones; 'short_name' is what the list of the latest ten calls it. */
static const struct text_field {
	const char *key, *twin, *short_name;
	size_t offset;
	bool keep_lines;
} text_fields[] = {
	{ "title", "titlePlain", NULL, offsetof(struct notice, title), false },
	{ "description", "descriptionPlain", NULL, offsetof(struct notice, description), true },
	{ "productsFreeText", "productsFreeTextPlain", "products", offsetof(struct notice, products), true },
	{ "objectivesFreeText", "objectivesFreeTextPlain", NULL, offsetof(struct notice, rationale), true },
	{ "relevantDocumentTitle", "relevantDocumentTitlePlain", NULL, offsetof(struct notice, relevant), true },
};

static const struct list_field {
	const char *key, *twin;
	size_t offset;
} list_fields[] = {
	{ "objectives", NULL, offsetof(struct notice, objectives) },
	{ "keywords", "spsKeywords", offsetof(struct notice, keywords) },
	{ "countriesAffected", NULL, offsetof(struct notice, countries) },
};

static const struct code_field {
	const char *key, *twin;
	size_t offset;
	enum eping_code kind;
} code_fields[] = {
	{ "hsCodes", "hsCodeText", offsetof(struct notice, hs), EPING_HS },
	{ "icsCodes", "icsCodeText", offsetof(struct notice, ics), EPING_ICS },
};

static const struct milestone_field {
	const char *key, *twin;
	size_t offset;
} milestone_fields[] = {
	{ "proposedAdoptionDate", "proposedAdoptionDateText", offsetof(struct notice, adoption) },
	{ "proposedEntryIntoForceDate", "proposedEntryIntoForceDateText", offsetof(struct notice, entry_into_force) },
};

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

enum type { TEXT, LIST, FLAG };

/* Is the member there, if only as null? One of another type tells nothing, which is told. */
static bool
has(struct eping_row *row, const json_t *item, const char *key, enum type type)
{
	static const char *const due[] = { [TEXT] = "no text", [LIST] = "no list", [FLAG] = "neither true nor false" };
	const json_t *value = key != NULL ? json_object_get(item, key) : NULL;

	if (value == NULL || json_is_null(value) || (type == TEXT && json_is_string(value)) || (type == LIST && json_is_array(value)) ||
	    (type == FLAG && json_is_boolean(value)))
		return value != NULL;
	eping_row_tell(row, xasprintf("field '%s' is %s", key, due[type]));
	return false;
}

static void *
field_at(struct notice *n, size_t offset)
{
	n->known |= UINT64_C(1) << notice_row(offset);
	return (char *)n + offset;
}

static void
read_texts(const json_t *item, struct eping_row *row)
{
	struct notice *n = &row->notice;

	for (size_t i = 0; i < COUNT(text_fields); i++) {
		const struct text_field *f = &text_fields[i];
		const char *html = json_str(item, f->key);

		if (!has(row, item, f->key, TEXT) && !has(row, item, f->twin, TEXT) && !has(row, item, f->short_name, TEXT))
			continue;
		if (html == NULL && f->short_name != NULL)
			html = json_str(item, f->short_name);
		eping_text(field_at(n, f->offset), html, json_str(item, f->twin), f->keep_lines);
	}
}

/* An array of {id, name} or of names. */
static void
read_names(const json_t *array, struct strv *out)
{
	const json_t *value;
	size_t i;

	json_array_foreach(array, i, value) {
		const char *name = json_is_string(value) ? json_string_value(value) : json_str(value, "name");

		if (name != NULL)
			eping_list_add(out, name);
	}
}

static void
read_lists(const json_t *item, struct eping_row *row)
{
	struct notice *n = &row->notice;

	for (size_t i = 0; i < COUNT(list_fields); i++) {
		const struct list_field *f = &list_fields[i];

		if (!has(row, item, f->key, LIST) && !has(row, item, f->twin, LIST))
			continue;
		read_names(json_object_get(item, f->key), field_at(n, f->offset));
		if (f->twin != NULL)
			read_names(json_object_get(item, f->twin), field_at(n, f->offset));
	}
}

static void
read_code(const json_t *value, enum eping_code kind, struct codes *out)
{
	const char *code = json_str(value, "code"), *name = json_str(value, "name");

	if (json_is_string(value))
		eping_codes(out, kind, json_string_value(value));
	else if (json_is_object(value))
		eping_code(out, kind, code, name);
}

static void
read_codes(const json_t *item, struct eping_row *row)
{
	struct notice *n = &row->notice;

	for (size_t i = 0; i < COUNT(code_fields); i++) {
		const struct code_field *f = &code_fields[i];
		struct codes *out;
		const json_t *value;
		size_t k;

		if (!has(row, item, f->key, LIST) && !has(row, item, f->twin, TEXT))
			continue;
		out = field_at(n, f->offset);
		json_array_foreach(json_object_get(item, f->key), k, value)
			read_code(value, f->kind, out);
		if (out->n == 0)
			eping_codes(out, f->kind, json_str(item, f->twin));
	}
}

static void
read_milestones(const json_t *item, struct eping_row *row)
{
	struct notice *n = &row->notice;

	for (size_t i = 0; i < COUNT(milestone_fields); i++) {
		const struct milestone_field *f = &milestone_fields[i];

		if (has(row, item, f->key, TEXT) || has(row, item, f->twin, TEXT))
			eping_milestone(field_at(n, f->offset), json_str(item, f->key), json_str(item, f->twin));
	}
}

static void
read_documents(const json_t *item, struct eping_row *row)
{
	struct notice *n = &row->notice;
	static const struct { char lang[3]; uint64_t group; } forms[] = { { "fr", NOTICE_DOCS_FORM_FR }, { "es", NOTICE_DOCS_FORM_ES } };

	if (has(row, item, "notifiedDocumentLink", TEXT)) {
		eping_attachments(field_at(n, offsetof(struct notice, documents)), json_str(item, "notifiedDocumentLink"));
		n->known |= NOTICE_DOCS_TEXTS;
	}
	if (!has(row, item, "linkToNotification", TEXT))
		return;
	eping_forms(field_at(n, offsetof(struct notice, documents)), json_str(item, "linkToNotification"), "en");
	n->known |= NOTICE_DOCS_FORM_EN;
	for (size_t i = 0; i < n->documents.n; i++)
		for (size_t k = 0; k < COUNT(forms); k++)
			if (strcmp(n->documents.v[i].kind, "notification") == 0 && strcmp(n->documents.v[i].lang, forms[k].lang) == 0)
				n->known |= forms[k].group;
}

static void
read_deadline(const json_t *item, struct eping_row *row)
{
	const json_t *value = json_object_get(item, "commentDeadlineDate");
	const char *text = json_string_value(value);

	row->in_words = (value != NULL && !json_is_null(value) && text == NULL) || !eping_date(text, &row->notice.deadline);
	if (!has(row, item, "commentDeadlineDate", TEXT))
		return;
	if (eping_deadline(text, &row->notice.deadline))
		row->notice.known |= NOTICE_BIT(deadline);
	else
		eping_row_tell(row, eping_unclear_deadline("field 'commentDeadlineDate'", text));
}

static int
read_days(const json_t *item, struct eping_row *row, struct error *err)
{
	const char *text = json_str(item, "distributionDate");
	AUTO_FREE char *why = NULL;
	char *unclear;
	int rc;

	if (eping_date(text, field_at(&row->notice, offsetof(struct notice, distributed))))
		why = xstrdup("no 'distributionDate'");
	else
		why = xasprintf("field 'distributionDate': '%.*s' is no date", (int)utf8_fit(text, NAME_SHOWN), text);
	read_deadline(item, row);
	rc = eping_check_days(&row->notice, why, &unclear, err);
	if (unclear != NULL)
		eping_row_tell(row, unclear);
	return rc;
}

static void
read_member(const json_t *item, struct eping_row *row)
{
	const char *code = json_str(item, "notifyingMemberCode");
	const char *found = code != NULL ? member_of_eping_id(code) : "";

	eping_line(&row->member_name, json_str(item, "notifyingMember"));
	if (row->member_name == NULL)
		row->member_name = xstrdup(code != NULL ? code : "");
	if (*found == '\0')
		found = member_of_name(row->member_name);
	snprintf(row->member, sizeof(row->member), "%s", found);
}

static int
read_item(const json_t *item, struct eping_row *row, struct error *err)
{
	struct notice *n = &row->notice;
	const json_t *id = json_object_get(item, "id"), *all = json_object_get(item, "allTradingPartners");
	int rc;

	if (!json_is_object(item))
		return error_set(err, ERR_DATA, "not an object");
	row->way = WAY_API;
	row->id = json_is_integer(id) ? (long)json_integer_value(id) : -1;
	read_member(item, row);
	if (has(row, item, "notificationType", TEXT))
		eping_line(field_at(n, offsetof(struct notice, type)), json_str(item, "notificationType"));
	if ((rc = eping_identify(n, json_str(item, "documentSymbol"), json_str(item, "area"), row->member, err)) < 0 ||
	    (rc = read_days(item, row, err)) < 0)
		return rc;
	read_texts(item, row);
	read_lists(item, row);
	read_codes(item, row);
	read_milestones(item, row);
	read_documents(item, row);
	if (has(row, item, "allTradingPartners", FLAG))
		*(enum answer *)field_at(n, offsetof(struct notice, all_trading_partners)) =
		    json_is_true(all) ? ANSWER_YES : json_is_false(all) ? ANSWER_NO : ANSWER_UNKNOWN;
	eping_finish(n);
	eping_row_set_key(row);
	return 0;
}

static bool
lacks_identity(const json_t *item)
{
	return json_str(item, "documentSymbol") == NULL || json_str(item, "distributionDate") == NULL;
}

static bool
is_unclear(const json_t *item, const char *key)
{
	const json_t *value = json_object_get(item, key);
	struct date day;

	return value != NULL && !json_is_null(value) && !eping_deadline(json_is_string(value) ? json_string_value(value) : "?", &day);
}

/* One unclear day is a slip of the pen; of many, nobody would be told in time. */
static int
check_days(const json_t *items, struct error *err)
{
	static const char *const days[] = { "distributionDate", "commentDeadlineDate" };
	size_t n = json_array_size(items);

	for (size_t d = 0; d < COUNT(days); d++) {
		size_t unclear = 0;

		for (size_t i = 0; i < n; i++)
			unclear += is_unclear(json_array_get(items, i), days[d]);
		if (unclear * 5 > n && unclear > UNCLEAR_MOST)
			return error_set(err, ERR_DATA, "layout changed: '%s' of %zu of %zu items is no date", days[d], unclear, n);
	}
	return 0;
}

/* Of an answer that does not parse as a whole: one item is an accident, many mean another format, or another charset. */
static int
check_damage(const struct eping_answer *answer, struct error *err)
{
	size_t n = json_array_size(answer->items);

	if (answer->unreadable * 5 > n && (answer->unreadable > 1 || n == 1))
		return error_set(err, answer->why.code, "%s", answer->why.text);
	if (answer->mended * 5 > n && answer->mended > UNCLEAR_MOST)
		return error_set(err, ERR_DATA, "%zu of %zu items have broken characters: %s", answer->mended, n, answer->why.text);
	return 0;
}

static int
check_layout(const struct eping_answer *answer, struct error *err)
{
	size_t n = json_array_size(answer->items), lacking = 0;

	if (n > LIMIT_ITEMS)
		return error_set(err, ERR_DATA, "%zu items in one page", n);
	for (size_t i = 0; i < n; i++)
		lacking += lacks_identity(json_array_get(answer->items, i));
	if (check_damage(answer, err) < 0)
		return ERR_DATA;
	if (lacking * 5 > n && (lacking > 1 || n == 1))
		return error_set(err, ERR_DATA, "layout changed: %zu of %zu items lack 'documentSymbol' or 'distributionDate'", lacking, n);
	return check_days(answer->items, err);
}

/* Bytes that the host says it read before: it knows them by their hash alone. */
static int
read_rest(struct eping_row *row, struct error *err)
{
	struct eping_row whole = { .notice = NOTICE_INIT };
	AUTO_JSON *item = NULL;
	size_t mended;
	int rc;

	notice_init(&whole.notice);
	if ((rc = json_parse_mended(row->raw.data, row->raw.len, &item, &mended, err)) == 0 && (rc = read_item(item, &whole, err)) == 0) {
		notice_clear(&row->notice);
		row->notice = whole.notice;
		notice_init(&whole.notice);
		row->complete = NULL;
	}
	eping_row_clear(&whole);
	return rc;
}

/* Nothing is told of one that is known: it was when its bytes were new. */
static void
tell_of_row(const struct eping_row *row, const char *note, struct strv *problems)
{
	if (row->complete != NULL)
		return;
	if (note != NULL)
		problems_add(problems, "item %zu: %s", row->number, note);
	if (row->unclear != NULL)
		problems_add(problems, "item %zu: %s", row->number, row->unclear);
}

static void
read_items(const struct eping_answer *answer, const char *text, struct eping_rows *rows)
{
	const json_t *item;
	size_t i;

	json_array_foreach(answer->items, i, item) {
		const struct json_span *span = &answer->brief.spans[i];
		const char *note = answer->notes != NULL ? answer->notes[i] : NULL;
		struct eping_row *row = eping_rows_add(rows);
		struct error err;

		row->number = i + 1;
		if (read_item(item, row, &err) == 0) {
			buf_add(&row->raw, text + span->offset, span->length);
			row->complete = answer->brief.known != NULL && answer->brief.known[i] ? read_rest : NULL;
			tell_of_row(row, note, &rows->problems);
			continue;
		}
		eping_rows_drop_last(rows);
		rows->bad++;
		problems_add(&rows->problems, "item %zu: %s", i + 1, note != NULL ? note : err.text);
	}
}

static long
number_of(const json_t *page, const char *key)
{
	const json_t *value = json_object_get(page, key);

	return json_is_integer(value) && json_integer_value(value) >= 0 ? (long)json_integer_value(value) : -1;
}

int
eping_api_rows_but(const char *text, size_t n, const struct eping_known *known, struct eping_rows *rows, struct error *err)
{
	AUTO_EPING_ANSWER answer = EPING_ANSWER_INIT;
	int rc;

	if ((rc = eping_answer_read(text, n, known, &answer, err)) < 0 || (rc = check_layout(&answer, err)) < 0)
		return rc;
	read_items(&answer, text, rows);
	rows->total = number_of(answer.page, "totalCount");
	rows->current = number_of(answer.page, "currentPage");
	rows->size = number_of(answer.page, "pageSize");
	rows->exceeded = json_is_true(json_object_get(answer.page, "isCountExceeded"));
	return 0;
}

int
eping_api_rows(const char *text, size_t n, struct eping_rows *rows, struct error *err)
{
	return eping_api_rows_but(text, n, NULL, rows, err);
}

int
eping_api_page(const char *text, size_t n, struct eping_page *out, struct error *err)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	int rc;

	*out = (struct eping_page){ .total = -1, .current = -1, .size = -1 };
	if ((rc = eping_api_rows(text, n, &rows, err)) < 0)
		return rc;
	out->rows = rows.n + rows.bad;
	out->total = rows.total;
	out->current = rows.current;
	out->size = rows.size;
	out->exceeded = rows.exceeded;
	eping_join(&rows, &out->items);
	return 0;
}

void
eping_page_clear(struct eping_page *page)
{
	items_clear(&page->items);
}

int
eping_api_decode(const char *raw, size_t n, struct notice *out, struct error *err)
{
	AUTO_EPING_ANSWER answer = EPING_ANSWER_INIT;
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_BUF page = BUF_INIT;
	bool joint = n > 0 && *raw == '[';
	int rc;

	if (!joint)
		buf_addc(&page, '[');
	buf_add(&page, raw, n);
	if (!joint)
		buf_addc(&page, ']');
	if ((rc = eping_answer_read(page.data, page.len, NULL, &answer, err)) < 0)
		return rc;
	read_items(&answer, page.data, &rows);
	return eping_join_one(&rows, out, err);
}
