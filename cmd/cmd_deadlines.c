/* deadlines: what must be answered by when, one a line or as a calendar */
#include "../lib/base/cleanup.h"
#include "calendaring.h"
#include "rows.h"

static int
print_calendar(struct app *app, const struct options *o, struct error *err)
{
	__attribute__((cleanup(calendar_clear))) struct calendar c;
	struct date last = o->within >= 0 ? date_add_days(clock_today(), (int32_t)o->within) : DATE_NONE;
	AUTO_BUF out = BUF_INIT;
	int rc = calendar_of_filter(app->ix, &o->filter, last, true, &c, err);

	if (rc < 0)
		return rc;
	ical_render(&c, &out);
	fwrite(buf_str(&out), 1, out.len, stdout);
	return 0;
}

int
cmd_deadlines(struct app *app, const struct options *o, struct error *err)
{
	return o->format == FORMAT_ICAL ? print_calendar(app, o, err) : list_deadlines(app, o, err);
}
