#include "net.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alloc.h"
#include "cleanup.h"
#include "date.h"
#include "limits.h"
#include "net_private.h"

#define NO_DEADLINE 1e9		/* seconds; what net_left says without one */
#define CONTACT_MAX 200

struct pace {
	char *place;
	double ended;	/* clock_monotonic() at the end of the last exchange */
};

struct net {
	CURL *curl;
	char *agent;
	double deadline, answer_seconds, stall_seconds;
	struct pace *paces;
	size_t n, cap;
};

/* One fetch on its way from hop to hop. */
struct fetch {
	struct net *net;
	const struct net_request *req;
	struct net_url first, now;
	struct strv seen;
	double left;		/* seconds, of answer_seconds */
};

/* What a comment of a User-Agent may hold: printable ASCII without the signs that end it. */
static void
add_comment(const char *s, struct buf *out)
{
	for (size_t n = 0; *s != '\0' && n < CONTACT_MAX; s++, n++)
		if (*s >= 0x20 && *s < 0x7f && strchr("()\\", *s) == NULL)
			buf_addc(out, *s);
}

static char *
make_agent(const struct net_options *o)
{
	AUTO_BUF agent = BUF_INIT, contact = BUF_INIT;

	buf_adds(&agent, "regwatch/");
	add_comment(o->version != NULL ? o->version : "0", &agent);
	if (o->contact != NULL)
		add_comment(o->contact, &contact);
	if (contact.len > 0)
		buf_addf(&agent, " (+%s)", contact.data);
	return buf_take(&agent);
}

struct net *
net_new(const struct net_options *options)
{
	struct net *net = xcalloc(1, sizeof(*net));

	curl_global_init(CURL_GLOBAL_DEFAULT);
	net->curl = curl_easy_init();
	if (net->curl == NULL)
		abort();	/* libcurl gives no other reason than memory */
	net->agent = make_agent(options);
	net->deadline = options->deadline;
	net->answer_seconds = options->answer_seconds > 0 ? options->answer_seconds : LIMIT_ANSWER_SECONDS;
	net->stall_seconds = options->stall_seconds > 0 ? options->stall_seconds : LIMIT_STALL_SECONDS;
	return net;
}

void
net_free(struct net *net)
{
	if (net == NULL)
		return;
	curl_easy_cleanup(net->curl);
	curl_global_cleanup();
	for (size_t i = 0; i < net->n; i++)
		free(net->paces[i].place);
	free(net->paces);
	free(net->agent);
	free(net);
}

double
net_left(const struct net *net)
{
	double left = net->deadline - clock_monotonic();

	if (net->deadline == 0)
		return NO_DEADLINE;
	return left > 0 ? left : 0;
}

int
net_sleep(struct net *net, double seconds, struct error *err)
{
	struct timespec t;

	if (seconds > 0 && seconds >= net_left(net))
		return error_set(err, ERR_AGAIN, "the time limit of the run leaves no time to wait %ld seconds", net_whole(seconds));
	if (!(seconds > 0))
		return 0;
	t.tv_sec = (time_t)seconds;
	t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
	while (nanosleep(&t, &t) < 0 && errno == EINTR)
		continue;
	return 0;
}

static struct pace *
pace_of(struct net *net, const char *place)
{
	for (size_t i = 0; i < net->n; i++)
		if (strcmp(net->paces[i].place, place) == 0)
			return &net->paces[i];
	net->paces = xgrow(net->paces, net->n, &net->cap, sizeof(*net->paces));
	net->paces[net->n] = (struct pace){ xstrdup(place), -HUGE_VAL };
	return &net->paces[net->n++];
}

void
net_answer_clear(struct net_answer *a)
{
	buf_clear(&a->body);
	free(a->type);
	free(a->charset);
	free(a->etag);
	free(a->modified);
	free(a->url);
	*a = (struct net_answer){ .retry_after = -1 };
}

static void
fetch_clear(struct fetch *f)
{
	net_url_clear(&f->first);
	net_url_clear(&f->now);
	strv_clear(&f->seen);
}

/* One hop: the wait for the host's turn, then the exchange. */
static int
hop(struct fetch *f, struct net_exchange *x, struct error *err)
{
	struct net *net = f->net;
	struct pace *pace = pace_of(net, f->now.place);
	double left, start;
	int rc;

	if (net_sleep(net, pace->ended + f->req->delay - clock_monotonic(), err) < 0)
		return ERR_AGAIN;
	left = net_left(net);
	if (left < 0.001)
		return error_set(err, ERR_AGAIN, "the time limit of the run is over");
	if (f->left < 0.001)
		return error_set(err, ERR_AGAIN, "no answer within %ld seconds", net_whole(net->answer_seconds));
	*x = (struct net_exchange){ .curl = net->curl, .req = f->req, .url = &f->now, .agent = net->agent,
		.same_origin = net_url_same_origin(&f->first, &f->now), .seconds = left < f->left ? left : f->left, .stall = net->stall_seconds,
		.max_bytes = f->req->max_bytes > 0 ? f->req->max_bytes : LIMIT_ANSWER };
	start = clock_monotonic();
	rc = net_exchange_run(x, err);
	pace->ended = clock_monotonic();
	f->left -= pace->ended - start;
	if (rc == ERR_AGAIN && net_left(net) < 0.02)
		return error_set(err, ERR_AGAIN, "cut off: the time limit of the run is over");
	return rc;
}

static bool
is_redirect(const struct net_exchange *x)
{
	return (x->status == 301 || x->status == 302 || x->status == 303 || x->status == 307 || x->status == 308) && x->location != NULL
		&& x->location[0] != '\0';
}

/* Moves f->now to where the answer sends us. The credentials of the first URL stay with its origin. */
static int
follow(struct fetch *f, const struct net_exchange *x, struct error *err)
{
	AUTO_NET_URL next = NET_URL_INIT;
	AUTO_BUF masked = BUF_INIT;

	net_url_mask(x->location, &masked);
	if (f->req->post != NULL && x->status != 307 && x->status != 308)
		return error_set(err, ERR_DATA, "answers a POST with a redirect (%ld) to '%s'", x->status, buf_str(&masked));
	if (f->seen.n > LIMIT_REDIRECTS)
		return error_set(err, ERR_DATA, "more than %d redirects, the last to '%s'", LIMIT_REDIRECTS, buf_str(&masked));
	if (net_url_parse(&next, x->location, f->now.text, err) < 0)
		return error_prefix(err, "redirects to '%s'", buf_str(&masked));
	if (net_guard_hop(f->req, &f->first, &next, err) < 0)
		return ERR_DATA;
	if (strv_has(&f->seen, next.text))
		return error_set(err, ERR_DATA, "redirects in a loop, to '%s' again", buf_str(&masked));
	strv_add(&f->seen, next.text);
	free(next.user);
	free(next.password);
	next.user = xstrdup(f->first.user);
	next.password = xstrdup(f->first.password);
	net_url_clear(&f->now);
	f->now = next;
	next = (struct net_url)NET_URL_INIT;
	return 0;
}

/* Seconds until the moment that the server means, by its own clock when it shows one. */
static long
retry_after(const struct net_exchange *x)
{
	int64_t now = x->date != NULL ? (int64_t)curl_getdate(x->date, NULL) : -1;

	return x->retry_after != NULL ? net_parse_retry_after(x->retry_after, now >= 0 ? now : clock_now()) : -1;
}

static int
hand_over(const struct fetch *f, struct net_exchange *x, struct net_answer *out, struct error *err)
{
	if (x->status == 304 && f->req->etag == NULL && f->req->modified == NULL)
		return error_set(err, ERR_DATA, "answers 304 (not modified) though nothing was said about an earlier answer");
	out->status = x->status;
	out->body = x->body;
	x->body = (struct buf)BUF_INIT;
	net_parse_type(x->type, &out->type, &out->charset);
	out->etag = TAKE(x->etag);
	out->modified = TAKE(x->modified);
	out->url = xstrdup(f->now.text);
	out->retry_after = retry_after(x);
	return 0;
}

/* From hop to hop until an answer is no redirect. */
static int
run(struct fetch *f, struct net_answer *out, struct error *err)
{
	int rc;

	if (net_url_parse(&f->first, f->req->url, NULL, err) < 0 || net_url_parse(&f->now, f->req->url, NULL, err) < 0
	    || net_guard_hop(f->req, NULL, &f->now, err) < 0)
		return ERR_DATA;
	strv_add(&f->seen, f->now.text);
	for (;;) {
		struct net_exchange x;
		bool again = false;

		memset(&x, 0, sizeof(x));
		rc = hop(f, &x, err);
		if (rc == 0 && is_redirect(&x) && !f->req->no_redirects) {
			rc = follow(f, &x, err);
			again = rc == 0;
		} else if (rc == 0) {
			rc = hand_over(f, &x, out, err);
		}
		out->unreachable = rc < 0 && x.unreachable;
		net_exchange_clear(&x);
		if (!again)
			return rc;
	}
}

int
net_fetch(struct net *net, const struct net_request *req, struct net_answer *out, struct error *err)
{
	struct fetch f = { .net = net, .req = req, .left = net->answer_seconds };
	AUTO_BUF masked = BUF_INIT;
	struct error local;	/* the codes are read back, so there must be one */
	int rc;

	if (err == NULL)
		err = &local;
	*out = (struct net_answer){ .retry_after = -1 };
	rc = run(&f, out, err);
	fetch_clear(&f);
	if (rc < 0) {
		bool unreachable = out->unreachable;

		net_answer_clear(out);
		out->unreachable = unreachable;
		net_url_mask(req->url, &masked);
		error_prefix(err, "'%s'", buf_str(&masked));
	}
	return rc;
}
