/* A TRIS page: as fetched (its address known) and as saved. */
#include <string.h>

#include "feeds/item.h"
#include "feeds/tris_page.h"
#include "fuzz.h"

#define RAW_PATH "tris/2024/FI/0321/notification.26754.html"

static void
decode(const char *html, size_t n, const char *charset, const char *url)
{
	AUTO_NOTICE notice = NOTICE_INIT, back = NOTICE_INIT;
	AUTO_STRV warnings = STRV_INIT;
	struct error err = { 0, "" };

	if (tris_page_decode(html, n, charset, url, &notice, &warnings, &err) < 0) {
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0');
		return;
	}
	REQUIRE(notice.source == SOURCE_TRIS && notice.title.s != NULL && date_is_set(notice.distributed));
	fuzz_record(&notice);
	for (size_t i = 0; i < warnings.n; i++)
		REQUIRE(fuzz_is_text(warnings.v[i], strlen(warnings.v[i]), false));
	if (url == NULL || *charset != '\0')
		return;
	REQUIRE(item_decode(RAW_PATH, html, n, &back, &err) == 0);
	REQUIRE(notice_equal(&notice, &back) && notice.known == back.known);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *url = tris_page_url(26754);

	decode((const char *)data, size, "", url);
	decode((const char *)data, size, "", NULL);
	decode((const char *)data, size, "windows-1252", url);
	tris_page_is_error((const char *)data, size);
	return 0;
}
