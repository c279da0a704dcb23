/* A workbook: the bytes of an archive, or (for inputs that do not begin as one) the rows of a sheet, "%%" and its shared strings, packed here. */
#include <string.h>
#include <sys/mman.h>

#include "fuzz.h"

#define assert_true(promise) REQUIRE(promise)
#define assert_int_equal(a, b) REQUIRE((size_t)(a) == (size_t)(b))
#include "feeds/eping_workbook.h"
#include "feeds/xlsx.h"
#include "tests/unit/xlsx_maker.h"

static int
take(void *ctx, struct items *items, struct error *err)
{
	size_t *n = ctx;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = &items->v[i];
		AUTO_NOTICE back = NOTICE_INIT;

		fuzz_record(&item->notice);
		REQUIRE(eping_row_decode(buf_str(&item->raw), item->raw.len, &back, err) == 0);
		REQUIRE(notice_equal(&item->notice, &back) && item->notice.known == back.known);
	}
	*n += items->n;
	return 0;
}

static void
read_workbook(const char *path)
{
	struct error err = { 0, "" };
	size_t items = 0, rows = 0;
	int rc = eping_workbook_read(&(struct xlsx_file){ path, "/tmp/regwatch-fuzz" }, take, &items, &rows, &err);

	REQUIRE(rc == 0 ? items <= rows : (rc == ERR_DATA || rc == ERR_IO) && err.text[0] != '\0');
}

static void
read_bytes(const uint8_t *data, size_t size)
{
	AUTO_FD fd = memfd_create("workbook", MFD_CLOEXEC);
	char path[40];

	REQUIRE(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	read_workbook(path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zip_maker zip = { .members = 0 };
	char *parts[2];

	if (size >= 2 && memcmp(data, "PK", 2) == 0) {
		read_bytes(data, size);
		return 0;
	}
	fuzz_parts(data, size, parts, 2);
	xlsx_write(&zip, parts[0], parts[1]);
	read_workbook(zip.path);
	unlink(zip.path);
	free(parts[0]);
	free(parts[1]);
	return 0;
}
