#include "error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int
error_set(struct error *err, enum errcode code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

int
error_errno(struct error *err, enum errcode code, const char *fmt, ...)
{
	int saved = errno;
	size_t n;
	va_list ap;

	if (err == NULL)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof(err->text) - n, ": %s", strerror(saved));
	return code;
}

int
error_prefix(struct error *err, const char *fmt, ...)
{
	char prefix[sizeof(err->text)], whole[2 * sizeof(err->text) + 2];
	va_list ap;

	if (err == NULL)
		return ERR_BUG;
	va_start(ap, fmt);
	vsnprintf(prefix, sizeof(prefix), fmt, ap);
	va_end(ap);
	snprintf(whole, sizeof(whole), "%s: %s", prefix, err->text);
	memcpy(err->text, whole, sizeof(err->text) - 1);
	err->text[sizeof(err->text) - 1] = '\0';
	return err->code;
}
