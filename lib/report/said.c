#include "said.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "../notice/symbol.h"
#include "../redline/requirements.h"

/* Columns: enough to judge by; the link leads to the rest. */
#define TITLE_COLUMNS 500
#define TEXT_COLUMNS 400
#define REASON_COLUMNS 300
#define SYMBOL_COLUMNS 80
#define LINK_BYTES 1000
#define PROBLEM_COLUMNS 200
#define REQUIREMENT_COLUMNS 300
#define REQUIREMENTS_SHOWN 5
#define PROBLEMS 8		/* of a feed */

const char *
said_or(const char *s, const char *instead)
{
	return s != NULL ? s : instead;
}

void
said_plain(const char *s, size_t columns, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(s, strlen(s), false, &clean);
	if (columns == 0)
		buf_adds(out, buf_str(&clean));
	else
		utf8_ellipsis(buf_str(&clean), columns, out);
}

static char *
plain(const char *s, size_t columns)
{
	struct buf out = BUF_INIT;

	said_plain(said_or(s, ""), columns, &out);
	return buf_take(&out);
}

const char *
said_language(const char *code)
{
	static const struct { const char *code, *name; } known[] = {
		{ "ar", "Arabic" }, { "bg", "Bulgarian" }, { "cs", "Czech" }, { "da", "Danish" }, { "de", "German" }, { "el", "Greek" },
		{ "en", "English" }, { "es", "Spanish" }, { "et", "Estonian" }, { "fi", "Finnish" }, { "fr", "French" }, { "ga", "Irish" },
		{ "he", "Hebrew" }, { "hr", "Croatian" }, { "hu", "Hungarian" }, { "is", "Icelandic" }, { "it", "Italian" },
		{ "ja", "Japanese" }, { "ko", "Korean" }, { "lt", "Lithuanian" }, { "lv", "Latvian" }, { "mt", "Maltese" }, { "nl", "Dutch" },
		{ "no", "Norwegian" }, { "pl", "Polish" }, { "pt", "Portuguese" }, { "ro", "Romanian" }, { "ru", "Russian" }, { "sk", "Slovak" },
		{ "sl", "Slovenian" }, { "sv", "Swedish" }, { "th", "Thai" }, { "tr", "Turkish" }, { "uk", "Ukrainian" }, { "vi", "Vietnamese" },
		{ "zh", "Chinese" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].code, code) == 0)
			return known[i].name;
	return code;
}

void
said_distance(struct date day, struct date today, struct buf *out)
{
	int32_t days = date_days(day) - date_days(today);

	if (days < 0)
		buf_adds(out, "passed");
	else if (days == 0)
		buf_adds(out, "today");
	else if (days == 1)
		buf_adds(out, "tomorrow");
	else
		buf_addf(out, "in %d days", (int)days);
}

bool
said_is_link(const char *url)
{
	if (url == NULL || (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0) || strlen(url) > LINK_BYTES)
		return false;
	for (; *url != '\0'; url++)
		if (*url <= ' ' || *url > '~' || strchr("\"'<>\\^`{|}", *url) != NULL)
			return false;
	return true;
}

void
said_events(enum source source, const struct events *e, struct buf *out)
{
	AUTO_STRV words = STRV_INIT;

	for (size_t i = 0; i < e->n; i++) {
		AUTO_BUF one = BUF_INIT, cut = BUF_INIT;

		event_describe_of(source, &e->v[i], &one);
		said_plain(buf_str(&one), REASON_COLUMNS, &cut);
		if (!strv_has(&words, buf_str(&cut)))
			strv_add(&words, buf_str(&cut));
	}
	strv_join(&words, "; ", out);
}

/* ---- an item ---- */

static struct said_fact *
add_fact(struct said *s, const char *label, char *value)
{
	struct said_fact *f;

	if (value == NULL || *value == '\0' || s->n == SAID_FACTS) {
		free(value);
		return NULL;
	}
	f = &s->facts[s->n++];
	*f = (struct said_fact){ .label = label, .value = value };
	return f;
}

static void
add_text(struct said *s, const char *label, const struct text *t)
{
	struct said_fact *f = t->s != NULL ? add_fact(s, label, plain(t->s, TEXT_COLUMNS)) : NULL;

	if (f != NULL)
		memcpy(f->lang, t->lang, sizeof(f->lang));
}

static void
add_link(struct said *s, const char *label, const char *url)
{
	struct said_fact *f;

	if (url == NULL || strlen(url) > LINK_BYTES)
		return;
	f = add_fact(s, label, plain(url, 0));
	if (f == NULL)
		return;
	f->link = said_is_link(f->value);
	if (f->link && s->link == NULL)
		s->link = xstrdup(f->value);
}

/* TRIS shows each notification in all official languages of the EU, at addresses that differ in one word. */
static void
add_source(struct said *s, const struct digest *d, enum source source, const char *url)
{
	static const char languages[] = " bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv ", english[] = "/en/notification/";
	const char *at = url != NULL && source == SOURCE_TRIS ? strstr(url, english) : NULL;
	AUTO_FREE char *word = xasprintf(" %s ", said_or(d->language, "en")), *own = NULL;

	if (at != NULL && strlen(word) == 4 && strstr(languages, word) != NULL)
		own = xasprintf("%.*s/%.2s%s", (int)(at - url), url, word + 1, at + 3);
	add_link(s, "Source", own != NULL ? own : url);
}

/* The language is told when it is not that of the digest's own words. */
static void
add_language(struct said *s, const struct notice *n)
{
	AUTO_FREE char *code = plain(n->title.lang[0] != '\0' ? n->title.lang : n->language, 20);

	if (*code != '\0' && strcmp(code, "en") != 0)
		add_fact(s, "Language", xstrdup(said_language(code)));
}

/* A record that is told for the first time is shown itself, not as a difference. */
static void
add_content(struct said *s, const struct digest_item *item)
{
	if (item->redline.n > 0)
		return;
	add_text(s, "Products", &item->notice.products);
	add_text(s, "Content", &item->notice.description);
}

/* What the change of attached texts asks of people, as evidence: a sentence, and the weightiest of it. */
static void
add_requirements(struct said *s, const struct digest_item *item)
{
	AUTO_REQUIREMENTS q = REQUIREMENTS_INIT;
	struct buf summary = BUF_INIT;
	bool summary_told;

	if (item->redline.documents_n == 0)
		return;
	requirements_find(&item->redline, &q);
	requirements_summary(&q, &summary);
	summary_told = summary.len > 0;
	if (summary_told)
		add_fact(s, "Evidence", buf_take(&summary));
	for (size_t i = 0; i < q.n && i < REQUIREMENTS_SHOWN && q.v[i].kind != REQUIREMENT_WORDING; i++) {
		AUTO_BUF line = BUF_INIT;

		requirement_line(&q.v[i], &line);
		add_fact(s, summary_told || i > 0 ? "" : "Evidence", plain(buf_str(&line), REQUIREMENT_COLUMNS));
	}
	buf_clear(&summary);
}

static const char *
named_member(const char *code)
{
	return code != NULL && *code != '\0' ? member_name(code) : "unknown member";
}

void
said_item(const struct digest *d, const struct digest_item *item, struct said *out)
{
	const struct notice *n = &item->notice;
	struct buf events = BUF_INIT;

	*out = (struct said){ .symbol = plain(n->id, SYMBOL_COLUMNS), .member = named_member(n->member), .source = n->source };
	out->title = plain(said_or(n->title.s, "(without a title)"), TITLE_COLUMNS);
	memcpy(out->lang, n->title.lang, sizeof(out->lang));
	said_events(item->notice.source, &item->events, &events);
	add_fact(out, "Event", buf_take(&events));
	add_fact(out, "Why", plain(item->reason, REASON_COLUMNS));
	add_language(out, n);
	add_content(out, item);
	add_requirements(out, item);
	add_link(out, "Page", item->page);
	add_source(out, d, n->source, n->url);
	out->rungs_n = deadline_ladder(item->effective_deadline, n->source, &d->leads, &out->rungs);
	if (out->rungs_n == 0)
		add_fact(out, "Deadline", xstrdup("none given"));
}

void
said_deadline(const struct digest *d, const struct digest_deadline *dl, struct said *out)
{
	char day[DATE_TEXT];

	*out = (struct said){ .symbol = plain(dl->dossier, SYMBOL_COLUMNS), .member = named_member(dl->member), .source = dl->source };
	out->title = plain(said_or(dl->title, "(without a title)"), TITLE_COLUMNS);
	if (date_is_set(dl->remind))
		add_fact(out, "Reminder", xasprintf("due %s", date_format(dl->remind, day)));
	add_fact(out, "Why", plain(dl->reason, REASON_COLUMNS));
	add_link(out, "Page", dl->page);
	add_source(out, d, dl->source, dl->url);
	out->rungs_n = deadline_ladder(dl->deadline, dl->source, &d->leads, &out->rungs);
}

void
said_clear(struct said *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->facts[i].value);
	free(s->symbol);
	free(s->title);
	free(s->rungs);
	free(s->link);
	memset(s, 0, sizeof(*s));
}

/* ---- the frame ---- */

static void
cover_feed(const struct digest *d, const struct digest_coverage *c, struct strv *out)
{
	AUTO_BUF line = BUF_INIT;
	int32_t age = date_is_set(c->read) ? date_days(d->today) - date_days(c->read) : 0;
	char day[DATE_TEXT];

	said_plain(c->feed, 40, &line);
	if (c->off)
		buf_adds(&line, ": not read, it is not enabled");
	else if (!date_is_set(c->read))
		buf_adds(&line, ": never read completely");
	else
		buf_addf(&line, ": read up to %s", date_format(c->read, day));
	if (age > 1 && !c->off)
		buf_addf(&line, ", which is %d days ago", (int)age);
	if (c->problems.n > 0)
		buf_addf(&line, "; %zu problem%s", c->problems.n, c->problems.n == 1 ? "" : "s");
	strv_add(out, buf_str(&line));
	for (size_t i = 0; i < c->problems.n && i < PROBLEMS; i++) {
		AUTO_FREE char *problem = plain(c->problems.v[i], PROBLEM_COLUMNS);

		strv_take(out, xasprintf("\t%s", problem));
	}
	if (c->problems.n > PROBLEMS)
		strv_take(out, xasprintf("\tand %zu more: 'regwatch status' shows them", c->problems.n - PROBLEMS));
}

void
said_coverage(const struct digest *d, struct strv *out)
{
	for (size_t i = 0; i < sizeof(d->coverage) / sizeof(d->coverage[0]); i++)
		if (d->coverage[i].feed != NULL)
			cover_feed(d, &d->coverage[i], out);
	if (d->uncoded > 0)
		strv_take(out, xasprintf("%ld event%s since the last digest match%s no sector: 'regwatch list --uncoded' shows them",
		    d->uncoded, d->uncoded == 1 ? "" : "s", d->uncoded == 1 ? "es" : ""));
	else
		strv_add(out, "No event since the last digest is without a sector");
}

void
said_rest(const struct digest *d, size_t rest, struct buf *out)
{
	struct date since = d->today;
	char day[DATE_TEXT];

	for (size_t i = 0; i < d->items_n; i++) {
		struct date at = date_of_instant(d->items[i].at);

		since = date_cmp(at, since) < 0 ? at : since;
	}
	buf_addf(out, "%zu more %s no room here: 'regwatch log --since %s' and 'regwatch deadlines' show them", rest, rest == 1 ? "has" : "have",
	    date_format(since, day));
}
