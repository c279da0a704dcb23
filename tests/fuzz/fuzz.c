#include "fuzz.h"

#include <string.h>

#include "lib/base/alloc.h"
#include "lib/base/utf8.h"

#define MARK "%%\n"
#define PATH_MOST 255	/* a part of a path may be as long */

char *
fuzz_text(const uint8_t *data, size_t size)
{
	return xstrndup((const char *)data, size);
}

void
fuzz_parts(const uint8_t *data, size_t size, char **parts, size_t n)
{
	const char *at = (const char *)data, *end = at + size;

	for (size_t i = 0; i < n; i++) {
		const char *mark = i + 1 < n && at < end ? memmem(at, (size_t)(end - at), MARK, strlen(MARK)) : NULL;

		parts[i] = xstrndup(at, (size_t)((mark != NULL ? mark : end) - at));
		at = mark != NULL ? mark + strlen(MARK) : end;
	}
}

static void
unescape(char *s)
{
	static const char letters[] = "nrt", characters[] = "\n\r\t";
	char *to = s;

	for (; *s != '\0'; s++) {
		const char *found = *s == '\\' && s[1] != '\0' ? strchr(letters, s[1]) : NULL;

		*to++ = found != NULL ? characters[found - letters] : *s;
		s += found != NULL;
	}
	*to = '\0';
}

void
fuzz_lines(const char *text, struct strv *out)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		strv_addn(out, text, n);
		unescape(out->v[out->n - 1]);
		text += n + (text[n] == '\n');
	}
}

bool
fuzz_is_text(const char *s, size_t n, bool lines)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f)
			return false;
	}
	return utf8_valid(s, n);
}

bool
fuzz_is_path(const char *path)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";
	AUTO_STRV parts = STRV_INIT;
	size_t n = strlen(path), slashes = 0;

	if (n == 0 || n > PATH_MOST || strspn(path, allowed) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		slashes += path[i] == '/';
	strv_split(&parts, path, "/");
	for (size_t i = 0; i < parts.n; i++)
		if (parts.v[i][0] == '.')
			return false;
	return parts.n == slashes + 1;
}
