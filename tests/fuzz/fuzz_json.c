/* JSON: what was parsed is written so that it parses to the same; spans are where the elements of an array stand; broken characters are mended once. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/json.h"
#include "lib/base/utf8.h"

static void
written(const json_t *value)
{
	AUTO_JSON *back = NULL;
	AUTO_BUF text = BUF_INIT;
	struct error err;

	json_write(value, true, &text);
	REQUIRE(utf8_valid(buf_str(&text), text.len));
	REQUIRE(strchr(buf_str(&text), '\n') == buf_str(&text) + text.len - 1);
	REQUIRE(json_parse(buf_str(&text), text.len, &back, &err) == 0);
	REQUIRE(json_equal(value, back));
}

static void
written_string(const char *s)
{
	AUTO_JSON *value = json_string(s);
	AUTO_BUF fast = BUF_INIT, slow = BUF_INIT;

	json_write(value, false, &slow);
	json_write_string(s, &fast);
	REQUIRE(strcmp(buf_str(&fast), buf_str(&slow)) == 0);
}

static void
spans(const char *text, size_t n, const char *key, const json_t *array)
{
	AUTO_FREE struct json_span *found = NULL;
	size_t count = json_spans(text, n, key, &found), end = 0;

	REQUIRE(count == json_array_size(array));
	for (size_t i = 0; i < count; i++) {
		AUTO_JSON *alone = NULL;
		AUTO_BUF wrapped = BUF_INIT;
		const json_t *element;

		REQUIRE(found[i].offset >= end && found[i].offset + found[i].length <= n);
		end = found[i].offset + found[i].length;
		buf_addc(&wrapped, '[');
		buf_add(&wrapped, text + found[i].offset, found[i].length);
		buf_addc(&wrapped, ']');
		REQUIRE(json_parse(wrapped.data, wrapped.len, &alone, NULL) == 0 && json_array_size(alone) == 1);
		element = json_array_get(alone, 0);
		REQUIRE(json_equal(element, json_array_get(array, i)));
		if (json_is_string(element))
			written_string(json_string_value(element));
	}
}

/* What parses is not mended; what was mended is never mended again. */
static void
mended(const char *text, size_t n, const json_t *value)
{
	AUTO_JSON *better = NULL;
	AUTO_BUF first = BUF_INIT, second = BUF_INIT;
	struct error err = { 0, "" };
	size_t count = 0;
	int rc = json_parse_mended(text, n, &better, &count, &err);

	REQUIRE((rc == 0) == (better != NULL));
	if (value != NULL)
		REQUIRE(rc == 0 && count == 0 && json_equal(value, better));
	else
		REQUIRE(err.text[0] != '\0' && (rc < 0 || count > 0));
	if (rc == 0)
		written(better);
	if (json_mend(text, n, &first) < 1000)
		REQUIRE(json_mend(first.data, first.len, &second) == 0 && first.len == second.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *key;
	AUTO_JSON *value = NULL;
	struct error err = { 0, "" };
	json_t *member;
	int rc = json_parse(text, size, &value, &err);

	mended(text, size, value);
	if (rc < 0) {
		REQUIRE(value == NULL && err.code == ERR_DATA && err.text[0] != '\0');
		return 0;
	}
	written(value);
	if (json_is_array(value))
		spans(text, size, NULL, value);
	json_object_foreach(value, key, member)
		spans(text, size, key, member);
	return 0;
}
