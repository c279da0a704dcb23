/* What the settings own. */
#include <stdlib.h>

#include "settings.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void
feed_clear(struct feed_settings *f)
{
	free(f->url);
	free(f->documents);
	free(f->key_file);
	free(f->language);
	strv_clear(&f->document_hosts);
	strv_clear(&f->areas);
}

static void
subscription_clear(struct subscription *s)
{
	struct strv *const lists[] = { &s->sectors, &s->members, &s->areas, &s->sources, &s->events, &s->targets, &s->remind, &s->leads };

	free(s->name);
	free(s->title);
	free(s->unsubscribe);
	free(s->secret_file);
	free(s->language);
	for (size_t i = 0; i < COUNT(lists); i++)
		strv_clear(lists[i]);
}

void
settings_clear(struct settings *s)
{
	char **const strings[] = { &s->contact, &s->language, &s->mail.from, &s->mail.server, &s->mail.sendmail, &s->mail.user, &s->mail.password_file,
		&s->mail.list_domain, &s->site_dir, &s->site_url, &s->site_title, &s->remote_url };

	for (size_t i = 0; i < COUNT(strings); i++)
		free(*strings[i]);
	feed_clear(&s->feed[SOURCE_EPING]);
	feed_clear(&s->feed[SOURCE_TRIS]);
	for (size_t i = 0; i < s->subscriptions_n; i++)
		subscription_clear(&s->subscriptions[i]);
	free(s->subscriptions);
	strv_clear(&s->remote_push);
	*s = (struct settings){ 0 };
}
