/* Any bytes as text: cleaned, folded, converted, measured. The first byte chooses a charset and a width. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"

static const char *const charsets[] = { "", "utf-8", "windows-1252", "iso-8859-1", "utf-16", "utf-16be", "utf-16le", "shift_jis", "iso-2022-jp", "gb18030",
	"utf-7", "no such charset" };

static void
clean(const char *s, size_t n, bool keep_lines, struct buf *out)
{
	AUTO_BUF again = BUF_INIT;

	utf8_clean(s, n, keep_lines, out);
	REQUIRE(fuzz_is_text(buf_str(out), out->len, keep_lines));
	utf8_clean(buf_str(out), out->len, keep_lines, &again);
	REQUIRE(out->len == again.len && strcmp(buf_str(out), buf_str(&again)) == 0);
}

static void
fold(const char *s)
{
	AUTO_BUF out = BUF_INIT, again = BUF_INIT;

	utf8_fold(s, &out);
	REQUIRE(fuzz_is_text(buf_str(&out), out.len, false));
	REQUIRE(out.len > 0 && out.data[0] == ' ' && out.data[out.len - 1] == ' ' && strstr(out.data, "  ") == NULL);
	utf8_fold(buf_str(&out), &again);
	REQUIRE(strcmp(buf_str(&out), buf_str(&again)) == 0);
}

static void
width(const char *s, size_t columns)
{
	AUTO_BUF cut = BUF_INIT;
	size_t n = utf8_fit(s, columns), at = 0, step;
	int32_t cp;

	REQUIRE(n <= strlen(s));
	buf_add(&cut, s, n);
	REQUIRE(utf8_valid(buf_str(&cut), cut.len) && utf8_width(buf_str(&cut)) <= columns);
	buf_reset(&cut);
	utf8_ellipsis(s, columns, &cut);
	REQUIRE(utf8_valid(buf_str(&cut), cut.len) && utf8_width(buf_str(&cut)) <= columns);
	while ((step = utf8_next(s + at, &cp)) > 0) {
		REQUIRE(step <= 4 && cp > 0 && cp <= 0x10ffff);
		at += step;
	}
	REQUIRE(at == strlen(s));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t choice = size > 0 ? data[0] : 0;
	const char *s = (const char *)data + (size > 0), *charset = charsets[choice % (sizeof(charsets) / sizeof(*charsets))];
	AUTO_BUF text = BUF_INIT, line = BUF_INIT, converted = BUF_INIT;

	size -= size > 0;
	clean(s, size, true, &text);
	clean(s, size, false, &line);
	utf8_from(s, size, charset, &converted);
	REQUIRE(utf8_valid(buf_str(&converted), converted.len));
	fold(buf_str(&text));
	fold(buf_str(&converted));
	width(buf_str(&line), 1 + choice % 80);
	return 0;
}
