#include "index_private.h"

#include <string.h>

#include "../lib/base/utf8.h"

#define TERMS 32	/* more words in one question than anybody asks; bounds what SQLite has to do */

/* One term of a question: a word or a phrase. */
struct term {
	const char *s;
	size_t n;
	bool not, prefix;
};

static size_t
until_blank(const char *s)
{
	return strcspn(s, " \"");
}

/* The next term at s, which starts at no blank; returns what lies behind it. */
static const char *
next_term(const char *s, struct term *t)
{
	*t = (struct term){ .not = false };
	if (s[0] == '-' && s[1] != '\0' && s[1] != ' ') {
		t->not = true;
		s++;
	}
	if (*s == '"') {
		t->s = s + 1;
		t->n = strcspn(t->s, "\"");
		s = t->s + t->n;
		if (*s == '"')
			s++;
	} else {
		t->s = s;
		t->n = until_blank(s);
		s += t->n;
		while (t->n > 0 && t->s[t->n - 1] == '*') {
			t->n--;
			t->prefix = true;
		}
	}
	while (*s == '*') {
		t->prefix = true;
		s++;
	}
	return s;
}

/* Is there anything in it that the index knows as a word? */
static bool
has_word(const struct term *t)
{
	AUTO_BUF text = BUF_INIT, folded = BUF_INIT;

	buf_add(&text, t->s, t->n);
	utf8_fold(buf_str(&text), &folded);
	return strspn(buf_str(&folded), " ") < folded.len;
}

/* The only thing that means anything inside an FTS5 string is a quote, and no term holds one. */
static void
add_term(struct buf *out, const struct term *t, const char *operator)
{
	if (out->len > 0)
		buf_adds(out, operator);
	buf_addc(out, '"');
	buf_add(out, t->s, t->n);
	buf_adds(out, t->prefix ? "\" *" : "\"");
}

bool
index_words(const char *words, struct buf *match, struct buf *except)
{
	AUTO_BUF clean = BUF_INIT;
	const char *s;
	struct term t;
	int left = TERMS;

	utf8_clean(words, strlen(words), false, &clean);
	s = buf_str(&clean);
	while (left > 0) {
		s += strspn(s, " ");
		if (*s == '\0')
			break;
		s = next_term(s, &t);
		if (!has_word(&t))
			continue;
		add_term(t.not ? except : match, &t, t.not ? " OR " : " AND ");
		left--;
	}
	return match->len > 0 || except->len > 0;
}
