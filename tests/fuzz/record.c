#include <string.h>

#include "fuzz.h"
#include "lib/base/json.h"
#include "lib/base/limits.h"
#include "lib/notice/canon.h"
#include "lib/notice/event.h"
#include "lib/notice/notice_json.h"
#include "lib/notice/symbol.h"

#define SUBJECT_MOST (LIMIT_LINE + 200)

static void
text_form(const struct notice *n)
{
	AUTO_BUF text = BUF_INIT, again = BUF_INIT;
	AUTO_NOTICE back = NOTICE_INIT;
	struct error err;

	canon_write(n, &text);
	REQUIRE(fuzz_is_text(buf_str(&text), text.len, true));
	if (text.len > LIMIT_RECORD)
		return;
	if (canon_read(buf_str(&text), text.len, &back, &err) < 0) {
		fprintf(stderr, "the text form does not parse: %s\n%s\n", err.text, buf_str(&text));
		abort();
	}
	REQUIRE(notice_equal(n, &back));
	canon_write(&back, &again);
	REQUIRE(text.len == again.len && memcmp(text.data, again.data, text.len) == 0);
}

static void
json_form(const struct notice *n)
{
	AUTO_JSON *value = notice_to_json(n, &(struct notice_view){ .twin = NULL }), *back = NULL;
	AUTO_BUF text = BUF_INIT;
	struct error err;

	json_write(value, true, &text);
	REQUIRE(strchr(buf_str(&text), '\n') == buf_str(&text) + text.len - 1);
	REQUIRE(json_parse(buf_str(&text), text.len, &back, &err) == 0);
	REQUIRE(json_equal(value, back));
}

static void
one_event(const struct event *e)
{
	AUTO_BUF text = BUF_INIT, words = BUF_INIT;
	struct event back = { .kind = EVENT_NEW };
	struct error err;

	event_write(e, &text);
	REQUIRE(fuzz_is_text(buf_str(&text), text.len, false));
	REQUIRE(event_read(buf_str(&text), &back, &err) == 0);
	REQUIRE(back.kind == e->kind);
	event_describe(e, &words);
	REQUIRE(fuzz_is_text(buf_str(&words), words.len, true));
	event_clear(&back);
}

static void
first_sight(const struct notice *n)
{
	struct dossier_context context = { .deadline = DATE_NONE };
	AUTO_EVENTS events = EVENTS_INIT, none = EVENTS_INIT;
	AUTO_BUF subject = BUF_INIT;

	events_derive(NULL, n, &context, (struct date){ 2026, 1, 1 }, false, &events);
	REQUIRE(events.n > 0);
	for (size_t i = 0; i < events.n; i++)
		one_event(&events.v[i]);
	events_subject(n, &events, &subject);
	REQUIRE(fuzz_is_text(buf_str(&subject), subject.len, false) && subject.len < SUBJECT_MOST);
	events_derive(n, n, &context, (struct date){ 2026, 1, 1 }, false, &none);
	REQUIRE(none.n == 0);
}

static void
places(const struct notice *n)
{
	AUTO_BUF path = BUF_INIT;

	REQUIRE(n->id != NULL && n->dossier != NULL && n->symbols.n > 0 && n->symbols.n <= LIMIT_SYMBOLS);
	REQUIRE(strv_has(&n->symbols, n->id));
	symbol_path(n->id, &path);
	REQUIRE(fuzz_is_path(buf_str(&path)));
	buf_reset(&path);
	symbol_path(n->dossier, &path);
	REQUIRE(fuzz_is_path(buf_str(&path)));
}

void
fuzz_record(const struct notice *n)
{
	places(n);
	text_form(n);
	json_form(n);
	first_sight(n);
}
