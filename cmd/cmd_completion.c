/* completion: what bash completes, out of the tables of commands and options */
#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/notice/event.h"
#include "cmd.h"

/* Fixed words that a command takes as arguments. */
static const struct { const char *command, *words; } arguments[] = {
	{ "fetch", "eping tris" },
	{ "sectors", "explain test" },
	{ "completion", "bash" },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* bash takes '=' for a word of its own. Before the command only -C and -c take a word. */
static const char begin[] =
"_regwatch()\n"
"{\n"
"	local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= i\n"
"	if [ \"$cur\" = = ]; then cur=; elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
"	for ((i = 1; i < COMP_CWORD; i++)); do\n"
"		case ${COMP_WORDS[i]} in\n"
"		-C|-c) ((i++)); while [ \"${COMP_WORDS[i+1]}\" = = ]; do ((i += 2)); done ;;\n"
"		--color) [ \"${COMP_WORDS[i+1]}\" = = ] && ((i += 2)) ;;\n"
"		-*) ;;\n"
"		*) command=${COMP_WORDS[i]}; break ;;\n"
"		esac\n"
"	done\n"
"	case $before in\n"
"	-C) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n"
"	--sector) words=$(regwatch sectors --format=csv 2>/dev/null | sed -n '2,$s/,.*//p') ;;\n"
"	--source) words='eping tris' ;;\n"
"	--area) words='TBT SPS TRIS' ;;\n"
"	--color) words='auto always never' ;;\n";

static const char end[] =
"	esac\n"
"	COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
"	case ${COMPREPLY[0]} in *=) compopt -o nospace ;; esac\n"
"}\n"
"complete -o default -F _regwatch regwatch\n";

static void
write_values(struct buf *out)
{
	buf_adds(out, "\t--event) words='changed");
	for (int k = 0; k < EVENT_KINDS; k++)
		buf_addf(out, " %s", event_name((enum event_kind)k));
	buf_adds(out, "' ;;\n\t--format) words='");
	options_formats(out);
	buf_adds(out, "' ;;\n");
}

static void
write_names(struct buf *out)
{
	for (size_t i = 0; i < commands_count; i++)
		buf_addf(out, " %s", commands[i].name);
}

static void
write_command(const struct command *c, struct buf *out)
{
	buf_addf(out, "\t\t%s) words='--help", c->name);
	options_names(c->options, out);
	for (size_t i = 0; i < COUNT(arguments); i++)
		if (strcmp(arguments[i].command, c->name) == 0)
			buf_addf(out, " %s", arguments[i].words);
	if (strcmp(c->name, "help") == 0)
		write_names(out);
	buf_adds(out, "' ;;\n");
}

int
cmd_completion(struct app *app, const struct options *o, struct error *err)
{
	AUTO_BUF out = BUF_INIT;

	(void)app;
	if (strcmp(o->rest.v[0], "bash") != 0)
		return error_set(err, ERR_USAGE, "there is completion for bash, not for '%.60s'", o->rest.v[0]);
	buf_adds(&out, begin);
	write_values(&out);
	buf_adds(&out, "\t*)\n\t\tcase $command in\n\t\t'') words='-C -c -q -v --color= --help --version");
	write_names(&out);
	buf_adds(&out, "' ;;\n");
	for (size_t i = 0; i < commands_count; i++)
		write_command(&commands[i], &out);
	buf_adds(&out, "\t\tesac ;;\n");
	buf_adds(&out, end);
	fputs(buf_str(&out), stdout);
	return 0;
}
