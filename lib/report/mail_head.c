/* The header of a digest's message. */
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/sha.h"
#include "../notice/symbol.h"
#include "mail_parts.h"
#include "said.h"

#define LINE_BYTES 76
#define FIRST_LINE 10		/* what stands before a value */
#define ENCODED_BYTES 42	/* give 56 characters of base64, with their frame 68 */
#define SUBJECT_CHARACTERS " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
#define PHRASE_CHARACTERS " !#$%&'*+-/=?^_`{|}~"	/* of atoms, RFC 5322, 3.2.3 */
#define NAME_COLUMNS 100
#define RECIPIENTS_MOST 50
#define PARENTS_MOST 20		/* dossiers that a message is threaded with */

CLEANUP_POINTER(address_list, InternetAddressList *, g_object_unref)
#define AUTO_ADDRESSES __attribute__((cleanup(cleanup_address_list))) InternetAddressList

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
all_of(const char *s, size_t n, const char *others)
{
	for (size_t i = 0; i < n; i++)
		if (!is_alnum(s[i]) && (s[i] == '\0' || strchr(others, s[i]) == NULL))
			return false;
	return n > 0;
}

/* Dot-atom on both sides (RFC 5322, 3.4.1), ASCII: what every server takes. */
static bool
is_address(const char *s)
{
	const char *at = s != NULL ? strrchr(s, '@') : NULL;

	return at != NULL && strlen(s) <= 254 && all_of(s, (size_t)(at - s), ".!#$%&'*+-/=?^_`{|}~") && all_of(at + 1, strlen(at + 1), ".-:[]");
}

static bool
has_controls(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return true;
	return false;
}

/* The mailboxes of a list; NULL when there is none, or one of them is no address. */
static InternetAddressList *
parse_addresses(const char *s)
{
	AUTO_ADDRESSES *list = NULL;
	int n;

	mail_library();
	if (s == NULL || has_controls(s) || (list = internet_address_list_parse(NULL, s)) == NULL)
		return NULL;
	n = internet_address_list_length(list);
	for (int i = 0; i < n; i++) {
		InternetAddress *a = internet_address_list_get_address(list, i);

		if (!INTERNET_ADDRESS_IS_MAILBOX(a) || !is_address(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(a))))
			return NULL;
	}
	return n > 0 ? TAKE(list) : NULL;
}

char *
mail_address(const char *mailbox)
{
	AUTO_ADDRESSES *list = parse_addresses(mailbox);

	if (list == NULL || internet_address_list_length(list) != 1)
		return NULL;
	return xstrdup(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(internet_address_list_get_address(list, 0))));
}

/* A header whose value is ready as it stands: short, ASCII, folded where it may be long. The library would fold inside addresses and URLs. */
static void
set_ready(GMimeMessage *m, const char *name, const char *value)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m));
	AUTO_FREE char *line = xasprintf(" %s\n", value);
	int at = g_mime_header_list_get_count(list);

	g_mime_header_list_append(list, name, "", "UTF-8");
	g_mime_header_set_raw_value(g_mime_header_list_get_header_at(list, at), line);
}

/* ---- words ---- */

/* Parts of at most ENCODED_BYTES, cut between characters. */
static void
add_encoded(const char *s, struct strv *words)
{
	while (*s != '\0') {
		size_t n = strlen(s);
		gchar *code;

		if (n > ENCODED_BYTES)
			for (n = ENCODED_BYTES; n > 1 && ((unsigned char)s[n] & 0xc0) == 0x80; n--)
				continue;
		code = g_base64_encode((const guchar *)s, n);
		strv_take(words, xasprintf("=?utf-8?B?%s?=", code));
		g_free(code);
		s += n;
	}
}

/* A text as words of a header, folded: as it is when it is of harmless ASCII characters alone, else in encoded words (RFC 2047). The library makes these
 * longer than the 75 characters allowed when a text has no blanks. */
static void
add_words(const char *s, const char *harmless, struct buf *out)
{
	bool plain = all_of(s, strlen(s), harmless) && strstr(s, "=?") == NULL;
	AUTO_STRV words = STRV_INIT;
	size_t line = FIRST_LINE;

	if (!plain) {
		add_encoded(s, &words);
		strv_join(&words, "\n ", out);
		return;
	}
	strv_split(&words, s, " ");
	for (size_t i = 0; i < words.n; i++) {
		size_t n = strlen(words.v[i]) + 1;

		if (i > 0)
			buf_adds(out, line + n > LINE_BYTES ? "\n " : " ");
		line = line + n > LINE_BYTES ? n : line + n;
		buf_adds(out, words.v[i]);
	}
}

/* ---- addresses ---- */

static void
add_mailbox(InternetAddress *a, struct buf *out)
{
	const char *given = internet_address_get_name(a), *addr = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(a));
	AUTO_BUF name = BUF_INIT;

	said_plain(said_or(given, ""), NAME_COLUMNS, &name);
	if (name.len == 0) {
		buf_adds(out, addr);
		return;
	}
	add_words(buf_str(&name), PHRASE_CHARACTERS, out);
	buf_addf(out, "%s<%s>", name.len + strlen(addr) > 60 ? "\n " : " ", addr);
}

static int
set_addresses(GMimeMessage *m, const char *name, const char *value, int most, struct error *err)
{
	AUTO_ADDRESSES *list = parse_addresses(value);
	AUTO_BUF line = BUF_INIT;

	if (list == NULL || internet_address_list_length(list) > most)
		return error_set(err, ERR_CONF, "%s: no mail address: '%.200s'", name, said_or(value, ""));
	for (int i = 0; i < internet_address_list_length(list); i++) {
		buf_adds(&line, i > 0 ? ",\n " : "");
		add_mailbox(internet_address_list_get_address(list, i), &line);
	}
	set_ready(m, name, buf_str(&line));
	return 0;
}

/* ---- the list ---- */

/* NULL when what is given is none. */
static const char *
list_domain(const struct mail_envelope *e, const char *from)
{
	const char *domain = e->list_domain != NULL && *e->list_domain != '\0' ? e->list_domain : strrchr(from, '@') + 1;

	return all_of(domain, strlen(domain), ".-") ? domain : NULL;
}

/* RFC 2919: "<toys-members.example.org>", behind the list's title. */
static void
set_list_id(const struct digest *d, const char *domain, GMimeMessage *m)
{
	AUTO_BUF title = BUF_INIT, value = BUF_INIT;
	const char *name = said_or(d->subscription, "regwatch");

	said_plain(said_or(d->title, name), 60, &title);
	if (title.len > 0) {
		add_words(buf_str(&title), PHRASE_CHARACTERS, &value);
		buf_adds(&value, "\n ");
	}
	buf_addf(&value, "<%s.%s>", all_of(name, strlen(name), "-_") ? name : "regwatch", domain);
	set_ready(m, "List-Id", buf_str(&value));
}

/* As a URI inside <>: other than printable ASCII, and what would end it, is percent-encoded. */
static void
add_uri(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		if (*s <= ' ' || *s > '~' || strchr("<>,\"\\", *s) != NULL)
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)*s);
		else
			buf_addc(out, *s);
	}
}

/* One click (RFC 8058) is for https alone. */
static int
set_unsubscribe(const struct digest *d, GMimeMessage *m, struct error *err)
{
	const char *to = d->unsubscribe;
	AUTO_BUF value = BUF_INIT;

	if (to == NULL || *to == '\0')
		return 0;
	buf_addc(&value, '<');
	if (is_address(to))
		buf_addf(&value, "mailto:%s?subject=unsubscribe", to);
	else if (strncmp(to, "https://", 8) == 0 || strncmp(to, "http://", 7) == 0 || strncmp(to, "mailto:", 7) == 0)
		add_uri(to, &value);
	else
		return error_set(err, ERR_CONF, "unsubscribe: neither an address nor a URL: '%.200s'", to);
	buf_addc(&value, '>');
	if (value.len > 900)
		return error_set(err, ERR_CONF, "unsubscribe: longer than a header line may be");
	set_ready(m, "List-Unsubscribe", buf_str(&value));
	if (strncmp(to, "https://", 8) == 0)
		set_ready(m, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
	return 0;
}

/* ---- threads ---- */

/* A message that was never sent stands for each dossier: whatever tells of it answers that one. */
static void
add_parent(struct strv *parents, const char *dossier, const char *domain)
{
	char hash[SHA256_HEX];
	AUTO_FREE char *id = NULL;

	if (dossier == NULL || parents->n > PARENTS_MOST)
		return;
	sha256_hex(dossier, strlen(dossier), hash);
	id = xasprintf("<dossier.%.32s@%s>", hash, domain);
	if (!strv_has(parents, id))
		strv_add(parents, id);
}

static void
set_thread(const struct digest *d, const char *domain, GMimeMessage *m)
{
	AUTO_STRV parents = STRV_INIT;
	AUTO_BUF value = BUF_INIT;

	for (size_t i = 0; i < d->items_n; i++) {
		const struct notice *n = &d->items[i].notice;

		add_parent(&parents, said_or(n->dossier, n->id), domain);
	}
	for (size_t i = 0; i < d->deadlines_n; i++)
		if (date_is_set(d->deadlines[i].remind))
			add_parent(&parents, d->deadlines[i].dossier, domain);
	if (parents.n == 0 || parents.n > PARENTS_MOST)
		return;		/* a message about everything belongs to no thread */
	strv_join(&parents, "\n ", &value);
	set_ready(m, "In-Reply-To", buf_str(&value));
	if (parents.n == 1)	/* RFC 5322, 3.6.4: several parents are for In-Reply-To only, or threads would grow together */
		set_ready(m, "References", buf_str(&value));
}

static bool
is_message_id(const char *id)
{
	const char *at = id != NULL ? strchr(id, '@') : NULL;

	return at != NULL && strlen(id) <= 200 && all_of(id, (size_t)(at - id), ".-_+=$") && all_of(at + 1, strlen(at + 1), ".-");
}

int
mail_head(const struct digest *d, const struct mail_envelope *e, GMimeMessage *m, struct error *err)
{
	AUTO_BUF subject = BUF_INIT, words = BUF_INIT;
	AUTO_FREE char *from = mail_address(e->from);
	const char *domain;
	GDateTime *date = g_date_time_new_from_unix_utc(e->date);
	int rc;

	if (date != NULL) {
		g_mime_message_set_date(m, date);
		g_date_time_unref(date);
	}
	if ((rc = set_addresses(m, "From", e->from, 1, err)) < 0 ||
	    (rc = set_addresses(m, "To", e->to, RECIPIENTS_MOST, err)) < 0)
		return rc;
	digest_summary(d, &subject);
	add_words(buf_str(&subject), SUBJECT_CHARACTERS, &words);
	set_ready(m, "Subject", buf_str(&words));
	if (!is_message_id(e->message_id))
		return error_set(err, ERR_CONF, "no message id: '%.200s'", said_or(e->message_id, ""));
	g_mime_message_set_message_id(m, e->message_id);
	if ((domain = list_domain(e, from)) == NULL)
		return error_set(err, ERR_CONF, "list-domain: no name of a domain: '%.200s'", said_or(e->list_domain, strrchr(from, '@') + 1));
	set_thread(d, domain, m);
	set_list_id(d, domain, m);
	set_ready(m, "Auto-Submitted", "auto-generated");
	return set_unsubscribe(d, m, err);
}
