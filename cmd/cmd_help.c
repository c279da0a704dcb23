/* help, version */
#include <string.h>

#include "cmd.h"

static void
help_all(FILE *out)
{
	fputs("usage: regwatch [-C DIR] [-c NAME=VALUE]... [-q | -v...] [--color=auto|always|never] COMMAND [ARG...]\n\n", out);
	for (size_t i = 0; i < commands_count; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
	fputs("\n'regwatch help COMMAND' tells what a command takes; regwatch(1) tells all.\n", out);
}

static void
help_command(const struct command *c, FILE *out)
{
	AUTO_BUF options = BUF_INIT;

	options_help(c->options, &options);
	fprintf(out, "usage: regwatch %s%s%s%s\n\n%s\n", c->name, options.len > 0 ? " [OPTION...]" : "", c->arguments[0] != '\0' ? " " : "", c->arguments, c->summary);
	if (options.len > 0)
		fprintf(out, "\n%s", buf_str(&options));
}

int
cmd_help(struct app *app, const struct options *o, struct error *err)
{
	(void)app;
	if (o->rest.n == 0) {
		help_all(stdout);
		return 0;
	}
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, o->rest.v[0]) == 0) {
			help_command(&commands[i], stdout);
			return 0;
		}
	return error_set(err, ERR_USAGE, "there is no command '%s'", o->rest.v[0]);
}

int
cmd_version(struct app *app, const struct options *o, struct error *err)
{
	(void)app;
	(void)o;
	(void)err;
	puts("regwatch " REGWATCH_VERSION);
	return 0;
}
