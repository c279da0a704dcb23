#!/usr/bin/env python3
"""A web server on 127.0.0.1 that behaves and misbehaves on demand, for the unit tests of lib/base/net. All it sends is synthetic.

  net_server.py PORT_FILE      writes "PORT OTHER\n" (two origins) once it listens; ends when its standard input does
The path says what to do, see CASES. /_log tells what was asked since /_reset, of both origins.
"""
import email.utils, gzip, http.server, os, socketserver, sys, threading, time, zlib

TEXT = b"The quick brown fox (synthetic). " * 2000
CASES, LOG, LOCK = {}, [], threading.Lock()


def case(path):
    def add(function):
        CASES[path] = function
        return function
    return add


def answer(status=200, body=b"", **headers):
    """A plain case: the same answer to everybody. Names as Content_Type."""
    def send(h, _):
        h.send(body, status, headers)
    return send


def raw(data):
    """Bytes as they go over the wire, then the end of the connection."""
    def send(h, _):
        h.close_connection = True
        h.wfile.write(data)
    return send


def redirect(where, status=302):
    def send(h, _):
        h.send(b"moved", status, {"Location": where.format(me=h.server.server_address[1], other=OTHER[0])})
    return send


OTHER = [0]
PACKED = gzip.compress(TEXT)
BARE = zlib.compressobj(wbits=-15)
BARE = BARE.compress(TEXT) + BARE.flush()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CASES.update({
    "/plain": answer(body=b"hello", Content_Type="Text/Plain; x=1; Charset=\"ISO-8859-1\""),
    "/empty": answer(status=204),
    "/404": answer(404, b"no such thing", Content_Type="text/html"),
    "/500": answer(500, b"sorry"),
    "/429": answer(429, b"wait", Retry_After="2"),
    "/429-bad": answer(429, b"wait", Retry_After="soon"),
    "/429-none": answer(429, b"wait"),
    "/gzip": answer(body=PACKED, Content_Encoding="gzip"),
    "/gzip-two": answer(body=gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), Content_Encoding="x-gzip"),
    "/gzip-empty": answer(body=b"", Content_Encoding="gzip"),
    "/deflate": answer(body=zlib.compress(TEXT), Content_Encoding="deflate"),
    "/deflate-bare": answer(body=BARE, Content_Encoding="deflate"),
    "/gzip-garbage": answer(body=b"\x1f\x8b\x08\x00garbage", Content_Encoding="gzip"),
    "/gzip-broken": answer(body=PACKED[:10] + b"\xff" * 50, Content_Encoding="gzip"),
    "/gzip-cut": answer(body=PACKED[:-40], Content_Encoding="gzip"),
    "/gzip-checksum": answer(body=PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], Content_Encoding="gzip"),
    "/gzip-tail": answer(body=PACKED + b"<html>", Content_Encoding="gzip"),
    "/gzip-bomb": answer(body=gzip.compress(bytes(8 << 20)), Content_Encoding="gzip"),
    "/brotli": answer(body=b"\x0b\x02\x80hello\x03", Content_Encoding="br"),
    "/bad-length": raw(HEAD + b"Content-Length: 5000\r\n\r\n{\"items\":[{\"id\":1,\"title\":\"cut he"),
    "/bad-chunk": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhe"),
    "/no-last-chunk": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    "/chunks": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\nETag: \"trailer\"\r\n\r\n"),
    "/until-close": raw(HEAD + b"\r\nhello"),
    "/interim": raw(b"HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\nContent-Type: text/early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    "/huge-length": raw(HEAD + b"Content-Length: 99999999999\r\n\r\nA"),
    "/absurd-length": raw(HEAD + b"Content-Length: 99999999999999999999999999\r\n\r\nA"),
    "/nul-header": raw(HEAD + b"ETag: \"a\0b\"\r\nContent-Length: 2\r\n\r\nok"),
    "/control-etag": raw(HEAD + b"ETag: \"a\x01b\"\r\nContent-Length: 2\r\n\r\nok"),
    "/long-header": raw(HEAD + b"X-Long: " + b"a" * 300000 + b"\r\nContent-Length: 2\r\n\r\nok"),
    "/not-http": raw(b"SSH-2.0-OpenSSH_9.2\r\n" + b"x" * 200),
    "/close": raw(b""),
    "/close-head": raw(HEAD),
    "/close-line": raw(HEAD + b"Content-Length: 0\r\nETag: \"cu"),
    "/close-interim": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "/unasked-304": answer(304),
    "/cookie": answer(body=b"ok", Set_Cookie="a=b; Path=/"),
    "/hop": redirect("/plain?from=hop"),
    "/hop-absolute": redirect("http://127.0.0.1:{me}/plain#fragment", 301),
    "/hop-308": redirect("/echo", 308),
    "/hop-303": redirect("/echo", 303),
    "/loop": redirect("/loop"),
    "/ping": redirect("/pong"),
    "/pong": redirect("/ping"),
    "/away": redirect("http://127.0.0.1:{other}/echo?token=abc"),
    "/away-scheme-relative": redirect("//127.0.0.1:{other}/echo"),
    "/away-user": redirect("http://127.0.0.1:{me}@127.0.0.1:{other}/echo"),
    "/away-name": redirect("http://localhost:{me}/echo"),
    "/away-metadata": redirect("http://169.254.169.254/latest"),
    "/to-user": redirect("http://evil:pw@127.0.0.1:{me}/echo"),
    "/to-file": redirect("file:///etc/passwd"),
    "/to-ftp": redirect("ftp://127.0.0.1/x"),
    "/to-https": redirect("https://127.0.0.1:{me}/plain"),
    "/to-nothing": answer(302, b"moved"),
    "/to-garbage": redirect("http://[::"),
})


@case("/429-date")
def retry_date(h, _):
    h.send(b"wait", 429, {"Retry-After": email.utils.formatdate(time.time() + 90, usegmt=True)})


@case("/tagged")
def tagged(h, _):
    tag, day = "W/\"a \\ b,c\xe9\"", "Sun, 06 Nov 1994 08:49:37 GMT"
    same = h.headers.get("If-None-Match") == tag or h.headers.get("If-Modified-Since") == day
    h.send(b"" if same else b"whole", 304 if same else 200, {"ETag": tag, "Last-Modified": day})


@case("/steps")
def steps(h, query):
    left = int(query)
    h.send(b"moved", 302, {"Location": "/steps?%d" % (left - 1) if left else "/plain"})


@case("/echo")
def echo(h, _):
    h.send(h.seen.encode("latin-1"), 200, {"Content-Type": "text/plain"})


@case("/code")
def code(h, query):
    h.send(b"answer of this code", int(query), {"Retry-After": "7"})


@case("/sized")
def sized(h, query):
    h.send(b"s" * int(query))


@case("/silent")
def silent(h, _):
    h.close_connection = True
    time.sleep(4)


@case("/trickle")
def trickle(h, _):
    """A byte now and then: a stall."""
    h.drip(b" ", .2, 1000)


@case("/drip")
def drip(h, _):
    """Fast enough for no stall, and no end."""
    h.drip(b" " * 500, .1, 10 ** 6)


@case("/trickle-head")
def trickle_head(h, _):
    h.close_connection = True
    h.wfile.write(b"HTTP/1.1 200 OK\r\n")
    h.pour(b"X-More: 1\r\n", .2)


@case("/flood")
def flood(h, _):
    """No length, no end."""
    h.close_connection = True
    h.wfile.write(HEAD + b"\r\n")
    h.pour(b"A" * 65536, 0)


@case("/flood-head")
def flood_head(h, _):
    h.close_connection = True
    h.wfile.write(b"HTTP/1.1 200 OK\r\n")
    h.pour(b"X-More: " + b"a" * 1000 + b"\r\n", 0)


@case("/flood-interim")
def flood_interim(h, _):
    h.close_connection = True
    h.pour(b"HTTP/1.1 103 Early Hints\r\nX-More: " + b"a" * 1000 + b"\r\n\r\n", 0)


@case("/die-when-kept")
def die_when_kept(h, _):
    """The first request on a connection is answered, the next one is not."""
    if h.served == 1:
        return h.send(b"first")
    h.close_connection = True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version, served = "HTTP/1.1", 0

    def log_message(self, *args):
        pass

    def send(self, body=b"", status=200, headers=()):
        self.send_response(status)
        for name in headers:
            self.send_header(name.replace("_", "-"), headers[name])
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pour(self, data, pause):
        """Writes until the other side has had enough, or for some seconds."""
        end = time.time() + 8
        try:
            while time.time() < end:
                self.wfile.write(data)
                time.sleep(pause)
        except OSError:
            pass

    def drip(self, data, pause, length):
        self.close_connection = True
        self.wfile.write(HEAD + b"Content-Length: %d\r\n\r\n" % length)
        self.pour(data, pause)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/_log":
            with LOCK:
                return self.send("\n".join(LOG).encode("latin-1"))
        if path == "/_reset":
            with LOCK:
                del LOG[:]
            return self.send(b"ok")
        self.served += 1
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("latin-1")
        origin = "OTHER" if self.server.server_address[1] == OTHER[0] else "MAIN"
        self.seen = "%s %s connection=%d at=%.3f\n%s[%s]\n" % (origin, self.requestline, self.client_address[1], time.monotonic(),
                                                            "".join("%s: %s\n" % h for h in self.headers.items()), body)
        with LOCK:
            LOG.append(self.seen)
        CASES.get(path, answer(404, b"no such case"))(self, query)

    do_POST = do_GET


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads, request_queue_size = True, 64

    def handle_error(self, request, client_address):
        pass


def main():
    main_server, other = Server(("127.0.0.1", 0), Handler), Server(("127.0.0.1", 0), Handler)
    OTHER[0] = other.server_address[1]
    for s in (main_server, other):
        threading.Thread(target=s.serve_forever, daemon=True).start()
    with open(sys.argv[1] + ".tmp", "w") as f:
        f.write("%d %d\n" % (main_server.server_address[1], OTHER[0]))
    os.rename(sys.argv[1] + ".tmp", sys.argv[1])
    sys.stdin.read()


if __name__ == "__main__":
    main()
