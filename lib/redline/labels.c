#include "labels.h"

#include <string.h>

#include "../base/utf8_code.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NUMBER_MAX 12
#define CODE_MAX 30		/* bytes of "EXI RIE-PS 02" */
#define NO_BREAK_SPACE "\xC2\xA0"
#define HEADING_MAX 120		/* bytes of what may stand behind "A." */

/* ---- characters ---- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_letter(char c)
{
	return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

bool
label_goes_on(const char *s, size_t n)
{
	int32_t cp;

	if (n == 0)
		return false;
	if ((unsigned char)*s < 0x80)
		return *s >= 'a' && *s <= 'z';
	utf8_decode(s, n, &cp);
	if (cp >= 0x100 && cp <= 0x17f)
		return (cp >= 0x139 && cp <= 0x148) || cp >= 0x179 ? cp % 2 == 0 : cp % 2 == 1;
	return (cp >= 0xdf && cp <= 0xff) || (cp >= 0x3ac && cp <= 0x3ce) || (cp >= 0x430 && cp <= 0x45f);
}

static struct part
skip(struct part p, size_t n)
{
	return (struct part){ p.s + n, p.n - n };
}

static bool
starts(struct part p, const char *s)
{
	return p.n >= strlen(s) && memcmp(p.s, s, strlen(s)) == 0;
}

static struct part
skip_blanks(struct part p)
{
	for (;;) {
		if (p.n > 0 && (*p.s == ' ' || *p.s == '\t'))
			p = skip(p, 1);
		else if (starts(p, NO_BREAK_SPACE))
			p = skip(p, 2);
		else
			return p;
	}
}

/* ---- numbers ---- */

static size_t
count_digits(struct part p)
{
	size_t n = 0;

	while (n < p.n && is_digit(p.s[n]))
		n++;
	return n;
}

/* "bis", "ter" and their like, behind a number. */
static size_t
latin_suffix(struct part p)
{
	static const char *const words[] = { "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies" };
	size_t blank = p.n > 0 && (*p.s == ' ' || *p.s == '-');

	for (size_t i = 0; i < COUNT(words); i++)
		if (starts(skip(p, blank), words[i]) && (p.n == blank + strlen(words[i]) || !is_letter(p.s[blank + strlen(words[i])])))
			return blank + strlen(words[i]);
	return 0;
}

/* "5", "5a", "12-1", "3.2", "1er", "5º", "L. 1470-2" */
static size_t
arabic(struct part p)
{
	size_t i = 0, digits;

	if (p.n > 2 && strchr("LRDA", *p.s) != NULL && (p.s[1] == '.' || p.s[1] == ' ' || is_digit(p.s[1]))) {
		i = 1 + (p.s[1] == '.');
		i += i < p.n && p.s[i] == ' ';
	}
	digits = count_digits(skip(p, i));
	if (digits == 0 || digits > 4)
		return 0;
	i += digits;
	while (i + 1 < p.n && (p.s[i] == '-' || p.s[i] == '.') && is_digit(p.s[i + 1]))
		i += 1 + count_digits(skip(p, i + 1));
	if (starts(skip(p, i), "er") || starts(skip(p, i), "\xC2\xBA") || starts(skip(p, i), "\xC2\xB0"))
		i += 2;
	else if (i < p.n && p.s[i] >= 'a' && p.s[i] <= 'z' && (i + 1 == p.n || !is_letter(p.s[i + 1])))
		i++;
	return i + latin_suffix(skip(p, i));
}

static size_t
roman(struct part p, const char *figures)
{
	size_t i = 0;

	while (i < p.n && i < NUMBER_MAX && strchr(figures, p.s[i]) != NULL)
		i++;
	if (i > 0 && i < p.n && (is_letter(p.s[i]) || is_digit(p.s[i])))
		return 0;
	return i;
}

static size_t
capital(struct part p)
{
	size_t digits;

	if (p.n == 0 || !is_upper(*p.s) || (p.n > 1 && is_letter(p.s[1])))
		return 0;
	digits = count_digits(skip(p, 1));
	return digits <= 3 ? 1 + digits : 0;
}

static size_t
ordinal_word(struct part p)
{
	static const char *const words[] = { "premier", "PREMIER", "Premier", "premi\xC3\xA8re", "primero", "unico", "\xC3\xBAnico", "unique" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (starts(p, words[i]) && (p.n == strlen(words[i]) || !is_letter(p.s[strlen(words[i])])))
			return strlen(words[i]);
	return 0;
}

static size_t
number_of_part(enum provision_kind kind, struct part p)
{
	size_t n = arabic(p);

	if (n == 0)
		n = roman(p, "IVXLC");
	if (n == 0)
		n = ordinal_word(p);
	if (n == 0 && kind != PROVISION_ARTICLE)
		n = capital(p);
	return n;
}

/* ---- what may stand behind a label that opens something ---- */

/* "(2)", "(1)(a)": behind the groups in brackets. */
static struct part
skip_groups(struct part p)
{
	for (;;) {
		struct part q = skip_blanks(p);
		size_t i = 1;

		if (q.n == 0 || *q.s != '(')
			return q;
		while (i < q.n && i < 6 && q.s[i] != ')')
			i++;
		if (i >= q.n || q.s[i] != ')')
			return q;
		p = skip(q, i + 1);
	}
}

/* Behind the marks that part a label from its heading. */
static struct part
skip_marks(struct part p)
{
	static const char *const marks[] = { ".", ":", "-", ")", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xBA", "\xC2\xB0" };

	p = skip_blanks(p);
	for (size_t i = 0; i < COUNT(marks); i++)
		if (starts(p, marks[i])) {
			p = skip_blanks(skip(p, strlen(marks[i])));
			i = (size_t)-1;		/* from the first again */
		}
	return p;
}

/* A heading or a text follows, not the rest of a sentence in which the label is a reference. */
static bool
opens(struct part rest)
{
	struct part p = skip_marks(rest);
	bool marked = p.s > skip_blanks(rest).s;

	if (p.n == 0)
		return true;
	if (*p.s == '(') {
		p = skip_groups(p);
		return p.n == 0 || (!label_goes_on(p.s, p.n) && (is_letter(*p.s) || *p.s == '(' || *p.s == '"'));
	}
	if (strchr(",;/", *p.s) != NULL)
		return false;
	return marked || !label_goes_on(p.s, p.n);
}

static void
set(struct opening *o, enum provision_kind kind, struct part line, size_t label, struct part number)
{
	o->kind = kind;
	o->label = (struct part){ line.s, label };
	o->number = number;
	o->rest = skip_marks(skip(line, label));
}

/* ---- the forms ---- */

static bool
read_part(struct part p, struct opening *o)
{
	enum provision_kind kind;
	size_t name = label_name(p.s, p.n, &kind), n;
	struct part number;

	if (name == 0 || label_goes_on(p.s, p.n))
		return false;
	number = skip(p, name);
	if (number.n > 0 && *number.s == '.')
		number = skip(number, 1);
	number = skip_blanks(number);
	n = number_of_part(kind, number);
	if (n == 0 && (kind != PROVISION_ANNEX || number.n > 0))
		return false;
	if (!opens(skip(number, n)))
		return false;
	set(o, kind, p, (size_t)(number.s - p.s) + n, (struct part){ number.s, n });
	return true;
}

/* "§ 12", "§12a"; "§§ 5 and 6" is a reference. */
static bool
read_sign(struct part p, struct opening *o)
{
	struct part number;
	size_t n;

	if (!starts(p, "\xC2\xA7"))
		return false;
	number = skip_blanks(skip(p, 2));
	n = number.n > 0 && is_digit(*number.s) ? arabic(number) : 0;
	if (n == 0 || !opens(skip(number, n)))
		return false;
	set(o, PROVISION_ARTICLE, p, (size_t)(number.s - p.s) + n, (struct part){ number.s, n });
	return true;
}

/* Length of a code of capitals and a number at p: "EXI RIE-PS 02"; 0 when there is none. */
static size_t
code_length(struct part p)
{
	size_t i = 0, capitals = 0, digits = 0;

	for (; i < p.n && i <= CODE_MAX && (is_upper(p.s[i]) || is_digit(p.s[i]) || strchr(" -._", p.s[i]) != NULL); i++) {
		capitals += is_upper(p.s[i]);
		digits += is_digit(p.s[i]);
	}
	while (i > 0 && !is_digit(p.s[i - 1]))
		i--;
	return i > 0 && i <= CODE_MAX && capitals >= 2 && is_upper(p.s[0]) && is_upper(p.s[1]) && digits > 0 && digits <= 5 ? i : 0;
}

static bool
read_code(struct part p, struct opening *o)
{
	bool bracket = p.n > 0 && *p.s == '[';
	struct part code = skip(p, bracket), rest;
	size_t n = code_length(code);

	if (n == 0)
		return false;
	rest = skip(code, n);
	if (bracket && (rest.n == 0 || *rest.s != ']'))
		return false;
	if (!bracket && skip_blanks(rest).n > 0 && !starts(skip_blanks(rest), ": ") && !starts(skip_blanks(rest), "\xE2\x80\x93 "))
		return false;
	set(o, PROVISION_CODE, code, n, (struct part){ code.s, n });
	o->rest = skip_marks(skip(rest, bracket));
	return true;
}

/* "3.2.1 Scope", "3. Scope", "3.2": numbers of one to three figures. */
static bool
read_point(struct part p, struct opening *o)
{
	size_t i = 0, digits, numbers = 0;
	struct part rest;
	bool dot = false;

	while ((digits = count_digits(skip(p, i))) > 0 && digits <= 3) {
		i += digits;
		numbers++;
		dot = i < p.n && p.s[i] == '.';
		if (!dot || i + 1 >= p.n || !is_digit(p.s[i + 1]))
			break;
		i++;
	}
	if (numbers == 0 || digits > 3 || digits == 0)
		return false;
	rest = skip(p, i + dot);
	if (numbers == 1 ? !dot || (rest.n > 0 && skip_blanks(rest).s == rest.s) : rest.n > 0 && skip_blanks(rest).s == rest.s && !is_upper(*rest.s))
		return false;
	rest = skip_blanks(rest);
	if (rest.n > 0 && (numbers == 1 ? !is_letter(*rest.s) && strchr("(\"'[", *rest.s) == NULL : !is_letter(*rest.s) || label_goes_on(rest.s, rest.n)))
		return false;
	set(o, PROVISION_POINT, p, i, (struct part){ p.s, i });
	o->depth = (unsigned)numbers;
	o->rest = rest;
	return true;
}

/* "A. General", "IV. Limits": only as a heading, for names begin so too. */
static bool
read_capital(struct part p, struct opening *o)
{
	size_t n = roman(p, "IVX");
	struct part rest;

	if (n == 0)
		n = p.n > 1 && is_upper(*p.s) && !is_letter(p.s[1]) ? 1 : 0;
	if (n == 0 || p.n < n + 3 || p.s[n] != '.' || p.s[n + 1] != ' ')
		return false;
	rest = skip_blanks(skip(p, n + 1));
	if (rest.n == 0 || rest.n > HEADING_MAX || label_goes_on(rest.s, rest.n) || strchr(".;,", rest.s[rest.n - 1]) != NULL)
		return false;
	set(o, PROVISION_POINT, p, n, (struct part){ p.s, n });
	o->rest = rest;
	return true;
}

static size_t
item_number(struct part p, unsigned *form)
{
	size_t n = count_digits(p);

	*form = ITEM_NUMBER;
	if (n > 0)
		return n <= 3 ? n + (n < p.n && p.s[n] >= 'a' && p.s[n] <= 'z') : 0;
	n = roman(p, "ivx");
	*form = ITEM_ROMAN;
	if (n > 0 && n <= 5)
		return n;
	*form = ITEM_LETTER;
	if (p.n > 0 && ((*p.s >= 'a' && *p.s <= 'z') || is_upper(*p.s)))
		return p.n > 1 && p.s[1] == *p.s ? 2 : 1;	/* "aa" */
	return 0;
}

/* "(a)", "(12)", "a)", "1)", "a.", "1- " */
static bool
read_item(struct part p, struct opening *o)
{
	bool bracket = p.n > 0 && *p.s == '(';
	struct part number = skip(p, bracket), rest;
	unsigned form;
	size_t n = item_number(number, &form);
	char mark = n > 0 && n < number.n ? number.s[n] : '\0';

	if (mark != ')' && (bracket || !((mark == '.' && form != ITEM_NUMBER && !is_upper(*number.s)) || (mark == '-' && form == ITEM_NUMBER))))
		return false;
	rest = skip(number, n + 1);
	if (rest.n > 0 && skip_blanks(rest).s == rest.s)
		return false;
	set(o, PROVISION_ITEM, p, (size_t)bracket + n + (mark == ')'), (struct part){ number.s, n });
	o->depth = form;
	o->rest = skip_blanks(rest);
	return true;
}

/* The first cell of a row. */
static bool
read_row(struct part p, struct opening *o)
{
	struct part cell = skip_blanks(skip(p, 1));
	size_t n = 0;

	while (n < cell.n && !(cell.s[n] == '|' && (n == 0 || cell.s[n - 1] != '\\')))
		n++;
	while (n > 0 && cell.s[n - 1] == ' ')
		n--;
	set(o, PROVISION_ROW, cell, n, (struct part){ cell.s, n });
	return true;
}

static bool
read_note(struct part p, struct opening *o)
{
	size_t n = count_digits(skip(p, 2));

	if (n == 0 || n > 5 || p.n < n + 4 || p.s[2 + n] != ']' || p.s[3 + n] != ':')
		return false;
	set(o, PROVISION_NOTE, p, n + 3, (struct part){ p.s + 2, n });
	return true;
}

bool
label_read(const char *line, size_t n, struct opening *out)
{
	static bool (*const readers[])(struct part p, struct opening *o) = { read_part, read_sign, read_code, read_point, read_item, read_capital };
	struct part p = skip_blanks((struct part){ line, n });

	*out = (struct opening){ .kind = PROVISION_HEADING };
	if (p.n == 0)
		return false;
	if (*p.s == '|')
		return read_row(p, out);
	if (starts(p, "[^"))
		return read_note(p, out);
	while (p.n > 0 && *p.s == '#' && out->hashes < 6) {
		out->hashes++;
		p = skip(p, 1);
	}
	if (out->hashes > 0 && (p.n == 0 || *p.s != ' '))
		return false;
	p = skip_blanks(p);
	if (p.n > 0 && *p.s == '\\')
		p = skip(p, 1);
	for (size_t i = 0; i < COUNT(readers); i++)
		if (readers[i](p, out))
			return true;
	out->label = (struct part){ p.s, 0 };
	out->rest = p;
	return out->hashes > 0 && p.n > 0;
}

bool
label_is_bullet(const char *line, size_t n)
{
	static const char *const marks[] = { "- ", "* ", "\xE2\x80\xA2", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xC2\xB7", "\xEF\x82\xB7", "\xE2\x96\xAA", "\xE2\x97\xA6" };
	struct part p = skip_blanks((struct part){ line, n });

	for (size_t i = 0; i < COUNT(marks); i++)
		if (starts(p, marks[i]))
			return true;
	return false;
}
