/* The values of a section: codes, words, masks, checked one by one. */
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "rules.h"

#define PATTERN_MAX 200		/* bytes of one word, folded */

bool
rules_language(const char *code)
{
	static const char codes[] = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
		"es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko "
		"kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt "
		"qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo "
		"wa wo xh yi yo za zh zu ";
	char wanted[] = { ' ', code[0], code[0] != '\0' ? code[1] : '\0', ' ', '\0' };

	return strlen(code) == 2 && strchr(code, ' ') == NULL && strstr(codes, wanted) != NULL;
}

static int
read_codes(const struct conf *c, const struct conf_entry *e, enum code_system system, struct draft *d, struct error *err)
{
	AUTO_STRV parts = STRV_INIT;
	struct code_rule rule;
	const char *why;

	strv_split(&parts, e->value, ",");
	if (parts.n == 0)
		return conf_error(c, e, err, "no code");
	for (size_t i = 0; i < parts.n; i++) {
		if (!code_rule_parse(system, parts.v[i], &rule, &why))
			return conf_error(c, e, err, "'%s': %s", parts.v[i], why);
		code_rules_add(&d->sector.codes[system], &rule);
	}
	return 0;
}

static int
read_hs(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return read_codes(c, e, CODE_HS, d, err);
}

static int
read_ics(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return read_codes(c, e, CODE_ICS, d, err);
}

static int
read_tris(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return read_codes(c, e, CODE_TRIS, d, err);
}

static int
read_pattern(const struct conf *c, const struct conf_entry *e, const char *lang, bool mask, const char *text, struct draft *d, struct error *err)
{
	struct word_rule w = { .mask = mask };

	if (*text == '=' || *text == '~')
		w.form = *text == '=' ? WORD_WHOLE : WORD_ANYWHERE;
	buf_reset(&d->folded);
	utf8_fold(text + (w.form != WORD_STARTS), &d->folded);
	buf_trim(&d->folded);
	if (d->folded.len == 0)
		return conf_error(c, e, err, "'%s': a pattern without letters", text);
	if (d->folded.len > PATTERN_MAX)
		return conf_error(c, e, err, "'%.40s...': a pattern longer than %d bytes", text, PATTERN_MAX);
	w.written = xstrdup(text);
	w.folded = xstrdup(d->folded.data + 1);
	memcpy(w.lang, lang, strlen(lang) + 1);
	d->sector.words = xgrow(d->sector.words, d->sector.n, &d->sector.cap, sizeof(*d->sector.words));
	d->sector.words[d->sector.n++] = w;
	return 0;
}

/* Patterns between commas; an empty one is a slip worth telling, but for the last. */
static int
read_patterns(const struct conf *c, const struct conf_entry *e, const char *lang, bool mask, const char *list, struct draft *d, struct error *err)
{
	AUTO_BUF part = BUF_INIT;
	bool blank_list = list[strspn(list, " \t\n")] == '\0';
	size_t n;
	int rc;

	for (const char *p = list; ; p += n + 1) {
		p += strspn(p, " \t\n");
		n = strcspn(p, ",");
		buf_reset(&part);
		buf_add(&part, p, n);
		buf_trim(&part);
		if (part.len == 0 && (p[n] != '\0' || blank_list))
			return conf_error(c, e, err, "an empty pattern");
		if (part.len > 0 && (rc = read_pattern(c, e, lang, mask, part.data, d, err)) < 0)
			return rc;
		if (p[n] == '\0')
			return 0;
	}
}

/* "en: ..." -> "en"; what stands before the colon must be a language. *rest is set behind it. */
static bool
read_lang(const char *value, char lang[4], const char **rest)
{
	size_t blanks = strspn(value, " \t"), n = strcspn(value + blanks, ": \t,");
	const char *colon = value + blanks + n + strspn(value + blanks + n, " \t");

	if (*colon != ':' || n != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		char ch = value[blanks + i];

		lang[i] = (char)(ch >= 'A' && ch <= 'Z' ? ch + ('a' - 'A') : ch);
	}
	lang[2] = '\0';
	*rest = colon + 1;
	return true;
}

static int
read_word(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	const char *list;
	char lang[4];

	if (!read_lang(e->value, lang, &list))
		return conf_error(c, e, err, "'%.40s' does not begin with a language of two letters and ':', as in 'en: toy'", e->value);
	if (!rules_language(lang))
		return conf_error(c, e, err, "'%s' is no language (ISO 639-1)", lang);
	return read_patterns(c, e, lang, false, list, d, err);
}

/* A mask holds for texts in any language unless it names one. */
static int
read_mask(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	const char *list;
	char lang[4];

	if (!read_lang(e->value, lang, &list) || !rules_language(lang))
		return read_patterns(c, e, "", true, e->value, d, err);
	return read_patterns(c, e, lang, true, list, d, err);
}

static int
read_title(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(e->value, strlen(e->value), false, &clean);
	if (clean.len == 0)
		return conf_error(c, e, err, "an empty title");
	free(d->sector.title);
	d->sector.title = buf_take(&clean);
	return 0;
}

static int
read_enabled(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return conf_bool(c, e, &d->enabled, err);
}

static const struct {
	const char *key;
	int (*read)(const struct conf *, const struct conf_entry *, struct draft *, struct error *);
} keys[] = {
	{ "title", read_title }, { "hs", read_hs }, { "ics", read_ics }, { "tris", read_tris }, { "word", read_word }, { "mask", read_mask },
	{ "enabled", read_enabled },
};

int
rules_read_entry(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	const char *names[sizeof(keys) / sizeof(keys[0])], *near;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(e->key, keys[i].key) == 0)
			return keys[i].read(c, e, d, err);
		names[i] = keys[i].key;
	}
	near = conf_nearest(e->key, names, sizeof(keys) / sizeof(keys[0]));
	return conf_error(c, e, err, "unknown key%s%s%s", near != NULL ? ", did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
}
