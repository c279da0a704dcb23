#include "attach_hosts.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"

#define FIRST_PAUSE (60 * 60)	/* seconds */
#define HOST_FAILURES 3		/* in a row: the host is left alone for the rest of the run */
#define HOST_LONGEST_PAUSE (24 * 60 * 60)

static json_t *
host_entry(struct feed *f, const char *address)
{
	AUTO_FREE char *host = net_url_host(address);
	json_t *e = json_object_get(f->hosts, host);

	if (e == NULL) {
		e = json_integer(0);
		json_object_set_new(f->hosts, host, e);
	}
	return e;
}

void
attach_put_off(json_t *e, int64_t longest)
{
	json_int_t tries = json_integer_value(json_object_get(e, "tries"));
	int64_t pause = tries < 10 ? (int64_t)FIRST_PAUSE << tries : longest;
	char next[INSTANT_TEXT];

	instant_format(clock_now() + (pause < longest ? pause : longest), next);
	json_object_set_new(e, "tries", json_integer(tries + 1));
	json_set_str(e, "next", next);
}

bool
attach_is_put_off(const json_t *e)
{
	int64_t next;

	return json_str(e, "next") != NULL && instant_parse(json_str(e, "next"), &next) && clock_now() < next;
}

/* In trouble in this run, or not to be reached at all: names that do not resolve take seconds each time. */
bool
attach_host_failed(struct feed *f, const char *address)
{
	AUTO_FREE char *host = net_url_host(address);

	return json_integer_value(host_entry(f, address)) >= HOST_FAILURES || attach_is_put_off(json_object_get(feed_table(f, "document_hosts"), host));
}

/* Nobody there: the host is left alone, for longer each time. */
static void
host_unreachable(struct feed *f, const char *address, const char *reason)
{
	AUTO_FREE char *host = net_url_host(address);
	json_t *table = feed_table(f, "document_hosts"), *e = json_object_get(table, host);

	if (e == NULL) {
		e = json_object();
		json_set_date(e, "since", f->today);
		json_object_set_new(table, host, e);
		message_info("feed '%s': documents of %s cannot be had: %s", f->name, host, reason);
	}
	json_set_str(e, "reason", reason);
	attach_put_off(e, HOST_LONGEST_PAUSE);
}

void
attach_host_silent(struct feed *f, const char *address, bool unreachable, const char *reason)
{
	json_t *failures = host_entry(f, address);

	json_integer_set(failures, json_integer_value(failures) + 1);
	if (unreachable)
		host_unreachable(f, address, reason);
}

void
attach_host_answered(struct feed *f, const char *address, long status)
{
	AUTO_FREE char *host = net_url_host(address);
	json_t *failures = host_entry(f, address);

	json_object_del(feed_table(f, "document_hosts"), host);
	if (status == 429)
		json_integer_set(failures, HOST_FAILURES);
	else
		json_integer_set(failures, status >= 500 ? json_integer_value(failures) + 1 : 0);
}
