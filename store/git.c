#include "git.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
error_git(struct error *err, enum errcode code, const char *fmt, ...)
{
	const git_error *said = git_error_last();
	char text[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return error_set(err, code, "%s: %s", text, said != NULL && said->message != NULL ? said->message : "no reason given");
}

bool
store_oid(const char *hex, git_oid *out)
{
	return strlen(hex) == OID_HEX - 1 && strspn(hex, "0123456789abcdef") == OID_HEX - 1 && git_oid_fromstr(out, hex) == 0;
}

void
store_hex(const git_oid *id, char hex[OID_HEX])
{
	git_oid_tostr(hex, OID_HEX, id);
}

int
store_ref(struct store *st, const char *ref, git_oid *out, struct error *err)
{
	AUTO_REFERENCE *found = NULL;
	int rc = store_ready(st, err);

	if (rc < 0)
		return rc;
	rc = git_reference_lookup(&found, st->repo, ref);
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc < 0)
		return error_git(err, ERR_IO, "cannot read '%s' of '%s'", ref, st->path);
	if (git_reference_type(found) != GIT_REFERENCE_DIRECT)
		return error_set(err, ERR_DATA, "'%s' of '%s' is a symbolic ref", ref, st->path);
	git_oid_cpy(out, git_reference_target(found));
	return 1;
}

int
store_move(struct store *st, const char *ref, const git_oid *from, const git_oid *to, struct error *err)
{
	AUTO_REFERENCE *moved = NULL;
	int rc;

	if (from != NULL)
		rc = git_reference_create_matching(&moved, st->repo, ref, to, 1, from, NULL);
	else
		rc = git_reference_create(&moved, st->repo, ref, to, 0, NULL);
	if (rc == GIT_EMODIFIED || rc == GIT_EEXISTS || rc == GIT_ELOCKED)
		return error_git(err, ERR_AGAIN, "another process moved '%s' of '%s'", ref, st->path);
	if (rc < 0)
		return error_git(err, ERR_IO, "cannot move '%s' of '%s'", ref, st->path);
	return 0;
}

int
store_object(struct store *st, const git_oid *id, git_object_t type, size_t max, git_odb_object **out, struct error *err)
{
	char hex[OID_HEX];
	git_object_t found;
	size_t len;
	int rc;

	*out = NULL;
	if ((rc = store_ready(st, err)) < 0)
		return rc;
	store_hex(id, hex);
	rc = git_odb_read_header(&len, &found, st->odb, id);
	if (rc == GIT_ENOTFOUND)
		return error_set(err, ERR_NOTFOUND, "object %s is missing from '%s'", hex, st->path);
	if (rc == 0 && found != type)
		return error_set(err, ERR_DATA, "object %s is a %s where a %s was due", hex, git_object_type2string(found), git_object_type2string(type));
	if (rc == 0 && len > max)
		return error_set(err, ERR_DATA, "object %s has %zu bytes, more than the %zu allowed", hex, len, max);
	if (rc < 0 || git_odb_read(out, st->odb, id) < 0)
		return error_git(err, ERR_DATA, "object %s of '%s' cannot be read", hex, st->path);
	return 0;
}
