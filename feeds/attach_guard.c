#include "attach_guard.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/strv.h"
#include "../lib/base/utf8.h"
#include "document.h"

#define WORDS_LEAST 6		/* fewer are no text */
#define SHORT_PAGE 150		/* words of a page that may be about nothing but an error */
#define COMMON_LEAST 5		/* at least one word in so many of the shorter text must be in the other, too */
#define DAYS_TO_BELIEVE 3

/* As utf8_fold writes them, with blanks around. */
static const char *const error_words[] = {
	" error ", " not found ", " unavailable ", " maintenance ", " back soon ", " forbidden ", " denied ", " too many requests ", " sign in ", " log in ",
	" login ", " captcha ", " javascript ", " session ", " erreur ", " introuvable ", " no disponible ", " mantenimiento "
};

static size_t
count_words(const char *folded)
{
	size_t n = 0;

	for (; *folded != '\0'; folded++)
		n += folded[0] == ' ' && folded[1] != '\0' && folded[1] != ' ';
	return n;
}

static bool
tells_of_an_error(const char *folded)
{
	for (size_t i = 0; i < sizeof(error_words) / sizeof(*error_words); i++)
		if (strstr(folded, error_words[i]) != NULL)
			return true;
	return false;
}

static size_t
skip_blanks(const char *bytes, size_t n, size_t i)
{
	while (i < n && strchr(" \t\r\n", bytes[i]) != NULL)
		i++;
	return i;
}

/* The second mark tells JSON from a text that begins with "[extract]". */
static bool
begins_json(const char *bytes, size_t n, size_t i)
{
	size_t next = skip_blanks(bytes, n, i + 1);

	if (i >= n || next >= n || (bytes[i] != '{' && bytes[i] != '['))
		return false;
	return strchr(bytes[i] == '{' ? "\"}" : "{[\"]", bytes[next]) != NULL;
}

/* JSON, XML that is no page */
static bool
is_data(const char *bytes, size_t n)
{
	size_t i = 0;

	if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		i = 3;
	i = skip_blanks(bytes, n, i);
	return i < n && (bytes[i] == '<' || begins_json(bytes, n, i)) && document_form(bytes, n) == DOCUMENT_PLAIN;
}

const char *
attach_no_text(const char *bytes, size_t n, const char *text)
{
	enum document_form form = document_form(bytes, n);
	AUTO_BUF folded = BUF_INIT;
	size_t words;

	if (form != DOCUMENT_HTML && form != DOCUMENT_PLAIN)
		return NULL;
	if (is_data(bytes, n))
		return "data of a program came where a document was due";
	utf8_fold(text, &folded);
	words = count_words(buf_str(&folded));
	if (words < WORDS_LEAST)
		return "a page without a text came where a document was due";
	if (form == DOCUMENT_HTML && words < SHORT_PAGE && tells_of_an_error(buf_str(&folded)))
		return "a page that tells of an error came where a document was due";
	return NULL;
}

/* The different words of a text. */
static void
read_words(const char *text, struct strv *out)
{
	AUTO_BUF folded = BUF_INIT;

	utf8_fold(text, &folded);
	strv_split(out, buf_str(&folded), " ");
	strv_sort(out);
}

bool
attach_strangers(const char *old, const char *new)
{
	AUTO_STRV a = STRV_INIT, b = STRV_INIT;
	size_t common = 0, least;

	read_words(old, &a);
	read_words(new, &b);
	for (size_t i = 0, j = 0; i < a.n && j < b.n; ) {
		int c = strcmp(a.v[i], b.v[j]);

		common += c == 0;
		i += c <= 0;
		j += c >= 0;
	}
	least = a.n < b.n ? a.n : b.n;
	return common * COMMON_LEAST < least;
}

bool
attach_believe(json_t *entry, const char *hash, const char *today)
{
	json_t *doubt = json_object_get(entry, "doubt");
	json_int_t days;

	if (json_str(doubt, "bytes_sha256") == NULL || strcmp(json_str(doubt, "bytes_sha256"), hash) != 0) {
		doubt = json_object();
		json_set_str(doubt, "bytes_sha256", hash);
		json_object_set_new(entry, "doubt", doubt);
	}
	days = json_integer_value(json_object_get(doubt, "days"));
	if (json_str(doubt, "last") == NULL || strcmp(json_str(doubt, "last"), today) != 0) {
		days++;
		json_object_set_new(doubt, "days", json_integer(days));
		json_set_str(doubt, "last", today);
	}
	if (days < DAYS_TO_BELIEVE)
		return false;
	json_object_del(entry, "doubt");
	return true;
}

bool
attach_slow(json_t *entry, const char *hash)
{
	const char *before = json_str(entry, "slow");

	if (before != NULL && strcmp(before, hash) == 0)
		return true;
	json_set_str(entry, "slow", hash);
	return false;
}
