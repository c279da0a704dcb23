/* Digests to render. All records are synthetic. */
#ifndef REGWATCH_TESTS_REPORT_WORLD_H
#define REGWATCH_TESTS_REPORT_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/report/atom.h"
#include "lib/report/digest.h"
#include "lib/report/mail.h"

#define DAY(y, m, d) ((struct date){ y, m, d })
#define COMMIT_TIME INT64_C(1749708000)		/* 2025-06-12T06:00:00Z */

static const struct mail_envelope world_envelope = {
	.from = "Sector alerts <alerts@example.org>", .to = "toys-list@example.org", .message_id = "toys-members.1234@example.org",
	.list_domain = "lists.example.org", .date = COMMIT_TIME,
};

static inline void
world_frame(struct digest *d)
{
	struct error err;

	digest_init(d);
	d->subscription = xstrdup("toys-members");
	d->title = xstrdup("Toys for members");
	d->language = xstrdup("en");
	d->at = COMMIT_TIME;
	d->today = DAY(2025, 6, 12);
	d->coverage[0].feed = xstrdup("ePing");
	d->coverage[0].read = DAY(2025, 6, 12);
	d->coverage[1].feed = xstrdup("TRIS");
	d->coverage[1].read = DAY(2025, 6, 9);
	strv_add(&d->coverage[1].problems, "page not understood 27001: no message number");
	d->uncoded = 4;
	if (leads_parse(&d->leads, "21d, enquiry point", &err) < 0)
		abort();
}

static inline struct digest_item *
world_item(struct digest *d, const char *id, const char *title, const char *lang, const char *url)
{
	struct digest_item *item = digest_add_item(d);

	item->commit = xasprintf("%040zx", d->items_n);
	item->at = COMMIT_TIME + (int64_t)d->items_n;
	item->notice.id = xstrdup(id);
	notice_normalise(&item->notice);
	notice_set_text(&item->notice.title, title, lang);
	notice_set_line(&item->notice.url, url);
	return item;
}

/* The toy standard as it was (old) and is. */
static inline void
world_toy(struct notice *n, bool old)
{
	notice_init(n);
	n->id = xstrdup("G/TBT/N/USA/2211");
	notice_normalise(n);
	notice_set_text(&n->title, "Toys: limits for lead and phthalates", "en");
	notice_set_text(&n->description, old ?
	    "The rule covers toys for children under 14. Lead must not exceed 90 mg/kg. Importers should keep records for two years." :
	    "The rule covers toys for children under 14. Lead must not exceed 45 mg/kg. Importers shall keep records for two years.", "en");
	codes_add(&n->hs, "9503", NULL);
	if (!old)
		codes_add(&n->hs, "9504", NULL);
	notice_set_line(&n->url, "https://epingalert.org/en/Search?viewData=G%2FTBT%2FN%2FUSA%2F2211");
	n->deadline = old ? DAY(2025, 7, 29) : DAY(2025, 9, 29);
}

static inline void
world_changed_toy(struct digest *d)
{
	struct digest_item *item = digest_add_item(d);
	struct notice before;

	world_toy(&before, true);
	world_toy(&item->notice, false);
	redline_make(&before, &item->notice, &item->redline);
	notice_clear(&before);
	item->commit = xasprintf("%040d", 7);
	item->at = COMMIT_TIME;
	events_add(&item->events, EVENT_DEADLINE, "extended", "2025-07-29", "2025-09-29");
	events_add(&item->events, EVENT_EDITED, "description, hs", NULL, NULL);
	item->effective_deadline = DAY(2025, 9, 29);
	item->reason = xstrdup("toys: title: toy; HS 9503");
	item->page = xstrdup("https://www.example.org/regwatch/d/G-TBT-N-USA-2211.html");
}

static inline void
world_new_chair(struct digest *d)
{
	struct digest_item *item = world_item(d, "2025/0311/FR", "Décret relatif aux chaises hautes pour enfants", "fr",
	    "https://technical-regulation-information-system.ec.europa.eu/en/notification/27011");

	item->is_new = true;
	events_add(&item->events, EVENT_NEW, NULL, NULL, NULL);
	item->effective_deadline = DAY(2025, 9, 9);
	item->reason = xstrdup("toys: title: chaises hautes (fr)");
	notice_set_text(&item->notice.products, "Chaises hautes d'une hauteur d'assise d'au moins 600 mm.", "fr");
}

static inline void
world_closing(struct digest *d)
{
	struct digest_deadline *dl = digest_add_deadline(d);

	*dl = (struct digest_deadline){ xstrdup("G/TBT/N/CHL/700"), xstrdup("Globos de látex"), xstrdup("CL"),
	    xstrdup("https://epingalert.org/en/Search?viewData=G%2FTBT%2FN%2FCHL%2F700"), xstrdup("toys: title: globos (es)"), SOURCE_EPING,
	    DAY(2025, 6, 22), DATE_NONE, xstrdup("https://www.example.org/regwatch/d/G-TBT-N-CHL-700.html") };
	dl = digest_add_deadline(d);
	*dl = (struct digest_deadline){ xstrdup("G/SPS/N/JPN/12"), xstrdup("Toy food, maximum residues"), xstrdup("JP"), NULL,
	    xstrdup("toys: title: toy"), SOURCE_EPING, DAY(2025, 6, 20), DAY(2025, 6, 6), NULL };
}

/* Two items of one sector, a deadline to be reminded of, one that comes near. */
static inline void
world_toys(struct digest *d)
{
	world_frame(d);
	world_changed_toy(d);
	world_new_chair(d);
	digest_sector_add(digest_sector(d, "toys", "Toys and childcare articles"), 0);
	digest_sector_add(digest_sector(d, "toys", "Toys and childcare articles"), 1);
	world_closing(d);
	d->unsubscribe = xstrdup("https://www.example.org/leave?list=toys");
	d->site = xstrdup("https://www.example.org/regwatch/");
	digest_sort(d);
}

/* The title as a pulled store could bring it: not cleaned by our decoders. */
static inline void
world_one(struct digest *d, const char *title)
{
	struct digest_item *item;

	world_frame(d);
	item = world_item(d, "G/TBT/N/KEN/1", "x", "sw", "javascript:alert(1)");
	free(item->notice.title.s);
	item->notice.title.s = xstrdup(title);
	item->is_new = true;
	events_add(&item->events, EVENT_NEW, NULL, NULL, NULL);
	item->reason = xstrdup(title);
	free(d->title);
	d->title = xstrdup(title);
	digest_sector_add(digest_sector(d, "toys", title), 0);
	strv_add(&d->coverage[0].problems, title);
	digest_sort(d);
}

static inline void
world_many(struct digest *d, size_t n)
{
	world_frame(d);
	for (size_t i = 0; i < n; i++) {
		AUTO_FREE char *id = xasprintf("G/TBT/N/BRA/%zu", i + 1), *title = xasprintf("Draft %zu on the labelling of toys, games and other articles "
		    "for children under fourteen years of age, and on the marks of conformity that they bear", i + 1);
		AUTO_FREE char *url = xasprintf("https://epingalert.org/en/Search?viewData=G%%2FTBT%%2FN%%2FBRA%%2F%zu", i + 1);
		struct digest_item *item = world_item(d, id, title, "en", url);

		item->is_new = i % 3 != 0;
		events_add(&item->events, item->is_new ? EVENT_NEW : EVENT_WITHDRAWN, NULL, NULL, NULL);
		item->effective_deadline = DAY(2025, 8, 11);
		item->reason = xstrdup("toys: title: toy; HS 9503");
		notice_set_text(&item->notice.products, "Toys representing animals or non-human creatures; puzzles; video game consoles and machines", "en");
		digest_sector_add(digest_sector(d, i % 2 ? "toys" : "games", i % 2 ? "Toys and childcare articles" : "Games"), i);
	}
	digest_sort(d);
}

#endif
