#include "ical.h"

#include <ctype.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/sha.h"
#include "../notice/symbol.h"
#include "said.h"

#define PRODUCT "-//regwatch//regwatch//EN"
#define ALARM_HOUR 9
#define TITLE_COLUMNS 200
#define REASON_COLUMNS 500

void
calendar_init(struct calendar *c)
{
	*c = (struct calendar){ .leads = LEADS_INIT, .remind = LEADS_INIT };
}

void
calendar_clear(struct calendar *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].dossier);
		free(c->v[i].title);
		free(c->v[i].url);
		free(c->v[i].reason);
	}
	free(c->v);
	free(c->title);
	leads_clear(&c->leads);
	leads_clear(&c->remind);
	calendar_init(c);
}

struct calendar_entry *
calendar_add(struct calendar *c)
{
	c->v = xgrow(c->v, c->n, &c->cap, sizeof(*c->v));
	c->v[c->n] = (struct calendar_entry){ .deadline = DATE_NONE };
	return &c->v[c->n++];
}

/* ---- values ---- */

static void
add_uid(const char *dossier, struct buf *out)
{
	AUTO_FREE char *name = xasprintf("regwatch dossier %s", dossier);
	char hash[SHA256_HEX];

	sha256_hex(name, strlen(name), hash);
	buf_addf(out, "%.32s@regwatch", hash);
}

static struct icaltimetype
day_value(struct date d)
{
	struct icaltimetype t = icaltime_null_date();

	t.year = d.year;
	t.month = d.month;
	t.day = d.day;
	return t;
}

/* "Comments close", "End of standstill". */
static void
add_what(enum source source, struct buf *out)
{
	const struct rung official = { .kind = RUNG_OFFICIAL };
	const char *name = rung_name(&official, source);

	buf_addc(out, (char)toupper((unsigned char)name[0]));
	buf_adds(out, name + 1);
}

static void
add_summary(const struct calendar_entry *e, struct buf *out)
{
	if (e->cancelled)
		buf_adds(out, "Withdrawn: ");
	add_what(e->source, out);
	buf_adds(out, ": ");
	said_plain(said_or(e->dossier, "?"), 80, out);
	if (e->title != NULL) {
		buf_adds(out, " ");
		said_plain(e->title, TITLE_COLUMNS, out);
	}
}

static void
add_ladder(const struct calendar *c, const struct calendar_entry *e, struct buf *out)
{
	AUTO_FREE struct rung *rungs = NULL;
	size_t n = deadline_ladder(e->deadline, e->source, &c->leads, &rungs);

	for (size_t i = 0; i < n; i++) {
		char day[DATE_TEXT];

		buf_addf(out, "%s: ", date_format(rungs[i].date, day));
		said_plain(rung_name(&rungs[i], e->source), TITLE_COLUMNS, out);
		buf_addc(out, '\n');
	}
}

static void
add_description(const struct calendar *c, const struct calendar_entry *e, struct buf *out)
{
	if (e->cancelled)
		buf_adds(out, "There is nothing left to comment on by this day.\n");
	if (e->title != NULL) {
		said_plain(e->title, 0, out);
		buf_addc(out, '\n');
	}
	if (e->member[0] != '\0')
		buf_addf(out, "Notified by: %s\n", member_name(e->member));
	if (e->reason != NULL) {
		buf_adds(out, "Why: ");
		said_plain(e->reason, REASON_COLUMNS, out);
		buf_addc(out, '\n');
	}
	if (!e->cancelled)
		add_ladder(c, e, out);
	if (said_is_link(e->url))
		buf_adds(out, e->url);
	buf_trim(out);
}

/* ---- components ---- */

/* "-P20DT15H" rings at nine on the day that lies 21 days before: a day of the calendar begins at midnight. */
static icalcomponent *
make_alarm(const struct calendar_entry *e, const struct lead *lead, const char *text)
{
	int days = date_days(e->deadline) - date_days(lead_day(lead, e->deadline));
	struct icaltriggertype trigger = icaltriggertype_from_int((ALARM_HOUR - 24 * days) * 3600);

	return icalcomponent_vanew(ICAL_VALARM_COMPONENT, icalproperty_new_action(ICAL_ACTION_DISPLAY), icalproperty_new_trigger(trigger),
	    icalproperty_new_description(text), (void *)0);
}

static icalcomponent *
make_event(const struct calendar *c, const struct calendar_entry *e)
{
	AUTO_BUF uid = BUF_INIT, summary = BUF_INIT, description = BUF_INIT;
	icalcomponent *event;

	add_uid(said_or(e->dossier, ""), &uid);
	add_summary(e, &summary);
	add_description(c, e, &description);
	event = icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(buf_str(&uid)),
	    icalproperty_new_dtstamp(icaltime_from_timet_with_zone((time_t)e->stamp, 0, icaltimezone_get_utc_timezone())),
	    icalproperty_new_dtstart(day_value(e->deadline)), icalproperty_new_sequence(e->sequence),
	    icalproperty_new_status(e->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED), icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT),
	    icalproperty_new_summary(buf_str(&summary)), icalproperty_new_description(buf_str(&description)), (void *)0);
	if (said_is_link(e->url))
		icalcomponent_add_property(event, icalproperty_new_url(e->url));
	for (size_t i = 0; !e->cancelled && i < c->remind.n; i++)
		icalcomponent_add_component(event, make_alarm(e, &c->remind.v[i], buf_str(&summary)));
	return event;
}

/* What most programmes show as the calendar's name; RFC 7986 came later. */
static icalproperty *
make_name(const char *title)
{
	icalproperty *p = icalproperty_new_x(title);

	icalproperty_set_x_name(p, "X-WR-CALNAME");
	return p;
}

static int
by_day(const void *a, const void *b)
{
	const struct calendar_entry *const *x = a, *const *y = b;
	int order = date_cmp((*x)->deadline, (*y)->deadline);

	return order != 0 ? order : symbol_cmp(said_or((*x)->dossier, ""), said_or((*y)->dossier, ""));
}

static void
add_events(const struct calendar *c, icalcomponent *to)
{
	AUTO_FREE const struct calendar_entry **order = xcalloc(c->n + 1, sizeof(*order));

	for (size_t i = 0; i < c->n; i++)
		order[i] = &c->v[i];
	qsort(order, c->n, sizeof(*order), by_day);
	for (size_t i = 0; i < c->n; i++)
		icalcomponent_add_component(to, make_event(c, order[i]));
}

void
ical_render(const struct calendar *c, struct buf *out)
{
	AUTO_BUF title = BUF_INIT;
	AUTO_FREE char *text = NULL;
	icalcomponent *all;

	said_plain(said_or(c->title, "Comment deadlines"), TITLE_COLUMNS, &title);
	all = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"), icalproperty_new_prodid(PRODUCT), icalproperty_new_calscale("GREGORIAN"),
	    icalproperty_new_method(ICAL_METHOD_PUBLISH), icalproperty_new_name(buf_str(&title)), make_name(buf_str(&title)), (void *)0);
	add_events(c, all);
	text = icalcomponent_as_ical_string_r(all);
	buf_adds(out, text);
	icalcomponent_free(all);
}
