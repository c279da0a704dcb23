#include "conf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "conf_entry.h"
#include "conf_syntax.h"
#include "error.h"
#include "file.h"
#include "limits.h"

void
conf_clear(struct conf *c)
{
	for (size_t i = 0; i < c->n; i++)
		conf_entry_clear(&c->v[i]);
	for (size_t i = 0; i < c->headers_n; i++)
		conf_entry_clear(&c->headers[i]);
	free(c->v);
	free(c->headers);
	free(c->file);
	*c = (struct conf)CONF_INIT;
}

int
conf_parse(struct conf *c, const char *file, const char *text, struct error *err)
{
	int rc;

	*c = (struct conf)CONF_INIT;
	c->file = xstrdup(file);
	if (strlen(text) > LIMIT_CONF)
		rc = error_set(err, ERR_CONF, "%s: larger than %d bytes", file, LIMIT_CONF);
	else
		rc = conf_syntax(c, text, err);
	if (rc < 0)
		conf_clear(c);
	return rc;
}

static int
check_owner(const char *file, struct error *err)
{
	struct stat st;

	if (stat(file, &st) < 0)
		return error_errno(err, ERR_CONF, "cannot open '%s'", file);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_CONF, "'%s' is not a regular file", file);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return error_set(err, ERR_CONF, "'%s' belongs to another user", file);
	if ((st.st_mode & 022) != 0)
		return error_set(err, ERR_CONF, "'%s' can be written by others: chmod go-w it", file);
	return 0;
}

int
conf_read(struct conf *c, const char *file, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	int rc = check_owner(file, err);

	*c = (struct conf)CONF_INIT;
	if (rc < 0)
		return rc;
	rc = file_read(file, LIMIT_CONF, &text, err);
	if (rc < 0) {
		if (err != NULL)
			err->code = ERR_CONF;
		return ERR_CONF;
	}
	if (text.len > 0 && memchr(text.data, '\0', text.len) != NULL)
		return error_set(err, ERR_CONF, "'%s' holds a NUL byte", file);
	return conf_parse(c, file, buf_str(&text), err);
}
