#include "targets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "../lib/base/net.h"
#include "../lib/deliver/maildir.h"
#include "../lib/deliver/webhook.h"
#include "../lib/report/atom.h"
#include "../lib/report/mail.h"
#include "../lib/report/webhook_json.h"
#include "calendaring.h"

#define FEED_EVENTS 100		/* entries of an Atom file */
#define WEBHOOK_SECONDS 30	/* for one exchange */
#define MAIL_SECONDS 60
#define PROGRAM_SECONDS 60
#define SECONDS_LEAST 0.1
#define WEBHOOK "webhook:"
#define SENDER "regwatch <regwatch@localhost>"	/* of messages for programs when mail.from is not set */

/* One try. */
struct attempt {
	double until;		/* clock_monotonic() by which it must end; 0: any time */
	long wait;		/* seconds that the target asks to be left alone */
};

struct target_kind {
	const char *scheme;
	bool file;		/* its address is a path */
	size_t newest;
	int (*check)(const struct target *t, struct error *err);
	int (*state)(const struct target *t, struct news *news, struct buf *out, struct error *err);	/* or NULL */
	int (*render)(const struct target *t, const struct digest *d, const char *message_id, struct buf *out, struct error *err);
	enum outcome (*send)(const struct target *t, const struct message *m, struct attempt *a, struct error *why);
};

static const char *
sender(const struct target *t)
{
	return t->app->settings.mail.from != NULL ? t->app->settings.mail.from : SENDER;
}

const char *
target_domain(const struct target *t, struct buf *room)
{
	AUTO_FREE char *address = mail_address(sender(t));
	const char *at = address != NULL ? strrchr(address, '@') : NULL;

	if (t->app->settings.mail.list_domain != NULL)
		return t->app->settings.mail.list_domain;
	buf_adds(room, at != NULL ? at + 1 : "localhost");
	return buf_str(room);
}

/* Seconds for one try that may take so many at most: half of what is left of the run, that others behind have some too. Never 0, which would mean a default. */
static double
seconds_left(const struct attempt *a, double most)
{
	double left = a->until > 0 ? (a->until - clock_monotonic()) / 2 : most;

	return left > most ? most : left > SECONDS_LEAST ? left : SECONDS_LEAST;
}

/* ---- mail ---- */

static int
check_mail(const struct target *t, struct error *err)
{
	const struct mail_settings *m = &t->app->settings.mail;
	AUTO_FREE char *to = mail_address(t->address), *from = m->from != NULL ? mail_address(m->from) : NULL;

	if (to == NULL)
		return error_set(err, ERR_CONF, "'%s' is no mail address", t->address);
	if (m->server == NULL && m->sendmail == NULL)
		return error_set(err, ERR_CONF, "there is neither mail.server nor mail.sendmail to send mail with");
	if (m->from == NULL)
		return error_set(err, ERR_CONF, "mail.from is not set");
	if (from == NULL)
		return error_set(err, ERR_CONF, "mail.from is no mail address: '%s'", m->from);
	return 0;
}

static int
render_mail(const struct target *t, const struct digest *d, const char *message_id, struct buf *out, struct error *err)
{
	AUTO_BUF room = BUF_INIT;
	const struct mail_envelope e = {
		.from = sender(t), .to = strcmp(t->kind->scheme, "mailto:") == 0 ? t->address : sender(t),
		.message_id = message_id, .list_domain = target_domain(t, &room), .date = clock_now(),
	};

	return mail_compose(d, &e, out, err);
}

static enum outcome
send_mail(const struct target *t, const struct message *m, struct attempt *a, struct error *why)
{
	const struct mail_settings *s = &t->app->settings.mail;
	AUTO_FREE char *from = mail_address(s->from), *to = mail_address(t->address), *password = NULL;
	struct smtp_options o = { .server = s->server, .user = s->user, .from = from, .to = to, .seconds = seconds_left(a, MAIL_SECONDS) };

	if (s->server == NULL)
		return deliver_command(s->sendmail, true, m, seconds_left(a, PROGRAM_SECONDS), why);
	if (s->password_file != NULL && file_read_secret(s->password_file, &password, why) < 0)
		return DELIVER_LATER;
	o.password = password;
	return deliver_smtp(&o, m, why);
}

/* ---- programs ---- */

static int
check_none(const struct target *t, struct error *err)
{
	(void)t;
	(void)err;
	return 0;
}

static enum outcome
send_command(const struct target *t, const struct message *m, struct attempt *a, struct error *why)
{
	return deliver_command(t->address, false, m, seconds_left(a, PROGRAM_SECONDS), why);
}

/* ---- files and folders ---- */

/* A place that cannot be written to is told at once, with its reason, and not when there is something to deliver. */
static int
check_folder(const char *path, struct error *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return error_errno(err, ERR_CONF, "the folder '%s'", path);
	if (!S_ISDIR(st.st_mode))
		return error_set(err, ERR_CONF, "'%s' is no folder", path);
	if (access(path, W_OK | X_OK) < 0)
		return error_errno(err, ERR_CONF, "the folder '%s' cannot be written to", path);
	return 0;
}

static int
check_parent(const char *path, struct error *err)
{
	AUTO_FREE char *parent = xstrdup(path);
	char *slash;

	for (size_t n = strlen(parent); n > 1 && parent[n - 1] == '/'; n--)
		parent[n - 1] = '\0';
	slash = strrchr(parent, '/');
	if (slash != NULL)
		slash[slash == parent ? 1 : 0] = '\0';
	return check_folder(slash != NULL ? parent : ".", err);
}

static int
check_file(const struct target *t, struct error *err)
{
	struct stat st;

	if (t->address[strlen(t->address) - 1] == '/' || (stat(t->address, &st) == 0 && !S_ISREG(st.st_mode)))
		return error_set(err, ERR_CONF, "'%s' is no file", t->address);
	return check_parent(t->address, err);
}

/* The maildir itself is made when it is missing, what it shall lie in is not. */
static int
check_maildir(const struct target *t, struct error *err)
{
	struct stat st;

	if (stat(t->address, &st) < 0 && errno == ENOENT)
		return check_parent(t->address, err);
	return check_folder(t->address, err);
}

static enum outcome
send_maildir(const struct target *t, const struct message *m, struct attempt *a, struct error *why)
{
	(void)a;
	return deliver_maildir(t->address, m, why);
}

/* ---- webhooks ---- */

static int
read_secret(const struct target *t, char **secret, struct error *err)
{
	return t->sub->secret_file != NULL ? file_read_secret(t->sub->secret_file, secret, err) : 0;
}

static int
check_webhook(const struct target *t, struct error *err)
{
	AUTO_FREE char *host = net_url_host(t->address), *secret = NULL;
	int rc = read_secret(t, &secret, err);

	if (host == NULL)
		return error_set(err, ERR_CONF, "a webhook needs a URL that begins with https:// or http://");
	return rc;
}

static int
render_webhook(const struct target *t, const struct digest *d, const char *message_id, struct buf *out, struct error *err)
{
	(void)t;
	(void)err;
	webhook_json_render(d, message_id, out);
	return 0;
}

static enum outcome
send_webhook(const struct target *t, const struct message *m, struct attempt *a, struct error *why)
{
	const struct net_options options = { .contact = t->app->settings.contact, .version = REGWATCH_VERSION, .answer_seconds = seconds_left(a, WEBHOOK_SECONDS) };
	AUTO_FREE char *secret = NULL;
	struct webhook_options o = { .url = t->address };
	struct net *net;
	enum outcome outcome;

	if (read_secret(t, &secret, why) < 0)
		return DELIVER_LATER;
	o.secret = secret;
	net = net_new(&options);
	outcome = deliver_webhook(net, &o, m, &a->wait, why);
	net_free(net);
	return outcome;
}

/* ---- Atom ---- */

static int
render_atom(const struct target *t, const struct digest *d, const char *message_id, struct buf *out, struct error *err)
{
	const struct atom_feed feed = { .subscription = t->sub->name, .title = d->title, .site = d->site };

	(void)message_id;
	(void)err;
	atom_render(d, &feed, FEED_EVENTS, out);
	return 0;
}

static enum outcome
send_file(const struct target *t, const struct message *m, struct attempt *a, struct error *why)
{
	(void)a;
	return file_write(t->address, m->bytes, m->n, NULL, why) < 0 ? DELIVER_LATER : DELIVER_SENT;
}

/* ---- calendars ---- */

static int
state_ical(const struct target *t, struct news *news, struct buf *out, struct error *err)
{
	__attribute__((cleanup(calendar_clear))) struct calendar c;
	struct dates *dates = news_dates(news, err);
	int rc;

	calendar_init(&c);
	if (dates == NULL)
		return (int)err->code;
	rc = calendar_of_subscription(t->app->ix, dates, t->sub, &c, err);

	if (rc == 0)
		ical_render(&c, out);
	return rc;
}

static const struct target_kind kinds[] = {
	{ .scheme = "mailto:", .check = check_mail, .render = render_mail, .send = send_mail },
	{ .scheme = "command:", .check = check_none, .render = render_mail, .send = send_command },
	{ .scheme = WEBHOOK, .check = check_webhook, .render = render_webhook, .send = send_webhook },
	{ .scheme = "maildir:", .file = true, .check = check_maildir, .render = render_mail, .send = send_maildir },
	{ .scheme = "atom:", .file = true, .newest = FEED_EVENTS, .check = check_file, .render = render_atom, .send = send_file },
	{ .scheme = "ical:", .file = true, .check = check_file, .state = state_ical, .send = send_file },
};

int
target_open(struct target *t, struct app *app, const struct subscription *sub, const char *text, struct error *err)
{
	*t = (struct target){ .app = app, .sub = sub, .text = text };
	for (size_t i = 0; t->kind == NULL && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strncmp(text, kinds[i].scheme, strlen(kinds[i].scheme)) == 0)
			t->kind = &kinds[i];
	if (t->kind == NULL)
		return error_set(err, ERR_CONF, "this version does not deliver to '%s' yet", text);
	t->address = text + strlen(t->kind->scheme);
	if (t->kind->file)
		t->address = t->owned = app_path(app, t->address);
	return t->kind->check(t, err);
}

bool
target_is_mail(const struct target *t)
{
	return t->kind->send == send_mail;
}

void
target_label(const char *text, struct buf *out)
{
	if (strncmp(text, WEBHOOK, strlen(WEBHOOK)) != 0) {
		buf_adds(out, text);
		return;
	}
	buf_adds(out, WEBHOOK);
	webhook_label(text + strlen(WEBHOOK), out);
}

bool
target_is_named(const char *text, const char *name)
{
	AUTO_BUF label = BUF_INIT;

	target_label(text, &label);
	return strcmp(text, name) == 0 || strcmp(buf_str(&label), name) == 0;
}

void
target_close(struct target *t)
{
	free(t->owned);
}

bool
target_is_state(const struct target *t)
{
	return t->kind->state != NULL;
}

int
target_state(const struct target *t, struct news *news, struct buf *out, struct error *err)
{
	return t->kind->state(t, news, out, err);
}

bool
target_holds(const struct target *t, const struct buf *bytes)
{
	AUTO_BUF there = BUF_INIT;

	return file_read(t->address, bytes->len, &there, NULL) == 0 && there.len == bytes->len && memcmp(buf_str(&there), buf_str(bytes), there.len) == 0;
}

bool
target_is_lost(const struct target *t)
{
	return t->kind->file && !file_exists(t->address);
}

size_t
target_newest(const struct target *t)
{
	return t->kind->newest;
}

int
target_render(const struct target *t, const struct digest *d, const char *message_id, struct buf *out, struct error *err)
{
	return t->kind->render(t, d, message_id, out, err);
}

enum outcome
target_send(const struct target *t, const struct message *m, double until, long *wait, struct error *why)
{
	struct attempt a = { .until = until };
	enum outcome outcome = t->kind->send(t, m, &a, why);

	*wait = a.wait;
	return outcome;
}
