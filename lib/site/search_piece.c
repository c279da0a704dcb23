#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../base/buf.h"
#include "search_index.h"
#include "search_piece.h"
#include "search_terms.h"

/* Digits are the printable characters from '#' to '~' but '\\': none of them ends or changes a string literal, ' ' and '!' stay free for ends. */
#define DIGITS SEARCH_DIGITS
#define ONE 64			/* values and leads below stand alone */
#define TWO 20			/* leads with one digit behind them */
#define THREE 6			/* leads with two; the last lead has three */
#define TWO_END (ONE + TWO * DIGITS)
#define THREE_END (TWO_END + THREE * DIGITS * DIGITS)

_Static_assert(SEARCH_NUMBERS == THREE_END + DIGITS * DIGITS * DIGITS, "what four digits hold");

void
search_digit(uint32_t d, struct buf *out)
{
	uint32_t c = d + '#';

	assert(d < DIGITS);
	buf_addc(out, (char)(c < '\\' ? c : c + 1));
}

void
search_number(uint32_t value, struct buf *out)
{
	assert(value < SEARCH_NUMBERS);
	if (value < ONE) {
		search_digit(value, out);
	} else if (value < TWO_END) {
		value -= ONE;
		search_digit(ONE + value / DIGITS, out);
		search_digit(value % DIGITS, out);
	} else if (value < THREE_END) {
		value -= TWO_END;
		search_digit(ONE + TWO + value / (DIGITS * DIGITS), out);
		search_digit(value / DIGITS % DIGITS, out);
		search_digit(value % DIGITS, out);
	} else {
		value -= THREE_END;
		search_digit(ONE + TWO + THREE, out);
		search_digit(value / (DIGITS * DIGITS), out);
		search_digit(value / DIGITS % DIGITS, out);
		search_digit(value % DIGITS, out);
	}
}

/* Letters both begin with, as far as they are ASCII: there a byte is what the script counts too. */
static size_t
shared(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] != '\0' && a[n] == b[n] && (unsigned char)a[n] < 0x80)
		n++;
	return n;
}

void
search_entry(const char *before, const char *word, const struct buf *list, struct buf *out)
{
	size_t n = shared(before, word);

	search_number((uint32_t)n, out);
	buf_adds(out, word + n);
	buf_addc(out, '!');
	buf_add(out, buf_str(list), list->len);
	buf_addc(out, ' ');
}

/* ---- pieces of words ---- */

void
search_boundary(const char *before, const char *word, struct buf *out)
{
	size_t n = 0;

	while (word[n] != '\0' && word[n] == before[n])
		n++;
	do
		n++;
	while (((unsigned char)word[n] & 0xc0) == 0x80);
	buf_add(out, word, n);
}

static void
open_piece(const char *folder, char kind, const char *name, struct buf *out)
{
	buf_addf(out, "regwatchIndex(\"%s/%c%s\",\"", folder, kind, name);
}

static int
emit_piece(const char *folder, char kind, const char *name, struct buf *bytes, search_emit emit, void *ctx)
{
	AUTO_BUF path = BUF_INIT;

	buf_adds(bytes, "\")\n");
	buf_addf(&path, "%s/%c%s.js", folder, kind, name);
	return emit(ctx, buf_str(&path), bytes);
}

int
search_words_write(const char *folder, const char *name, struct search_term *const *v, size_t n, search_emit emit, void *ctx)
{
	AUTO_BUF words = BUF_INIT;
	const char *before = "";

	open_piece(folder, 'w', name, &words);
	for (size_t i = 0; i < n; i++) {
		search_entry(before, v[i]->word, &v[i]->list, &words);
		before = v[i]->word;
	}
	return emit_piece(folder, 'w', name, &words, emit, ctx);
}

int
search_lists_write(const char *folder, const char *name, struct search_term *const *v, size_t n, size_t longest, search_emit emit, void *ctx)
{
	AUTO_BUF lists = BUF_INIT;
	const char *before = "";

	open_piece(folder, 'l', name, &lists);
	for (size_t i = 0; i < n; i++) {
		if (v[i]->list.len <= longest)
			continue;
		search_entry(before, v[i]->word, &v[i]->list, &lists);
		before = v[i]->word;
	}
	return emit_piece(folder, 'l', name, &lists, emit, ctx);
}

/* ---- reading ---- */

static bool
read_digit(struct search_reader *r, uint32_t *d)
{
	unsigned char c;

	if (r->at == r->end)
		return false;
	c = (unsigned char)*r->at++;
	*d = (uint32_t)(c < '\\' ? c - '#' : c - '#' - 1);
	return c >= '#' && c <= '~' && c != '\\';
}

bool
search_number_read(struct search_reader *r, uint32_t *out)
{
	static const struct { uint32_t lead, behind, base; } forms[] = { { 0, 0, 0 }, { ONE, 1, ONE }, { ONE + TWO, 2, TWO_END }, { ONE + TWO + THREE, 3, THREE_END } };
	uint32_t lead, digit, value;
	size_t form = 3;

	if (!read_digit(r, &lead))
		return false;
	while (lead < forms[form].lead)
		form--;
	value = lead - forms[form].lead;
	for (uint32_t i = 0; i < forms[form].behind; i++) {
		if (!read_digit(r, &digit))
			return false;
		value = value * DIGITS + digit;
	}
	*out = forms[form].base + value;
	return true;
}

/* What stands before a byte, which is passed. */
static bool
read_until(struct search_reader *r, char c, struct search_reader *out)
{
	const char *end = memchr(r->at, c, (size_t)(r->end - r->at));

	if (end == NULL)
		return false;
	*out = (struct search_reader){ r->at, end };
	r->at = end + 1;
	return true;
}

static bool
read_entry(struct search_reader *r, char word[SEARCH_WORD], struct search_reader *list)
{
	struct search_reader rest;
	uint32_t shared;
	size_t n;

	if (!search_number_read(r, &shared) || shared > strlen(word) || !read_until(r, '!', &rest) || !read_until(r, ' ', list))
		return false;
	n = (size_t)(rest.end - rest.at);
	if (shared + n >= SEARCH_WORD)
		return false;
	memcpy(word + shared, rest.at, n);
	word[shared + n] = '\0';
	return true;
}

bool
search_entries_read(struct search_reader r, bool (*fn)(void *ctx, const char *word, struct search_reader list), void *ctx)
{
	char word[SEARCH_WORD] = "";
	struct search_reader list;

	while (r.at < r.end) {
		if (!read_entry(&r, word, &list) || !fn(ctx, word, list))
			return false;
	}
	return true;
}

bool
search_row_read(const struct buf *bytes, bool (*fn)(void *ctx, const char *word, struct search_reader list), void *ctx)
{
	static const char call[] = "regwatchIndex(\"", between[] = "\",\"", end[] = "\")\n";
	struct search_reader r = { buf_str(bytes), buf_str(bytes) + bytes->len };
	const char *from = strstr(r.at, between);

	if (strncmp(r.at, call, sizeof(call) - 1) != 0 || from == NULL || strcmp(r.end - (sizeof(end) - 1), end) != 0)
		return false;
	r.at = from + sizeof(between) - 1;
	r.end -= sizeof(end) - 1;
	return search_entries_read(r, fn, ctx);
}

/* ---- documents ---- */

void
search_string(const char *s, struct buf *out)
{
	buf_addc(out, '"');
	for (; s != NULL && *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < 0x20 || c == '"' || c == '\\' || c == '<')
			buf_addf(out, "\\u%04x", c);
		else
			buf_addc(out, *s);
	}
	buf_addc(out, '"');
}
