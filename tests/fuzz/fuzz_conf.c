/* A configuration file: entries, typed settings, sectors. */
#include <string.h>

#include "cmd/settings.h"
#include "fuzz.h"
#include "lib/base/conf.h"
#include "lib/sector/sector.h"

#define NAME "regwatch.conf"

static void
explained(const struct error *err)
{
	REQUIRE(err->code == ERR_CONF && err->text[0] != '\0');
}

static void
entries(const struct conf *c, const char *text)
{
	int lines = 1;

	for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
		lines++;
	for (size_t i = 0; i < c->n; i++) {
		const struct conf_entry *e = &c->v[i];
		struct error err = { 0, "" };
		bool yes;
		long number;

		REQUIRE(e->line >= 1 && e->line <= lines && (i == 0 || e->line >= e[-1].line));
		REQUIRE(e->section != NULL && e->key != NULL && e->key[0] != '\0' && e->value != NULL);
		if (conf_bool(c, e, &yes, &err) < 0)
			explained(&err);
		if (conf_seconds(c, e, &number, &err) < 0)
			explained(&err);
		else
			REQUIRE(number >= 0);
		if (conf_integer(c, e, 1, 100, &number, &err) < 0)
			explained(&err);
		else
			REQUIRE(number >= 1 && number <= 100);
	}
}

static void
settings(const struct conf *c)
{
	struct settings s;
	struct error err = { 0, "" };

	if (settings_read(&s, c, &err) < 0)
		explained(&err);
	else
		REQUIRE(s.language != NULL && s.feed[SOURCE_EPING].url != NULL && s.feed[SOURCE_TRIS].url != NULL);
	settings_clear(&s);
}

static void
sectors(const struct conf *c)
{
	struct sectors *s = NULL;
	struct error err = { 0, "" };
	bool any = false;

	for (size_t i = 0; i < c->n; i++)
		any = any || strcmp(c->v[i].section, "sector") == 0;
	if (!any)	/* the shipped ones alone: they are compiled anew each time */
		return;
	if (sectors_load(c, &s, &err) < 0)
		explained(&err);
	for (size_t i = 0; s != NULL && i < sectors_count(s); i++)
		REQUIRE(sectors_known(s, sectors_name(s, i)) && sectors_title(s, i) != NULL);
	sectors_free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_text(data, size);
	struct conf c = CONF_INIT;
	struct error err = { 0, "" };

	if (conf_parse(&c, NAME, text, &err) < 0) {
		explained(&err);
		REQUIRE(strncmp(err.text, NAME ":", strlen(NAME ":")) == 0);
	} else {
		entries(&c, text);
		settings(&c);
		sectors(&c);
	}
	conf_clear(&c);
	return 0;
}
