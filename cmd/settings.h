/* The configuration, read into typed values: every key of regwatch.conf has one row in a table here. */
#ifndef REGWATCH_CMD_SETTINGS_H
#define REGWATCH_CMD_SETTINGS_H

#include "../feeds/feed_settings.h"
#include "../lib/base/conf.h"
#include "../lib/notice/notice.h"
#include "../lib/report/subscription.h"

struct error;
struct sectors;

struct settings {
	char *contact;
	long time_limit;			/* seconds for a whole run */
	char *language;
	struct feed_settings feed[2];		/* by enum source */
	struct mail_settings mail;
	struct subscription *subscriptions;	/* in the order of the file */
	size_t subscriptions_n, subscriptions_cap;
	char *site_dir, *site_url, *site_title;
	char *remote_url;
	struct strv remote_push;
};

/* Reads a parsed configuration; values are checked here, except those of sectors, which sectors_load checks. out is initialised by the call and
 * must be settings_clear'ed also after a failure. Fails with ERR_CONF: "FILE:LINE: unknown key 'sectr' in [subscription "x"]; did you
 * mean 'sector'?". */
int settings_read(struct settings *out, const struct conf *conf, struct error *err);
void settings_clear(struct settings *s);

/* Has each subscription a target? One without would look for ever as if nothing happened. settings_read sees to it. */
int settings_check_targets(const struct settings *s, const struct conf *conf, struct error *err);

/* Can this value, which has a scheme, stand before the addresses of pages, and be read by everybody? */
int settings_check_site(const struct conf *conf, const struct conf_entry *e, struct error *err);

/* Is there a sector of each name that a subscription asks for? ERR_CONF names file and line, and the nearest. 'uncoded' and '*' are none and all of them. */
int settings_check_sectors(const struct conf *conf, const struct sectors *sectors, struct error *err);

/* The file that 'init' writes: all sections and keys with their defaults, commented. Static. */
extern const char settings_template[];

#endif
