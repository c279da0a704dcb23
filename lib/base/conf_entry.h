/* What conf.c and conf_value.c share about one entry. */
#ifndef REGWATCH_BASE_CONF_ENTRY_H
#define REGWATCH_BASE_CONF_ENTRY_H

#include <stddef.h>

struct conf_entry;

void conf_entry_clear(struct conf_entry *e);
char *conf_lower(const char *s, size_t n);	/* n bytes in lower-case ASCII, caller frees */

#endif
