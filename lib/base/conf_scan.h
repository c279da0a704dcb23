/* Where each variable of a text in git-config syntax stands: libgit2 gives no line numbers. */
#ifndef REGWATCH_BASE_CONF_SCAN_H
#define REGWATCH_BASE_CONF_SCAN_H

#include <stddef.h>

#include "cleanup.h"

/* A variable as the scan sees it, in the order of libgit2. */
struct conf_place {
	int line;		/* from 1, where its key stands */
	const char *key;	/* in the text, key_len bytes, in any letter case */
	size_t key_len;
};

/* Finds the places; the array is the caller's (free). *include is the line of the first section called include or includeIf, 0
 * without one. What libgit2 refuses as a syntax error may give anything. */
size_t conf_scan(const char *text, struct conf_place **places, int *include);

#endif
