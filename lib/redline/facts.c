#include "facts.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../notice/phrase.h"
#include "units.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct reader {
	const char *text;
	size_t n;
	const char *lang;
	struct words w;
	struct facts *out;
};

static size_t
from_of(const struct reader *r, size_t i)
{
	return (size_t)(r->w.v[i].from - r->text);
}

static size_t
to_of(const struct reader *r, size_t i)
{
	return (size_t)(r->w.v[i].to - r->text);
}

static bool
is_digits(const struct reader *r, size_t i)
{
	return i < r->w.n && r->w.v[i].s[0] >= '0' && r->w.v[i].s[0] <= '9';
}

/* Are words i and i + 1 joined by exactly this? */
static bool
joined_by(const struct reader *r, size_t i, const char *joint)
{
	size_t n = strlen(joint);

	return i + 1 < r->w.n && from_of(r, i + 1) - to_of(r, i) == n && memcmp(r->w.v[i].to, joint, n) == 0;
}

static bool
joined_by_any(const struct reader *r, size_t i, const char *const *joints, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (joined_by(r, i, joints[k]))
			return true;
	return false;
}

static bool
listed(const char *s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(s, list[i]) == 0)
			return true;
	return false;
}

static struct fact *
add_fact(struct reader *r, enum callout_kind kind, size_t from, size_t to, char *value, char *unit)
{
	struct facts *f = r->out;

	f->v = xgrow(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n] = (struct fact){ kind, from, to, xstrndup(r->text + from, to - from), value, unit, FORCE_NONE };
	return &f->v[f->n++];
}

/* ---- dates ---- */

/* Each reader of facts returns how many words it took, 0 when there is none of its kind at word i. */
static size_t
read_date(struct reader *r, size_t i)
{
	struct date d;
	char text[DATE_TEXT];
	size_t taken = words_date(&r->w, i, r->w.n, &d);

	if (taken > 0)
		add_fact(r, CALLOUT_DATE, from_of(r, i), to_of(r, i + taken - 1), xstrdup(date_format(d, text)), xstrdup(""));
	return taken;
}

/* ---- standards and acts ---- */

/* Bodies whose documents are cited by number. */
static const char *const bodies[] = {
	"iso", "iec", "cispr", "en", "astm", "din", "vde", "bs", "gb", "jis", "cen", "cenelec", "clc", "etsi", "itu", "ul",
	"nf", "une", "uni", "cxs", "cxg", "cac", "rcp", "as", "nzs", "csa", "ansi", "ieee", "sae", "oiml", "asme", "tcvn",
	"qcvn", "sni", "nom", "nmx", "gso", "ks", "cns", "pn", "sans", "ispm", "oecd", "rfc", "ses", "gost", "nte", "ntc",
	"rte", "nch", "irm", "iram", "abnt", "nbr", "saso", "us", "eas", "ars"
};

static bool
all_capitals(const struct word *w)
{
	for (const char *p = w->from; p < w->to; p++)
		if (*p < 'A' || *p > 'Z')
			return false;
	return true;
}

/* Word behind the last part of a number that began with word i: "8124-3:2020+A1". */
static size_t
number_end(const struct reader *r, size_t i)
{
	static const char *const joints[] = { "-", ":", ".", "/", "+", "", "\xE2\x80\x93", "\xE2\x80\x91" };

	while (joined_by_any(r, i, joints, COUNT(joints)) && (is_digits(r, i + 1) || all_capitals(&r->w.v[i + 1])))
		i++;
	return i + 1;
}

/* The text in capitals without blanks. */
static char *
compact(const char *s, size_t n)
{
	AUTO_BUF out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ')
			buf_addc(&out, s[i] >= 'a' && s[i] <= 'z' ? (char)(s[i] - 'a' + 'A') : s[i]);
	return buf_take(&out);
}

static size_t
add_reference(struct reader *r, size_t i, size_t end)
{
	size_t from = from_of(r, i), to = to_of(r, end - 1);

	add_fact(r, CALLOUT_STANDARD, from, to, compact(r->text + from, to - from), xstrdup(""));
	return end - i;
}

/* "ISO 8124-3", "EN ISO 12100:2010", "ISO/IEC 17025", "ASTM F963-17", "GB/T 1234", "CXS 192-1995". */
static size_t
read_standard(struct reader *r, size_t i)
{
	static const char *const joints[] = { " ", "/", "-", "" };
	size_t j = i;

	if (!all_capitals(&r->w.v[i]) || !listed(r->w.v[i].s, bodies, COUNT(bodies)))
		return 0;
	while (j < i + 4 && !is_digits(r, j) && joined_by_any(r, j, joints, COUNT(joints)) && (is_digits(r, j + 1) || all_capitals(&r->w.v[j + 1])))
		j++;
	if (!is_digits(r, j))
		return 0;
	if (j == i + 1 && (strcmp(r->w.v[i].s, "as") == 0 || strcmp(r->w.v[i].s, "us") == 0))
		return 0;	/* words, too, where all is in capitals */
	return add_reference(r, i, number_end(r, j));
}

static bool
is_year(const char *s)
{
	return strlen(s) == 4 && (memcmp(s, "19", 2) == 0 || memcmp(s, "20", 2) == 0);
}

/* Acts of the EU and others by number and year: "2015/1535", "1907/2006", "2009/48/EC". */
static size_t
read_act(struct reader *r, size_t i)
{
	bool suffix;

	if (!is_digits(r, i) || !joined_by(r, i, "/") || !is_digits(r, i + 1) || strlen(r->w.v[i].s) > 4 || strlen(r->w.v[i + 1].s) > 4)
		return 0;
	suffix = joined_by(r, i + 1, "/") && all_capitals(&r->w.v[i + 2]);
	if (!is_year(r->w.v[i].s) && !is_year(r->w.v[i + 1].s) && !suffix)
		return 0;
	return add_reference(r, i, i + (suffix ? 3 : 2));
}

/* ---- duties and permissions ---- */

/* Each verb with its other forms; singular and plural say the same. */
static const struct {
	enum fact_force force;
	const char *forms;	/* folded, parted by blanks, all with the same first letter; the first stands for all */
} modals[] = {
	{ FORCE_DUTY, "shall" }, { FORCE_DUTY, "must" }, { FORCE_ADVICE, "should" }, { FORCE_LEAVE, "may" },
	{ FORCE_DUTY, "doit doivent" }, { FORCE_DUTY, "devra devront" }, { FORCE_ADVICE, "devrait devraient" }, { FORCE_LEAVE, "peut peuvent" },
	{ FORCE_LEAVE, "pourra pourront" }, { FORCE_LEAVE, "pourrait pourraient" },
	{ FORCE_DUTY, "debe deben" }, { FORCE_DUTY, "debera deberan" }, { FORCE_ADVICE, "deberia deberian" }, { FORCE_LEAVE, "puede pueden" },
	{ FORCE_LEAVE, "podra podran" }, { FORCE_LEAVE, "podria podrian" },
	{ FORCE_DUTY, "muss mussen" }, { FORCE_ADVICE, "soll sollen" }, { FORCE_ADVICE, "sollte sollten" }, { FORCE_LEAVE, "darf durfen" }, { FORCE_LEAVE, "kann konnen" },
	{ FORCE_DUTY, "deve devono" }, { FORCE_ADVICE, "dovrebbe dovrebbero" }, { FORCE_LEAVE, "puo possono" }
};

/* The verb of which this is a form; COUNT(modals) for other words. */
static size_t
find_modal(const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i < COUNT(modals); i++)
		for (const char *p = modals[i].forms; *p != '\0' && *p == word[0]; p += strcspn(p, " "), p += *p == ' ')
			if (strcspn(p, " ") == n && memcmp(p, word, n) == 0)
				return i;
	return COUNT(modals);
}

/* The month, not the verb. */
static bool
is_month(const struct reader *r, size_t i)
{
	const struct word *w = &r->w.v[i];

	return strcmp(w->s, "may") == 0 && (is_digits(r, i + 1) || (i > 0 && is_digits(r, i - 1)) || (w->from[0] == 'M' && !w->first && w->from[1] != 'A'));
}

static bool
is_any(const struct reader *r, size_t i, const char *const *list, size_t count)
{
	return i < r->w.n && listed(r->w.v[i].s, list, count);
}

static size_t
read_modal(struct reader *r, size_t i)
{
	static const char *const before[] = { "ne", "no", "non" }, *const behind[] = { "pas", "plus", "que" }, *const alone[] = { "not", "nicht" };
	size_t from = i, to = i, modal = find_modal(r->w.v[i].s);
	AUTO_BUF value = BUF_INIT;
	struct fact *f;

	if (modal == COUNT(modals) || is_month(r, i))
		return 0;
	if (i > 0 && is_any(r, i - 1, before, COUNT(before)) && joined_by(r, i - 1, " "))
		from = i - 1;
	if ((is_any(r, i + 1, alone, COUNT(alone)) || (from < i && is_any(r, i + 1, behind, COUNT(behind)))) && joined_by(r, i, " "))
		to = i + 1;
	for (size_t k = from; k <= to; k++)
		buf_addf(&value, "%s%.*s", k > from ? " " : "", k == i ? (int)strcspn(modals[modal].forms, " ") : 100, k == i ? modals[modal].forms : r->w.v[k].s);
	f = add_fact(r, CALLOUT_MODAL, from_of(r, from), to_of(r, to), buf_take(&value), xstrdup(""));
	f->force = modals[modal].force;
	if (from < to || from < i)	/* "may not" forbids; "muss nicht" allows */
		f->force = f->force == FORCE_LEAVE ? FORCE_DUTY : strcmp(modals[modal].forms, "muss mussen") == 0 ? FORCE_LEAVE : f->force;
	return to + 1 - i;
}

/* ---- numbers ---- */

/* "1,500.25", "1 500": word behind its last part. */
static size_t
figure_end(const struct reader *r, size_t i)
{
	bool grouped = strlen(r->w.v[i].s) <= 3;

	for (; is_digits(r, i + 1); i++) {
		bool group = strlen(r->w.v[i + 1].s) == 3;

		if (joined_by(r, i, " ") ? !(grouped && group) : !joined_by(r, i, ".") && !joined_by(r, i, ","))
			break;
		grouped = grouped && group;
	}
	return i + 1;
}

/* Are marks c all followed by exactly three figures, so that they part thousands? */
static bool
parts_thousands(const char *s, char c)
{
	const char *p = strchr(s, c);

	if (p == NULL || p - s > 3)
		return false;
	for (; *p == c; p += 4)
		if (strspn(p + 1, "0123456789") != 3)
			return false;
	return *p == '\0' || *p == '.' || *p == ',';
}

/* Zeros behind the decimal mark say nothing. */
static void
drop_zeros(struct buf *value)
{
	const char *mark = strchr(buf_str(value), '.');

	if (mark == NULL || strchr(mark + 1, '.') != NULL)
		return;
	while (value->len > 1 && value->data[value->len - 1] == '0')
		buf_truncate(value, value->len - 1);
	if (value->data[value->len - 1] == '.')
		buf_truncate(value, value->len - 1);
}

/* A figure in one spelling, as far as the language tells what its marks mean. */
static char *
figure_value(const struct reader *r, size_t from, size_t to)
{
	AUTO_FREE char *s = xstrndup(r->text + from, to - from);
	bool english = strcmp(r->lang, "en") == 0, known = r->lang[0] != '\0';
	char group = english ? ',' : '.';
	bool thousands = known && parts_thousands(s, group);
	AUTO_BUF value = BUF_INIT;

	for (const char *p = s; *p != '\0'; p++) {
		if (*p == ' ' || (thousands && *p == group))
			continue;
		buf_addc(&value, known && !english && *p == ',' ? '.' : *p);
	}
	if (known)
		drop_zeros(&value);
	return buf_take(&value);
}

/* The number of an item or heading, not what the sentence says: "3.", "(2)", "1.2.3". */
static bool
is_label(const struct reader *r, size_t from, size_t to, bool first)
{
	bool dotted = memchr(r->text + from, '.', to - from) != NULL;

	if (from > 0 && r->text[from - 1] == '(' && to < r->n && r->text[to] == ')')
		return true;
	return first && (dotted || (to < r->n && strchr(".)-", r->text[to]) != NULL && (to + 1 == r->n || r->text[to + 1] == ' ')));
}

static bool
is_lower(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0xc0;
}

/* Words that are not what is counted. */
static const char *const small_words[] = {
	"and", "are", "but", "for", "from", "has", "into", "its", "not", "per", "shall", "should", "than", "that", "the",
	"their", "this", "until", "was", "were", "when", "which", "will", "with", "dans", "des", "est", "les", "par", "pas",
	"pour", "que", "qui", "sont", "sur", "une", "con", "del", "las", "los", "para", "por", "son", "der", "die", "das",
	"und", "oder", "bis", "von", "aus", "may", "must", "also", "applies", "apply", "only", "does", "can", "other", "above", "below"
};

/* What numbers are the names of. */
static const char *const named[] = {
	"article", "articles", "art", "annex", "annexe", "anexo", "appendix", "appendice", "apendice", "section", "sections", "subsection", "sentence",
	"seccion", "paragraph", "paragraphe", "parrafo", "point", "points", "punto", "item", "clause", "chapter", "chapitre",
	"capitulo", "part", "partie", "parte", "table", "tableau", "tabla", "cuadro", "figure", "figura", "figure", "class",
	"classe", "clase", "category", "categorie", "categoria", "type", "tipo", "no", "nr", "rule", "schedule", "version",
	"articulo", "artikel", "anhang", "abschnitt"
};

/* Bytes of the "§" and the blank before a number; 0 without one. */
static size_t
sign_before(const struct reader *r, size_t at)
{
	static const char *const signs[] = { "\xC2\xA7 ", "\xC2\xA7", "\xC2\xA7\xC2\xA0" };

	for (size_t k = 0; k < COUNT(signs); k++)
		if (at >= strlen(signs[k]) && memcmp(r->text + at - strlen(signs[k]), signs[k], strlen(signs[k])) == 0)
			return strlen(signs[k]);
	return 0;
}

/* Adds to a bare number what tells people what it is: "3 samples", "Article 5". */
static void
add_context(const struct reader *r, size_t i, size_t end, struct fact *f)
{
	size_t from = f->from, to = f->to;

	bool before = i > 0 && joined_by(r, i - 1, " ") && !is_digits(r, i - 1), after = end < r->w.n && joined_by(r, end - 1, " ");

	if (sign_before(r, f->from) > 0)
		from -= sign_before(r, f->from);
	else if (before && listed(r->w.v[i - 1].s, named, COUNT(named)))
		from = from_of(r, i - 1);
	else if (before && !is_lower(r->w.v[i - 1].from[0]) && !r->w.v[i - 1].first)
		from = from_of(r, i - 1);
	else if (after && is_lower(r->w.v[end].from[0]) && strlen(r->w.v[end].s) >= 3 && !listed(r->w.v[end].s, small_words, COUNT(small_words)))
		to = to_of(r, end);
	if (to == f->to && from == f->from)
		return;
	free(f->text);
	f->text = xstrndup(r->text + from, to - from);
}

static size_t
read_number(struct reader *r, size_t i)
{
	AUTO_BUF unit = BUF_INIT;
	size_t end, from, to, after, before;
	char *value;

	if (!is_digits(r, i))
		return 0;
	end = figure_end(r, i);
	from = from_of(r, i);
	to = to_of(r, end - 1);
	if (i > 0 && joined_by(r, i - 1, ""))	/* "PM10" */
		return end - i;
	value = figure_value(r, from, to);
	after = unit_read(r->text + to, r->n - to, &unit);
	before = after == 0 ? unit_before(r->text, from, &unit) : 0;
	if (unit.len == 0 && is_label(r, from, to, r->w.v[i].first)) {
		free(value);
		return end - i;
	}
	add_fact(r, CALLOUT_NUMBER, from - before, to + after, value, buf_take(&unit));
	if (after + before == 0)
		add_context(r, i, end, &r->out->v[r->out->n - 1]);
	return end - i;
}

void
facts_read(const char *text, size_t n, const char *lang, struct facts *out)
{
	static size_t (*const readers[])(struct reader *r, size_t i) = { read_date, read_standard, read_act, read_modal, read_number };
	struct reader r = { .text = text, .n = n, .lang = lang, .w = WORDS_INIT, .out = out };

	words_read(text, n, &r.w);
	for (size_t i = 0; i < r.w.n; ) {
		size_t taken = 0;

		for (size_t k = 0; k < COUNT(readers) && taken == 0; k++)
			taken = readers[k](&r, i);
		i += taken > 0 ? taken : 1;
	}
	words_clear(&r.w);
}

void
facts_clear(struct facts *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->v[i].text);
		free(f->v[i].value);
		free(f->v[i].unit);
	}
	free(f->v);
	*f = (struct facts)FACTS_INIT;
}
