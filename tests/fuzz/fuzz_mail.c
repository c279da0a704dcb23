/* A digest whose every text is outside text, and addresses out of a configuration: one a line, in the order of 'fields'. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/xml.h"
#include "lib/report/atom.h"
#include "lib/report/mail.h"

#define LINE_MOST 998	/* RFC 5322, 2.1.1 */

enum field { FROM, TO, MESSAGE_ID, LIST_DOMAIN, UNSUBSCRIBE, SUBSCRIPTION, TITLE, LANGUAGE, SITE, ID, ITEM_TITLE, ITEM_LANGUAGE, OLD, NEW, REASON, PAGE, URL,
	SECTOR, DOSSIER, PROBLEM, WHO, FIELDS };

static const char *const defaults[FIELDS] = { "a@example.org", "b@example.org", "1@example.org", "example.org", "", "toys", "Toys", "en", "", "G/TBT/N/USA/1", "T",
	"en", "", "", "", "", "", "toys", "G/TBT/N/USA/2", "", "" };

static char *
value(const struct strv *lines, enum field f)
{
	const char *s = f < lines->n ? lines->v[f] : defaults[f];

	return *s != '\0' ? strdup(s) : NULL;
}

static char *
always(const struct strv *lines, enum field f)
{
	char *s = value(lines, f);

	return s != NULL ? s : strdup("");
}

static void
add_item(const struct strv *f, struct digest *d)
{
	struct digest_item *item = digest_add_item(d);
	AUTO_NOTICE before = NOTICE_INIT;

	item->commit = strdup("0123456789012345678901234567890123456789");
	item->at = 1749708000;
	item->notice.id = strdup(*f->v[ID] != '\0' ? f->v[ID] : defaults[ID]);
	notice_normalise(&item->notice);
	notice_set_text(&item->notice.title, f->v[ITEM_TITLE], f->v[ITEM_LANGUAGE]);
	notice_set_line(&item->notice.url, f->v[URL]);
	notice_copy(&before, &item->notice);
	notice_set_text(&before.description, f->v[OLD], "en");
	notice_set_text(&item->notice.description, f->v[NEW], "en");
	redline_make(&before, &item->notice, &item->redline);
	events_add(&item->events, EVENT_EDITED, f->v[REASON], NULL, NULL);
	item->effective_deadline = (struct date){ 2025, 8, 1 };
	item->reason = value(f, REASON);
	item->page = value(f, PAGE);
	digest_sector_add(digest_sector(d, f->v[SECTOR], f->v[TITLE]), 0);
}

static void
add_deadline(const struct strv *f, struct digest *d)
{
	struct digest_deadline *dl = digest_add_deadline(d);

	dl->dossier = always(f, DOSSIER);
	dl->title = always(f, ITEM_TITLE);
	dl->member = strdup("US");
	dl->url = value(f, URL);
	dl->reason = value(f, REASON);
	dl->deadline = (struct date){ 2025, 6, 20 };
	dl->remind = (struct date){ 2025, 6, 12 };
}

static void
fill(const struct strv *f, struct digest *d)
{
	struct error err;

	digest_init(d);
	d->subscription = always(f, SUBSCRIPTION);
	d->title = always(f, TITLE);
	d->language = always(f, LANGUAGE);
	d->unsubscribe = value(f, UNSUBSCRIBE);
	d->site = value(f, SITE);
	d->at = 1749708000;
	d->today = (struct date){ 2025, 6, 12 };
	d->coverage[0].feed = strdup("ePing");
	d->coverage[0].read = d->today;
	d->coverage[1].feed = strdup("TRIS");
	strv_add(&d->coverage[0].problems, f->v[PROBLEM]);
	add_item(f, d);
	add_deadline(f, d);
	if (leads_parse(&d->leads, f->v[WHO], &err) < 0)
		leads_clear(&d->leads);
	digest_sort(d);
}

/* A header that we send; each at most once. */
static void
header_line(const char *line, size_t n, unsigned *seen)
{
	static const char *const names[] = { "Date", "From", "To", "Subject", "Message-ID", "Message-Id", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
		"Auto-Submitted", "In-Reply-To", "References", "MIME-Version", "Content-Type" };

	if (*line == ' ' || *line == '\t')
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t len = strlen(names[i]);

		if (n <= len || strncmp(line, names[i], len) != 0 || line[len] != ':')
			continue;
		REQUIRE((*seen & 1u << i) == 0);
		*seen |= 1u << i;
		return;
	}
	fprintf(stderr, "a header that nobody sent: %.*s\n", (int)n, line);
	abort();
}

static void
message(const struct buf *out)
{
	unsigned seen = 0;
	bool head = true;
	const char *at = buf_str(out), *end = at + out->len, *next;

	REQUIRE(out->len <= MAIL_LIMIT);
	for (; at < end; at = next + 2) {
		next = memmem(at, (size_t)(end - at), "\r\n", 2);
		REQUIRE(next != NULL && next - at <= LINE_MOST);
		for (const char *p = at; p < next; p++)
			REQUIRE((unsigned char)*p < 0x7f && ((unsigned char)*p >= ' ' || *p == '\t'));
		if (next == at)
			head = false;
		else if (head)
			header_line(at, (size_t)(next - at), &seen);
	}
	REQUIRE(!head);
}

static void
compose(const struct strv *f, const struct digest *d)
{
	struct mail_envelope e = { .from = f->v[FROM], .to = f->v[TO], .message_id = f->v[MESSAGE_ID], .list_domain = f->v[LIST_DOMAIN], .date = 1749708000 };
	AUTO_FREE char *address = mail_address(f->v[FROM]);
	AUTO_BUF out = BUF_INIT;
	struct error err = { 0, "" };
	int rc = mail_compose(d, &e, &out, &err);

	if (address != NULL)
		REQUIRE(strchr(address, '@') != NULL && strpbrk(address, " \t\r\n<>,;\"") == NULL);
	if (rc < 0)
		REQUIRE(rc == ERR_CONF && err.text[0] != '\0' && out.len == 0);
	else
		message(&out);
}

/* What a feed reader would refuse as a whole. */
static void
well_formed(const struct buf *xml)
{
	xmlTextReaderPtr reader = xml_reader(xml->data, xml->len, "feed");
	int rc;

	REQUIRE(reader != NULL);
	while ((rc = xmlTextReaderRead(reader)) == 1)
		continue;
	REQUIRE(rc == 0);
	xmlFreeTextReader(reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_text(data, size);
	AUTO_STRV f = STRV_INIT;
	AUTO_BUF plain = BUF_INIT, html = BUF_INIT, atom = BUF_INIT;
	struct digest d;

	fuzz_lines(text, &f);
	while (f.n < FIELDS)
		strv_add(&f, defaults[f.n]);
	fill(&f, &d);
	compose(&f, &d);
	digest_text(&d, 0, &plain);
	REQUIRE(fuzz_is_text(buf_str(&plain), plain.len, true));
	digest_html(&d, 0, &html);
	REQUIRE(fuzz_is_text(buf_str(&html), html.len, true) && strcasestr(buf_str(&html), "<script") == NULL);
	atom_render(&d, &(struct atom_feed){ d.subscription, d.title, d.site, NULL }, 100, &atom);
	well_formed(&atom);
	digest_clear(&d);
	return 0;
}
