#include <string.h>
#include <utf8proc.h>

#include "buf.h"
#include "utf8.h"
#include "utf8_code.h"

enum { LETTER, MARK, FORMAT, OTHER };

static int
class_of(int32_t cp)
{
	switch (utf8proc_category(cp)) {
	case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO:
		return LETTER;
	case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME:
		return MARK;
	case UTF8PROC_CATEGORY_CF:
		return FORMAT;
	default:
		return OTHER;
	}
}

/* Letters that Unicode does not take apart. */
static const char *
plain_letters(int32_t cp)
{
	switch (cp) {
	case 0xe6: return "ae";
	case 0xf8: return "o";
	case 0x111: return "d";
	case 0x131: return "i";
	case 0x142: return "l";
	case 0x153: return "oe";
	default: return NULL;
	}
}

static void
add_space(struct buf *out)
{
	if (out->data[out->len - 1] != ' ')
		buf_addc(out, ' ');
}

static void
fold_letter(int32_t cp, struct buf *out)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(cp, parts, 32, UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);

	for (utf8proc_ssize_t i = 0; i < n && i < 32; i++) {
		const char *plain = plain_letters(parts[i]);
		int class = class_of(parts[i]);

		if (plain != NULL)
			buf_adds(out, plain);
		else if (class == LETTER)
			utf8_encode(parts[i], out);
		else if (class == OTHER)
			add_space(out);
	}
}

static void
fold_one(int32_t cp, struct buf *out)
{
	int class = cp == UTF8_BROKEN ? OTHER : class_of(cp);

	if (class == LETTER)
		fold_letter(cp, out);
	else if (class == OTHER)
		add_space(out);
}

static char
fold_ascii(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + ('a' - 'A'));
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ';
}

/* Folds the ASCII at the start, behind what out has (something), and returns how many bytes it took. */
static size_t
fold_run(const char *s, size_t n, struct buf *out)
{
	size_t i = 0;
	char *to;

	buf_reserve(out, n);
	for (to = out->data + out->len; i < n && (unsigned char)s[i] < 0x80; i++) {
		*to = fold_ascii(s[i]);
		to += *to != ' ' || to[-1] != ' ';
	}
	*to = '\0';
	out->len = (size_t)(to - out->data);
	return i;
}

void
utf8_fold(const char *s, struct buf *out)
{
	size_t n = strlen(s);
	int32_t cp;

	buf_addc(out, ' ');
	for (size_t i = fold_run(s, n, out); i < n; i += fold_run(s + i, n - i, out)) {
		i += utf8_decode(s + i, n - i, &cp);
		fold_one(cp, out);
	}
	add_space(out);
}
