/* A page of ePing's API: its rows, the records they become, and the same records decoded again from the bytes that the store keeps. */
#include <string.h>

#include "feeds/eping_api.h"
#include "feeds/eping_workbook.h"
#include "fuzz.h"
#include "lib/notice/canon.h"

static void
decoded_again(const struct item *item)
{
	AUTO_BUF path = BUF_INIT;
	AUTO_NOTICE back = NOTICE_INIT;
	struct error err;

	item_suffix(item->way, item->hint, &path);
	REQUIRE(item_decode(buf_str(&path), buf_str(&item->raw), item->raw.len, &back, &err) == 0);
	REQUIRE(notice_equal(&item->notice, &back));
	REQUIRE(item->notice.known == back.known);
}

static void
stored_row(const char *raw, size_t n)
{
	AUTO_NOTICE notice = NOTICE_INIT;
	struct error err = { 0, "" };

	if (eping_row_decode(raw, n, &notice, &err) == 0)
		fuzz_record(&notice);
	else
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_ITEMS items = { .v = NULL };
	struct error err = { 0, "" };
	size_t met;

	stored_row((const char *)data, size);
	if (eping_api_rows((const char *)data, size, &rows, &err) < 0) {
		REQUIRE(rows.n == 0 && rows.bad == 0);
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0');
		return 0;
	}
	met = rows.n;
	eping_join(&rows, &items);
	REQUIRE(rows.n == 0 && items.n <= met && (items.n > 0) == (met > 0) && items.problems.n <= 20);
	for (size_t i = 0; i < items.n; i++) {
		fuzz_record(&items.v[i].notice);
		decoded_again(&items.v[i]);
	}
	return 0;
}
