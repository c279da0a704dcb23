#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/strv.h"
#include "docx_part.h"
#include "zip.h"

static const struct { const char *type, *usual; } roles[DOCX_ROLES] = {
	[DOCX_MAIN] = { "/officeDocument", "word/document.xml" },
	[DOCX_STYLES] = { "/styles", "word/styles.xml" },
	[DOCX_NUMBERING] = { "/numbering", "word/numbering.xml" },
	[DOCX_FOOTNOTES] = { "/footnotes", "word/footnotes.xml" },
	[DOCX_ENDNOTES] = { "/endnotes", "word/endnotes.xml" },
};

void
docx_package_close(struct docx_package *package)
{
	for (size_t i = 0; i < DOCX_ROLES; i++) {
		free(package->part[i]);
		package->part[i] = NULL;
	}
}

/* The parts of a path one by one, "." left out and ".." taking one away; NULL when it leads outside. Caller frees. */
static char *
plain_path(const char *path)
{
	AUTO_STRV parts = STRV_INIT;
	AUTO_BUF out = BUF_INIT;

	for (size_t n; *path != '\0'; path += n + (path[n] == '/')) {
		n = strcspn(path, "/");
		if (n == 0 || (n == 1 && path[0] == '.'))
			continue;
		if (n != 2 || memcmp(path, "..", 2) != 0)
			strv_addn(&parts, path, n);
		else if (parts.n > 0)
			free(parts.v[--parts.n]);
		else
			return NULL;
	}
	strv_join(&parts, "/", &out);
	return buf_take(&out);
}

static bool
leads_outside(const char *name)
{
	AUTO_FREE char *path = plain_path(name);

	return name[0] == '/' || strchr(name, '\\') != NULL || path == NULL;
}

static int
check_members(const struct docx_package *package, struct error *err)
{
	AUTO_ZIP *zip = NULL;
	const char *name;
	int rc = zip_open_memory(package->bytes, package->n, "document", &zip, err);

	while (rc >= 0 && (rc = zip_next(zip, &name, err)) == 1)
		if (leads_outside(name))
			return error_set(err, ERR_DATA, "a member leads outside the archive: '%.100s'", name);
	return rc;
}

/* The member that a relationship of the part 'from' points at. Caller frees; NULL when it leads outside. */
static char *
target_of(const char *from, const char *target)
{
	const char *slash = strrchr(from, '/');
	AUTO_FREE char *path = NULL;

	if (target[0] == '/')
		return plain_path(target);
	path = xasprintf("%.*s/%s", slash != NULL ? (int)(slash - from) : 0, from, target);
	return plain_path(path);
}

static bool
ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcasecmp(s + n - m, end) == 0;
}

static void
take_relationship(struct docx_package *package, struct docx_part *p, const char *from)
{
	AUTO_FREE char *type = xstrdup(docx_attribute(p, "Type")), *target = xstrdup(docx_attribute(p, "Target"));
	const char *mode = docx_attribute(p, "TargetMode");

	if (type == NULL || target == NULL || (mode != NULL && strcasecmp(mode, "External") == 0))
		return;
	for (size_t i = 0; i < DOCX_ROLES; i++)
		if (package->part[i] == NULL && (i == DOCX_MAIN) == (*from == '\0') && ends_in(type, roles[i].type))
			package->part[i] = target_of(from, target);
}

/* "" for the package itself. */
static int
read_relationships(struct docx_package *package, const char *from, struct error *err)
{
	AUTO_DOCX_PART p = { .package = NULL };
	const char *slash = strrchr(from, '/');
	const char *base = slash != NULL ? slash + 1 : from;
	AUTO_FREE char *name = xasprintf("%.*s_rels/%s.rels", (int)(base - from), from, base);
	int rc = docx_part_open(package, name, &p, err);

	while (rc == 1 && (rc = docx_part_next(&p, err)) == 1)
		if (p.event == DOCX_OPEN && strcmp(p.name, "Relationship") == 0)
			take_relationship(package, &p, from);
	return rc < 0 ? error_prefix(err, "'%.100s'", name) : 0;
}

int
docx_package_open(const char *bytes, size_t n, struct docx_package *package, struct error *err)
{
	int rc;

	*package = (struct docx_package){ .bytes = bytes, .n = n };
	if ((rc = check_members(package, err)) < 0 || (rc = read_relationships(package, "", err)) < 0)
		return rc;
	if (package->part[DOCX_MAIN] == NULL)
		package->part[DOCX_MAIN] = xstrdup(roles[DOCX_MAIN].usual);
	if ((rc = read_relationships(package, package->part[DOCX_MAIN], err)) < 0)
		return rc;
	for (size_t i = 0; i < DOCX_ROLES; i++)
		if (package->part[i] == NULL)
			package->part[i] = xstrdup(roles[i].usual);
	return 0;
}
