/* The field of symbols, and prose that mentions some. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/limits.h"
#include "lib/base/utf8.h"
#include "lib/notice/symbol.h"

#define OTHER_MOST (160 + 17)

static void
stays_below(const char *id)
{
	AUTO_BUF path = BUF_INIT;

	symbol_path(id, &path);
	REQUIRE(fuzz_is_path(buf_str(&path)));
	REQUIRE(strncmp(buf_str(&path), "eping/", 6) == 0 || strncmp(buf_str(&path), "tris/", 5) == 0);
}

/* An id that we made reads as itself. */
static void
canonical(const char *id)
{
	AUTO_BUF again = BUF_INIT, base = BUF_INIT, base_of_base = BUF_INIT, parent = BUF_INIT;
	struct symbol s;

	stays_below(id);
	REQUIRE(symbol_cmp(id, id) == 0);
	symbol_base(id, &base);
	symbol_base(buf_str(&base), &base_of_base);
	REQUIRE(strcmp(buf_str(&base), buf_str(&base_of_base)) == 0);
	symbol_parent(id, &parent);
	stays_below(buf_str(&base));
	stays_below(buf_str(&parent));
	if (!symbol_parse(id, &s)) {
		REQUIRE(s.series == SYMBOL_OTHER && strlen(id) <= OTHER_MOST && strcmp(buf_str(&base), id) == 0);
		return;
	}
	symbol_format(&s, &again);
	REQUIRE(strcmp(buf_str(&again), id) == 0);
	REQUIRE(symbol_cmp(buf_str(&base), id) <= 0 && symbol_cmp(buf_str(&parent), id) <= 0);
	REQUIRE(member_of_code(s.code, s.series == SYMBOL_TRIS) != NULL);
}

static void
split(const char *field)
{
	AUTO_STRV ids = STRV_INIT;
	AUTO_BUF clean = BUF_INIT;

	symbol_split(field, &ids);
	utf8_clean(field, strlen(field), false, &clean);
	REQUIRE(ids.n <= LIMIT_SYMBOLS && (ids.n > 0 || strpbrk(buf_str(&clean), ",; ") != NULL || clean.len == 0));
	for (size_t i = 0; i < ids.n; i++) {
		REQUIRE(fuzz_is_text(ids.v[i], strlen(ids.v[i]), false) && ids.v[i][0] != '\0');
		canonical(ids.v[i]);
		for (size_t k = 0; k < i; k++) {
			REQUIRE(strcmp(ids.v[i], ids.v[k]) != 0 && symbol_cmp(ids.v[i], ids.v[k]) != 0);
			REQUIRE((symbol_cmp(ids.v[i], ids.v[k]) < 0) == (symbol_cmp(ids.v[k], ids.v[i]) > 0));
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_text(data, size);
	AUTO_STRV mentions = STRV_INIT;
	struct symbol s;

	split(text);
	stays_below(text);	/* of an id that is none */
	symbol_mentions(text, &mentions);
	REQUIRE(mentions.n <= LIMIT_LIST);
	for (size_t i = 0; i < mentions.n; i++) {
		REQUIRE(symbol_parse(mentions.v[i], &s));
		canonical(mentions.v[i]);
	}
	REQUIRE(member_of_name(text) != NULL && member_of_eping_id(text) != NULL);
	return 0;
}
