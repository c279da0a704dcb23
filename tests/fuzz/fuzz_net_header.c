/* A header line of an answer, as any of those that we read. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/limits.h"
#include "lib/base/net_private.h"

static void
content_type(const char *value)
{
	AUTO_FREE char *type = NULL, *charset = NULL;

	net_parse_type(value, &type, &charset);
	REQUIRE(type != NULL && charset != NULL);
	REQUIRE(strpbrk(type, "; \tABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL);
	REQUIRE(strpbrk(charset, "; \t\"ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL);
}

static void
value_of(const char *line, size_t n, const char *name)
{
	AUTO_FREE char *value = NULL;

	if (!net_header_take(line, n, name, &value) || value == NULL)
		return;
	REQUIRE(net_header_safe(value) && strlen(value) <= LIMIT_HEADER_VALUE);
	REQUIRE(strspn(value, " \t\r\n") == 0);
	content_type(value);
	REQUIRE(net_parse_retry_after(value, 1767225600) >= -2);
	REQUIRE(net_parse_retry_after(value, 1767225600) != -1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "content-type", "retry-after", "etag", "last-modified", "location", "content-encoding", "date" };
	AUTO_FREE char *text = fuzz_text(data, size);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		value_of((const char *)data, size, names[i]);
	content_type(text);
	REQUIRE(net_parse_retry_after(text, 0) >= -2);
	if (net_header_line_valid(text))
		REQUIRE(net_header_safe(text) && strchr(text, ':') > text);
	return 0;
}
