/* A commit object of a store that somebody else wrote. */
#include <string.h>

#include "fuzz.h"
#include "store/commit.h"

static int
one_trailer(void *ctx, const char *key, const char *value, struct error *err)
{
	AUTO_BUF line = BUF_INIT;

	(void)ctx;
	(void)err;
	REQUIRE(*key != '\0' && *value != '\0');
	REQUIRE(fuzz_is_text(key, strlen(key), false) && fuzz_is_text(value, strlen(value), false));
	if (commit_trailer(key, value, &line)) {
		REQUIRE(fuzz_is_text(buf_str(&line), line.len - 1, false) && line.data[line.len - 1] == '\n');
	}
	return 0;
}

static void
inside(const char *part, size_t len, const char *data, size_t n)
{
	REQUIRE(part >= data && part <= data + n && len <= (size_t)(data + n - part));
}

static void
view(const char *data, size_t n)
{
	struct commit_view v;
	struct error err = { 0, "" };
	int rc;

	if (!commit_view(data, n, &v))
		return;
	inside(v.author, v.author_len, data, n);
	inside(v.message, v.message_len, data, n);
	REQUIRE(v.time >= 0 && v.author_time >= 0);
	rc = commit_trailers(&v, one_trailer, NULL, &err);
	REQUIRE(rc == 0 || (rc == ERR_DATA && err.text[0] != '\0'));
	free(commit_subject(&v));
}

static void
one_line(const char *s)
{
	REQUIRE(s != NULL && fuzz_is_text(s, strlen(s), false));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_VERSION v = VERSION_INIT;
	struct error err = { 0, "" };

	view((const char *)data, size);
	if (commit_version((const char *)data, size, &v, &err) < 0) {
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0');
		return 0;
	}
	one_line(v.subject);
	one_line(v.author);
	one_line(v.notification);
	one_line(v.dossier);
	one_line(v.source);
	one_line(v.normaliser);
	REQUIRE(v.events.n > 0 && (v.raw[0] == '\0' || strlen(v.raw) == OID_HEX - 1));
	return 0;
}
