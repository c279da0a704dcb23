#include "units.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "../base/buf.h"

/* Symbols, in the letter case that they have ("in" is left out: it is a word far more often); what stands behind the bar is another spelling of it. */
static const char *const symbols[] = {
	"%", "‰", "ppm", "ppb", "g", "mg", "kg", "µg|μg|ug|mcg", "ng", "pg", "t", "lb", "oz", "mm", "cm", "dm", "m", "km",
	"µm|μm|um", "nm", "ft", "ha", "l|L", "ml|mL", "cl|cL", "dl|dL", "hl|hL", "µl|μl|µL|μL", "°C|℃", "°F", "°", "K",
	"V", "kV", "mV", "W", "kW", "MW", "Wh", "kWh", "MWh", "VA", "kVA", "A", "mA", "Ah", "mAh", "Hz", "kHz", "MHz", "GHz",
	"dB", "dBm", "Pa", "hPa", "kPa", "MPa", "GPa", "bar", "mbar", "N", "kN", "Nm", "J", "kJ", "MJ", "kcal", "cal", "lx",
	"lm", "cd", "mol", "mmol", "Bq", "kBq", "Sv", "mSv", "Gy", "s", "ms", "min", "h", "d", "rpm", "IU", "UI",
	"CFU|cfu|UFC|ufc", "bw", "vol", "EUR|€", "USD|US$|$", "GBP|£", "CHF", "JPY|¥", "CNY", "BRL|R$", "Ω|Ω", "kΩ"
};

/* Words, in any letter case. */
static const char *const words[] = {
	"%|per cent|percent|pour cent|por ciento|Prozent", "second|seconds|seconde|secondes|segundo|segundos",
	"minute|minutes|minuto|minutos", "hour|hours|heure|heures|hora|horas|Stunden",
	"working day|working days|business day|business days|jours ouvrables|jours ouvrés|días hábiles",
	"calendar day|calendar days|jours calendaires|días naturales|días calendario",
	"day|days|jour|jours|día|días|Tage|Tagen", "week|weeks|semaine|semaines|semana|semanas|Wochen",
	"month|months|mois|mes|meses|Monat|Monate|Monaten", "year|years|an|ans|année|années|año|años|Jahr|Jahre|Jahren",
	"tonne|tonnes|tons|toneladas", "litre|litres|liter|liters|litro|litros",
	"metre|metres|meter|meters|mètre|mètres|metro|metros", "gram|grams|gramme|grammes|gramos",
	"kilogram|kilograms|kilogramme|kilogrammes|kilogramos", "euro|euros", "dollar|dollars|dólares"
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Of ASCII, or the first byte of one of Latin, Greek or Cyrillic. */
static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c >= 0xc3 && (unsigned char)c < 0xe0);
}

/* Would the first 'length' of n bytes be only the beginning of a word, or the article in "l'eau"? */
static bool
cut(const char *s, size_t n, size_t length)
{
	return length < n && is_letter(s[length - 1]) && (is_letter(s[length]) || s[length] == '\'' || (n - length > 2 && memcmp(s + length, "’", 3) == 0));
}

/* The longest spelling in a table that stands at s; its first spelling is appended. */
static size_t
longest(const char *const *table, size_t count, bool caseless, const char *s, size_t n, struct buf *name)
{
	const char *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		for (const char *p = table[i]; ; p++) {
			size_t length = strcspn(p, "|");

			if (length > most && length <= n && (caseless ? strncasecmp(p, s, length) : strncmp(p, s, length)) == 0 && !cut(s, n, length)) {
				best = table[i];
				most = length;
			}
			p += length;
			if (*p == '\0')
				break;
		}
	if (best != NULL)
		buf_add(name, best, strcspn(best, "|"));
	return most;
}

/* "2", "3", and as raised figures, behind a unit of length. */
static size_t
exponent(const char *s, size_t n, struct buf *name)
{
	if (n > 0 && (*s == '2' || *s == '3') && (n == 1 || s[1] < '0' || s[1] > '9')) {
		buf_addc(name, *s);
		return 1;
	}
	if (n > 1 && (strncmp(s, "\xC2\xB2", 2) == 0 || strncmp(s, "\xC2\xB3", 2) == 0)) {
		buf_addc(name, s[1] == '\xB2' ? '2' : '3');
		return 2;
	}
	return 0;
}

static size_t
symbol(const char *s, size_t n, struct buf *name)
{
	size_t length = longest(symbols, COUNT(symbols), false, s, n, name);

	return length > 0 ? length + exponent(s + length, n - length, name) : 0;
}

/* "/kg" and " / kg", any number of times. */
static size_t
divisors(const char *s, size_t n, struct buf *name)
{
	size_t i = 0;

	for (;;) {
		size_t at = i, before = name->len, length;

		at += at < n && s[at] == ' ';
		if (at >= n || s[at] != '/')
			return i;
		at++;
		at += at < n && s[at] == ' ';
		buf_addc(name, '/');
		length = at < n ? symbol(s + at, n - at, name) : 0;
		if (length == 0) {
			buf_truncate(name, before);
			return i;
		}
		i = at + length;
	}
}

size_t
unit_read(const char *s, size_t n, struct buf *name)
{
	size_t blank = n > 0 && *s == ' ', length;

	if (blank == n)
		return 0;
	length = longest(words, COUNT(words), true, s + blank, n - blank, name);
	if (length == 0 && (length = symbol(s + blank, n - blank, name)) > 0)
		length += divisors(s + blank + length, n - blank - length, name);
	return length > 0 ? blank + length : 0;
}

size_t
unit_before(const char *text, size_t s, struct buf *name)
{
	static const char *const currencies[][2] = {
		{ "EUR", "EUR" }, { "€", "EUR" }, { "USD", "USD" }, { "US$", "USD" }, { "R$", "BRL" }, { "$", "USD" }, { "GBP", "GBP" },
		{ "£", "GBP" }, { "CHF", "CHF" }, { "JPY", "JPY" }, { "CNY", "CNY" }
	};
	size_t blank = s > 0 && text[s - 1] == ' ';

	for (size_t i = 0; i < COUNT(currencies); i++) {
		size_t length = strlen(currencies[i][0]), before = length + blank;

		if (before > s || strncmp(text + s - before, currencies[i][0], length) != 0)
			continue;
		if (before < s && is_letter(currencies[i][0][0]) && is_letter(text[s - before - 1]))
			continue;
		buf_adds(name, currencies[i][1]);
		return before;
	}
	return 0;
}
