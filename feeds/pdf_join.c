#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "document.h"
#include "document_writer.h"
#include "pdf_lines.h"
#include "pdf_rules.h"

#define SHORT_HEADING 90	/* bytes of a heading known by its capitals or its number only */

/* Everything at hand while lines become paragraphs. */
struct joiner {
	struct pdf_rules rules;
	struct pdf_lines lines;
	struct pdf_words *words;
	unsigned spacing;	/* blank lines that stand between the lines of a paragraph: 1 in texts of double spacing */
	bool capitals;		/* the text shouts: capitals mark no heading */
};

/* The paragraph v[0..n), and what its first line begins with. */
struct paragraph {
	const struct pdf_line *v;
	size_t n;
	unsigned marker;	/* columns of a list marker; 0 without */
};

static unsigned
marker_columns(const struct joiner *j, const struct pdf_line *l)
{
	struct rx_match m;
	unsigned columns = 0;

	if (!rx_exec(j->rules.marker, l->s, l->n, 0, &m, NULL))
		return 0;
	for (size_t i = 0; i < m.end[0]; i++)
		columns += ((unsigned char)l->s[i] & 0xc0) != 0x80;
	return columns;
}

static bool
is_bullet(const struct joiner *j, const struct pdf_line *l)
{
	struct rx_match m;

	return rx_exec(j->rules.bullet, l->s, l->n, 0, &m, NULL);
}

/* ---- does a line go on from the one before it? ---- */

/* Would the first word of b have had room at the end of a? Then a ended before its margin for a reason. Characters differ in width, hence the tenth. */
static bool
is_full(const struct pdf_line *a, const struct pdf_line *b)
{
	unsigned word = 0, measure = a->right > a->left ? a->right - a->left : 0;

	for (size_t i = 0; i < b->n && b->s[i] != ' '; i++)
		word += ((unsigned char)b->s[i] & 0xc0) != 0x80;
	return a->end + 1 + word + measure / 10 > a->right;
}

static bool
ends_with_word(const struct pdf_line *l, const char *word)
{
	size_t n = strlen(word);

	return l->n > n && memcmp(l->s + l->n - n, word, n) == 0 && l->s[l->n - n - 1] == ' ';
}

/* A comma, or a word after which an item of a list may begin. */
static bool
ends_item(const struct pdf_line *l)
{
	static const char *const words[] = { "and", "or", "et", "ou", "y", "o", "und", "oder", "e", "en", "of" };

	if (l->s[l->n - 1] == ',')
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (ends_with_word(l, words[i]))
			return true;
	return false;
}

/* "Having regard to ...;": what follows in capitals is the next of them. */
static bool
ends_recital(const struct pdf_line *l)
{
	return l->s[l->n - 1] == ';' || l->s[l->n - 1] == ':';
}

/* The line begins something by its own words: an item, a heading. */
static bool
begins_by_words(const struct joiner *j, const struct pdf_line *a, const struct pdf_line *b)
{
	bool full = is_full(a, b), ended = pdf_ends_sentence(a->s, a->n);

	if (is_bullet(j, b))
		return true;
	if (marker_columns(j, b) > 0 && (!full || ended || ends_item(a)))
		return true;
	return (!full || ended) && pdf_rules_level(&j->rules, b->s, b->n) > 0;
}

/* At the head of a page or column: what is not at its end goes on. */
static bool
goes_on_elsewhere(const struct pdf_line *a, const struct pdf_line *b)
{
	if (pdf_ends_sentence(a->s, a->n))
		return false;
	return pdf_begins_small(b->s, b->n) || (is_full(a, b) && !pdf_is_capitals(b->s, b->n));
}

/* On the same page, at the same or another indentation. */
static bool
goes_on_here(const struct paragraph *p, const struct pdf_line *a, const struct pdf_line *b)
{
	bool ended = pdf_ends_sentence(a->s, a->n), full = is_full(a, b), small = pdf_begins_small(b->s, b->n);
	int step = (int)b->indent - (int)a->indent;

	if (!ended && small)
		return true;
	if (ends_recital(a) && !small)
		return false;
	if (p->marker > 0 && abs((int)b->indent - (int)(p->v[0].indent + p->marker)) <= 2)
		return full || (!ended && ends_item(a));
	/* more indented: the first line of another, unless this is the middle of a sentence */
	if (step >= 2)
		return full && !ended;
	/* less indented: the second line after an indented first, or the end of what stood further in */
	if (step <= -2 && p->n > 1)
		return full && !ended;
	return full || (!ended && ends_item(a));
}

/* A word is broken here, or parted at its hyphen. */
static bool
ends_hyphen(const struct pdf_line *a, const struct pdf_line *b)
{
	char c = b->s[0];

	return a->n >= 2 && a->s[a->n - 1] == '-' && a->s[a->n - 2] != ' ' && a->s[a->n - 2] != '-' && c != '-' && c != '(' && c != ' ';
}

/* Parts that stand beside each other, though they make no table: names under a text, an address. */
static bool
has_gap(const struct pdf_line *l)
{
	return memmem(l->s, l->n, "    ", 4) != NULL;
}

/* What ends a paragraph or begins one by itself, wherever it stands. */
static bool
stands_apart(const struct joiner *j, const struct paragraph *p, const struct pdf_line *a, const struct pdf_line *b)
{
	struct rx_match m;

	if (a->table != 0 || b->table != 0 || (has_gap(a) && has_gap(b)) || rx_exec(j->rules.dots, a->s, a->n, 0, &m, NULL))
		return true;
	/* "Article 2 - This Regulation lays" is a heading only where the line ends of itself */
	if (p->n == 1 && pdf_rules_level(&j->rules, a->s, a->n) > 0 && !is_full(a, b))
		return true;
	return p->n == 1 && !j->capitals && !is_full(a, b) && pdf_is_capitals(a->s, a->n) && !pdf_is_capitals(b->s, b->n);
}

static bool
goes_on(const struct joiner *j, const struct paragraph *p, const struct pdf_line *b)
{
	const struct pdf_line *a = &p->v[p->n - 1];

	if (stands_apart(j, p, a, b))
		return false;
	if (ends_hyphen(a, b) && (b->fresh || b->gap <= j->spacing))
		return true;
	if (begins_by_words(j, a, b))
		return false;
	if (b->fresh)
		return goes_on_elsewhere(a, b);
	if (b->gap > j->spacing)
		return b->gap == j->spacing + 1 && !pdf_ends_sentence(a->s, a->n) && is_full(a, b) && pdf_begins_small(b->s, b->n);
	return goes_on_here(p, a, b);
}

/* ---- what is common to all of the text ---- */

static unsigned
spacing_of(const struct pdf_lines *l)
{
	size_t none = 0, one = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].fresh || l->v[i].table != 0)
			continue;
		none += l->v[i].gap == 0;
		one += l->v[i].gap == 1;
	}
	return one > 8 && one > 3 * none;
}

static bool
shouts(const struct pdf_lines *l)
{
	size_t capitals = 0;

	for (size_t i = 0; i < l->n; i++)
		capitals += pdf_is_capitals(l->v[i].s, l->v[i].n);
	return l->n > 10 && capitals * 3 > l->n;
}

/* ---- writing ---- */

static void
paragraph_text(const struct joiner *j, const struct paragraph *p, struct buf *out)
{
	struct rx_match m;

	for (size_t i = 0; i < p->n; i++) {
		const struct pdf_line *l = &p->v[i], *next = i + 1 < p->n ? &p->v[i + 1] : NULL;
		enum pdf_seam seam = next != NULL ? pdf_words_seam(j->words, l->s, l->n, next->s, next->n) : PDF_SEAM_NONE;

		buf_add(out, l->s, l->n);
		if (seam == PDF_SEAM_BLANK)
			buf_addc(out, ' ');
		while (seam == PDF_SEAM_UNHYPHEN && out->len > 0 && ((unsigned char)out->data[out->len - 1] & 0xc0) == 0x80)
			buf_truncate(out, out->len - 1);	/* the hyphen's bytes but the first */
		if (seam == PDF_SEAM_UNHYPHEN && out->len > 0)
			buf_truncate(out, out->len - 1);
	}
	/* the number of a page in a table of contents says nothing, and moves */
	if (rx_exec(j->rules.dots, buf_str(out), out->len, 0, &m, NULL))
		buf_truncate(out, m.start[0]);
}

/* Dots of "1.2.3" and one: the level of the heading; 0 when it is none. */
static unsigned
numbered_level(const struct joiner *j, const char *s, size_t n)
{
	struct rx_match m;
	unsigned level = 2;

	if (n > SHORT_HEADING || strchr(".;,:?!", s[n - 1]) != NULL || !rx_exec(j->rules.numbered, s, n, 0, &m, NULL))
		return 0;
	for (size_t i = m.start[1]; i < m.end[1]; i++)
		level += s[i] == '.';
	return level;
}

static bool
stands_alone(const struct joiner *j, const struct paragraph *p)
{
	const struct pdf_line *end = j->lines.v + j->lines.n, *next = p->v + p->n;

	return p->n == 1 && (p->v[0].fresh || p->v[0].gap > j->spacing) && next < end && (next->fresh || next->gap > j->spacing) &&
	    numbered_level(j, next->s, next->n) == 0;
}

static unsigned
heading_level(const struct joiner *j, const struct paragraph *p, const char *s, size_t n)
{
	struct rx_match m;
	unsigned level;

	if (n == 0 || rx_exec(j->rules.dots, p->v[p->n - 1].s, p->v[p->n - 1].n, 0, &m, NULL))
		return 0;
	level = pdf_rules_level(&j->rules, s, n);
	if (level > 0)
		return level;
	if (!j->capitals && p->n <= 3 && n <= 2 * SHORT_HEADING && p->marker == 0 && pdf_is_capitals(s, n) && !pdf_ends_sentence(s, n) && s[n - 1] != ',')
		return 1;
	return stands_alone(j, p) ? numbered_level(j, s, n) : 0;
}

static void
write_paragraph(const struct joiner *j, const struct paragraph *p, struct writer *out)
{
	AUTO_BUF text = BUF_INIT;

	paragraph_text(j, p, &text);
	writer_paragraph(out, heading_level(j, p, buf_str(&text), text.len), buf_str(&text), text.len);
}

static int
write_all(const struct joiner *j, struct writer *out, struct error *err)
{
	const struct pdf_lines *l = &j->lines;
	int rc = 0;

	for (size_t i = 0; i < l->n && rc == 0;) {
		struct paragraph p = { .v = &l->v[i], .n = 1 };

		if (l->v[i].table != 0) {
			i += pdf_table_write(&l->v[i], l->n - i, out);
		} else {
			p.marker = marker_columns(j, &l->v[i]);
			while (i + p.n < l->n && goes_on(j, &p, &l->v[i + p.n]))
				p.n++;
			write_paragraph(j, &p, out);
			i += p.n;
		}
		rc = writer_check(out, err);
	}
	return rc;
}

static void
joiner_clear(struct joiner *j)
{
	pdf_rules_clear(&j->rules);
	pdf_lines_clear(&j->lines);
	pdf_words_free(j->words);
}

int
pdf_paragraphs(const char *layout, size_t n, struct document_text *out, struct error *err)
{
	__attribute__((cleanup(joiner_clear))) struct joiner j = { .words = NULL };
	AUTO_PDF_LINES raw = PDF_LINES_INIT;
	AUTO_WRITER *writer = document_writer_new();
	int rc;

	if (n > LIMIT_PDF_LAYOUT)
		return error_set(err, ERR_DATA, "more than %d MB of layout", LIMIT_PDF_LAYOUT >> 20);
	rc = pdf_rules_init(&j.rules, err);
	if (rc == 0)
		rc = pdf_lines_read(layout, n, &raw, err);
	if (rc != 0)
		return rc;
	pdf_running_drop(&raw, j.rules.named);
	pdf_columns_read(&raw, &j.lines);
	j.words = pdf_words_new(&j.lines);
	j.spacing = spacing_of(&j.lines);
	j.capitals = shouts(&j.lines);
	rc = write_all(&j, writer, err);
	if (rc == 0)
		rc = writer_finish(writer, &out->text, err);
	if (rc == 0)
		out->pages = raw.pages;
	return rc;
}
