#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/buf.h"
#include "search_index.h"
#include "search_piece.h"

/* Digits are the printable characters from '#' to '~' but '\\': none of them ends or changes a string literal, ' ' and '!' stay free for ends. */
#define DIGITS 91
#define ONE 64			/* values and leads below stand alone */
#define TWO 20			/* leads with one digit behind them */
#define THREE 6			/* leads with two; the last lead has three */
#define TWO_END (ONE + TWO * DIGITS)
#define THREE_END (TWO_END + THREE * DIGITS * DIGITS)
#define FOUR_END (THREE_END + DIGITS * DIGITS * DIGITS)

static void
add_digit(uint32_t d, struct buf *out)
{
	uint32_t c = d + '#';

	buf_addc(out, (char)(c < '\\' ? c : c + 1));
}

void
search_number(uint32_t value, struct buf *out)
{
	assert(value < FOUR_END);
	if (value < ONE) {
		add_digit(value, out);
	} else if (value < TWO_END) {
		value -= ONE;
		add_digit(ONE + value / DIGITS, out);
		add_digit(value % DIGITS, out);
	} else if (value < THREE_END) {
		value -= TWO_END;
		add_digit(ONE + TWO + value / (DIGITS * DIGITS), out);
		add_digit(value / DIGITS % DIGITS, out);
		add_digit(value % DIGITS, out);
	} else {
		value -= THREE_END;
		add_digit(ONE + TWO + THREE, out);
		add_digit(value / (DIGITS * DIGITS), out);
		add_digit(value / DIGITS % DIGITS, out);
		add_digit(value % DIGITS, out);
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
