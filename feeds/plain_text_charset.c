#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "../lib/base/buf.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "../lib/base/utf8_code.h"
#include "plain_text.h"

#define SAMPLE 65536	/* bytes by which a charset is told */
#define OTHER_SCRIPTS 0xce	/* first byte of the letters of Greek and Cyrillic in UTF-8; those of Latin begin with less */
#define BROKEN_SHARE 50	/* one broken sequence in so many is damage, more is another charset */

/* Letters beyond ASCII of a language, the most frequent of its alphabet first; before the bar those that count double. Each is tried in its charsets, in this
 * order: of equals the first wins. */
static const struct { const char *charset, *letters; } languages[] = {
	{ "windows-1252", "éèàê|âæçëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜ" },	/* French */
	{ "windows-1252", "äöüß|ÄÖÜ" },				/* German */
	{ "windows-1252", "óáíñ|éúü¿¡ÁÉÍÑÓÚÜ" },			/* Spanish */
	{ "windows-1252", "ãçáé|âàêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚ" },		/* Portuguese */
	{ "windows-1252", "èàùò|éìÀÈÉÌÒÙ" },			/* Italian */
	{ "windows-1252", "äåöøæ|éÄÅÖØÆÉ" },			/* Nordic, Estonian without its foreign letters */
	{ "windows-1252", "áðéí|óúýþæöÁÐÉÍÓÚÝÞÆÖ" },		/* Icelandic */
	{ "windows-1250", "ąęłó|ćńśźżĄĆĘŁŃÓŚŹŻ" },		/* Polish */
	{ "iso-8859-2", "ąęłó|ćńśźżĄĆĘŁŃÓŚŹŻ" },
	{ "windows-1250", "áíěé|čďňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ" },	/* Czech */
	{ "iso-8859-2", "áíěé|čďňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ" },
	{ "windows-1250", "áíéč|äďĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ" },	/* Slovak */
	{ "iso-8859-2", "áíéč|äďĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ" },
	{ "windows-1250", "áéöő|íóúüűÁÉÍÓÖŐÚÜŰ" },			/* Hungarian */
	{ "iso-8859-2", "áéöő|íóúüűÁÉÍÓÖŐÚÜŰ" },
	{ "windows-1250", "ăîţş|âĂÂÎŢŞ" },				/* Romanian */
	{ "iso-8859-2", "ăîţş|âĂÂÎŢŞ" },
	{ "windows-1250", "čšžć|đČŠŽĆĐ" },				/* Slovene, Croatian */
	{ "iso-8859-2", "čšžć|đČŠŽĆĐ" },
	{ "windows-1257", "ėšųž|ąčęįūĄČĘĖĮŠŲŪŽ" },		/* Lithuanian */
	{ "windows-1257", "āīēš|čģķļņūžĀČĒĢĪĶĻŅŠŪŽ" },		/* Latvian */
	{ "windows-1254", "ıişü|çğöÇĞİÖŞÜ" },			/* Turkish */
	{ "windows-1251", "оаеитнрсвлкдмпузяыбгчйхжшюцщэёъь|фАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯіїєґ" },	/* Bulgarian, Russian, Ukrainian */
	{ "koi8-r", "оаеитнрсвлкдмпузяыбгчйхжшюцщэёъь|фАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" },
	{ "iso-8859-5", "оаеитнрсвлкдмпузяыбгчйхжшюцщэёъь|фАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯіїє" },
	{ "windows-1253", "αοιετσνηυρπκμλςωήίάόέώύδγχθφβξζψ|ΐϊΰϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ" },	/* Greek */
	{ "iso-8859-7", "αοιετσνηυρπκμλςωήίάόέώύδγχθφβξζψ|ΐϊΰϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ" },
};

/* What stands in texts of any language. */
static const char marks[] = "«»„“”‘’‚–—…•·§°№€£©®™±²³µ×½¼¾¹ºª\u00a0\u00ad";

/* The bytes as the charset's characters: cp[i] is that of i + 128. */
static void
decode_high(const char *charset, int32_t cp[128])
{
	struct buf text = BUF_INIT;
	char bytes[256];
	const char *at;

	for (int i = 0; i < 128; i++) {
		bytes[2 * i] = (char)(i + 128);
		bytes[2 * i + 1] = '\n';
	}
	utf8_from(bytes, sizeof(bytes), charset, &text);
	at = buf_str(&text);
	for (int i = 0; i < 128; i++) {
		utf8_next(at, &cp[i]);
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	buf_clear(&text);
}

/* How much sense the bytes make: letters of the language count 3 or 2, marks 1, anything else takes 4 away. */
static long
sense(const size_t count[128], const int32_t cp[128], const char *letters)
{
	const char *bar = strchr(letters, '|');
	long total = 0;

	for (int i = 0; i < 128; i++) {
		struct buf character = BUF_INIT;
		const char *found;
		long worth = -4;

		if (count[i] == 0)
			continue;
		if (cp[i] >= 0xa0 && cp[i] != 0xfffd)
			utf8_encode(cp[i], &character);
		found = character.len > 0 ? strstr(letters, character.data) : NULL;
		if (found != NULL)
			worth = found < bar ? 3 : 2;
		else if (character.len > 0 && strstr(marks, character.data) != NULL)
			worth = 1;
		total += worth * (long)count[i];
		buf_clear(&character);
	}
	return total;
}

/* Do letters beyond ASCII stand in words with letters of ASCII? Not where the script is another. */
static bool
is_latin(const char *bytes, size_t n)
{
	size_t high = 0, beside = 0;

	for (size_t i = 0; i < n; i++) {
		bool after = i > 0 && isalpha((unsigned char)bytes[i - 1]), before = i + 1 < n && isalpha((unsigned char)bytes[i + 1]);

		high += (unsigned char)bytes[i] >= 128;
		beside += (unsigned char)bytes[i] >= 128 && (after || before);
	}
	return beside * 4 > high;
}

static const char *
guess(const char *bytes, size_t n)
{
	size_t count[128] = { 0 };
	const char *best = "windows-1252";
	long most = 0;
	bool latin;

	n = n < SAMPLE ? n : SAMPLE;
	latin = is_latin(bytes, n);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] >= 128)
			count[(unsigned char)bytes[i] - 128]++;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		int32_t cp[128];
		long is;

		if (latin && (unsigned char)languages[i].letters[0] >= OTHER_SCRIPTS)
			continue;
		decode_high(languages[i].charset, cp);
		is = sense(count, cp, languages[i].letters);
		if (is > most) {
			most = is;
			best = languages[i].charset;
		}
	}
	return best;
}

static bool
is_nearly_utf8(const char *bytes, size_t n)
{
	size_t good = 0, broken = 0;
	int32_t cp;

	for (size_t i = utf8_ascii_run(bytes, n); i < n; ) {
		i += utf8_decode(bytes + i, n - i, &cp);
		broken += cp == UTF8_BROKEN;
		good += cp >= 0x80;
		i += utf8_ascii_run(bytes + i, n - i);
	}
	return broken <= good / BROKEN_SHARE;
}

/* UTF-32, which the decoders of the base do not know. */
static void
decode_wide(const char *bytes, size_t n, bool big, struct buf *out)
{
	for (size_t i = 0; i + 4 <= n; i += 4) {
		uint32_t cp = 0;

		for (size_t k = 0; k < 4; k++)
			cp = cp << 8 | (unsigned char)bytes[i + (big ? k : 3 - k)];
		if (cp == 0xfeff && i == 0)
			continue;
		utf8_encode(cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff) ? 0xfffd : (int32_t)cp, out);
	}
}

const char *
plain_text_decode(const char *bytes, size_t n, struct buf *out)
{
	const char *charset;

	if (n >= 4 && (memcmp(bytes, "\xff\xfe\0\0", 4) == 0 || memcmp(bytes, "\0\0\xfe\xff", 4) == 0)) {
		decode_wide(bytes, n, bytes[0] == '\0', out);
		return "utf-32";
	}
	if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		charset = "utf-16";
	else
		charset = is_nearly_utf8(bytes, n) ? "utf-8" : guess(bytes, n);
	utf8_from(bytes, n, charset, out);
	return charset;
}
