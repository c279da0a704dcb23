#include <stdlib.h>
#include <string.h>

#include "../base/buf.h"
#include "../notice/symbol.h"
#include "site.h"

void
site_dossier_base(const char *dossier, struct buf *out)
{
	static const char base[] = "/notification";
	size_t n = sizeof(base) - 1;

	symbol_path(dossier, out);
	if (out->len > n && strcmp(out->data + out->len - n, base) == 0)
		buf_truncate(out, out->len - n);
}

void
site_anchor(const char *notification, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;
	const char *name;

	symbol_path(notification, &path);
	name = strrchr(buf_str(&path), '/');
	name = name != NULL ? name + 1 : buf_str(&path);
	buf_adds(out, strcmp(name, "notification") == 0 ? "base" : name);
}

void
site_dossier_path(const char *dossier, const char *notification, struct buf *out)
{
	site_dossier_base(dossier, out);
	buf_adds(out, ".html");
	if (notification == NULL || strcmp(notification, dossier) == 0)
		return;
	buf_addc(out, '#');
	site_anchor(notification, out);
}

void
site_root(const char *page, struct buf *out)
{
	for (; (page = strchr(page, '/')) != NULL; page++)
		buf_adds(out, "../");
}
