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

/* What is refused before libgit2 sees it: it would take it, or refuse it without saying where. */
struct conf_problem {
	int line;		/* 0: none */
	const char *text;	/* static */
};

/* Finds the places; the array is the caller's (free). *problem is the first section called include or includeIf, for libgit2
 * would read the other file, else the first value with an unknown escape or with a quote that is not closed. What libgit2 refuses
 * as a syntax error may give anything. */
size_t conf_scan(const char *text, struct conf_place **places, struct conf_problem *problem);

#endif
