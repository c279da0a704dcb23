#include "echo.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/utf8.h"

#define LABEL_LONG 60	/* bytes; shorter ones may be what somebody wrote by hand */
#define LABELS_MAX 60	/* of one record that are looked for */
#define CODES_LONG 400	/* bytes */
#define PRODUCTS_LONG 16000	/* bytes; the longest text measured has 733 */

struct marker {
	size_t start, end;	/* "(HS code(s): 8517)" in the text */
	const struct codes *codes;
};

/* Digits of "85.17" and the like, at most n of them. */
static size_t
digits_of(const char *s, const char *end, char *out, size_t n)
{
	size_t len = 0;

	for (; s < end; s++)
		if (*s >= '0' && *s <= '9' && len + 1 < n)
			out[len++] = *s;
	out[len] = '\0';
	return len;
}

static const char *
label_of(const struct codes *codes, const char *text, const struct marker *m)
{
	const char *colon = memchr(text + m->start, ':', m->end - m->start);
	char wanted[20], code[20];

	digits_of(colon != NULL ? colon : text + m->start, text + m->end, wanted, sizeof(wanted));
	for (size_t i = 0; i < codes->n; i++) {
		const char *c = codes->v[i].code;

		digits_of(c, c + strlen(c), code, sizeof(code));
		if (strcmp(code, wanted) == 0)
			return codes->v[i].label;
	}
	return NULL;
}

/* Case and blanks differ between the label and its echo, and the longer labels are cut: how much of the label stands at s? */
static size_t
same_length(const char *s, const char *end, const char *label)
{
	size_t n = 0;

	while (s + n < end && label[n] != '\0' && strncasecmp(s + n, label + n, 1) == 0)
		n++;
	return n;
}

/* Where the known label begins in [from, to), to when it does not stand there. Its first 40 bytes must be the same. */
static size_t
find_label(const char *text, size_t from, size_t to, const char *label)
{
	size_t enough = strlen(label) < 40 ? strlen(label) : 40;

	while (enough > 0 && (label[enough - 1] == ' ' || label[enough - 1] == '.' || label[enough - 1] == ':'))
		enough--;
	for (size_t i = from; enough > 0 && i + enough <= to; i++)
		if (same_length(text + i, text + to, label) >= enough)
			return i;
	return to;
}

static bool
is_capitals(const char *s, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (s[i] >= 'a' && s[i] <= 'z')
			return false;
		any = any || (s[i] >= 'A' && s[i] <= 'Z');
	}
	return any;
}

/* Of an unknown label: what stands behind the last ";", and the parts before it while they are in capitals, as chapters are. */
static size_t
guess_label(const char *text, size_t from, size_t to)
{
	size_t at = to, part = to;
	bool capitals = true;

	while (capitals && at > from) {
		for (part = at; part > from && text[part - 1] != ';'; part--)
			;
		capitals = is_capitals(text + part, to - part);
		if (at == to || is_capitals(text + part, at - part))
			at = part;
		else
			break;
		if (at > from)
			at--;	/* the ";" */
	}
	return at;
}

/* Bytes of the marker at s, 0 without one. */
static size_t
marker(const char *s, bool *ics)
{
	static const char middle[] = " code(s)";
	size_t n, codes;

	*ics = strncasecmp(s, "(ICS", 4) == 0;
	if (!*ics && strncasecmp(s, "(HS", 3) != 0)
		return 0;
	n = *ics ? 4 : 3;
	if (strncasecmp(s + n, middle, sizeof(middle) - 1) != 0)
		return 0;
	n += sizeof(middle) - 1;
	n += s[n] == ' ';
	if (s[n] != ':')
		return 0;
	codes = strspn(s + n + 1, "0123456789., ");
	n += 1 + codes;
	return codes <= CODES_LONG && s[n] == ')' ? n + 1 : 0;
}

static bool
next_marker(const struct notice *n, size_t from, struct marker *out)
{
	bool ics;

	for (const char *text = n->products.s, *s = text + from; (s = strchr(s, '(')) != NULL; s++) {
		size_t len = marker(s, &ics);

		if (len == 0)
			continue;
		*out = (struct marker){ (size_t)(s - text), (size_t)(s - text) + len, ics ? &n->ics : &n->hs };
		return true;
	}
	return false;
}

/* A long label without its marker, as texts that were cut have it, is no free text either. */
static void
add_unlabelled(const struct codes *codes, size_t count, const char *text, size_t n, struct buf *out)
{
	while (count > 0 && (codes->v[count - 1].label == NULL || strlen(codes->v[count - 1].label) < LABEL_LONG))
		count--;
	if (count == 0 || n < LABEL_LONG / 2) {
		buf_add(out, text, n);
	} else {
		const char *label = codes->v[count - 1].label;
		size_t at = find_label(text, 0, n, label);
		size_t len = at < n ? same_length(text + at, text + n, label) : 0;

		add_unlabelled(codes, count - 1, text, at, out);
		add_unlabelled(codes, count - 1, text + at + len, n - at - len, out);
	}
}

static void
strip_marked(const struct notice *n, struct buf *out)
{
	const char *text = n->products.s;
	struct marker m;
	size_t from = 0;

	if (strcasestr(text, "code(s)") == NULL) {
		buf_adds(out, text);
		return;
	}
	while (next_marker(n, from, &m)) {
		const char *label = label_of(m.codes, text, &m);
		size_t start = label != NULL ? find_label(text, from, m.start, label) : m.start;

		if (start == m.start)
			start = guess_label(text, from, m.start);
		buf_add(out, text + from, start - from);
		from = m.end;
	}
	buf_adds(out, text + from);
}

void
echo_strip(const struct notice *n, struct buf *out)
{
	AUTO_BUF marked = BUF_INIT;
	size_t labels = n->hs.n < LABELS_MAX ? n->hs.n : LABELS_MAX;

	if (n->products.s == NULL)
		return;
	strip_marked(n, &marked);
	if (marked.len < LABEL_LONG || marked.len > PRODUCTS_LONG)
		buf_add(out, marked.data, marked.len);
	else
		add_unlabelled(&n->hs, labels, marked.data, marked.len, out);
}
