#include "tris_header.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/utf8.h"
#include "tris_message.h"
#include "tris_words.h"

#define PAIRS_MAX 400
#define LABEL_MAX 100		/* bytes: "Issue of detailed opinion by" has 28 */
#define VALUE_MAX 4000

/* Labels and values of one layout, in the page's order. */
struct pairs {
	struct strv labels, values;
};

/* What a layout calls a label; its value is the next element if that is one of 'value' with 'value_class' in its class. */
static const struct {
	const char *label, *value, *value_class;
} layouts[] = {
	{ "//div[contains(@class,'ecl-col-3') or contains(@class,'ecl-col-m-3') or contains(@class,'ecl-col-l-3')]", "div", "ecl-col" },
	{ "//dt", "dd", "" },
	{ "//tr/th", "td", "" },
	{ "//tr/td[1]", "td", "" },
};

#define LAYOUTS (sizeof layouts / sizeof layouts[0])

static void
pairs_clear(struct pairs *p)
{
	strv_clear(&p->labels);
	strv_clear(&p->values);
}

/* The node's text, cleaned; the caller frees. */
static char *
node_text(const xmlNode *node, bool keep_lines)
{
	AUTO_BUF raw = BUF_INIT;
	struct buf clean = BUF_INIT;

	xml_node_text(node, &raw);
	utf8_clean(buf_str(&raw), raw.len, keep_lines, &clean);
	return buf_take(&clean);
}

static bool
is_value(const xmlNode *node, size_t layout)
{
	xmlChar *class;
	bool yes;

	if (node == NULL || xmlStrcmp(node->name, BAD_CAST layouts[layout].value) != 0)
		return false;
	class = xml_attribute(node, "class");
	yes = *layouts[layout].value_class == '\0' ||
	    (class != NULL && strstr((const char *)class, layouts[layout].value_class) != NULL);
	xmlFree(class);
	return yes;
}

static void
pairs_add(struct pairs *pairs, const char *label, const char *value)
{
	if (strlen(label) <= LABEL_MAX && strlen(value) <= VALUE_MAX && *label != '\0' && pairs->labels.n < PAIRS_MAX) {
		strv_add(&pairs->labels, label);
		strv_add(&pairs->values, value);
	}
}

static void
pairs_of_layout(xmlDocPtr doc, size_t layout, struct pairs *pairs)
{
	xmlNode *found[PAIRS_MAX];
	size_t n = xml_find(doc, NULL, layouts[layout].label, found, PAIRS_MAX);

	for (size_t i = 0; i < n; i++) {
		xmlNode *next = xmlNextElementSibling(found[i]);
		AUTO_FREE char *label = NULL;
		AUTO_BUF value = BUF_INIT;

		for (; is_value(next, layout); next = xmlNextElementSibling(next)) {
			AUTO_FREE char *part = node_text(next, true);

			if (value.len > 0 && *part != '\0')
				buf_addc(&value, '\n');
			buf_adds(&value, part);
			if (strcmp(layouts[layout].value, "dd") != 0)
				break;	/* only a term may have several values */
		}
		label = node_text(found[i], false);
		if (value.len > 0)
			pairs_add(pairs, label, buf_str(&value));
	}
}

static bool
knows_number(const struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->labels.n; i++) {
		AUTO_FREE char *number = NULL;

		if (tris_label_of(pairs->labels.v[i]) != TRIS_LABEL_NUMBER)
			continue;
		number = tris_number_in(pairs->values.v[i]);
		if (number != NULL)
			return true;
	}
	return false;
}

/* Label and value of a line "Label: value"; both point into the line, which is cut. */
static bool
split_line(char *line, char **label, char **value)
{
	char *colon = strchr(line, ':');

	if (colon == NULL || colon - line > LABEL_MAX)
		return false;
	*label = line;
	*value = colon + 1 + strspn(colon + 1, " ");
	while (colon > line && colon[-1] == ' ')
		colon--;
	*colon = '\0';
	return true;
}

/* The text form: from the line with the number on, "Label: value", the value maybe on the next line. *number_line is the number's. */
static void
pairs_of_text(const struct strv *lines, struct pairs *pairs, size_t *number_line)
{
	for (size_t i = 0; i < lines->n; i++) {
		AUTO_FREE char *line = xstrdup(lines->v[i]);
		char *label, *value;

		if (!split_line(line, &label, &value))
			continue;
		if (pairs->labels.n == 0) {
			if (tris_label_of(label) != TRIS_LABEL_NUMBER)
				continue;
			*number_line = i;
		}
		if (*value == '\0' && i + 1 < lines->n && strchr(lines->v[i + 1], ':') == NULL)
			value = lines->v[i + 1];
		if (*value != '\0')
			pairs_add(pairs, label, value);
	}
}

static bool
read_date(const char **p, struct date *out)
{
	static const char separators[] = "/-.";

	*p += strspn(*p, " \n");
	for (const char *sep = separators; *sep != '\0'; sep++)
		if (date_parse_dmy(*p, *sep, out, p))
			return true;
	return false;
}

/* "27/02/2017 ( 29/05/2017)": behind the first date the extended one. */
static void
read_standstill(struct tris_header *h, const char *value, struct strv *warnings)
{
	const char *p = value;

	if (date_is_set(h->standstill) || tris_is_blank(value))
		return;
	if (!read_date(&p, &h->standstill)) {
		tris_warn(warnings, "header: end of standstill: '%.*s' is no date", (int)utf8_fit(value, 60), value);
		h->standstill_unclear = true;
		return;
	}
	p += strspn(p, " \n");
	if (*p != '(')
		return;
	p++;
	if (!read_date(&p, &h->extended))
		tris_warn(warnings, "header: end of standstill: '%.*s' has no date in brackets", (int)utf8_fit(value, 60), value);
	else if (date_cmp(h->extended, h->standstill) < 0)
		tris_warn(warnings, "header: end of standstill: '%.*s' is extended backwards", (int)utf8_fit(value, 60), value);
}

static void
read_received(struct tris_header *h, const char *value, struct strv *warnings)
{
	if (!date_is_set(h->received) && !read_date(&value, &h->received))
		tris_warn(warnings, "header: date received: '%.*s' is no date", (int)utf8_fit(value, 60), value);
}

static void
read_number(struct tris_header *h, const char *value)
{
	const char *open = strrchr(value, '('), *close;

	if (h->number != NULL)
		return;
	h->number = tris_number_in(value);
	if (h->number == NULL || open == NULL || open == value || open[-1] != ' ')
		return;
	close = strchr(open, ')');
	if (close != NULL && close > open + 1) {
		h->country = xstrndup(open + 1, (size_t)(close - open) - 1);
		h->country[strcspn(h->country, "\n")] = '\0';
		for (size_t n = strlen(h->country); n > 0 && h->country[n - 1] == ' '; n--)
			h->country[n - 1] = '\0';
	}
}

/* "Commission,Hungary" */
static void
read_issuers(struct strv *issuers, const char *label, const char *value, struct strv *warnings)
{
	AUTO_STRV names = STRV_INIT;

	strv_split(&names, value, ",;\n");
	for (size_t i = 0; i < names.n; i++) {
		if (tris_is_blank(names.v[i]))
			continue;
		if (names.v[i][0] >= '0' && names.v[i][0] <= '9')
			tris_warn(warnings, "header: '%s': '%.*s' is no issuer", label, (int)utf8_fit(names.v[i], 60), names.v[i]);
		else
			strv_add(issuers, tris_issuer(names.v[i]));
	}
}

/* A withdrawal is a date or words; "No" and "-" say that there is none. */
static void
read_withdrawal(struct tris_header *h, const char *label, const char *value)
{
	enum answer answer = tris_answer(value, "en");

	if (h->withdrawal != NULL || tris_is_blank(value) || answer == ANSWER_NO)
		return;
	h->withdrawal = xstrdup(answer == ANSWER_YES ? label : value);
}

static void
read_unknown(struct tris_header *h, const char *label, const char *value, struct strv *warnings)
{
	const char *p = value;
	struct date date;

	if (tris_says_withdrawn(value)) {
		read_withdrawal(h, label, value);
		return;
	}
	tris_warn(warnings, "header: unknown label '%.*s': '%.*s'", (int)utf8_fit(label, 60), label, (int)utf8_fit(value, 60), value);
	if (read_date(&p, &date))
		h->standstill_unclear = true;
}

static void
read_pair(struct tris_header *h, const char *label, const char *value, struct strv *warnings)
{
	switch (tris_label_of(label)) {
	case TRIS_LABEL_NUMBER:
		read_number(h, value);
		break;
	case TRIS_LABEL_RECEIVED:
		read_received(h, value, warnings);
		break;
	case TRIS_LABEL_STANDSTILL:
		read_standstill(h, value, warnings);
		break;
	case TRIS_LABEL_OPINIONS:
		read_issuers(&h->opinions_by, label, value, warnings);
		break;
	case TRIS_LABEL_COMMENTS:
		read_issuers(&h->comments_by, label, value, warnings);
		break;
	case TRIS_LABEL_WITHDRAWN:
		read_withdrawal(h, label, value);
		break;
	case TRIS_LABEL_TEXTS:
		break;
	case TRIS_LABEL_UNKNOWN:
		read_unknown(h, label, value, warnings);
		break;
	}
}

/* The heading of the content; the site's own name and "Notification Detail" are none. */
static void
read_title(xmlDocPtr doc, struct tris_header *h)
{
	static const char *const headings[] = {
		"//main//h1", "//*[@role='main']//h1", "//div[contains(@class,'trisDetails')]//*[self::h1 or self::h2 or self::h3]", "//h1", "//main//h2",
		"//h2[not(ancestor::header)]",
	};

	for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
		xmlNode *found[8];
		size_t n = xml_find(doc, NULL, headings[i], found, 8);

		for (size_t k = 0; k < n; k++) {
			AUTO_FREE char *text = node_text(found[k], false);

			if (*text != '\0' && !tris_is_generic_heading(text)) {
				h->title = TAKE(text);
				return;
			}
		}
	}
}

/* In the text form the title is what stands between the page's name and the number. */
static void
read_title_lines(const struct strv *lines, size_t number_line, struct tris_header *h)
{
	AUTO_BUF title = BUF_INIT;
	size_t first = number_line;

	while (first > 0 && !tris_is_generic_heading(lines->v[first - 1]))
		first--;
	if (first == 0 && number_line > 0)
		first = number_line - 1;	/* no name of the page to start from */
	for (size_t i = first; i < number_line; i++)
		buf_addf(&title, "%s%s", title.len > 0 ? " " : "", lines->v[i]);
	if (title.len > 0)
		h->title = buf_take(&title);
}

/* A line of its own that says so, anywhere above the message but in the title and the labels. */
static void
find_withdrawal(struct tris_header *h, const struct strv *lines, const struct strv *seen)
{
	for (size_t i = 0; i < lines->n && h->withdrawal == NULL; i++)
		if (tris_says_withdrawn(lines->v[i]) && (h->title == NULL || strstr(h->title, lines->v[i]) == NULL) && !strv_has(seen, lines->v[i]))
			h->withdrawal = xstrdup(lines->v[i]);
}

void
tris_header_read(xmlDocPtr doc, const char *above, struct tris_header *out, struct strv *warnings)
{
	struct pairs pairs = { STRV_INIT, STRV_INIT };
	AUTO_STRV lines = STRV_INIT;
	size_t number_line = 0, layout;

	memset(out, 0, sizeof(*out));
	strv_split(&lines, above, "\n");
	for (layout = 0; layout < LAYOUTS; layout++) {
		pairs_of_layout(doc, layout, &pairs);
		if (knows_number(&pairs))
			break;
		pairs_clear(&pairs);
	}
	if (layout == LAYOUTS)
		pairs_of_text(&lines, &pairs, &number_line);
	for (size_t i = 0; i < pairs.labels.n; i++)
		read_pair(out, pairs.labels.v[i], pairs.values.v[i], warnings);
	read_title(doc, out);
	if (out->title == NULL && layout == LAYOUTS)
		read_title_lines(&lines, number_line, out);
	find_withdrawal(out, &lines, &pairs.labels);
	if (date_is_set(out->standstill))
		out->standstill_unclear = false;
	pairs_clear(&pairs);
}

void
tris_header_clear(struct tris_header *h)
{
	free(h->number);
	free(h->country);
	free(h->title);
	free(h->withdrawal);
	strv_clear(&h->comments_by);
	strv_clear(&h->opinions_by);
	memset(h, 0, sizeof(*h));
}
