#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "../lib/base/message.h"
#include "feed.h"

#define STATE_LIMIT (64 << 20)

/* Hosts of the keyless API; a key is never sent there. */
static const char *const site_hosts[] = { "epingalert.org", "www.epingalert.org", "eping.wto.org" };

static char *
state_path(const struct feed *f)
{
	return xasprintf("%s/%s.json", f->cache, f->name);
}

static void
load_state(struct feed *f)
{
	AUTO_FREE char *path = state_path(f);
	AUTO_BUF text = BUF_INIT;
	struct error err;

	if (!file_exists(path)) {
		f->state = json_object();
		return;
	}
	if (file_read(path, STATE_LIMIT, &text, &err) < 0 || json_parse(buf_str(&text), text.len, &f->state, &err) < 0 || !json_is_object(f->state)) {
		message_warn("'%s' cannot be read and is begun anew: %s", path, err.text);
		json_decref(f->state);
		f->state = json_object();
	}
}

static bool
is_site_host(const char *server)
{
	for (size_t i = 0; i < sizeof(site_hosts) / sizeof(*site_hosts); i++)
		if (strcmp(server, site_hosts[i]) == 0)
			return true;
	return false;
}

static int
load_key(struct feed *f, struct error *err)
{
	AUTO_FREE char *key = NULL;
	int rc;

	if (strcmp(f->name, "eping") != 0 || is_site_host(f->server))
		return 0;
	if (f->settings->key_file != NULL) {
		if ((rc = file_read_secret(f->settings->key_file, &key, err)) < 0)
			return rc;
	} else {
		key = xstrdup(getenv("WTO_API_KEY"));
	}
	if (key != NULL && key[0] != '\0')
		f->key = xasprintf("Ocp-Apim-Subscription-Key: %s", key);
	else if (strcmp(f->server, "api.wto.org") == 0)
		return error_set(err, ERR_CONF, "feed 'eping': '%s' needs a key: set feed.eping.key-file or WTO_API_KEY", f->settings->url);
	return 0;
}

int
feed_open(struct feed *f, struct error *err)
{
	int rc;

	f->patience = (double)f->settings->patience;
	f->server = net_url_host(f->settings->url);
	if (f->server == NULL)
		return error_set(err, ERR_CONF, "feed '%s': '%s' is no http or https URL", f->name, f->settings->url);
	if ((rc = file_mkdirs(f->cache, err)) < 0 || (rc = load_key(f, err)) < 0)
		return rc;
	load_state(f);
	f->hosts = json_object();
	return 0;
}

int
feed_save(struct feed *f, struct error *err)
{
	AUTO_FREE char *path = state_path(f);
	AUTO_BUF text = BUF_INIT;

	json_write(f->state, true, &text);
	return file_write(path, text.data, text.len, NULL, err);
}

void
feed_close(struct feed *f)
{
	json_decref(f->state);
	json_decref(f->hosts);
	free(f->server);
	free(f->key);
	f->state = f->hosts = NULL;
	f->server = f->key = NULL;
}

json_t *
feed_table(struct feed *f, const char *key)
{
	json_t *t = json_object_get(f->state, key);

	if (!json_is_object(t)) {
		t = json_object();
		json_object_set_new(f->state, key, t);
	}
	return t;
}
