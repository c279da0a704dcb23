#!/usr/bin/env python3
"""A stand-in for ePing and TRIS on 127.0.0.1, for scripts/demo: five days of a small, SYNTHETIC feed.

  feed.py FOLDER

FOLDER/day holds the number of the day, 1 to 5, and is read anew at each request; the port is written to FOLDER/port once the
server listens. What each day brings is in day1.json to day5.json beside this file: a record is known by its "id", and what a later
day says of it replaces what an earlier one said. Every record and text there was made for the demonstration: no such symbol,
number or draft exists.

The shapes are those of the live sources as far as public evidence shows them: paged JSON with HTML in the texts, a blank before each
symbol, one row a member for a joint notification, members as C124, filters that are ignored when they are not known; pages of TRIS in the European
Component Library's rows, 500 for a number that does not exist. A day with "jitter" answers with the same facts in other bytes: lists in another
order, other blanks, entities, mark-up and letter case of links. Standard library only."""
import datetime, html, http.server, io, json, os, pathlib, random, re, sys, threading, urllib.parse, zipfile

HERE = pathlib.Path(__file__).resolve().parent
LIFETIME = 600		# seconds; whoever started us may have been killed without a chance to stop us
PREFIX = '<p style="margin:2px">'

def world(day):
    """(ePing records by id, TRIS records by page, jitter) as of a day."""
    found = {"eping": {}, "tris": {}}
    for n in range(1, day + 1):
        told = json.loads((HERE / ("day%d.json" % n)).read_text(encoding="utf-8"))
        for source, records in found.items():
            for r in told[source]:
                records.setdefault(r["id"], {}).update(r)
    return found["eping"], found["tris"], told.get("jitter", False), told["date"]

# ---- ePing ----

def midnight(iso):
    return iso and iso + "T00:00:00+00:00"

def paragraph(text):
    return text and PREFIX + html.escape(text, quote=False).replace(" of ", " of&nbsp;", 1) + "</p>"

def codes(names, first):
    return [{"id": first + i, "code": n.split(" - ")[0], "name": n} for i, n in enumerate(names)]

def names(values):
    return [{"id": 1 + i, "name": v} for i, v in enumerate(values)]

def item(r):
    """A record as the site's own API shows it."""
    first = r["symbol"].split(", ")[0]
    area, member, tail = re.fullmatch(r"G/(TBT|SPS)/N/([A-Z]+)/(.*)", first).groups()
    form = "%s%s%s" % ("TBTN26/" if area == "TBT" else "SPS/N", member, tail.replace("/", "").replace("Add.", "A").replace("Rev.", "R"))
    texts = {"title": r["title"], "description": r["description"], "productsFreeText": r.get("products")}
    out = {"id": r["id"], "area": area, "notificationType": r.get("type", "Regular notification"), "documentSymbol": " " + r["symbol"],
           "notifyingMember": r["member"], "notifyingMemberCode": r["code"],
           "distributionDate": midnight(r["distributed"]), "commentDeadlineDate": midnight(r.get("comments")),
           "hsCodes": codes(r.get("hs", []), 40000), "icsCodes": codes(r.get("ics", []), 700),
           "objectives": names(r.get("objectives", [])), "keywords": names(r.get("keywords", [])), "spsKeywords": [], "countriesAffected": [],
           "objectivesFreeText": None, "relevantDocumentTitle": None,
           "proposedAdoptionDate": None, "proposedAdoptionDateText": r.get("adoption"),
           "proposedEntryIntoForceDate": None, "proposedEntryIntoForceDateText": r.get("entry"),
           "notifiedDocumentLink": "https://members.wto.org/crnattachments/2026/%s/%s/synthetic_%d_00_%s.pdf" % (area, member, r["id"], r.get("letter", "e")),
           "linkToNotification": None if r.get("letter") == "s" else "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/%s.DOCX" % form, "dolLink": None}
    for key, text in texts.items():
        out[key], out[key + "Plain"] = paragraph(text), text
    return out

def shake(i):
    """The same facts in other bytes."""
    r = random.Random(i["id"])
    for key in ("hsCodes", "icsCodes", "objectives", "keywords"):
        i[key] = i[key][::-1] + i[key][:1]
    for key in ("title", "description", "productsFreeText"):
        if i[key]:
            inner = i[key][len(PREFIX):-len("</p>")].replace(" ", r.choice(("  ", "&nbsp;", "\r\n")), 2)
            i[key], i[key + "Plain"] = "<p><span>" + inner + "</span></p> ", None
    if i["linkToNotification"]:
        i["linkToNotification"] = i["linkToNotification"].replace("/t/", "/T/").replace(".DOCX", ".docx")
    i["documentSymbol"] = "  " + i["documentSymbol"].strip() + " "
    return i

def answer(q, day):
    records, _, jitter, today = world(day)
    ask = lambda key, otherwise="": q.get(key, [otherwise])[0]
    area = {"1": "TBT", "2": "SPS"}.get(ask("domainIds"))
    items = [item(r) for r in records.values()]
    items = [i for i in items if ask("distributionDateFrom") <= i["distributionDate"][:10] <= ask("distributionDateTo", "9999")
             and area in (None, i["area"]) and ask("documentSymbol").strip().lower() in i["documentSymbol"].lower()
             and (ask("checkCommentDeadline").lower() != "true" or (i["commentDeadlineDate"] or "") >= today)]
    items.sort(key=lambda i: (i["distributionDate"], i["id"]), reverse=True)
    page, size = max(1, int(ask("page", "1"))), min(100, int(ask("pageSize", "20")))
    shown = items[(page - 1) * size:page * size]
    if jitter:
        shown = [shake(i) for i in reversed(shown)]
    return {"items": shown, "totalCount": len(items), "currentPage": page, "pageSize": size, "isCountExceeded": False, "endRow": page * size,
            "areas": [], "notifyingMembers": []}

# ---- TRIS ----

def written(iso, separator):
    return separator.join(reversed(iso.split("-")))

def message(r):
    year, serial, state = r["number"].split("/")
    lines = ["Message 001", "Communication from the Commission - TRIS/(%s) %s" % (year, r["com"]), "Directive (EU) 2015/1535", "Notification: " + r["number"],
             "Notification of a draft text from a Member State", "Notification - Notification - Notificación",
             "Does not open the delays - N'ouvre pas de délai - No abre el plazo", "MSG: %s%s.EN" % (year, r["com"]),
             "1. MSG 001 IND %s %s %s EN %s %s NOTIF" % (year, serial, state, written(r["received"], "-"), state),
             "2. " + r["country"], "3A. Contact point (synthetic)", "3B. Ministry (synthetic)", "4. %s - %s" % (r["number"], r["category"]),
             "5. " + r["title"], "6. " + r["products"], "7. -", "8. " + r["content"], "9. " + r["grounds"], "10. No basic texts available",
             "11. No", "12. -", "13. No", "14. No", "15. No", "16. TBT aspects: No", "SPS aspects: No"]
    return [line for l in lines for line in l.split("\n")]

def page(r, jitter):
    escape = html.escape
    if jitter:
        escape = lambda s: html.escape(s).replace("é", "&eacute;").replace(" ", "\n ", 1)
    end = written(r["standstill"], "/") + (" ( %s)" % written(r["extended"], "/") if "extended" in r else "")
    rows = [("Notification Number", "%s (%s )" % (r["number"], r["country"])), ("Date received", written(r["received"], "/")), ("End of Standstill", end),
            ("Issue of comments by", r.get("comments")), ("Issue of detailed opinion by", r.get("opinions"))]
    rows = "".join('<div class="ecl-row"><div class="ecl-col-12 ecl-col-m-3 ecl-col-3"><strong>%s:</strong></div>\n'
                   '<div class="ecl-col-12 ecl-col-m-9 ecl-col-9">%s</div></div>\n' % (k, escape(v)) for k, v in rows if v)
    texts = [("D", "EN"), ("D", state_language(r))] + ([("F", "EN")] if "final" in r else [])
    if jitter:
        texts.reverse()
    links = "".join('<li><a class="ecl-link" href="/en/notification/%d/text/%s/%s">%s</a></li>\n' % (r["id"], k, l, l.lower()) for k, l in texts)
    body = "".join("<p>%s</p>\n" % escape(l) if jitter or i % 3 else "%s<br />\n" % escape(l) for i, l in enumerate(message(r)))
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Notification Detail | TRIS</title><script>var t = %d;</script></head>\n'
            '<body><header><h2>TRIS (synthetic)</h2></header><main class="ecl-container"><h1 class="ecl-page-header__title">%s</h1>\n%s'
            '<ul class="documents">\n%s</ul>\n<div class="message">\n%s</div></main></body></html>\n'
            % (random.getrandbits(30) if jitter else 1, escape(r["title"]), rows, links, body))

def state_language(r):
    return r["number"].split("/")[2].replace("DK", "DA").replace("SE", "SV")

def word_file(lines):
    """The smallest DOCX that holds the paragraphs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                   '<Default Extension="xml" ContentType="application/xml"/></Types>')
        z.writestr("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
                   + "".join('<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' % html.escape(l) for l in lines) + "</w:body></w:document>")
    return out.getvalue()

def text_of(r, kind, language):
    year, serial, state = r["number"].split("/")
    head = "1. ------IND- %s %s %s-- %s- ------ %s --- --- %s" % (year, serial, state, language, r["received"].replace("-", ""), {"D": "PROJET", "F": "FINAL"}[kind])
    return word_file([head] + r["final" if kind == "F" else "draft"].split("\n"))

# ---- HTTP ----

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, disable_nagle_algorithm = -1, True	# an answer in one piece, or each costs 40 ms
    folder = None

    def log_message(self, *args):
        pass

    def send(self, body, kind, status=200):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        day = int((self.folder / "day").read_text())
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/api/v1/azureSearch/getAll":
            return self.send(json.dumps(answer(urllib.parse.parse_qs(url.query), day), ensure_ascii=False), "application/json; charset=utf-8")
        m = re.fullmatch(r"/en/notification/(\d+)(?:/text/([DF])/([A-Z]{2}))?", url.path)
        if not m:
            return self.send("Not found", "text/plain", 404)
        _, records, jitter, _ = world(day)
        r = records.get(int(m[1]))
        if not r or (m[2] == "F" and "final" not in r):
            return self.send("<html><body>Internal Server Error</body></html>", "text/html", 500)
        if m[2]:
            return self.send(text_of(r, m[2], m[3]), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        self.send(page(r, jitter), "text/html; charset=utf-8")

def main():
    if len(sys.argv) != 2:
        sys.exit("usage: feed.py FOLDER")
    Handler.folder = pathlib.Path(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    end = threading.Timer(LIFETIME, os._exit, (1,))
    end.daemon = True
    end.start()
    port = Handler.folder / "port"
    port.with_suffix(".new").write_text("%d\n" % server.server_address[1])
    port.with_suffix(".new").rename(port)
    server.serve_forever()

if __name__ == "__main__":
    main()
