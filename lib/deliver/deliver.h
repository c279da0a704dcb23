/* Handing a finished message to a target. Each call is one try; when to try again is the caller's business. */
#ifndef REGWATCH_DELIVER_DELIVER_H
#define REGWATCH_DELIVER_DELIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

enum outcome {
	DELIVER_SENT,		/* the target took it */
	DELIVER_LATER,		/* temporary: network, 4xx, a program that failed */
	DELIVER_REFUSED,	/* permanent: 5xx */
	DELIVER_MISSING		/* the program to run is not there */
};

struct message {
	const char *bytes;
	size_t n;
	const char *id;			/* Message-ID without brackets: the same message has the same one at every try */
	int64_t at;			/* when it was made: the same at every try */
};

/* Each fails into *why (filled unless sent), in one line. */

struct smtp_options {
	const char *server;		/* smtp://HOST[:PORT], smtp+starttls://, smtps:// */
	const char *user, *password;	/* or NULL */
	const char *from, *to;		/* bare addresses */
	double seconds;			/* bound on the whole exchange; 0: the default of 60 */
};

/* *why is what the server said. */
enum outcome deliver_smtp(const struct smtp_options *o, const struct message *m, struct error *why);

/* Runs a command line of words (no shell) with the message on its standard input. Exit 0 is sent; 127 or no such file is missing; EX_TEMPFAIL and all others are
 * later, except that 64 to 68 (usage, data, no user, no host) of a mailer are a refusal. Killed after 'seconds' (0: 60). */
enum outcome deliver_command(const char *command, bool mailer, const struct message *m, double seconds, struct error *why);

#endif
