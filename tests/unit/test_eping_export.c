/* The real export of June 2025, out of REGWATCH_DATA. */
#include "workbook_fixture.h"

#include "feeds/eping_api.h"
#include "lib/base/file.h"
#include "lib/base/json.h"

static char *
data_path(const char *name)
{
	const char *data = getenv("REGWATCH_DATA");

	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	return file_join(data, name);
}

static void
read_export(struct items *out)
{
	AUTO_FREE char *path = data_path("eping/export-2025-06.xlsx");

	assert_int_equal(read_file(path, out), 120);
	assert_int_equal(out->bad, 0);
	assert_int_equal(out->problems.n, 0);
}

/* The JSON objects of all rows, each with its name "SYMBOL|MEMBER". */
static json_t *
rows_by_name(void)
{
	json_t *rows = json_object();

	return rows;
}

static void
put_row(json_t *rows, json_t *row)
{
	const char *symbol = json_str(json_object_get(row, "Document symbol"), "text");
	AUTO_FREE char *name = xasprintf("%s|%s", symbol, json_str(row, "Notifying Member"));

	assert_null(json_object_get(rows, name));
	json_object_set(rows, name, row);
}

static json_t *
expected_rows(void)
{
	AUTO_FREE char *path = data_path("eping/export-2025-06.jsonl");
	AUTO_BUF text = BUF_INIT;
	AUTO_STRV lines = STRV_INIT;
	json_t *rows = rows_by_name();
	struct error err;

	assert_int_equal(file_read(path, 1 << 20, &text, &err), 0);
	strv_split(&lines, buf_str(&text), "\n");
	for (size_t i = 0; i < lines.n; i++) {
		AUTO_JSON *row = NULL;

		assert_int_equal(json_parse(lines.v[i], strlen(lines.v[i]), &row, &err), 0);
		put_row(rows, row);
	}
	return rows;
}

static void
put_raw(json_t *rows, const struct buf *raw)
{
	AUTO_JSON *value = NULL;
	struct error err;

	assert_int_equal(json_parse(raw->data, raw->len, &value, &err), 0);
	if (json_is_object(value))
		put_row(rows, value);
	for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++)
		put_row(rows, json_array_get(value, i));
}

static void
test_real_rows_equal_their_published_decoding(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	AUTO_JSON *got = NULL;
	AUTO_JSON *expected = NULL;

	(void)state;
	read_export(&items);
	assert_int_equal(items.n, 101);
	got = rows_by_name();
	for (size_t i = 0; i < items.n; i++)
		put_raw(got, &items.v[i].raw);
	expected = expected_rows();
	assert_int_equal(json_object_size(expected), 120);
	assert_true(json_equal(got, expected));
}

static void
test_real_rows_decode_again_to_the_same_record(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	read_export(&items);
	for (size_t i = 0; i < items.n; i++) {
		AUTO_NOTICE again = NOTICE_INIT;
		struct error err;

		assert_int_equal(eping_row_decode(items.v[i].raw.data, items.v[i].raw.len, &again, &err), 0);
		assert_true(notice_equal(&items.v[i].notice, &again));
		assert_true(items.v[i].notice.known == again.known);
	}
}

static const struct notice *
find(const struct items *items, const char *id)
{
	for (size_t i = 0; i < items->n; i++)
		if (strcmp(items->v[i].notice.id, id) == 0)
			return &items->v[i].notice;
	fail_msg("no %s", id);
	return NULL;
}

static void
test_real_records_are_read_as_a_reader_would(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	const struct notice *n;
	size_t spanish = 0, other = 0;

	(void)state;
	read_export(&items);
	n = find(&items, "G/TBT/N/BDI/608");
	assert_int_equal(n->members.n, 5);
	assert_string_equal(n->members.v[4], "UG");
	assert_int_equal(n->variants.n, 0);		/* only the order of the objectives differs */
	assert_string_equal(n->documents.v[0].lang, "en");
	n = find(&items, "G/TBT/N/BDI/606");		/* three of its five rows */
	assert_true((n->known & NOTICE_BIT(variants)) == 0);
	n = find(&items, "G/SPS/N/NIC/131");
	assert_string_equal(n->language, "es");
	assert_string_equal(n->products.lang, "es");
	assert_int_equal(n->documents.n, 2);
	assert_string_equal(n->documents.v[1].kind, "notification");
	assert_string_equal(n->documents.v[1].lang, "es");
	n = find(&items, "G/TBT/N/THA/501/Add.3");
	assert_string_equal(n->documents.v[0].kind, "final");
	assert_false(date_is_set(n->deadline));
	for (size_t i = 0; i < items.n; i++) {
		spanish += strcmp(items.v[i].notice.language, "es") == 0;
		other += strcmp(items.v[i].notice.language, "en") != 0 && strcmp(items.v[i].notice.language, "es") != 0;
	}
	assert_int_equal(spanish, 6);			/* NIC/131, CRI/193/Add.8, CHL/731, CHL/796/Rev.1, CHL/368/Add.1 and .2 */
	assert_int_equal(other, 0);
}

/* Takes out the documents of groups that 'other' does not know, so that what both tell can be compared. */
static void
keep_common(struct notice *n, const struct notice *other)
{
	size_t kept = 0;

	for (size_t i = 0; i < n->documents.n; i++) {
		struct document *d = &n->documents.v[i];
		bool form = strcmp(d->kind, "notification") == 0;
		uint64_t group = !form ? NOTICE_DOCS_TEXTS : strcmp(d->lang, "fr") == 0 ? NOTICE_DOCS_FORM_FR :
		    strcmp(d->lang, "es") == 0 ? NOTICE_DOCS_FORM_ES : NOTICE_DOCS_FORM_EN;

		if ((other->known & group) != 0) {
			n->documents.v[kept++] = *d;
		} else {
			free(d->kind);
			free(d->lang);
			free(d->url);
			free(d->text_sha256);
		}
	}
	n->documents.n = kept;
}

static void
assert_same_where_both_know(const struct notice *a, const struct notice *b)
{
	size_t compared = 0;

	for (size_t i = 0; i < notice_fields_count; i++) {
		if ((a->known & b->known & UINT64_C(1) << i) == 0)
			continue;
		compared++;
		if (!notice_field_equal(a, b, i))
			fail_msg("%s: %s differs", a->id, notice_fields[i].name);
	}
	assert_true(compared >= 15);
}

static void
test_api_and_export_give_one_record(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	AUTO_FREE char *path = data_path("eping/api-page-reconstructed.json");
	AUTO_BUF text = BUF_INIT;
	AUTO_EPING_PAGE page;
	struct error err;

	(void)state;
	read_export(&items);
	assert_int_equal(file_read(path, 1 << 20, &text, &err), 0);
	assert_int_equal(eping_api_page(buf_str(&text), text.len, &page, &err), 0);
	assert_int_equal(page.rows, 14);
	for (size_t i = 0; i < page.items.n; i++) {
		struct notice *api = &page.items.v[i].notice;
		AUTO_NOTICE row = NOTICE_INIT;

		notice_init(&row);
		notice_copy(&row, find(&items, api->id));
		row.known = find(&items, api->id)->known;
		assert_true(strv_equal(&api->symbols, &row.symbols));
		assert_true(strv_equal(&api->members, &row.members));
		assert_string_equal(api->dossier, row.dossier);
		assert_int_equal(api->kind, row.kind);
		assert_int_equal(api->urgent, row.urgent);
		keep_common(&row, api);
		assert_same_where_both_know(api, &row);
	}
}

/* As the API gives a text of which the workbook lost or gained the blanks behind sentences and around line breaks. */
static void
change_blanks(struct text *t)
{
	AUTO_BUF out = BUF_INIT;
	char lang[4];

	if (t->s == NULL)
		return;
	for (const char *p = t->s; *p != '\0'; p++) {
		bool digit_next = p[1] >= '0' && p[1] <= '9';

		if (*p == ' ' && p > t->s && p[-1] == '.' && !digit_next)
			continue;
		buf_addc(&out, *p == '\n' ? ' ' : *p);
		if (*p == ',' && p[1] == ' ' && !digit_next)
			buf_addc(&out, '\n');
	}
	memcpy(lang, t->lang, sizeof(lang));
	notice_set_text(t, buf_str(&out), lang);
}

/* The rows are real; their blanks are changed here. */
static void
test_other_blanks_make_no_other_record(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	size_t changed = 0;

	(void)state;
	read_export(&items);
	for (size_t i = 0; i < items.n; i++) {
		const struct notice *before = &items.v[i].notice;
		AUTO_NOTICE now = NOTICE_INIT;

		notice_init(&now);
		notice_copy(&now, before);
		now.known = before->known;
		change_blanks(&now.title);
		change_blanks(&now.products);
		change_blanks(&now.description);
		changed += now.description.s != NULL && strcmp(now.description.s, before->description.s) != 0;
		notice_merge(&now, before);
		assert_true(notice_equal(before, &now));
		assert_true(before->description.s == NULL || strcmp(now.description.s, before->description.s) == 0);
		assert_true(before->title.s == NULL || strcmp(now.title.s, before->title.s) == 0);
	}
	assert_true(changed > 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_real_rows_equal_their_published_decoding),
		cmocka_unit_test(test_real_rows_decode_again_to_the_same_record),
		cmocka_unit_test(test_real_records_are_read_as_a_reader_would),
		cmocka_unit_test(test_api_and_export_give_one_record),
		cmocka_unit_test(test_other_blanks_make_no_other_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
