#include "document_number.h"

#include <stdbool.h>
#include <string.h>

#define MOST_REPEATS 20		/* of a letter; nobody would count further */
#define MOST_ROMAN 4999

static void
add_roman(unsigned long value, bool upper, struct buf *out)
{
	static const struct { unsigned value; const char *lower, *upper; } digits[] = {
		{ 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" }, { 400, "cd", "CD" }, { 100, "c", "C" }, { 90, "xc", "XC" },
		{ 50, "l", "L" }, { 40, "xl", "XL" }, { 10, "x", "X" }, { 9, "ix", "IX" }, { 5, "v", "V" }, { 4, "iv", "IV" }, { 1, "i", "I" },
	};

	for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
		for (; value >= digits[i].value; value -= digits[i].value)
			buf_adds(out, upper ? digits[i].upper : digits[i].lower);
}

/* The letters are of 'bytes' bytes each. */
static void
add_letter(unsigned long value, const char *letters, size_t bytes, struct buf *out)
{
	size_t n = strlen(letters) / bytes;
	size_t repeats = (value - 1) / n + 1;

	if (repeats > MOST_REPEATS) {
		buf_addf(out, "%lu", value);
		return;
	}
	for (; repeats > 0; repeats--)
		buf_add(out, letters + (value - 1) % n * bytes, bytes);
}

static const char *
ordinal_end(unsigned long value)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };

	return value % 10 < 4 && value / 10 % 10 != 1 ? ends[value % 10] : ends[0];
}

void
number_format(enum number_form form, unsigned long value, struct buf *out)
{
	static const char lower[] = "абвгдежзиклмнопрстуфхцчшщэюя", upper[] = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";
	bool roman = form == NUMBER_LOWER_ROMAN || form == NUMBER_UPPER_ROMAN;

	if (form == NUMBER_BULLET || form == NUMBER_NONE)
		return;
	if (form == NUMBER_DECIMAL_ZERO)
		buf_addf(out, "%02lu", value);
	else if (form == NUMBER_ORDINAL)
		buf_addf(out, "%lu%s", value, ordinal_end(value));
	else if (form == NUMBER_DECIMAL || value == 0 || (roman && value > MOST_ROMAN))
		buf_addf(out, "%lu", value);
	else if (roman)
		add_roman(value, form == NUMBER_UPPER_ROMAN, out);
	else if (form == NUMBER_LOWER_CYRILLIC || form == NUMBER_UPPER_CYRILLIC)
		add_letter(value, form == NUMBER_LOWER_CYRILLIC ? lower : upper, 2, out);
	else
		add_letter(value, form == NUMBER_LOWER_LETTER ? "abcdefghijklmnopqrstuvwxyz" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1, out);
}
