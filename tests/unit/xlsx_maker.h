/* Synthetic workbooks for tests: a ZIP archive made of parts given as text. */
#ifndef REGWATCH_TESTS_XLSX_MAKER_H
#define REGWATCH_TESTS_XLSX_MAKER_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"

struct zip_maker {
	struct buf file, directory;
	unsigned members;
	char path[40];		/* where the last one was written */
};

static inline void
zip_number(struct buf *out, unsigned long n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		buf_addc(out, (char)(n & 0xff));
}

static inline void
zip_deflate(const void *data, size_t n, struct buf *out)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)n };
	char block[65536];
	int rc;

	assert_int_equal(deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
	do {
		z.next_out = (Bytef *)block;
		z.avail_out = sizeof(block);
		rc = deflate(&z, Z_FINISH);
		buf_add(out, block, sizeof(block) - z.avail_out);
	} while (rc == Z_OK);
	deflateEnd(&z);
}

static inline void
zip_member(struct zip_maker *zip, const char *name, const void *data, size_t n)
{
	struct buf packed = BUF_INIT, fields = BUF_INIT;
	size_t at = zip->file.len;

	zip_deflate(data, n, &packed);
	zip_number(&fields, 20, 2);
	zip_number(&fields, 0, 2);
	zip_number(&fields, 8, 2);
	zip_number(&fields, 0, 4);
	zip_number(&fields, crc32(0, data, (uInt)n), 4);
	zip_number(&fields, packed.len, 4);
	zip_number(&fields, n, 4);
	zip_number(&fields, strlen(name), 2);
	zip_number(&fields, 0, 2);
	buf_adds(&zip->file, "PK\3\4");
	buf_add(&zip->file, fields.data, fields.len);
	buf_adds(&zip->file, name);
	buf_add(&zip->file, packed.data, packed.len);
	buf_adds(&zip->directory, "PK\1\2");
	zip_number(&zip->directory, 20, 2);
	buf_add(&zip->directory, fields.data, fields.len);
	zip_number(&zip->directory, 0, 2 + 2 + 2 + 4);
	zip_number(&zip->directory, at, 4);
	buf_adds(&zip->directory, name);
	zip->members++;
	buf_clear(&packed);
	buf_clear(&fields);
}

static inline void
zip_text(struct zip_maker *zip, const char *name, const char *text)
{
	zip_member(zip, name, text, strlen(text));
}

/* Puts the directory behind the members; the archive is then zip->file. */
static inline void
zip_end(struct zip_maker *zip)
{
	size_t at = zip->file.len;

	buf_add(&zip->file, zip->directory.data, zip->directory.len);
	buf_adds(&zip->file, "PK\5\6");
	zip_number(&zip->file, 0, 4);
	zip_number(&zip->file, zip->members, 2);
	zip_number(&zip->file, zip->members, 2);
	zip_number(&zip->file, zip->directory.len, 4);
	zip_number(&zip->file, at, 4);
	zip_number(&zip->file, 0, 2);
	buf_clear(&zip->directory);
	zip->members = 0;
}

/* Writes all but the last 'lost' bytes to a file of its own and forgets the archive. */
static inline const char *
zip_write(struct zip_maker *zip, size_t lost)
{
	int fd;

	zip_end(zip);
	strcpy(zip->path, "/tmp/regwatch-test-XXXXXX.xlsx");
	fd = mkstemps(zip->path, 5);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, zip->file.data, zip->file.len - lost), zip->file.len - lost);
	close(fd);
	buf_clear(&zip->file);
	return zip->path;
}

#define XLSX_MARK "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>"
#define XLSX_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

/* A workbook as ePing's export writes one: byte order marks, the sheet before its strings. strings: "<si>..</si>..", NULL without
 * that part. */
static inline const char *
xlsx_write(struct zip_maker *zip, const char *rows, const char *strings)
{
	char *sheet = xasprintf(XLSX_MARK "<worksheet " XLSX_MAIN "><sheetData>%s</sheetData></worksheet>", rows);
	char *shared = strings != NULL ? xasprintf(XLSX_MARK "<sst " XLSX_MAIN ">%s</sst>", strings) : NULL;

	zip_text(zip, "xl/workbook.xml", XLSX_MARK "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
	    XLSX_MAIN "><sheets><sheet name=\"Notifications\" sheetId=\"1\" r:id=\"rId1\" /></sheets></workbook>");
	zip_text(zip, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet9.xml\"/>"
	    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>");
	zip_text(zip, "xl/worksheets/sheet9.xml", sheet);
	if (shared != NULL)
		zip_text(zip, "xl/sharedStrings.xml", shared);
	free(sheet);
	free(shared);
	return zip_write(zip, 0);
}

#endif
