/* Prose: dates in it, and what it says that a follow-up does. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"
#include "lib/notice/event.h"
#include "lib/notice/phrase.h"
#include "lib/notice/prose.h"

#define EFFECTS (1u << EVENT_DEADLINE | 1u << EVENT_ADOPTED | 1u << EVENT_IN_FORCE | 1u << EVENT_WITHDRAWN | 1u << EVENT_GUIDANCE | 1u << EVENT_CONTENT)

static bool
none_or_valid(struct date d)
{
	return !date_is_set(d) || date_valid(d.year, d.month, d.day);
}

static void
dates(const char *text)
{
	struct date d;
	size_t at, len;

	if (!phrase_date(text, &d, &at, &len)) {
		REQUIRE(!date_is_set(d));
		return;
	}
	REQUIRE(date_valid(d.year, d.month, d.day));
	REQUIRE(len > 0 && at + len <= strlen(text));
	REQUIRE(utf8_valid(text + at, len));
}

static void
words(const char *text, size_t n)
{
	AUTO_WORDS w = WORDS_INIT;

	words_read(text, n, &w);
	for (size_t i = 0; i < w.n; i++) {
		REQUIRE(w.v[i].from >= text && w.v[i].from < w.v[i].to && w.v[i].to <= text + n);
		REQUIRE(i == 0 || w.v[i].from >= w.v[i - 1].to);
		REQUIRE(words_sentence(&w, i) > i && words_sentence(&w, i) <= w.n);
	}
}

static void
effects(const char *text)
{
	AUTO_NOTICE n = NOTICE_INIT;
	struct prose p = { 0 };

	prose_read(text, (struct date){ 2025, 6, 12 }, &p);
	REQUIRE((p.effects & ~EFFECTS) == 0 && none_or_valid(p.deadline) && none_or_valid(p.in_force));
	notice_init(&n);
	n.id = strdup("G/TBT/N/USA/1/Add.1");
	n.distributed = (struct date){ 2025, 6, 12 };
	notice_set_text(&n.description, text, "en");
	notice_normalise(&n);
	REQUIRE((event_effects(&n) & ~EFFECTS) == 0 && none_or_valid(event_own_deadline(&n)));
	fuzz_record(&n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean((const char *)data, size, true, &clean);
	dates(buf_str(&clean));
	words(buf_str(&clean), clean.len);
	effects(buf_str(&clean));
	return 0;
}
