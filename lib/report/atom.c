#include "atom.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/sha.h"
#include "../base/utf8.h"
#include "../base/xml_escape.h"
#include "../notice/symbol.h"
#include "plan.h"
#include "said.h"

#define TITLE_COLUMNS 200

/* One event of one item. */
struct told {
	const struct digest_item *item;
	const struct event *event;
	size_t nth;		/* among the item's events of this kind */
	size_t order;		/* of main */
};

static void
add_escaped(const char *s, size_t columns, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT;

	said_plain(s, columns, &clean);
	xml_escape(buf_str(&clean), out);
}

/* A UUID made of a name (RFC 9562, version 8): for an id that needs no registered authority and never changes. */
static void
add_uuid(const char *name, struct buf *out)
{
	char h[SHA256_HEX];

	sha256_hex(name, strlen(name), h);
	h[12] = '8';
	h[16] = "89ab"[(h[16] >= 'a' ? h[16] - 'a' + 10 : h[16] - '0') & 3];
	buf_addf(out, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8, h + 12, h + 16, h + 20);
}

static void
add_instant(const char *element, int64_t t, struct buf *out)
{
	char text[INSTANT_TEXT];

	buf_addf(out, "<%s>%s</%s>\n", element, instant_format(t, text), element);
}

static void
add_link(const char *rel, const char *type, const char *url, struct buf *out)
{
	buf_addf(out, "<link rel=\"%s\"", rel);
	if (type != NULL)
		buf_addf(out, " type=\"%s\"", type);
	buf_adds(out, " href=\"");
	xml_escape(url, out);
	buf_adds(out, "\"/>\n");
}

static void
add_category(const char *term, const char *label, struct buf *out)
{
	buf_adds(out, "<category term=\"");
	add_escaped(term, 0, out);
	buf_adds(out, "\" label=\"");
	add_escaped(label, TITLE_COLUMNS, out);
	buf_adds(out, "\"/>\n");
}

/* ---- an entry ---- */

/* By kind and number within it: the same event has the same id in every subscription's feed, whichever of its fellows that one asks for. */
static void
add_id(const struct told *t, struct buf *out)
{
	AUTO_FREE char *name = xasprintf("regwatch event %s %s %zu", said_or(t->item->commit, ""), event_name(t->event->kind), t->nth);

	buf_adds(out, "<id>");
	add_uuid(name, out);
	buf_adds(out, "</id>\n");
}

static void
add_links(const struct told *t, struct buf *out)
{
	const struct digest_item *item = t->item;
	bool page = said_is_link(item->page), source = said_is_link(item->notice.url);

	if (page)
		add_link("alternate", "text/html", item->page, out);
	if (source)
		add_link(page ? "via" : "alternate", NULL, item->notice.url, out);
}

static void
add_categories(const struct digest *d, const struct told *t, struct buf *out)
{
	size_t number = (size_t)(t->item - d->items);

	add_category(event_name(t->event->kind), event_name(t->event->kind), out);
	for (size_t i = 0; i < d->sectors_n; i++)
		for (size_t k = 0; k < d->sectors[i].n; k++)
			if (d->sectors[i].items[k] == number)
				add_category(d->sectors[i].name, said_or(d->sectors[i].title, d->sectors[i].name), out);
	if (t->item->notice.member[0] != '\0')
		add_category(t->item->notice.member, member_name(t->item->notice.member), out);
}

static void
add_entry(const struct digest *d, const struct told *t, struct buf *out)
{
	const struct notice *n = &t->item->notice;
	AUTO_BUF words = BUF_INIT, html = BUF_INIT;

	event_describe_of(n->source, t->event, &words);
	digest_html_item(d, t->item, &html);
	buf_adds(out, "<entry>\n");
	add_id(t, out);
	buf_adds(out, "<title>");
	add_escaped(said_or(n->id, "?"), 80, out);
	buf_adds(out, ": ");
	add_escaped(buf_str(&words), TITLE_COLUMNS, out);
	if (n->title.s != NULL) {
		buf_adds(out, ". ");
		add_escaped(n->title.s, TITLE_COLUMNS, out);
	}
	buf_adds(out, "</title>\n");
	add_instant("updated", t->item->at, out);
	buf_adds(out, "<author><name>");
	add_escaped(n->member[0] != '\0' ? member_name(n->member) : "unknown member", TITLE_COLUMNS, out);
	buf_adds(out, "</name></author>\n");
	add_links(t, out);
	add_categories(d, t, out);
	buf_adds(out, "<content type=\"html\">");
	xml_escape(buf_str(&html), out);
	buf_adds(out, "</content>\n</entry>\n");
}

/* ---- the feed ---- */

static int
newest_first(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->item->at != y->item->at)
		return x->item->at < y->item->at ? 1 : -1;
	return x->order < y->order ? 1 : -1;
}

static size_t
collect(const struct digest *d, struct told **out)
{
	size_t n = 0, all = 0;

	for (size_t i = 0; i < d->items_n; i++)
		all += d->items[i].events.n;
	*out = xcalloc(all + 1, sizeof(**out));
	for (size_t i = 0; i < d->items_n; i++) {
		const struct events *e = &d->items[i].events;

		for (size_t k = 0; k < e->n; k++) {
			struct told *t = &(*out)[n];

			*t = (struct told){ &d->items[i], &e->v[k], 0, n };
			n++;
			for (size_t before = 0; before < k; before++)
				t->nth += e->v[before].kind == e->v[k].kind;
		}
	}
	if (n > 1)
		qsort(*out, n, sizeof(**out), newest_first);
	return n;
}

static void
add_head(const struct atom_feed *feed, int64_t updated, struct buf *out)
{
	AUTO_FREE char *name = xasprintf("regwatch feed %s %s", said_or(feed->site, ""), said_or(feed->subscription, ""));

	buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n<id>");
	add_uuid(name, out);
	buf_adds(out, "</id>\n<title>");
	add_escaped(said_or(feed->title, said_or(feed->subscription, "regwatch")), TITLE_COLUMNS, out);
	buf_adds(out, "</title>\n");
	add_instant("updated", updated, out);
	buf_adds(out, "<author><name>regwatch</name></author>\n<generator>regwatch</generator>\n");
	if (said_is_link(feed->site))
		add_link("alternate", "text/html", feed->site, out);
	if (said_is_link(feed->self))
		add_link("self", "application/atom+xml", feed->self, out);
}

void
atom_render(const struct digest *d, const struct atom_feed *feed, size_t most, struct buf *out)
{
	struct told *told;
	size_t n = collect(d, &told);

	add_head(feed, n > 0 ? told[0].item->at : 0, out);
	for (size_t i = 0; i < n && i < most; i++)
		add_entry(d, &told[i], out);
	buf_adds(out, "</feed>\n");
	free(told);
}
