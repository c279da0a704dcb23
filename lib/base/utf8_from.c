#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "utf8.h"
#include "utf8_code.h"

#define REPLACEMENT "\xef\xbf\xbd"

/* The charsets we let iconv decode: names from outside never reach iconv_open. Latin-1 and ASCII are read as windows-1252, as
 * browsers do, for that is what pages so labelled hold. */
static const struct { const char *name, *iconv; } charsets[] = {
	{ "windows-1252", "CP1252" }, { "cp1252", "CP1252" }, { "iso-8859-1", "CP1252" }, { "iso8859-1", "CP1252" },
	{ "latin1", "CP1252" }, { "us-ascii", "CP1252" }, { "ascii", "CP1252" },
	{ "iso-8859-2", "ISO-8859-2" }, { "iso-8859-3", "ISO-8859-3" }, { "iso-8859-4", "ISO-8859-4" }, { "iso-8859-5", "ISO-8859-5" },
	{ "iso-8859-6", "ISO-8859-6" }, { "iso-8859-7", "ISO-8859-7" }, { "iso-8859-8", "ISO-8859-8" }, { "iso-8859-9", "CP1254" },
	{ "iso-8859-10", "ISO-8859-10" }, { "iso-8859-13", "ISO-8859-13" }, { "iso-8859-15", "ISO-8859-15" },
	{ "iso-8859-16", "ISO-8859-16" }, { "windows-1250", "CP1250" }, { "windows-1251", "CP1251" }, { "windows-1253", "CP1253" },
	{ "windows-1254", "CP1254" }, { "windows-1255", "CP1255" }, { "windows-1256", "CP1256" }, { "windows-1257", "CP1257" },
	{ "windows-1258", "CP1258" }, { "koi8-r", "KOI8-R" }, { "koi8-u", "KOI8-U" }, { "utf-16le", "UTF-16LE" },
	{ "utf-16be", "UTF-16BE" }, { "gb2312", "GBK" }, { "gbk", "GBK" }, { "gb18030", "GB18030" }, { "big5", "BIG5" },
	{ "shift_jis", "CP932" }, { "euc-jp", "EUC-JP" }, { "euc-kr", "CP949" },
};

static const char *
iconv_name(const char *charset)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (strcasecmp(charset, charsets[i].name) == 0)
			return charsets[i].iconv;
	return NULL;
}

/* "utf-16" is told by its mark and is little-endian without one. */
static const char *
wide_name(const char *s, size_t n)
{
	return n >= 2 && memcmp(s, "\xfe\xff", 2) == 0 ? "utf-16be" : "utf-16le";
}

static void
repair(const char *s, size_t n, struct buf *out)
{
	int32_t cp;

	for (size_t i = 0, run; i < n; ) {
		run = utf8_ascii_run(s + i, n - i);
		run = strnlen(s + i, run);
		buf_add(out, s + i, run);
		i += run;
		if (i >= n)
			break;
		run = utf8_decode(s + i, n - i, &cp);
		if (cp == UTF8_BROKEN || cp == 0)
			buf_adds(out, REPLACEMENT);
		else
			buf_add(out, s + i, run);
		i += run;
	}
}

/* iconv in pieces; a byte that it refuses becomes a replacement, a NUL too. */
static void
convert(iconv_t cd, const char *s, size_t n, size_t unit, struct buf *out)
{
	char piece[4096], *in = (char *)(uintptr_t)s, *to;
	size_t left = n, room, rc, skip;

	while (left > 0) {
		to = piece;
		room = sizeof(piece);
		rc = iconv(cd, &in, &left, &to, &room);
		repair(piece, sizeof(piece) - room, out);
		if (rc != (size_t)-1 || errno == E2BIG)
			continue;
		buf_adds(out, REPLACEMENT);
		skip = left < unit ? left : unit;
		in += skip;
		left -= skip;
	}
}

void
utf8_from(const char *s, size_t n, const char *charset, struct buf *out)
{
	size_t start = out->len;
	const char *name;
	iconv_t cd;

	if (charset == NULL)
		charset = "";
	if (strcasecmp(charset, "utf-16") == 0)
		charset = wide_name(s, n);
	name = iconv_name(charset);
	cd = name != NULL ? iconv_open("UTF-8", name) : (iconv_t)-1;
	if (cd == (iconv_t)-1) {
		repair(s, n, out);
	} else {
		convert(cd, s, n, strncmp(name, "UTF-16", 6) == 0 ? 2 : 1, out);
		iconv_close(cd);
	}
	if (out->len - start >= 3 && memcmp(out->data + start, "\xef\xbb\xbf", 3) == 0) {
		memmove(out->data + start, out->data + start + 3, out->len - start - 3);
		buf_truncate(out, out->len - 3);
	}
}
