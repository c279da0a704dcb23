/* A folder of a site for tests, made before each and removed after it. */
#ifndef REGWATCH_TESTS_SITE_FOLDER_H
#define REGWATCH_TESTS_SITE_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/site_files.h"
#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"

static char dir[64];

static int
setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/regwatch-site.XXXXXX");
	return mkdtemp(dir) != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	AUTO_FREE char *command = xasprintf("rm -r '%s'", dir);

	(void)state;
	return system(command);
}

static int
put(struct site_files *f, const char *path, uint64_t key, const char *text)
{
	AUTO_BUF bytes = BUF_INIT;
	struct error err;

	buf_adds(&bytes, text);
	return site_files_put(f, path, key, &bytes, &err);
}

static struct site_files *
begin(void)
{
	struct site_files *f;
	struct error err;

	assert_int_equal(site_files_open(dir, &f, &err), 0);
	return f;
}

static struct site_files_done
finish(struct site_files *f)
{
	struct site_files_done done;
	struct error err;

	assert_int_equal(site_files_finish(f, &done, &err), 0);
	site_files_free(f);
	return done;
}

static void
assert_file(const char *name, const char *expected)
{
	AUTO_FREE char *path = file_join(dir, name);
	AUTO_BUF text = BUF_INIT;
	struct error err;

	if (expected == NULL) {
		assert_false(file_exists(path));
		return;
	}
	assert_int_equal(file_read(path, 1000, &text, &err), 0);
	assert_string_equal(buf_str(&text), expected);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
