#include "eping_links.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/buf.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"

#define LINK_MAX 2000	/* longer ones no browser takes */

static size_t
scheme_length(const char *s)
{
	if (strncasecmp(s, "http://", 7) == 0)
		return 7;
	return strncasecmp(s, "https://", 8) == 0 ? 8 : 0;
}

/* A comma or semicolon may be part of a URL: it ends one only where the next begins. */
static bool
ends_link(const char *s)
{
	if (*s == '\0' || strchr(" \n<>\"", *s) != NULL)
		return true;
	if (*s != ',' && *s != ';')
		return false;
	return scheme_length(s + 1 + strspn(s + 1, " \n,;")) > 0;
}

static bool
has_open_bracket(const char *url, size_t n)
{
	long open = 0;

	for (size_t i = 0; i < n; i++)
		open += url[i] == '(' ? 1 : url[i] == ')' ? -1 : 0;
	return open >= 0;
}

/* Punctuation of the sentence around a URL is not the URL's. */
static size_t
trimmed_length(const char *url, size_t n)
{
	static const char *const closing[] = { "\u201d", "\u2019", "\u00bb" };
	size_t before;

	do {
		before = n;
		while (n > 0 && strchr(".,;:!'|*]}", url[n - 1]) != NULL)
			n--;
		if (n > 0 && url[n - 1] == ')' && !has_open_bracket(url, n))
			n--;
		for (size_t i = 0; i < sizeof(closing) / sizeof(*closing); i++) {
			size_t len = strlen(closing[i]);

			if (n > len && memcmp(url + n - len, closing[i], len) == 0)
				n -= len;
		}
	} while (n < before);
	return n;
}

static void
add_cased(struct buf *out, const char *s, size_t n, int (*fold)(int))
{
	for (size_t i = 0; i < n; i++)
		buf_addc(out, (unsigned char)s[i] < 0x80 ? (char)fold((unsigned char)s[i]) : s[i]);
}

/* ".../directdoc.asp?DDFDocuments/T/G/TBTN26/ARE703.docx": the letter small, the rest of the symbol's path large. */
static bool
canonical_form(const char *url, struct buf *out)
{
	static const char base[] = "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/";
	const char *s = url + scheme_length(url);

	if (strncasecmp(s, base + strlen("https://"), sizeof(base) - 1 - strlen("https://")) != 0)
		return false;
	s += sizeof(base) - 1 - strlen("https://");
	if (*s == '\0')
		return false;
	buf_adds(out, base);
	add_cased(out, s, 1, tolower);
	add_cased(out, s + 1, strlen(s + 1), toupper);
	return true;
}

/* "https://members.wto.org/crnattachments/2025/TBT/USA/final_measure/25_03868_00_e.pdf": area and member large, the rest small. */
static bool
canonical_attachment(const char *url, struct buf *out)
{
	static const char base[] = "https://members.wto.org/crnattachments/";
	const char *s = url + scheme_length(url);

	if (strncasecmp(s, base + strlen("https://"), sizeof(base) - 1 - strlen("https://")) != 0)
		return false;
	s += sizeof(base) - 1 - strlen("https://");
	buf_adds(out, base);
	for (int part = 0; *s != '\0'; part++) {
		size_t n = strcspn(s, "/");

		add_cased(out, s, n, part == 1 || part == 2 ? toupper : tolower);
		s += n;
		if (*s == '/')
			buf_addc(out, *s++);
	}
	return true;
}

static void
canonical_link(const char *url, struct buf *out)
{
	size_t host = scheme_length(url) + strcspn(url + scheme_length(url), "/?#");

	if (canonical_form(url, out) || canonical_attachment(url, out))
		return;
	add_cased(out, url, host, tolower);
	buf_adds(out, url + host);
}

static void
add_link(const char *s, size_t n, struct strv *urls)
{
	AUTO_BUF url = BUF_INIT;
	AUTO_BUF canonical = BUF_INIT;

	n = trimmed_length(s, n);
	if (n <= scheme_length(s) || n > LINK_MAX || urls->n >= LIMIT_LIST)
		return;
	for (size_t i = 0; i < n; i++) {
		buf_addc(&url, s[i]);
		if (n - i > 4 && strncasecmp(s + i, "&amp;", 5) == 0)
			i += 4;
	}
	canonical_link(buf_str(&url), &canonical);
	if (!strv_has(urls, buf_str(&canonical)))
		strv_add(urls, buf_str(&canonical));
}

void
eping_links(const char *text, struct strv *urls)
{
	AUTO_BUF clean = BUF_INIT;

	if (text == NULL)
		return;
	utf8_clean(text, strlen(text), true, &clean);
	for (const char *s = buf_str(&clean); *(s += strcspn(s, "hH")) != '\0'; ) {
		const char *end = s + scheme_length(s);

		if (end == s) {
			s++;
			continue;
		}
		while (!ends_link(end))
			end++;
		add_link(s, (size_t)(end - s), urls);
		s = end;
	}
}

static const char *
language_of_letter(char letter, const char *letters)
{
	static const char *const languages[] = { "en", "fr", "es" };
	const char *p = letter != '\0' ? strchr(letters, letter) : NULL;

	return p != NULL ? languages[p - letters] : "";
}

static bool
is_wto_attachment(const char *url)
{
	return strncmp(url, "https://members.wto.org/crnattachments/", 39) == 0;
}

/* "..._00_e.pdf": e, f, s; x is any other language. */
static const char *
attachment_language(const char *url)
{
	const char *dot = strrchr(url, '.');

	if (!is_wto_attachment(url) || dot == NULL || dot - url < 3 || dot[-2] != '_')
		return "";
	return language_of_letter(dot[-1], "efs");
}

static const char *
attachment_kind(const char *url)
{
	if (is_wto_attachment(url) && strstr(url, "/final_measure/") != NULL)
		return "final";
	return is_wto_attachment(url) && strstr(url, "/modification/") != NULL ? "modification" : "draft";
}

void
eping_attachments(struct documents *d, const char *text)
{
	AUTO_STRV urls = STRV_INIT;

	eping_links(text, &urls);
	for (size_t i = 0; i < urls.n; i++)
		documents_add(d, attachment_kind(urls.v[i]), attachment_language(urls.v[i]), urls.v[i]);
}

/* Both addresses of the WTO's documents tell the language by a letter. */
static const char *
form_language(const char *url, const char *lang)
{
	static const struct { const char *before, *letters; } forms[] = { { "?DDFDocuments/", "tuv" }, { "?filename=", "qrs" } };

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		const char *p = strcasestr(url, forms[i].before);

		if (p != NULL && *language_of_letter((char)tolower((unsigned char)p[strlen(forms[i].before)]), forms[i].letters) != '\0')
			return language_of_letter((char)tolower((unsigned char)p[strlen(forms[i].before)]), forms[i].letters);
	}
	return lang;
}

void
eping_forms(struct documents *d, const char *text, const char *lang)
{
	AUTO_STRV urls = STRV_INIT;

	eping_links(text, &urls);
	for (size_t i = 0; i < urls.n; i++)
		documents_add(d, "notification", form_language(urls.v[i], lang), urls.v[i]);
}
