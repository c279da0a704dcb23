#include <string.h>

#include "../lib/base/error.h"
#include "feed.h"

#define VANISHED_DAYS 3

bool
guard_lacks(size_t held, size_t missing)
{
	return missing > 3 && 5 * missing > held;
}


void
guard_refuse(struct feed *f, const char *question, const char *reason)
{
	json_t *refused = feed_table(f, "refused"), *entry = json_object_get(refused, question);

	if (!json_is_object(entry)) {
		entry = json_object();
		json_object_set_new(refused, question, entry);
		json_set_date(entry, "since", f->today);
	}
	json_set_str(entry, "reason", reason);
}

void
guard_mend(struct feed *f, const char *question)
{
	json_object_del(feed_table(f, "refused"), question);
}

bool
guard_missing(struct feed *f, const char *id)
{
	json_t *missing = feed_table(f, "missing"), *days = json_object_get(missing, id);
	char today[DATE_TEXT];
	size_t n;

	date_format(f->today, today);
	if (!json_is_array(days)) {
		days = json_array();
		json_object_set_new(missing, id, days);
	}
	n = json_array_size(days);
	if (n == 0 || strcmp(json_string_value(json_array_get(days, n - 1)) != NULL ? json_string_value(json_array_get(days, n - 1)) : "", today) != 0)
		json_array_append_new(days, json_string(today));
	return json_array_size(days) >= VANISHED_DAYS;
}

void
guard_seen(struct feed *f, const char *id)
{
	json_object_del(feed_table(f, "missing"), id);
}
