"""The servers that a case talks to: ePing, TRIS and whatever raw replies its script names, and a mail server. All on 127.0.0.1.

A script is a text file, one line a rule; the first rule that fits a request and is not used up answers it:

  PATTERN [xN] STATUS BODY [OPTION...]   PATTERN: shell pattern over path and query. xN: only N times. BODY: a file of the case, made:NAME (see made.py), or -.
      NAME:VALUE   a header (@PORT@, @THIEF@: ports)  gzip        packed
      etag         an entity tag; 304 when it fits   truncate=N  the last N bytes are never sent
      lie=N        Content-Length N larger           trickle     a byte a second
      endless      bytes until nobody listens        wait=S      S seconds before anything
  PATTERN [xN] raw FILE                  the bytes of FILE as they are, then the end of the connection
  eping FILE...                          ePing as the public evidence says it answers, holding the items of FILE... (a later item of the
                                         same id changes the fields it names; {"id": 7, "gone": true} takes it away; @PORT@ in links)
  tris FILE...                           the same for TRIS pages
  jitter                                 nothing that a reader would call a change: order, blanks, entities, letter case of links
  ignores PARAMETER                      a query parameter that ePing does not know
  key K                                  the keyed API of ePing, and its key
  hook SECRET                            key of the signatures of what is POSTed; the log of requests shows whether they fit, and the bodies
  layout ecl|dl|table                    how TRIS pages are laid out
  smtp COMMAND [xN] REPLY                the mail server's reply to EHLO, MAIL, RCPT, DATA or BODY (after the text); 'drop' hangs up
  smtp COMMAND:ADDRESS [xN] REPLY        ... for that recipient
What no rule answers is 500 below /notification/ (as TRIS does for what it does not have), 404 elsewhere."""
import fnmatch, gzip, hashlib, hmac, html, http.server, json, os, random, re, shlex, socketserver, threading, time, urllib.parse

from made import made


def merge(files):
    """Items or pages of several files, the later ones over the earlier, by id."""
    world = {}
    for name in files:
        with open(name, encoding="utf-8") as f:
            for entry in json.load(f):
                if entry.get("gone"):
                    world.pop(entry["id"], None)
                else:
                    world[entry["id"]] = dict(world.get(entry["id"], {}), **entry)
    return world


class Rule:
    def __init__(self, words, find):
        self.pattern, words = words[0], words[1:]
        self.left = None
        if re.fullmatch(r"x\d+", words[0]):
            self.left, words = int(words[0][1:]), words[1:]
        self.status, self.options = words[0], words[2:]
        self.body = made(words[1][5:]) if words[1].startswith("made:") else b"" if words[1] == "-" else open(find(words[1]), "rb").read()

    def fits(self, path):
        if self.left == 0 or not fnmatch.fnmatchcase(path, self.pattern):
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Script:
    """What the servers say during one step."""
    def __init__(self, text="", find=None, today="2025-06-12"):
        self.rules, self.eping, self.tris, self.ignored, self.smtp = [], None, None, set(), []
        self.jitter, self.key, self.layout, self.hook, self.today = False, None, "ecl", "", today
        for line in text.splitlines():
            words = shlex.split(line, comments=True)
            if not words:
                continue
            if words[0] in ("eping", "tris"):
                setattr(self, words[0], merge([find(w) for w in words[1:]]))
            elif words[0] == "jitter":
                self.jitter = True
            elif words[0] == "ignores":
                self.ignored.add(words[1])
            elif words[0] in ("key", "layout", "hook"):
                setattr(self, words[0], words[1])
            elif words[0] == "smtp":
                times = int(words[2][1:]) if re.fullmatch(r"x\d+", words[2]) else None
                self.smtp.append([words[1], times, " ".join(words[3 if times else 2:])])
            else:
                self.rules.append(Rule(words, find))

    def smtp_reply(self, command, address, usual):
        for rule in self.smtp:
            if rule[0] in (command, "%s:%s" % (command, address)) and rule[1] != 0:
                if rule[1] is not None:
                    rule[1] -= 1
                return rule[2]
        return usual


# ---- ePing ----

def eping_item(short):
    """An item with all the fields the API is known to have, from the few that a case names."""
    item = {"area": "SPS" if "/SPS/" in short["documentSymbol"] else "TBT", "notificationType": "Regular notification", "commentDeadlineDate": None,
            "hsCodes": [], "icsCodes": [], "objectives": [], "keywords": [], "spsKeywords": [], "countriesAffected": [], "objectivesFreeText": None,
            "relevantDocumentTitle": None, "proposedAdoptionDate": None, "proposedAdoptionDateText": None, "proposedEntryIntoForceDate": None,
            "proposedEntryIntoForceDateText": None, "notifiedDocumentLink": None, "linkToNotification": None, "dolLink": None}
    item.update(short)
    for key in ("title", "description", "productsFreeText"):
        plain = item.setdefault(key + "Plain", None)
        item.setdefault(key, None if plain is None else "<p style=\"margin:2px\">%s</p>" % html.escape(plain, quote=False))
    for key in ("distributionDate", "commentDeadlineDate"):
        if item[key] and len(item[key]) == 10:
            item[key] += "T00:00:00+00:00"
    for key, first in (("hsCodes", 4000), ("icsCodes", 700), ("objectives", 1), ("keywords", 50)):
        item[key] = [v if isinstance(v, dict) else {"id": first + i, "code": v.split(" - ")[0], "name": v} if "Codes" in key else {"id": first + i, "name": v}
                     for i, v in enumerate(item[key])]
    return item


def shake(item, seed):
    """The same item as another answer of the server might write it."""
    item, r = dict(item), random.Random("%s %d" % (seed, item["id"]))
    for key in ("hsCodes", "icsCodes", "objectives", "keywords"):
        item[key] = r.sample(item[key], len(item[key])) + item[key][:r.randrange(2)]
    for key in ("title", "description", "productsFreeText"):
        if item[key] and item[key].startswith("<p style"):
            inner = item[key][len('<p style="margin:2px">'):-len("</p>")].replace(" ", r.choice(["  ", "&nbsp;", "&#160;", "\r\n"]), 2)
            item[key] = r.choice(["<p>%s</p>", "<p><span>%s</span></p>", "<p>%s</p><p></p>"]) % inner
            if r.random() < .5:
                item[key + "Plain"] = None
    if item["linkToNotification"]:
        item["linkToNotification"] = item["linkToNotification"].replace("/t/", "/T/").replace(".DOCX", ".docx")
    item["documentSymbol"] = r.choice(["", "  "]) + item["documentSymbol"].strip() + " "
    return item


def eping_answer(script, query):
    def one(name, default=""):
        return default if name in script.ignored else query.get(name, [default])[0]
    items = [eping_item(i) for i in script.eping.values()]
    lo, hi = one("distributionDateFrom"), one("distributionDateTo", "9999")
    items = [i for i in items if lo <= i["distributionDate"][:10] <= hi]
    area, symbol = {"1": "TBT", "2": "SPS"}.get(one("domainIds")), one("documentSymbol").lower()
    items = [i for i in items if area in (None, i["area"]) and symbol in i["documentSymbol"].lower()]
    if one("checkCommentDeadline") == "true":
        items = [i for i in items if (i["commentDeadlineDate"] or "")[:10] >= script.today]
    items.sort(key=lambda i: (i["distributionDate"], i["id"]), reverse=True)
    page, size, total = int(one("page", "1")), min(100, int(one("pageSize", "20"))), len(items)
    items = items[(page - 1) * size:page * size]
    if script.jitter:
        items = [shake(i, time.monotonic_ns()) for i in items]
    return json.dumps({"items": items, "totalCount": total, "currentPage": page, "pageSize": size}, ensure_ascii=False).encode()


# ---- TRIS ----

def dmy(iso, sep="/"):
    return sep.join(reversed(iso.split("-")))


def tris_page(r, layout, jitter):
    """A detail page. The mark-up is a reconstruction; the words and the order of things are as published."""
    rnd = random.Random(time.monotonic_ns())

    def e(s):
        s = html.escape(s)
        return s.replace(" ", rnd.choice(["  ", "&nbsp;", "\n"]), 1).replace("é", "&eacute;") if jitter else s
    year, serial, code = r["number"].split("/")
    head = [("Notification Number", "%s (%s )" % (r["number"], r["country"])), ("Date received", dmy(r["received"])),
            ("End of Standstill", (dmy(r["standstill"]) if r.get("standstill") else "") + (" (%s)" % dmy(r["extended"]) if r.get("extended") else ""))]
    head += [(label, r[key]) for label, key in (("Issue of comments by", "comments"), ("Issue of detailed opinion by", "opinions"), ("Withdrawal", "withdrawn")) if r.get(key)]
    pair = {"ecl": '<div class="ecl-row"><div class="ecl-col-12 ecl-col-m-3 ecl-col-3"><strong>%s:</strong></div>\n<div class="ecl-col-12 ecl-col-m-9 ecl-col-9">%s</div></div>\n',
            "dl": "<dl><dt>%s</dt><dd>%s</dd></dl>\n", "table": "<table><tr><th>%s :</th><td>%s</td></tr></table>\n"}[layout]
    items = {"2": r["country"], "3A": "Contact point (synthetic)", "3B": "Ministry (synthetic)", "4": "%s - %s" % (r["number"], r.get("category", "X00M - GOODS AND MISCELLANEOUS PRODUCTS")),
             "5": r["title"], "6": r.get("products", "Goods"), "7": "-", "8": r.get("content", "The draft sets limits."), "9": r.get("grounds", "Protection of consumers."),
             "10": "No basic text(s) available", "11": "No", "12": "-", "13": "No", "14": "No", "15": "No", "16": "TBT aspects: No\nSPS aspects: No"}
    items.update(r.get("items", {}))
    lines = ["Message 001", "Communication from the Commission - TRIS/(%s) %s" % (year, serial), "Directive (EU) 2015/1535", "Notification: " + r["number"],
             "MSG: %s%s.EN" % (year, serial), "1. MSG 001 IND %s %s %s EN %s %s NOTIF" % (year, serial, code, dmy(r["received"], "-"), code)]
    for key, text in items.items():
        lines += ("%s. %s" % (key, text)).split("\n")
    links = "".join('<li><a href="/en/notification/%d/text/%s/%s">%s</a></li>' % (r["id"], kind, lang, lang.lower()) for kind, lang in r.get("texts", [["D", "EN"]]))
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Notification Detail | TRIS</title><script>var t=%d;</script></head><body><main>\n<h1 class="ecl-page-header__title">%s</h1>\n'
            % (rnd.getrandbits(30) if jitter else 1, e(r["title"])) + "".join(pair % (e(a), e(b)) for a, b in head) + '<ul class="documents">' + links + '</ul>\n<div class="message">\n'
            + "".join("<p>%s</p>\n" % e(line) for line in lines) + "</div>\n</main></body></html>\n").encode()


# ---- HTTP ----

class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *a):
        pass

    def note(self, status):
        if self.command == "POST":
            return self.note_post(status)
        seen = [h for h in ("If-None-Match", "Ocp-Apim-Subscription-Key", "Authorization", "Cookie") if self.headers.get(h)]
        self.server.owner.note("%s %s %s%s" % (status, self.command, self.path, "".join(" [%s]" % h for h in seen)), self.headers)

    def note_post(self, status):
        owner, signature = self.server.owner, self.headers.get("X-Regwatch-Signature")
        right = "sha256=" + hmac.new(owner.script.hook.encode(), self.body, "sha256").hexdigest()
        signed = "not signed" if signature is None else "signed" if hmac.compare_digest(signature, right) else "BADLY SIGNED"
        owner.note("%s POST %s %s [%s] %s" % (status, self.path, self.headers.get("Content-Type"), signed, self.body.decode("utf-8", "backslashreplace").rstrip("\n")), self.headers)
        with owner.lock:
            owner.posts.append((str(status), self.body))

    def send(self, body, ctype, status=200, headers=(), etag=False):
        headers = list(headers)
        if etag:
            tag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
            headers.append(("ETag", tag))
            if self.headers.get("If-None-Match") == tag:
                body, status = b"", 304
        self.note(status)
        self.send_response_only(status)
        if not any(k.lower() == "content-type" for k, _ in headers):
            self.send_header("Content-Type", ctype)
        self.send_header("Content-Length", str(len(body)))
        for k, v in headers:
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        script = self.server.owner.script
        url = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(url.query)
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.owner.lock:
            rule = next((r for r in script.rules if r.fits(self.path)), None)
        if rule:
            return self.obey(rule)
        page = re.fullmatch(r"/[a-z]{2}/notification/(\d+)", url.path)
        if page and script.tris and int(page[1]) in script.tris:
            return self.send(tris_page(script.tris[int(page[1])], script.layout, script.jitter), "text/html; charset=utf-8", etag=not script.jitter)
        if "/notification/" in url.path:
            return self.send(b"<html><body>Internal Server Error</body></html>", "text/html", 500)
        api = {"/api/v1/azureSearch/getAll": False, "/eping/notifications/search": True}.get(url.path)
        if api and self.headers.get("Ocp-Apim-Subscription-Key") != script.key:
            return self.send(b'{ "statusCode": 401, "message": "Access denied due to invalid subscription key." }', "application/json", 401)
        if api is not None and script.eping is not None:
            body = eping_answer(script, query).replace(b"@PORT@", str(self.server.owner.port).encode())
            return self.send(body, "application/json; charset=utf-8", etag=not script.jitter)
        self.send(b"Not found", "text/plain", 404)

    do_POST = do_GET

    def obey(self, rule):
        """Answers as one rule of the script says, however wrong that is."""
        if rule.status == "raw":
            self.note("raw")
            self.close_connection = True
            return self.wfile.write(rule.body)
        owner = self.server.owner
        given = dict(o.split("=", 1) for o in rule.options if re.match(r"[a-z]+=", o))
        headers = [(k, v.strip().replace("@PORT@", str(owner.port)).replace("@THIEF@", str(owner.thief_port))) for k, v in (o.split(":", 1) for o in rule.options if re.match(r"[A-Z][A-Za-z-]*:", o))]
        body = rule.body
        if "gzip" in rule.options:
            body = gzip.compress(body)
            headers.append(("Content-Encoding", "gzip"))
        time.sleep(float(given.get("wait", 0)))
        if not {"truncate", "lie"} & set(given) and not {"trickle", "endless"} & set(rule.options):
            ctype = "application/json" if body[:1] in (b"{", b"[") else "text/html"
            return self.send(body, ctype, int(rule.status), headers, "etag" in rule.options)
        self.note(rule.status)
        self.close_connection = True
        self.send_response_only(int(rule.status))
        self.send_header("Content-Type", "application/json")
        for k, v in headers:
            self.send_header(k, v)
        if "endless" not in rule.options:
            self.send_header("Content-Length", str(len(body) + int(given.get("lie", 0))))
        self.end_headers()
        self.dribble(body[:len(body) - int(given.get("truncate", 0))], "trickle" in rule.options, "endless" in rule.options)

    def dribble(self, body, slowly, endless):
        try:
            for at in range(0, len(body), 1 if slowly else 65536):
                self.wfile.write(body[at:at + (1 if slowly else 65536)])
                self.wfile.flush()
                if slowly and self.server.owner.closing.wait(1):
                    return
            while endless and not self.server.owner.closing.is_set():
                self.wfile.write(b" " * 65536)
        except OSError:
            pass        # the client had enough, as it should


class Mail(socketserver.StreamRequestHandler):
    """As much SMTP as a client needs, and as unfriendly as the script wants."""
    disable_nagle_algorithm = True

    def say(self, command, usual, address=""):
        reply = self.server.owner.script.smtp_reply(command, address, usual)
        if reply == "drop":
            return False
        self.wfile.write(reply.encode() + b"\r\n")
        return reply[0] in "23"

    def handle(self):
        sender, rcpt = "", []
        self.wfile.write(b"220 mail.example ESMTP\r\n")
        for line in self.rfile:
            word, rest = line[:4].decode("latin-1").upper(), line.decode("latin-1").strip()
            address = (re.findall(r"<([^>]*)>", rest) or [""])[0]
            if word == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if word in ("EHLO", "HELO"):
                self.say("EHLO", "250 mail.example")
            elif word == "MAIL":
                sender, rcpt = address, []
                self.say("MAIL", "250 ok")
            elif word == "RCPT":
                if self.say("RCPT", "250 ok", address):
                    rcpt.append(address)
            elif word == "DATA":
                if self.say("DATA", "354 go on", ",".join(rcpt)) and not self.take(sender, rcpt):
                    return
            else:
                self.wfile.write(b"250 ok\r\n")

    def take(self, sender, rcpt):
        text = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            text += line[1:] if line.startswith(b".") else line
        else:
            return False
        reply = self.server.owner.script.smtp_reply("BODY", ",".join(rcpt), "250 accepted")
        if reply[0] == "2" or reply.startswith("drop"):
            with self.server.owner.lock:
                self.server.owner.mails.append((sender, tuple(rcpt), text))
        if reply == "drop":
            return False
        self.wfile.write(reply.encode() + b"\r\n")
        return True


class Listener(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads, allow_reuse_address, request_queue_size = True, True, 128

    def handle_error(self, request, address):
        pass            # a client that was killed; what matters is in the log


class Servers:
    """Both servers, one script at a time, and what they saw."""
    def __init__(self):
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.script, self.requests, self.agents, self.mails, self.posts = Script(), [], set(), [], []
        self.listeners = []
        for handler in (Web, Mail, Thief):
            listener = Listener(("127.0.0.1", 0), handler)
            listener.owner = self
            threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            self.listeners.append(listener)
        self.port, self.smtp_port, self.thief_port = (l.server_address[1] for l in self.listeners)

    def begin(self, script):
        with self.lock:
            self.script, self.requests, self.mails, self.posts = script, [], [], []

    def note(self, line, headers):
        with self.lock:
            self.requests.append(line)
            self.agents.add(headers.get("User-Agent"))

    def close(self):
        self.closing.set()
        for listener in self.listeners:
            listener.shutdown()
            listener.server_close()


class Thief(Web):
    """Another origin: whoever comes here followed a redirect too far."""
    def do_GET(self):
        self.path = "STOLEN " + self.path
        self.send(b'{"items":[],"totalCount":0}', "application/json")
