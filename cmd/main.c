/* The program: global options, the table of commands, exit codes. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/date.h"
#include "../lib/base/file.h"
#include "../lib/base/message.h"
#include "cmd.h"
#include "hand_over.h"

/* This file is compiled twice: in regwatch the commands of the other half are only known by name. */
#ifdef REGWATCH_FRONT
#define FULL(run) NULL
#else
#define FULL(run) run
#endif

#define READ (NEED_CONF | NEED_STORE)
#define WRITE (NEED_CONF | NEED_STORE | NEED_LOCK)

const struct command commands[] = {
	{ "init", NEED_NOTHING, 0, 0, 0, "", "make the folder with a commented regwatch.conf and an empty store", cmd_init },
	{ "fetch", WRITE, OPT_SINCE | OPT_ALL | OPT_ACCEPT, 0, 2, "[eping] [tris]", "read the feeds and commit what is new or changed", FULL(cmd_fetch) },
	{ "import", WRITE, 0, 1, -1, "FILE...", "the same for files: ePing workbooks, saved API pages, saved TRIS pages", FULL(cmd_import) },
	{ "run", WRITE, 0, 0, 0, "", "what cron calls: fetch, then alert, then publish, under one lock and one time limit", FULL(cmd_run) },
	{ "list", READ, OPT_FILTER | OPT_FORMAT, 0, 0, "", "current notifications, one a line", cmd_list },
	{ "show", READ, OPT_FORMAT | OPT_RAW, 1, 1, "ID[@VERSION]", "one record as of a version, date or now", cmd_show },
	{ "dossier", READ, OPT_FORMAT, 1, 1, "ID", "the whole story of a dossier", cmd_dossier },
	{ "log", READ, OPT_FILTER | OPT_FORMAT, 0, 1, "[ID]", "events, newest first", cmd_log },
	{ "diff", READ, OPT_SECTOR | OPT_SINCE | OPT_FORMAT | OPT_SIDES, 0, 2, "ID [A..B]", "what changed between two versions, or in a sector since a day", cmd_diff },
	{ "search", READ, OPT_FILTER | OPT_FORMAT, 1, -1, "WORDS", "full text, best first, with the matching passage", cmd_search },
	{ "deadlines", READ, OPT_FILTER | OPT_FORMAT | OPT_WITHIN, 0, 0, "", "what must be answered by when, soonest first", FULL(cmd_deadlines) },
	{ "sectors", NEED_CONF, OPT_FORMAT | OPT_SINCE, 0, 2, "[explain ID | test NAME]", "the sectors; why a notification matched or did not; what a rule would have sent", cmd_sectors },
	{ "alert", WRITE, OPT_DRY_RUN | OPT_RETRY, 0, -1, "[SUBSCRIPTION...]", "deliver what is due", FULL(cmd_alert) },
	{ "publish", WRITE, 0, 0, 1, "[DIR]", "write the static site", FULL(cmd_publish) },
	{ "status", READ, OPT_FORMAT, 0, 0, "", "freshness of each feed, guards that tripped, undelivered alerts", FULL(cmd_status) },
	{ "verify", READ, 0, 0, 0, "", "check store, index, raw and receipts against each other", FULL(cmd_verify) },
	{ "rebuild", NEED_CONF | NEED_LOCK, OPT_STORE, 0, 0, "", "make the index anew", FULL(cmd_rebuild) },
	{ "help", NEED_NOTHING, 0, 0, 1, "[COMMAND]", "this, or what a command takes", cmd_help },
	{ "version", NEED_NOTHING, 0, 0, 0, "", "the program's version", cmd_version },
	{ "completion", NEED_NOTHING, 0, 1, 1, "bash", "what a shell needs to complete commands and options", cmd_completion },
};

const size_t commands_count = sizeof(commands) / sizeof(*commands);

struct globals {
	const char *dir;
	struct strv overrides;
	int verbosity;
	const char *colour;	/* "auto", "always", "never" */
};

static const struct command *
find_command(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int
unknown_command(const char *name, struct error *err)
{
	const char *known[sizeof(commands) / sizeof(*commands)], *near;

	for (size_t i = 0; i < commands_count; i++)
		known[i] = commands[i].name;
	near = conf_nearest(name, known, commands_count);
	if (near != NULL)
		return error_set(err, ERR_USAGE, "there is no command '%s'; did you mean '%s'?", name, near);
	return error_set(err, ERR_USAGE, "there is no command '%s'; 'regwatch help' lists them", name);
}

static int
set_colour(struct globals *g, const char *value, struct error *err)
{
	if (strcmp(value, "auto") != 0 && strcmp(value, "always") != 0 && strcmp(value, "never") != 0)
		return error_set(err, ERR_USAGE, "--color: '%s' is none of auto, always, never", value);
	g->colour = value;
	return 0;
}

/* Options before the command; *first becomes the number of the command's word. */
static int
parse_globals(struct globals *g, int argc, char **argv, int *first, struct error *err)
{
	static char help[] = "help", version[] = "version";
	int i, rc;

	for (i = 1; i < argc && argv[i][0] == '-' && strcmp(argv[i], "--") != 0; i++) {
		const char *a = argv[i];

		if ((strcmp(a, "-C") == 0 || strcmp(a, "-c") == 0) && i + 1 >= argc)
			return error_set(err, ERR_USAGE, "%s needs a value", a);
		if (strcmp(a, "-C") == 0)
			g->dir = argv[++i];
		else if (strcmp(a, "-c") == 0)
			strv_add(&g->overrides, argv[++i]);
		else if (strcmp(a, "-q") == 0)
			g->verbosity = -1;
		else if (a[1] == 'v' && strspn(a + 1, "v") == strlen(a + 1))
			g->verbosity += (int)strlen(a + 1);
		else if (strncmp(a, "--color=", 8) == 0) {
			if ((rc = set_colour(g, a + 8, err)) < 0)
				return rc;
		} else if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) {
			argv[i] = help;
			break;
		} else if (strcmp(a, "--version") == 0) {
			argv[i] = version;
			break;
		} else {
			return error_set(err, ERR_USAGE, "unknown option '%s' before the command", a);
		}
	}
	*first = i;
	return 0;
}

/* -C, $REGWATCH_DIR, the current folder if it holds regwatch.conf, $XDG_DATA_HOME/regwatch. */
static char *
home_dir(const struct globals *g)
{
	const char *env = getenv("REGWATCH_DIR"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char *here;

	if (g->dir != NULL)
		return xstrdup(g->dir);
	if (env != NULL && env[0] != '\0')
		return xstrdup(env);
	if (file_exists("regwatch.conf") && (here = getcwd(NULL, 0)) != NULL)
		return here;
	if (data != NULL && data[0] == '/')
		return xasprintf("%s/regwatch", data);
	return xasprintf("%s/.local/share/regwatch", home != NULL ? home : "");
}

static void
look_at_terminal(struct app *app, const struct globals *g)
{
	struct winsize w;
	const char *no_colour = getenv("NO_COLOR"), *columns = getenv("COLUMNS");
	bool terminal = isatty(STDOUT_FILENO);

	if (terminal)
		app->width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 20 ? w.ws_col : columns != NULL ? (size_t)atoi(columns) : 80;
	app->colour = strcmp(g->colour, "always") == 0 || (strcmp(g->colour, "auto") == 0 && terminal && (no_colour == NULL || no_colour[0] == '\0'));
}

static int
check_arguments(const struct command *c, const struct options *o, struct error *err)
{
	if ((int)o->rest.n < c->min)
		return error_set(err, ERR_USAGE, "usage: regwatch %s %s", c->name, c->arguments);
	if (c->max >= 0 && (int)o->rest.n > c->max)
		return error_set(err, ERR_USAGE, "too many arguments for '%s': '%s'", c->name, o->rest.v[c->max]);
	return 0;
}

static int
run_command(struct app *app, const struct command *c, int argc, char **argv, struct error *err)
{
	struct options o;
	struct error output;
	int rc = options_parse(&o, c->options, argc, argv, err);

	if (rc == 0 && o.help) {
		strv_clear(&o.rest);
		strv_add(&o.rest, c->name);
		rc = cmd_help(app, &o, err);
	} else if (rc == 0 && (rc = check_arguments(c, &o, err)) == 0 && (rc = app_open(app, c->needs, c->name, err)) == 0) {
		for (size_t i = 0; rc == 0 && i < o.filter.sectors.n; i++)
			rc = app_check_sector(app, o.filter.sectors.v[i], err);
		if (rc == 0)
			rc = c->run(app, &o, err);
	}
	options_clear(&o);
	if (output_end(&output) < 0 && rc == 0) {
		*err = output;
		rc = output.code;
	}
	return rc;
}

static int
start(struct app *app, struct globals *g, int argc, char **argv, struct error *err)
{
	const struct command *c;
	int first = 1, rc;

	if ((rc = parse_globals(g, argc, argv, &first, err)) < 0 || (rc = clock_check(err)) < 0)
		return rc;
	message_verbosity(g->verbosity);
	if (first >= argc)
		return error_set(err, ERR_USAGE, "no command given; 'regwatch help' lists them");
	if ((c = find_command(argv[first])) == NULL)
		return unknown_command(argv[first], err);
	if (c->run == NULL)
		return hand_over(argv, err);
	app->dir = home_dir(g);
	app->overrides = &g->overrides;
	look_at_terminal(app, g);
	return run_command(app, c, argc - first - 1, argv + first + 1, err);
}

int
main(int argc, char **argv)
{
	struct app app = { 0 };
	struct globals g = { .colour = "auto" };
	struct error err = { 0 };
	int rc;

	signal(SIGPIPE, SIG_IGN);
	rc = start(&app, &g, argc, argv, &err);
	if (rc < 0 && err.text[0] != '\0')
		message_error("%s", err.text);
	app_close(&app);
	strv_clear(&g.overrides);
	return rc < 0 ? -rc : 0;
}
