#include "document_kind.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/limits.h"
#include "zip.h"

#define LOOK 1024		/* bytes at the start in which a PDF's or a page's mark stands */
#define SAMPLE 65536		/* bytes in which text shows that it is text */
#define END_MOST (65535 + 22)	/* of the end record of a ZIP with its comment */

struct magic {
	const char *bytes;
	size_t n;
	const char *what;
};

#define MAGIC(bytes, what) { bytes, sizeof(bytes) - 1, what }

static const struct magic magics[] = {
	/* text may begin so, too */
	MAGIC("GIF8", "a picture (GIF)"), MAGIC("BM", "a picture (BMP)"), MAGIC("RIFF", "a picture or a sound"), MAGIC("Rar!", "a RAR archive"),
	MAGIC("AT&TFORM", "a DjVu document"), MAGIC("MZ", "a program"),
	/* what begins so is no text, or text with a mark-up that we do not read */
	MAGIC("\x89PNG\r\n", "a picture (PNG)"), MAGIC("\xff\xd8\xff", "a picture (JPEG)"), MAGIC("II*\0", "a picture (TIFF)"), MAGIC("MM\0*", "a picture (TIFF)"),
	MAGIC("7z\xbc\xaf\x27\x1c", "a 7-Zip archive"), MAGIC("\x1f\x8b", "a gzip archive"), MAGIC("\x7f" "ELF", "a program"), MAGIC("PK\5\6", "an empty archive"),
	MAGIC("{\\rtf", "a Rich Text document (.rtf)"), MAGIC("%!PS", "a PostScript document"),
};

#define LIKE_TEXT 6	/* of them */

/* Names in the directory of an OLE compound file are UTF-16. */
static const struct magic compound[] = {
	MAGIC("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "an encrypted Office document"),
	MAGIC("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "an old Word document (.doc)"), MAGIC("W\0o\0r\0k\0b\0o\0o\0k\0", "an old Excel workbook (.xls)"),
	MAGIC("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0", "an old PowerPoint presentation (.ppt)"), MAGIC("_\0_\0s\0u\0b\0s\0t\0g\0", "an Outlook message (.msg)"),
};

static const char *
compound_kind(const char *bytes, size_t n)
{
	for (size_t i = 0; i < sizeof(compound) / sizeof(compound[0]); i++)
		if (memmem(bytes, n, compound[i].bytes, compound[i].n) != NULL)
			return compound[i].what;
	return "an old Office document";
}

/* ---- ZIP ---- */

static size_t
number_at(const char *bytes, size_t i, int width)
{
	size_t value = 0;

	for (int k = width - 1; k >= 0; k--)
		value = value << 8 | (unsigned char)bytes[i + (size_t)k];
	return value;
}

/* Where the directory of an archive begins; n without one. */
static size_t
directory_of(const char *bytes, size_t n)
{
	size_t least = n > END_MOST ? n - END_MOST : 0;

	for (size_t i = n >= 22 ? n - 22 : 0; i >= least && i > 0; i--) {
		if (memcmp(bytes + i, "PK\5\6", 4) != 0)
			continue;
		return number_at(bytes, i + 16, 4) < i ? number_at(bytes, i + 16, 4) : n;
	}
	return n;
}

struct member_kind {
	const char *start;
	enum document_form form;
	const char *what;
};

static const struct member_kind member_kinds[] = {
	{ "word/document", DOCUMENT_DOCX, NULL }, { "xl/workbook", DOCUMENT_UNKNOWN, "an Excel workbook (.xlsx)" },
	{ "ppt/presentation", DOCUMENT_UNKNOWN, "a PowerPoint presentation (.pptx)" }, { "META-INF/manifest.xml", DOCUMENT_UNKNOWN, "an OpenDocument file" },
	{ "EncryptedPackage", DOCUMENT_UNKNOWN, "an encrypted Office document" },
};

static const struct member_kind *
kind_of_member(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(member_kinds) / sizeof(member_kinds[0]); i++) {
		size_t length = strlen(member_kinds[i].start);

		if (n >= length && strncasecmp(name, member_kinds[i].start, length) == 0)
			return &member_kinds[i];
	}
	return NULL;
}

static bool
is_name(const char *name, size_t n, const char *is)
{
	return n == strlen(is) && strncasecmp(name, is, n) == 0;
}

/* By the names in its directory; of an archive that was cut off, by its first member. */
static enum document_form
archive_kind(const char *bytes, size_t n, const char **what)
{
	size_t at = directory_of(bytes, n), length;
	bool office = false;

	for (int i = 0; i < LIMIT_MEMBERS && at <= n && n - at >= 46 && memcmp(bytes + at, "PK\1\2", 4) == 0; i++) {
		const char *name = bytes + at + 46;
		const struct member_kind *kind;

		length = number_at(bytes, at + 28, 2);
		if (length > n - at - 46)
			break;
		if ((kind = kind_of_member(name, length)) != NULL) {
			*what = kind->what;
			return kind->form;
		}
		office = office || is_name(name, length, "[Content_Types].xml");
		at += 46 + length + number_at(bytes, at + 30, 2) + number_at(bytes, at + 32, 2);
	}
	length = n >= 30 ? number_at(bytes, 26, 2) : 0;
	if (n >= 30 && length <= n - 30)
		office = office || is_name(bytes + 30, length, "[Content_Types].xml") || kind_of_member(bytes + 30, length) == &member_kinds[0];
	return office ? DOCUMENT_DOCX : DOCUMENT_ZIP;
}

/* ---- text ---- */

static bool
starts(const char *bytes, size_t n, const char *with)
{
	size_t length = strlen(with);

	return n >= length && strncasecmp(bytes, with, length) == 0;
}

/* The first characters without a byte order mark and blanks; those of UTF-16 as far as they are ASCII. */
static size_t
ascii_start(const char *bytes, size_t n, char *out, size_t room)
{
	bool wide = n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
	size_t used = 0, i = wide ? 2 : n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	for (; i < n && used < room; i++) {
		if (wide && bytes[i] == '\0')
			continue;
		if (used > 0 || strchr(" \t\r\n\f", bytes[i]) == NULL)
			out[used++] = bytes[i];
	}
	return used;
}

static bool
is_page(const char *start, size_t n)
{
	static const char *const tags[] = {
		"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<h1", "<h2", "<h3", "<p>", "<p ", "<div", "<table", "<span", "<center", "<!--",
		"<ul", "<ol", "<br", "<b>", "<font", "<article", "<main", "<section",
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (starts(start, n, tags[i]))
			return true;
	return starts(start, n, "<?xml") && memmem(start, n, "<html", 5) != NULL;
}

static bool
is_plain(const char *bytes, size_t n)
{
	n = n < SAMPLE ? n : SAMPLE;
	if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return true;
	if (n >= 4 && memcmp(bytes, "\0\0\xfe\xff", 4) == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] < ' ' && strchr("\t\n\v\f\r\x1a", bytes[i]) == NULL)
			return false;
		else if (bytes[i] == '\0')
			return false;
	return true;
}

static enum document_form
text_kind(const char *bytes, size_t n, const char **what)
{
	char start[LOOK];
	size_t used = ascii_start(bytes, n, start, sizeof(start));
	const char *pdf = memmem(bytes, n < LOOK ? n : LOOK, "%PDF-", 5);

	if (pdf != NULL && (pdf == bytes || start[0] != '<'))
		return DOCUMENT_PDF;
	if (!is_plain(bytes, n)) {
		*what = "of an unknown kind";
		return DOCUMENT_UNKNOWN;
	}
	if (is_page(start, used))
		return DOCUMENT_HTML;
	if (starts(start, used, "<?xml"))
		*what = "an XML document";
	else if (used == 0)
		*what = "empty";
	else
		return DOCUMENT_PLAIN;
	return DOCUMENT_UNKNOWN;
}

enum document_form
document_kind(const char *bytes, size_t n, const char **what)
{
	*what = "";
	if (n == 0) {
		*what = "empty";
		return DOCUMENT_UNKNOWN;
	}
	if (zip_begins(bytes, n))
		return archive_kind(bytes, n, what);
	if (n >= 8 && memcmp(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0) {
		*what = compound_kind(bytes, n);
		return DOCUMENT_UNKNOWN;
	}
	for (size_t i = is_plain(bytes, n) ? LIKE_TEXT : 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (n >= magics[i].n && memcmp(bytes, magics[i].bytes, magics[i].n) == 0) {
			*what = magics[i].what;
			return DOCUMENT_UNKNOWN;
		}
	return text_kind(bytes, n, what);
}
