#include "zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"

#define BLOCK (256 << 10)
#define ALWAYS_ALLOWED ((size_t)64 << 20)	/* unpacked, however small the archive */
#define RATIO 100		/* deflate reaches 1,000 on zeros; a real workbook 10 */

struct zip {
	struct archive *archive;
	size_t members;
	size_t unpacked, allowed;
};

void
zip_free(struct zip *zip)
{
	if (zip == NULL)
		return;
	archive_read_free(zip->archive);
	free(zip);
}

/* Only ZIP, with the directory at its end when it can be sought: no other format, no filter, no program. */
static struct zip *
new_zip(size_t size)
{
	struct zip *zip = xcalloc(1, sizeof(*zip));
	size_t allowed = size > LIMIT_UNPACKED / RATIO ? LIMIT_UNPACKED : size * RATIO;

	zip->allowed = allowed > ALWAYS_ALLOWED ? allowed : ALWAYS_ALLOWED;
	zip->archive = archive_read_new();
	if (zip->archive == NULL || archive_read_support_format_zip(zip->archive) != ARCHIVE_OK)
		abort();
	return zip;
}

static int
damaged(const struct zip *zip, struct error *err)
{
	const char *text = archive_error_string(zip->archive);

	return error_set(err, ERR_DATA, "damaged archive: %s", text != NULL ? text : "unknown cause");
}

bool
zip_begins(const void *data, size_t n)
{
	return n >= ZIP_START && memcmp(data, "PK\3\4", ZIP_START) == 0;
}

int
zip_open(const char *path, struct zip **out, struct error *err)
{
	AUTO_FILE *f = fopen(path, "rbe");
	struct zip *zip;
	struct stat st;
	char start[ZIP_START];

	*out = NULL;
	if (f == NULL || fstat(fileno(f), &st) < 0)
		return error_errno(err, ERR_IO, "cannot open '%s'", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_IO, "cannot open '%s': not a regular file", path);
	if (st.st_size > LIMIT_FILE)
		return error_set(err, ERR_DATA, "larger than %d bytes", LIMIT_FILE);
	zip = new_zip((size_t)st.st_size);
	if (!zip_begins(start, fread(start, 1, sizeof(start), f)) ||
	    archive_read_open_filename(zip->archive, path, BLOCK) != ARCHIVE_OK) {
		zip_free(zip);
		return error_set(err, ERR_DATA, "no ZIP archive");
	}
	*out = zip;
	return 0;
}

int
zip_open_memory(const void *data, size_t n, const char *name, struct zip **out, struct error *err)
{
	struct zip *zip = new_zip(n);

	*out = NULL;
	if (!zip_begins(data, n) || archive_read_open_memory(zip->archive, data, n) != ARCHIVE_OK) {
		zip_free(zip);
		return error_set(err, ERR_DATA, "%s: no ZIP archive", name);
	}
	*out = zip;
	return 0;
}

int
zip_next(struct zip *zip, const char **name, struct error *err)
{
	struct archive_entry *entry;
	int rc;

	for (;;) {
		rc = archive_read_next_header(zip->archive, &entry);
		if (rc == ARCHIVE_EOF)
			return 0;
		if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
			return damaged(zip, err);
		if (++zip->members > LIMIT_MEMBERS)
			return error_set(err, ERR_DATA, "more than %d members", LIMIT_MEMBERS);
		*name = archive_entry_pathname(entry);
		if (*name != NULL && archive_entry_filetype(entry) == AE_IFREG)
			return 1;
	}
}

int
zip_find(struct zip *zip, const char *name, struct error *err)
{
	const char *found;
	int rc;

	while ((rc = zip_next(zip, &found, err)) == 1)
		if (strcasecmp(found, name) == 0)
			return 1;
	return rc;
}

ssize_t
zip_read(struct zip *zip, void *data, size_t n, struct error *err)
{
	la_ssize_t got = archive_read_data(zip->archive, data, n);

	if (got < 0)
		return damaged(zip, err);
	zip->unpacked += (size_t)got;
	if (zip->unpacked > zip->allowed)
		return error_set(err, ERR_DATA, "unpacks to more than %zu MB", zip->allowed >> 20);
	return (ssize_t)got;
}

int
zip_read_all(struct zip *zip, size_t max, struct buf *out, struct error *err)
{
	char block[16384];
	ssize_t got;
	size_t start = out->len;

	while ((got = zip_read(zip, block, sizeof(block), err)) > 0) {
		if (out->len - start + (size_t)got > max)
			return error_set(err, ERR_DATA, "a member of more than %zu bytes", max);
		buf_add(out, block, (size_t)got);
	}
	return (int)got;
}
