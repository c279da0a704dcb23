#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cleanup.h"
#include "date.h"
#include "limits.h"
#include "net_private.h"

CLEANUP_POINTER(slist, struct curl_slist *, curl_slist_free_all)
#define AUTO_SLIST __attribute__((cleanup(cleanup_slist))) struct curl_slist

#define STALL_BYTES 100	/* a second; under it a transfer counts as stalled (limits.h) */

static void
drop(char **s)
{
	free(*s);
	*s = NULL;
}

/* The values of an earlier head, when an interim answer (100, 103) came before this one. */
static void
forget_head(struct net_exchange *x)
{
	drop(&x->type);
	drop(&x->etag);
	drop(&x->modified);
	drop(&x->location);
	drop(&x->retry_after);
	drop(&x->date);
	drop(&x->coding);
	x->headers_done = false;
}

void
net_exchange_clear(struct net_exchange *x)
{
	forget_head(x);
	buf_clear(&x->body);
	net_unpack_free(TAKE(x->unpack));
}

static void
keep_header(struct net_exchange *x, const char *line, size_t n)
{
	const struct {
		const char *name;
		char **value;
	} kept[] = {
		{ "Content-Type", &x->type }, { "ETag", &x->etag }, { "Last-Modified", &x->modified }, { "Location", &x->location },
		{ "Retry-After", &x->retry_after }, { "Date", &x->date }, { "Content-Encoding", &x->coding },
	};

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (net_header_take(line, n, kept[i].name, kept[i].value))
			return;
}

static size_t
on_header(char *line, size_t size, size_t count, void *user)
{
	struct net_exchange *x = user;
	size_t n = size * count;

	x->header_bytes += n;
	if (x->header_bytes > LIMIT_HEADERS) {
		error_set(&x->err, ERR_DATA, "more than %d bytes of headers", LIMIT_HEADERS);
		return 0;
	}
	if (n >= 5 && strncmp(line, "HTTP/", 5) == 0 && x->body.len == 0)
		forget_head(x);
	else if ((n == 1 && line[0] == '\n') || (n == 2 && line[0] == '\r'))
		x->headers_done = true;	/* what comes now would be trailers */
	else if (!x->headers_done)
		keep_header(x, line, n);
	return n;
}

static int
add_body(struct net_exchange *x, const char *data, size_t n)
{
	if (x->unpack == NULL && x->coding != NULL) {
		x->unpack = net_unpack_new(x->coding, &x->err);
		if (x->err.code != 0)
			return x->err.code;
		drop(&x->coding);
	}
	if (x->unpack != NULL)
		return net_unpack_add(x->unpack, data, n, x->max_bytes, &x->body, &x->err);
	if (n > x->max_bytes - x->body.len)
		return error_set(&x->err, ERR_DATA, "larger than %zu bytes", x->max_bytes);
	buf_add(&x->body, data, n);
	return 0;
}

static size_t
on_body(char *data, size_t size, size_t count, void *user)
{
	return add_body(user, data, size * count) == 0 ? size * count : 0;
}

/* Here the name is resolved: what DNS says cannot lead into a private network, and cannot change between check and use. */
static curl_socket_t
on_socket(void *user, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct net_exchange *x = user;
	const struct sockaddr *address = (const struct sockaddr *)&a->addr;

	(void)purpose;
	x->sockets++;
	if (!net_guard_named(x->req, x->url) && !net_address_public(address)) {
		x->refused++;
		net_address_text(address, x->address, sizeof(x->address));
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int
add_line(struct curl_slist **list, const char *name, const char *value, struct error *err)
{
	AUTO_BUF line = BUF_INIT;
	struct curl_slist *longer;

	if (value == NULL)
		return 0;
	buf_addf(&line, "%s%s", name, value);
	if (!net_header_line_valid(buf_str(&line)))
		return error_set(err, ERR_CONF, "the header '%.40s' of the request would not be one proper line",
			name[0] != '\0' ? name : "(credential)");
	longer = curl_slist_append(*list, line.data);
	if (longer == NULL)
		return error_set(err, ERR_SYSTEM, "out of memory");
	*list = longer;
	return 0;
}

/* A validator that cannot be sent back as it came is better not sent: the answer is then a whole one. */
static const char *
sendable(const char *validator)
{
	return validator != NULL && validator[0] != '\0' && net_header_safe(validator) ? validator : NULL;
}

static int
make_headers(const struct net_exchange *x, struct curl_slist **list, struct error *err)
{
	const struct net_request *req = x->req;
	const struct {
		const char *name, *value;
	} lines[] = {
		{ "Accept: ", req->accept },
		{ "Accept-Encoding: ", "gzip, deflate" },
		{ "If-None-Match: ", sendable(req->etag) },
		{ "If-Modified-Since: ", sendable(req->modified) },
		{ "Content-Type: ", req->post != NULL ? req->content_type != NULL ? req->content_type : "application/octet-stream" : NULL },
		{ "", x->same_origin ? req->header : NULL },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (add_line(list, lines[i].name, lines[i].value, err) < 0)
			return err->code;
	if (req->post != NULL) {	/* no wait for "100 Continue", which many servers never send */
		struct curl_slist *longer = curl_slist_append(*list, "Expect:");

		if (longer == NULL)
			return error_set(err, ERR_SYSTEM, "out of memory");
		*list = longer;
	}
	return 0;
}

static void
set_bounds(const struct net_exchange *x)
{
	long stall = net_whole(x->stall);

	curl_easy_setopt(x->curl, CURLOPT_TIMEOUT_MS, net_whole(x->seconds * 1000));
	curl_easy_setopt(x->curl, CURLOPT_CONNECTTIMEOUT_MS, stall * 1000);
	curl_easy_setopt(x->curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES);
	curl_easy_setopt(x->curl, CURLOPT_LOW_SPEED_TIME, stall);
	curl_easy_setopt(x->curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)x->max_bytes);
	curl_easy_setopt(x->curl, CURLOPT_QUICK_EXIT, 1L);	/* a resolver that hangs does not outlast the time limit */
}

/* Nothing of the user's surroundings (proxy variables, netrc, cookies) and no scheme but http takes part. */
static void
set_manners(const struct net_exchange *x)
{
	curl_easy_setopt(x->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(x->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(x->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(x->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(x->curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	curl_easy_setopt(x->curl, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(x->curl, CURLOPT_USERAGENT, x->agent);
	curl_easy_setopt(x->curl, CURLOPT_URL, x->url->text);
	if (x->same_origin && x->url->user != NULL)
		curl_easy_setopt(x->curl, CURLOPT_USERNAME, x->url->user);
	if (x->same_origin && x->url->password != NULL)
		curl_easy_setopt(x->curl, CURLOPT_PASSWORD, x->url->password);
	if (x->req->post != NULL) {
		curl_easy_setopt(x->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)x->req->post_len);
		curl_easy_setopt(x->curl, CURLOPT_POSTFIELDS, x->req->post);
		curl_easy_setopt(x->curl, CURLOPT_FRESH_CONNECT, 1L);	/* on a kept one that just died libcurl would send again */
	}
}

static void
set_callbacks(struct net_exchange *x, char *text)
{
	curl_easy_setopt(x->curl, CURLOPT_ERRORBUFFER, text);
	curl_easy_setopt(x->curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(x->curl, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(x->curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(x->curl, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(x->curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(x->curl, CURLOPT_OPENSOCKETDATA, x);
}

static bool
is_unreachable(const struct net_exchange *x, CURLcode rc)
{
	curl_off_t connected = 0;

	curl_easy_getinfo(x->curl, CURLINFO_PRETRANSFER_TIME_T, &connected);
	return rc == CURLE_COULDNT_RESOLVE_HOST || rc == CURLE_COULDNT_CONNECT || (rc == CURLE_OPERATION_TIMEDOUT && connected == 0);
}

static int
timed_out(const struct net_exchange *x, double took, struct error *err)
{
	if (took >= x->seconds - 0.02)
		return error_set(err, ERR_AGAIN, "no complete answer within %ld seconds", net_whole(x->seconds));
	if (is_unreachable(x, CURLE_OPERATION_TIMEDOUT))
		return error_set(err, ERR_AGAIN, "no connection within %ld seconds", net_whole(x->stall));
	return error_set(err, ERR_AGAIN, "stalled: under %d bytes a second for %ld seconds", STALL_BYTES, net_whole(x->stall));
}

/* What libcurl says, in our words where it matters, else in its own. */
static int
explain(const struct net_exchange *x, CURLcode rc, double took, const char *text, struct error *err)
{
	static const struct {
		CURLcode rc;
		enum errcode code;
		const char *text;
	} known[] = {
		{ CURLE_PARTIAL_FILE, ERR_AGAIN, "the connection was closed before the end of the answer" },
		{ CURLE_GOT_NOTHING, ERR_AGAIN, "the connection was closed without an answer" },
		{ CURLE_UNSUPPORTED_PROTOCOL, ERR_AGAIN, "the answer is not HTTP" },
		{ CURLE_OUT_OF_MEMORY, ERR_DATA, "a header line that is too long" },	/* libcurl's own bound of 100 KB */
	};

	if (x->err.code != 0)
		return error_set(err, x->err.code, "%s", x->err.text);
	if (rc == CURLE_OPERATION_TIMEDOUT)
		return timed_out(x, took, err);
	if (x->refused > 0 && x->refused == x->sockets)
		return error_set(err, ERR_DATA, "the host has the private address %s, and the configuration does not name it", x->address);
	if (rc == CURLE_FILESIZE_EXCEEDED)
		return error_set(err, ERR_DATA, "larger than %zu bytes", x->max_bytes);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (rc == known[i].rc)
			return error_set(err, known[i].code, "%s", known[i].text);
	return error_set(err, ERR_AGAIN, "%s", text[0] != '\0' ? text : curl_easy_strerror(rc));
}

/* libcurl takes a head that breaks off for an answer without body. */
static int
check_end(const struct net_exchange *x, struct error *err)
{
	if (!x->headers_done || x->status < 200)
		return error_set(err, ERR_AGAIN, "the connection was closed before the end of the answer's head");
	return net_unpack_end(x->unpack, err);
}

int
net_exchange_run(struct net_exchange *x, struct error *err)
{
	AUTO_SLIST *headers = NULL;
	char text[CURL_ERROR_SIZE] = "";
	double start = clock_monotonic();
	CURLcode rc;

	curl_easy_reset(x->curl);	/* the connections stay open */
	if (make_headers(x, &headers, err) < 0)
		return err->code;
	set_bounds(x);
	set_manners(x);
	set_callbacks(x, text);
	curl_easy_setopt(x->curl, CURLOPT_HTTPHEADER, headers);
	rc = curl_easy_perform(x->curl);
	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &x->status);
	x->unreachable = is_unreachable(x, rc);
	if (rc != CURLE_OK)
		explain(x, rc, clock_monotonic() - start, text, err);
	curl_easy_reset(x->curl);	/* forgets what lies on this stack */
	if (rc != CURLE_OK)
		return err->code;
	return check_end(x, err);
}
