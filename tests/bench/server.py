#!/usr/bin/env python3
"""ePing and TRIS on 127.0.0.1 for scripts/bench, with the SYNTHETIC records of world.py.

  server.py ROWS PAGES FOLDER

The port is written to FOLDER/port once it listens. FOLDER/today is the day that it takes for today. With a file FOLDER/edited, each 20th record of the last 60 days has another text.
TRIS answers pages 1 to PAGES, dated as of the last day of the world. Standard library only."""
import bisect, datetime, http.server, json, os, pathlib, re, sys, threading, urllib.parse
import world

LIFETIME = 3600		# seconds; whoever started us may have been killed without a chance to stop us

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, disable_nagle_algorithm = -1, True	# an answer in one piece, or each costs 40 ms
    eping = days = folder = None
    pages = 0

    def log_message(self, *args):
        pass

    def send(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, query):
        q = urllib.parse.parse_qs(query)
        ask = lambda key, otherwise: q.get(key, [otherwise])[0]
        low = bisect.bisect_left(self.days, ask("distributionDateFrom", "0000"))
        high = bisect.bisect_right(self.days, ask("distributionDateTo", "9999"))
        found = range(high - 1, low - 1, -1)
        edited = (self.folder / "edited").exists()
        if "documentSymbol" in q or "checkCommentDeadline" in q:
            open_on = (self.folder / "today").read_text() if "checkCommentDeadline" in q else ""
            rows = self.eping.rows
            found = [i for i in found if ask("documentSymbol", "").strip().lower() in rows[i][1].lower()]
            found = [i for i in found if not open_on or (self.eping.fields(i)["comments"] or "") >= open_on]
        page, size = max(1, int(ask("page", "1"))), min(100, int(ask("pageSize", "20")))
        young = (world.LAST - datetime.timedelta(days=60)).isoformat()
        items = [world.api_item(self.eping.fields(i, version=1 if edited and i % 20 == 0 and self.days[i] >= young else 0))
                 for i in found[(page - 1) * size:page * size]]
        return json.dumps({"items": items, "totalCount": len(found), "currentPage": page, "pageSize": size, "isCountExceeded": False}, ensure_ascii=False).encode()

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        page = re.fullmatch(r"/en/notification/(\d+)", url.path)
        if url.path == "/api/v1/azureSearch/getAll":
            return self.send(self.answer(url.query), "application/json; charset=utf-8")
        if page and 1 <= int(page[1]) <= self.pages:
            return self.send(world.tris_page(int(page[1]), world.LAST).encode(), "text/html; charset=utf-8")
        self.send(b"<html><body>Internal Server Error</body></html>", "text/html", 500)

def main(rows, pages, folder):
    Handler.eping, Handler.pages, Handler.folder = world.Eping(rows), pages, pathlib.Path(folder)
    Handler.days = [r[0].isoformat() for r in Handler.eping.rows]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    end = threading.Timer(LIFETIME, os._exit, (1,))
    end.daemon = True
    end.start()
    port = Handler.folder / "port"
    port.with_suffix(".new").write_text("%d\n" % server.server_address[1])
    port.with_suffix(".new").rename(port)
    server.serve_forever()

if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: server.py ROWS PAGES FOLDER")
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
