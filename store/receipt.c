#include "receipt.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/sha.h"
#include "commit.h"
#include "tree_bytes.h"

#define MESSAGE_FILE "message"
#define REMINDED_FOLDER "reminded"
#define LIMIT_TREE 4096		/* of a receipt: two entries */
#define REASON_MARK ": refused: "

static const char *const state_names[] = { [RECEIPT_NONE] = NULL, [RECEIPT_PENDING] = "pending", [RECEIPT_SENT] = "sent", [RECEIPT_REFUSED] = "refused" };

void
receipt_clear(struct receipt *r)
{
	free(r->subscription);
	free(r->target);
	free(r->message_id);
	free(r->reason);
	strv_clear(&r->reminders);
	strv_clear(&r->cache.lines);
	*r = (struct receipt)RECEIPT_INIT;
}

int
receipt_ref(const char *subscription, const char *target, struct buf *out, struct error *err)
{
	AUTO_BUF clean = BUF_INIT;
	char hash[SHA256_HEX];

	if (subscription[0] == '\0' || strspn(subscription, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(subscription))
		return error_set(err, ERR_CONF, "'%s' is no name of a subscription", subscription);
	commit_line(target, &clean);
	if (target[0] == '\0' || strcmp(buf_str(&clean), target) != 0)
		return error_set(err, ERR_CONF, "the target '%s' is empty, too long or holds characters that a receipt cannot", target);
	sha256_hex(target, strlen(target), hash);
	buf_addf(out, DELIVERED_REFS "%s/%.16s", subscription, hash);
	return 0;
}

static int
set_string(char **field, const char *value, struct error *err)
{
	if (*field != NULL)
		return error_set(err, ERR_DATA, "comes twice");
	*field = xstrdup(value);
	return 0;
}

static int
set_state(struct receipt *r, const char *value, struct error *err)
{
	for (int i = RECEIPT_PENDING; i <= RECEIPT_REFUSED; i++) {
		if (strcmp(value, state_names[i]) == 0) {
			r->state = (enum receipt_state)i;
			return 0;
		}
	}
	return error_set(err, ERR_DATA, "'%s' is no state", value);
}

static int
read_trailer(void *ctx, const char *key, const char *value, struct error *err)
{
	struct receipt *r = ctx;
	git_oid id;

	if (strcmp(key, "Target") == 0)
		return set_string(&r->target, value, err);
	if (strcmp(key, "Message-ID") == 0)
		return set_string(&r->message_id, value, err);
	if (strcmp(key, "State") == 0)
		return set_state(r, value, err);
	if (strcmp(key, "Reminder") == 0)
		strv_add(&r->reminders, value);
	else if (strcmp(key, "Up-To") == 0) {
		if (!store_oid(value, &id))
			return error_set(err, ERR_DATA, "'%s' is no object id", value);
		store_hex(&id, r->up_to);
	}
	return 0;
}

static int
read_tree(struct store *st, const git_oid *tree, struct receipt *r, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	AUTO_BUF bytes = BUF_INIT;
	git_oid id;
	int rc = store_object(st, tree, GIT_OBJECT_TREE, LIMIT_TREE, &object, err);

	if (rc < 0)
		return rc;
	buf_add(&bytes, git_odb_object_data(object), git_odb_object_size(object));
	if (!tree_bytes_valid(bytes.data, bytes.len))
		return error_set(err, ERR_DATA, "its tree is none of ours");
	if (tree_bytes_find(&bytes, MESSAGE_FILE, &id) == TREE_FILE)
		store_hex(&id, r->message);
	if (tree_bytes_find(&bytes, REMINDED_FOLDER, &id) == TREE_FOLDER)
		store_hex(&id, r->reminded);
	return 0;
}

static void
read_reason(const struct commit_view *view, struct receipt *r)
{
	AUTO_FREE char *subject = commit_subject(view);
	const char *mark = strstr(subject, REASON_MARK);

	if (r->state == RECEIPT_REFUSED)
		r->reason = xstrdup(mark != NULL ? mark + strlen(REASON_MARK) : "");
}

/* The ref tells the subscription, and the target's hash. */
static int
check_inbox(const char *ref, struct receipt *r, struct error *err)
{
	const char *name = ref + strlen(DELIVERED_REFS), *slash = strchr(name, '/');
	char hash[SHA256_HEX];

	if (r->target == NULL || r->state == RECEIPT_NONE)
		return error_set(err, ERR_DATA, "a trailer 'Target' or 'State' is missing");
	if (r->state == RECEIPT_PENDING && (r->message[0] == '\0' || r->message_id == NULL))
		return error_set(err, ERR_DATA, "it is pending without its message");
	sha256_hex(r->target, strlen(r->target), hash);
	if (slash == NULL || strlen(slash + 1) != 16 || strncmp(slash + 1, hash, 16) != 0)
		return error_set(err, ERR_DATA, "it belongs to another target, '%s'", r->target);
	r->subscription = xstrndup(name, (size_t)(slash - name));
	return 0;
}

static int
parse(struct store *st, const char *ref, git_odb_object *object, struct receipt *r, struct error *err)
{
	struct commit_view view;
	int rc;

	if (!commit_view(git_odb_object_data(object), git_odb_object_size(object), &view) || view.parents > 1)
		return error_set(err, ERR_DATA, "not a commit that regwatch wrote");
	r->at = view.time;
	rc = commit_trailers(&view, read_trailer, r, err);
	if (rc == 0)
		rc = read_tree(st, &view.tree, r, err);
	if (rc == 0)
		rc = check_inbox(ref, r, err);
	read_reason(&view, r);
	return rc;
}

int
receipt_read(struct store *st, const char *ref, const git_oid *id, struct receipt *out, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	int rc;

	*out = (struct receipt)RECEIPT_INIT;
	rc = store_object(st, id, GIT_OBJECT_COMMIT, LIMIT_MESSAGE, &object, err);
	if (rc == 0)
		rc = parse(st, ref, object, out, err);
	store_hex(id, out->commit);
	if (rc < 0) {
		error_prefix(err, "receipt %s", out->commit);
		receipt_clear(out);
	}
	return rc;
}

int
receipt_before(struct store *st, const struct receipt *r, struct receipt *out, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	AUTO_BUF ref = BUF_INIT;
	struct commit_view view;
	git_oid id;
	int rc = receipt_ref(r->subscription, r->target, &ref, err);

	*out = (struct receipt)RECEIPT_INIT;
	if (rc == 0 && !store_oid(r->commit, &id))
		rc = error_set(err, ERR_BUG, "a receipt without id");
	if (rc == 0)
		rc = store_object(st, &id, GIT_OBJECT_COMMIT, LIMIT_MESSAGE, &object, err);
	if (rc < 0)
		return rc;
	if (!commit_view(git_odb_object_data(object), git_odb_object_size(object), &view) || view.parents != 1)
		return error_set(err, ERR_DATA, "receipt %s has none before it", r->commit);
	return receipt_read(st, buf_str(&ref), &view.parent, out, err);
}

static int
write_tree(struct store *st, const struct receipt *r, git_oid *id, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	git_oid part;

	if (store_oid(r->message, &part))
		tree_bytes_put(&bytes, MESSAGE_FILE, false, &part);
	if (store_oid(r->reminded, &part))
		tree_bytes_put(&bytes, REMINDED_FOLDER, true, &part);
	if (git_odb_write(id, st->odb, buf_str(&bytes), bytes.len, GIT_OBJECT_TREE) < 0)
		return error_git(err, ERR_IO, "cannot write a receipt to '%s'", st->path);
	return 0;
}

static void
write_message(const struct receipt *r, struct buf *out)
{
	buf_addf(out, "%s: %s", r->subscription, state_names[r->state]);
	if (r->reason != NULL) {
		buf_adds(out, ": ");
		commit_line(r->reason, out);
	}
	buf_adds(out, "\n\n");
	commit_trailer("Target", r->target, out);
	commit_trailer("Up-To", r->up_to, out);
	commit_trailer("Message-ID", r->message_id, out);
	for (size_t i = 0; i < r->reminders.n; i++)
		commit_trailer("Reminder", r->reminders.v[i], out);
	commit_trailer("State", state_names[r->state], out);
}

int
receipt_write(struct store *st, const struct receipt *r, const git_oid *parent, git_oid *id, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	git_oid tree;
	int rc = write_tree(st, r, &tree, err);

	if (rc < 0)
		return rc;
	commit_header(&tree, parent, "regwatch", "regwatch@localhost", r->at, r->at, &bytes);
	write_message(r, &bytes);
	if (bytes.len > LIMIT_MESSAGE)
		return error_set(err, ERR_DATA, "a receipt of '%s' would be larger than %d bytes", r->subscription, LIMIT_MESSAGE);
	if (git_odb_write(id, st->odb, bytes.data, bytes.len, GIT_OBJECT_COMMIT) < 0)
		return error_git(err, ERR_IO, "cannot write a receipt to '%s'", st->path);
	return 0;
}
