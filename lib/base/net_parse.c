#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "limits.h"
#include "net_private.h"

bool
net_header_safe(const char *text)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7f)
			return false;
	return true;
}

bool
net_header_line_valid(const char *line)
{
	static const char token[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
	size_t n = strspn(line, token);

	if (n == 0 || line[n] != ':')
		return false;
	return line[n + 1 + strspn(line + n + 1, " \t")] != '\0' && net_header_safe(line);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* An owned copy without blanks at either end; NULL for what no header value can be. */
static char *
clean_value(const char *p, size_t n)
{
	char *value;

	for (; n > 0 && is_blank(*p); p++)
		n--;
	while (n > 0 && is_blank(p[n - 1]))
		n--;
	if (n > LIMIT_HEADER_VALUE || memchr(p, '\0', n) != NULL)
		return NULL;
	value = xstrndup(p, n);
	if (net_header_safe(value))
		return value;
	free(value);
	return NULL;
}

bool
net_header_take(const char *line, size_t n, const char *name, char **value)
{
	size_t len = strlen(name);

	if (n <= len || strncasecmp(line, name, len) != 0 || line[len] != ':')
		return false;
	free(*value);
	*value = clean_value(line + len + 1, n - len - 1);
	return true;
}

static char *
lower_copy(const char *s, size_t n)
{
	char *copy = xstrndup(s, n);

	for (char *p = copy; *p != '\0'; p++)
		*p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
	return copy;
}

/* The value of "charset=" at p, quoted or not, or NULL. */
static char *
charset_at(const char *p)
{
	p += strspn(p, " \t");
	if (strncasecmp(p, "charset=", 8) != 0)
		return NULL;
	p += 8 + (p[8] == '"');
	return lower_copy(p, strcspn(p, "\"; \t"));
}

void
net_parse_type(const char *value, char **type, char **charset)
{
	size_t n = value != NULL ? strcspn(value, "; \t") : 0;

	*type = lower_copy(value != NULL ? value : "", n);
	*charset = NULL;
	for (const char *p = value != NULL ? strchr(value, ';') : NULL; p != NULL && *charset == NULL; p = strchr(p + 1, ';'))
		*charset = charset_at(p + 1);
	if (*charset == NULL)
		*charset = xstrdup("");
}

/* The three forms of an HTTP date begin with the day's name and hold a time of day; libcurl alone would read "20" too. */
static bool
like_http_date(const char *s)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++)
		if (strncasecmp(s, days[i], 3) == 0)
			return strchr(s, ':') != NULL;
	return false;
}

long
net_parse_retry_after(const char *value, int64_t now)
{
	size_t n;
	int64_t t;

	value += strspn(value, " \t");
	n = strspn(value, "0123456789");
	if (n > 0 && value[n + strspn(value + n, " \t")] == '\0')
		return n > 9 ? INT32_MAX : strtol(value, NULL, 10);
	if (!like_http_date(value))
		return -2;
	t = curl_getdate(value, NULL);
	if (t < 0)
		return -2;
	if (t <= now)
		return 0;
	return t - now > INT32_MAX ? INT32_MAX : (long)(t - now);
}
