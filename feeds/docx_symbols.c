#include "docx_symbols.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <uchar.h>

#include "../lib/base/buf.h"
#include "../lib/base/utf8_code.h"

#define PRIVATE_FIRST 0xf000	/* where Office puts the 256 characters of a symbol font */
#define PRIVATE_LAST 0xf0ff
#define FIRST_LOW 0x20
#define FIRST_HIGH 0xa0

/* The encoding of the font Symbol as Adobe publishes it, from 0x20 and from 0xa0; a blank where there is nothing or a piece of a bracket. */
static const char16_t symbol_low[] = u" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
static const char16_t symbol_high[] = u"€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…   ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑          〉∫";

/* Marks of Wingdings that carry meaning in forms and lists. */
static const struct { unsigned char code; char16_t is; } wingdings[] = {
	{ 0x6c, u'●' }, { 0x6e, u'■' }, { 0x6f, u'☐' }, { 0x70, u'☐' }, { 0x71, u'☐' }, { 0x72, u'☐' }, { 0x76, u'❖' }, { 0x9e, u'•' }, { 0x9f, u'•' },
	{ 0xa7, u'▪' }, { 0xa8, u'☐' }, { 0xd8, u'➢' }, { 0xdf, u'←' }, { 0xe0, u'→' }, { 0xe1, u'↑' }, { 0xe2, u'↓' }, { 0xe8, u'→' },
	{ 0xf0, u'⇨' }, { 0xfb, u'✗' }, { 0xfc, u'✓' }, { 0xfd, u'☒' }, { 0xfe, u'☑' },
};

enum docx_font
docx_font_of(const char *name)
{
	if (name == NULL)
		return DOCX_FONT_TEXT;
	if (strcasecmp(name, "Symbol") == 0)
		return DOCX_FONT_SYMBOL;
	return strcasecmp(name, "Wingdings") == 0 ? DOCX_FONT_WINGDINGS : DOCX_FONT_TEXT;
}

/* 0: none. */
static int32_t
symbol_of(unsigned char code)
{
	size_t low = sizeof(symbol_low) / sizeof(symbol_low[0]) - 1, high = sizeof(symbol_high) / sizeof(symbol_high[0]) - 1;
	int32_t cp = 0;

	if (code >= FIRST_LOW && (size_t)code - FIRST_LOW < low)
		cp = symbol_low[code - FIRST_LOW];
	else if (code >= FIRST_HIGH && (size_t)code - FIRST_HIGH < high)
		cp = symbol_high[code - FIRST_HIGH];
	return cp == ' ' && code != ' ' ? 0 : cp;
}

static int32_t
wingding_of(unsigned char code)
{
	for (size_t i = 0; i < sizeof(wingdings) / sizeof(wingdings[0]); i++)
		if (wingdings[i].code == code)
			return wingdings[i].is;
	return code == ' ' ? ' ' : 0;
}

void
docx_add_symbol(enum docx_font font, int32_t cp, struct buf *out)
{
	bool is_private = cp >= PRIVATE_FIRST && cp <= PRIVATE_LAST;
	int32_t found = cp;

	if (font == DOCX_FONT_WINGDINGS && (is_private || cp < 0x100))
		found = wingding_of((unsigned char)(cp & 0xff));
	else if (is_private || (font == DOCX_FONT_SYMBOL && cp < 0x100))
		found = symbol_of((unsigned char)(cp & 0xff));
	if (found > 0 && !(found >= 0xe000 && found <= 0xf8ff) && !(found >= 0xd800 && found <= 0xdfff) && found <= 0x10ffff)
		utf8_encode(found, out);
}

void
docx_add_run(enum docx_font font, const char *text, size_t n, struct buf *out)
{
	const char *at = text, *end = text + n, *found;
	int32_t cp;

	/* U+F000 to U+F0FF begin with the byte 0xef, which few texts hold */
	while (at < end && (found = memchr(at, 0xef, (size_t)(end - at))) != NULL) {
		size_t length = utf8_decode(found, (size_t)(end - found), &cp);

		buf_add(out, at, (size_t)(found - at));
		if (cp >= PRIVATE_FIRST && cp <= PRIVATE_LAST)
			docx_add_symbol(font, cp, out);
		else
			buf_add(out, found, length);
		at = found + length;
	}
	if (at < end)
		buf_add(out, at, (size_t)(end - at));
}
