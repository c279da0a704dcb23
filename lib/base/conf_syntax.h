/* git-config syntax. Read by ourselves, because libgit2 tells no line numbers and, before it reads a line, some 150 certificates: that alone took half of
 * the time of a 'show'. What is read here is read by git and libgit2 alike; what these two read differently (a '\' before blanks, a line that goes on into
 * an empty one) is refused. */
#ifndef REGWATCH_BASE_CONF_SYNTAX_H
#define REGWATCH_BASE_CONF_SYNTAX_H

struct conf;
struct error;

/* Appends the entries of a text to c, whose file names it. Fails with ERR_CONF, "FILE:LINE: ...". */
int conf_syntax(struct conf *c, const char *text, struct error *err);

#endif
