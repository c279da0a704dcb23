/* What fuzz targets share: promises that end the program when they are broken, and ways to cut an input into arguments. */
#ifndef REGWATCH_TESTS_FUZZ_H
#define REGWATCH_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/strv.h"

struct notice;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise of a header. */
#define REQUIRE(promise)								\
	do {										\
		if (!(promise)) {							\
			fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise);	\
			abort();							\
		}									\
	} while (0)

/* The input as a C string (up to its first NUL) in a block of just its size, so that a read past its end is seen. Caller frees. */
char *fuzz_text(const uint8_t *data, size_t size);

/* The input cut at lines "%%" into n C strings, "" for those that are not there. Caller frees each. */
void fuzz_parts(const uint8_t *data, size_t size, char **parts, size_t n);

/* The lines of a text; in them \n, \r and \t stand for the characters. */
void fuzz_lines(const char *text, struct strv *out);

/* Valid UTF-8 without control characters; a line end or tab only where lines says so. */
bool fuzz_is_text(const char *s, size_t n, bool lines);

/* A path that stays below its folder: parts of [A-Za-z0-9._-], none empty, "." or "..", none that is hidden. */
bool fuzz_is_path(const char *path);

/* ---- record.c ---- */

/* What holds for every record that a decoder gave: text form and JSON parse back, path, events and subject are safe. */
void fuzz_record(const struct notice *n);

#endif
