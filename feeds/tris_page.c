#include "tris_page.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "../lib/base/xml.h"
#include "../lib/notice/symbol.h"
#include "tris_header.h"
#include "tris_links.h"
#include "tris_message.h"
#include "tris_words.h"

#define FURNITURE_MAX 100
#define ERROR_TEXT_MAX 3000	/* bytes of text; the shortest notification has more */
#define END_WITHIN 4096		/* bytes from the end in which a whole page closes its html */
#define CHARSET_WITHIN 2048	/* HTML wants the declaration in the first 1,024 bytes */

/* ---- page -> text ---- */

static bool
declares_charset(const char *html, size_t n)
{
	for (size_t i = 0; i + 8 < n && i < CHARSET_WITHIN; i++)
		if (strncasecmp(html + i, "charset=", 8) == 0)
			return true;
	return n >= 2 && ((html[0] == '\xFF' && html[1] == '\xFE') || (html[0] == '\xFE' && html[1] == '\xFF'));
}

/* Parses; a page that is neither declared nor UTF-8 is read as windows-1252, as browsers do. NULs, where a parser of C strings would stop,
 * are blanks. */
static int
parse_page(const char *html, size_t n, const char *charset, xmlDocPtr *doc, struct error *err)
{
	AUTO_BUF plain = BUF_INIT;

	if (n == 0 || n > LIMIT_ANSWER)
		return error_set(err, ERR_DATA, n == 0 ? "empty page" : "page of %zu bytes is too large", n);
	if (*charset != '\0' || declares_charset(html, n))
		return xml_parse_html(html, n, charset, doc, err);
	buf_add(&plain, html, n);
	for (char *p = plain.data; (p = memchr(p, '\0', n - (size_t)(p - plain.data))) != NULL;)
		*p = ' ';
	return xml_parse_html(plain.data, n, utf8_likely(plain.data, n) ? "utf-8" : "windows-1252", doc, err);
}

/* The site was seen to send pages that stop in the middle. */
static bool
is_cut(const char *html, size_t n)
{
	for (size_t i = n > END_WITHIN ? n - END_WITHIN : 0; i + 6 <= n; i++)
		if (strncasecmp(html + i, "</html", 6) == 0)
			return false;
	return true;
}

/* Menus and the page's foot are no text of the notification. */
static void
drop_furniture(xmlDocPtr doc)
{
	xmlNode *found[FURNITURE_MAX];
	size_t n = xml_find(doc, NULL, "//nav | //footer | //*[starts-with(@class,'ecl-site-footer') or starts-with(@class,'ecl-footer')]",
	    found, FURNITURE_MAX);

	for (size_t i = 0; i < n; i++)
		xmlUnlinkNode(found[i]);
	for (size_t i = 0; i < n; i++)
		xmlFreeNode(found[i]);
}

static void
page_text(xmlDocPtr doc, const char *where, struct buf *out)
{
	AUTO_BUF raw = BUF_INIT;
	xmlNode *found[1];

	buf_reset(out);
	if (xml_find(doc, NULL, where, found, 1) == 0)
		return;
	xml_node_text(found[0], &raw);
	utf8_clean(buf_str(&raw), raw.len, true, out);
}

/* The text of the page's content and the message in it; of the whole body when the message is not in what looks like the content. */
static bool
read_message(xmlDocPtr doc, struct buf *text, struct tris_message *m, struct strv *warnings)
{
	static const char *const places[] = { "//main", "//*[@role='main']", "//div[contains(@class,'trisDetails')]", "//body" };

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		page_text(doc, places[i], text);
		tris_message_clear(m);
		if (text->len > 0 && tris_message_read(buf_str(text), text->len, m, warnings))
			return true;
	}
	m->start = text->len;
	m->last = -1;
	tris_warn(warnings, "page: no message");
	return false;
}

/* ---- message -> notice ---- */

struct item_field {
	int slot;
	size_t offset;
};

static const struct item_field text_items[] = {
	{ TRIS_PRODUCTS, offsetof(struct notice, products) },
	{ TRIS_OTHER_ACT, offsetof(struct notice, other_act) },
	{ TRIS_CONTENT, offsetof(struct notice, description) },
	{ TRIS_GROUNDS, offsetof(struct notice, rationale) },
	{ TRIS_BASIC_TEXTS, offsetof(struct notice, basic_texts) },
	{ TRIS_URGENCY_GROUNDS, offsetof(struct notice, grounds_for_urgency) },
	{ TRIS_IMPACT, offsetof(struct notice, impact) },
	{ TRIS_TBT_SPS, offsetof(struct notice, tbt_sps) },
};

static const struct item_field answer_items[] = {
	{ TRIS_URGENCY, offsetof(struct notice, urgency_invoked) },
	{ TRIS_CONFIDENTIAL, offsetof(struct notice, confidential) },
	{ TRIS_FISCAL, offsetof(struct notice, fiscal) },
};

/* Fields that come from an item in their own ways. */
static const struct item_field other_items[] = {
	{ TRIS_LINE, offsetof(struct notice, type) },
	{ TRIS_LINE, offsetof(struct notice, message) },
	{ TRIS_LINE, offsetof(struct notice, language) },
	{ TRIS_CONTACT, offsetof(struct notice, contact) },
	{ TRIS_CONTACT, offsetof(struct notice, agency) },
	{ TRIS_NUMBER, offsetof(struct notice, category) },
	{ TRIS_NUMBER, offsetof(struct notice, category_label) },
	{ TRIS_CONTENT, offsetof(struct notice, keywords) },
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

/* Items 5 and later of a reaction (observations, detailed opinion) are its own, not the notification's. */
static const char *
item_of(const struct tris_message *m, int slot)
{
	return m->reaction && slot > TRIS_NUMBER ? NULL : m->item[slot];
}

static void
unknown_field(struct notice *out, size_t offset)
{
	out->known &= ~(UINT64_C(1) << notice_row(offset));
}

/* Address lines as one: "Palackého náměstí 4; 128 01 Praha 2". */
static void
set_address(char **field, const char *item)
{
	AUTO_STRV lines = STRV_INIT;
	AUTO_BUF joined = BUF_INIT;

	if (item == NULL || tris_is_blank(item))
		return;
	strv_split(&lines, item, "\n");
	for (size_t i = 0; i < lines.n; i++) {
		size_t n = strlen(lines.v[i]);

		while (n > 0 && strchr(",; ", lines.v[i][n - 1]) != NULL)
			n--;
		if (n == 0)
			continue;
		if (joined.len > 0)
			buf_adds(&joined, "; ");
		buf_add(&joined, lines.v[i], n);
	}
	notice_set_line(field, buf_str(&joined));
}

static void
set_texts(struct notice *out, const struct tris_message *m)
{
	for (size_t i = 0; i < COUNT(text_items); i++) {
		const char *item = item_of(m, text_items[i].slot);

		if (item != NULL && !tris_is_blank(item))
			notice_set_text((struct text *)(void *)((char *)out + text_items[i].offset), item, m->lang);
	}
}

static void
set_answers(struct notice *out, const struct tris_message *m, struct strv *warnings)
{
	for (size_t i = 0; i < COUNT(answer_items); i++) {
		const char *item = item_of(m, answer_items[i].slot);
		enum answer *answer = (enum answer *)(void *)((char *)out + answer_items[i].offset);

		if (item == NULL || tris_is_blank(item))
			continue;
		*answer = tris_answer(item, m->lang);
		if (*answer == ANSWER_UNKNOWN)
			tris_warn(warnings, "message: item %s: '%.*s' is neither yes nor no", tris_item_name(answer_items[i].slot),
			    (int)utf8_fit(item, 60), item);
	}
}

/* Fields of items that are not there, or half there at the end of a page cut off, are none that this page knows. */
static void
forget_items(struct notice *out, const struct tris_message *m, bool cut, const struct item_field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (item_of(m, fields[i].slot) == NULL || (cut && fields[i].slot == m->last))
			unknown_field(out, fields[i].offset);
}

static void
set_known(struct notice *out, const struct tris_message *m, bool cut)
{
	forget_items(out, m, cut, text_items, COUNT(text_items));
	forget_items(out, m, cut, answer_items, COUNT(answer_items));
	forget_items(out, m, cut, other_items, COUNT(other_items));
	if (m->last < TRIS_NUMBER)
		unknown_field(out, offsetof(struct notice, agency));	/* 3B may still have followed */
	if (cut)
		unknown_field(out, offsetof(struct notice, documents));	/* links may have followed */
	if (item_of(m, TRIS_URGENCY) == NULL)
		unknown_field(out, offsetof(struct notice, type));	/* else the merge takes the urgency for known, too */
}

static void
set_message(struct notice *out, const struct tris_message *m, struct strv *warnings)
{
	const char *ministry = m->item[TRIS_MINISTRY];

	set_texts(out, m);
	set_answers(out, m, warnings);
	set_address(&out->contact, m->item[TRIS_CONTACT]);
	set_address(&out->agency, ministry != NULL && !tris_is_blank(ministry) ? ministry : m->item[TRIS_CONTACT]);
	notice_set_line(&out->language, m->lang);
	notice_set_line(&out->category, m->category);
	notice_set_line(&out->category_label, m->category_label);
	if (!m->reaction)
		strv_copy(&out->keywords, &m->keywords);
	if (*m->type != '\0') {
		AUTO_FREE char *type = xasprintf("Message %s", m->type);
		AUTO_FREE char *message = xasprintf("%s %s", m->type, m->communication != NULL ? m->communication : "");

		notice_set_line(&out->type, type);
		notice_set_line(&out->message, message);
	}
	if (m->reaction)
		tris_warn(warnings, "message: %s is a reaction, its items from 5 on are not read", m->type);
}

/* ---- header -> notice ---- */

static void
set_identity(struct notice *out, const struct tris_header *h, const struct tris_message *m, struct strv *warnings)
{
	struct symbol symbol;
	const char *member = "", *named = h->country != NULL ? member_of_name(h->country) : "";

	if (m->number != NULL && strcmp(m->number, h->number) != 0)
		tris_warn(warnings, "number '%s' of the header is '%s' in the message", h->number, m->number);
	if (symbol_parse(h->number, &symbol))
		member = member_of_code(symbol.code, true);
	if (*member != '\0' && *named != '\0' && strcmp(member, named) != 0)
		tris_warn(warnings, "number '%s' is of '%s', the page says '%s'", h->number, member, h->country);
	out->id = xstrdup(h->number);
	out->dossier = xstrdup(h->number);
	strv_add(&out->symbols, h->number);
	out->source = SOURCE_TRIS;
	out->area = AREA_TRIS;
	strcpy(out->member, *member != '\0' ? member : named);
	if (*out->member != '\0')
		strv_add(&out->members, out->member);
	out->urgent = out->urgency_invoked == ANSWER_YES;
	out->kind = kind_of(out->id, out->urgent);
}

static bool
same_words(const char *a, const char *b)
{
	AUTO_BUF fa = BUF_INIT, fb = BUF_INIT;

	utf8_fold(a, &fa);
	utf8_fold(b, &fb);
	return strcmp(buf_str(&fa), buf_str(&fb)) == 0;
}

/* Item 5, on one line; without it, or when the page stops there, the page's heading, whose language nothing tells. */
static void
set_title(struct notice *out, const struct tris_header *h, const struct tris_message *m, bool cut, struct strv *warnings)
{
	const char *item = item_of(m, TRIS_TITLE);
	AUTO_BUF line = BUF_INIT;

	if (item != NULL && !(cut && m->last == TRIS_TITLE && h->title != NULL))
		utf8_clean(item, strlen(item), false, &line);
	if (line.len == 0 || tris_is_blank(buf_str(&line))) {
		notice_set_text(&out->title, h->title, "");
		return;
	}
	if (h->title != NULL && !same_words(h->title, buf_str(&line)))
		tris_warn(warnings, "title '%.*s' of the page is '%.*s' in item 5", (int)utf8_fit(h->title, 80), h->title,
		    (int)utf8_fit(buf_str(&line), 80), buf_str(&line));
	notice_set_text(&out->title, buf_str(&line), m->lang);
}

static void
set_dates(struct notice *out, const struct tris_header *h, const struct tris_message *m, struct strv *warnings)
{
	char header[DATE_TEXT], message[DATE_TEXT];

	out->distributed = date_is_set(h->received) ? h->received : m->received;
	if (date_is_set(h->received) && date_is_set(m->received) && date_cmp(h->received, m->received) != 0)
		tris_warn(warnings, "date received %s of the header is %s in item 1", date_format(h->received, header), date_format(m->received, message));
	out->standstill_original = h->standstill;
	out->standstill_end = date_is_set(h->extended) ? h->extended : h->standstill;
	out->deadline = out->standstill_end;
	if (h->standstill_unclear) {
		unknown_field(out, offsetof(struct notice, standstill_original));
		unknown_field(out, offsetof(struct notice, standstill_end));
		unknown_field(out, offsetof(struct notice, deadline));
	}
}

static void
set_header(struct notice *out, const struct tris_header *h, const struct tris_message *m, bool cut, struct strv *warnings)
{
	set_identity(out, h, m, warnings);
	set_title(out, h, m, cut, warnings);
	set_dates(out, h, m, warnings);
	notice_set_line(&out->withdrawal, h->withdrawal);
	strv_copy(&out->comments_by, &h->comments_by);
	strv_copy(&out->opinions_by, &h->opinions_by);
}

/* The page's address, or NULL, and the links that hang on it. */
static void
set_links(struct notice *out, xmlDocPtr doc, const char *given)
{
	AUTO_FREE char *url = given != NULL && *given != '\0' ? xstrdup(given) : tris_links_address(doc);

	if (url == NULL) {
		unknown_field(out, offsetof(struct notice, url));
		unknown_field(out, offsetof(struct notice, documents));
		return;
	}
	notice_set_line(&out->url, url);
	tris_links_read(doc, url, &out->documents);
}

/* Everything that a record needs is there, or it is said what is not. */
static int
check_complete(const struct tris_header *h, const struct notice *out, struct error *err)
{
	if (out->title.s == NULL)
		return error_set(err, ERR_DATA, "layout unknown: '%s' has no title", h->number);
	if (!date_is_set(out->distributed))
		return error_set(err, ERR_DATA, "layout unknown: '%s' has no date received", h->number);
	return 0;
}

static int
decode_page(xmlDocPtr doc, bool cut, struct notice *out, struct strv *warnings, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	AUTO_TRIS_MESSAGE message = { .last = -1 };
	AUTO_TRIS_HEADER header = { .number = NULL };
	bool found = read_message(doc, &text, &message, warnings);

	if (text.len > 0)
		buf_truncate(&text, message.start);
	tris_header_read(doc, buf_str(&text), &header, warnings);
	if (header.number == NULL)
		return error_set(err, ERR_DATA, "layout unknown: no notification number");
	if (cut && !found)
		return error_set(err, ERR_DATA, "page of '%s' is cut off before the message", header.number);
	set_message(out, &message, warnings);
	set_header(out, &header, &message, cut, warnings);
	set_known(out, &message, cut);
	return check_complete(&header, out, err);
}

int
tris_page_decode(const char *html, size_t n, const char *charset, const char *url, struct notice *out, struct strv *warnings, struct error *err)
{
	AUTO_XML_DOC doc = NULL;
	int rc;

	notice_init(out);
	if (!utf8_valid(html, n) && utf8_likely(html, n))
		tris_warn(warnings, "page: some characters are broken");
	rc = parse_page(html, n, charset, &doc, err);
	if (rc < 0)
		return rc;
	out->known = notice_known_by(WAY_TRIS);
	set_links(out, doc, url);
	drop_furniture(doc);
	rc = decode_page(doc, is_cut(html, n), out, warnings, err);
	if (rc < 0)
		notice_clear(out);
	else
		notice_normalise(out);
	return rc;
}

bool
tris_page_is_error(const char *html, size_t n)
{
	AUTO_XML_DOC doc = NULL;
	AUTO_BUF text = BUF_INIT, title = BUF_INIT;
	AUTO_FREE char *number = NULL;

	if (parse_page(html, n, "", &doc, NULL) < 0)
		return false;
	page_text(doc, "//title", &title);
	page_text(doc, "//body", &text);
	if (text.len > ERROR_TEXT_MAX)
		return false;
	number = tris_number_in(buf_str(&text));
	return number == NULL && (tris_says_error(buf_str(&title)) || tris_says_error(buf_str(&text)));
}

char *
tris_page_url(long page)
{
	return page > 0 ? xasprintf(TRIS_SITE "/en/notification/%ld", page) : NULL;
}
