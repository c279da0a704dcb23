/* Reads a list of numbers as lib/site/search_numbers.h says, a bit at a time: to be compared with what was written. */
#ifndef TESTS_SEARCH_DECODE_H
#define TESTS_SEARCH_DECODE_H

#include <stdint.h>
#include <string.h>

static inline uint32_t
decode_digit(char c)
{
	return (uint32_t)(c < '\\' ? c - '#' : c - '$');
}

/* text ends at its NUL or at 'end'. How many numbers stand there; the first 'room' of them go to v. */
static inline size_t
decode_numbers(const char *text, char end, uint32_t first, uint32_t *v, size_t room)
{
	static char bits[200000];
	size_t n = strcspn(text, (const char[]){ end, '\0' }), total = 0, found = 0;
	uint32_t k = n > 0 ? decode_digit(text[0]) : 0;

	for (size_t i = 1; i < n; ) {
		size_t width = i + 1 < n ? 13 : 6;
		uint32_t value = i + 1 < n ? decode_digit(text[i]) * 91 + decode_digit(text[i + 1]) : decode_digit(text[i]);

		for (size_t b = width; b > 0; b--)
			bits[total++] = (char)(value >> (b - 1) & 1);
		i += width == 13 ? 2 : 1;
	}
	for (size_t at = 0; at < total; ) {
		uint32_t between = 0;

		while (at < total && bits[at] == 1) {
			between++;
			at++;
		}
		if (at++ >= total)
			break;
		for (uint32_t b = 0; b < k; b++)
			between = between << 1 | (bits[at++] == 1);
		first += between;
		if (found < room)
			v[found] = first;
		found++;
		first++;
	}
	return found;
}

#endif
