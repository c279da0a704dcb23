/* Messages for people, on stderr: silent by default, one line each, outside text made harmless. Results go to stdout, not here. */
#ifndef REGWATCH_BASE_MESSAGE_H
#define REGWATCH_BASE_MESSAGE_H

struct error;
struct buf;

/* -1 quiet (errors only), 0 normal, 1.. verbose. Set once by main. */
void message_verbosity(int level);
int message_level(void);

/* "regwatch: TEXT"; control characters, bidi controls and broken UTF-8 in the text come out as visible escapes, and the user part
 * of any URL ("//user:secret@") as "//...@". */
void message_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void message_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));	/* not when quiet */
void message_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));	/* from -v on */
void message_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));	/* from -vv on */

/* Appends text for a terminal: the same filter; "\n" is kept. */
void message_filter(const char *text, struct buf *out);

#endif
