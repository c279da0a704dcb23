"""What other programs make of our messages, pages and feeds: Python's mail, HTML and XML parsers read the samples back."""
import email
import email.policy
import html.parser
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET

LIMIT = 100000
ATOM = "{http://www.w3.org/2005/Atom}"
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\x00-\x09\x0b-\x1f\x7f]")


class Page(html.parser.HTMLParser):
    VOID = {"meta", "br", "hr"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.links, self.text = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"handler {name}"
            assert name != "src", "content from elsewhere"
            if name == "href":
                self.links.append(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> does not match"

    def handle_data(self, data):
        self.text += data


def check_page(text, whole):
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == [], page.open
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "time", "article", "dl", "dt", "dd", "ul", "li",
               "strong", "a", "div", "del", "ins", "code", "span", "footer"}
    assert set(page.seen) <= allowed, set(page.seen) - allowed
    if whole:
        assert page.seen.count("title") == 1 and page.seen.count("main") == 1 and page.seen.count("h1") == 1
    for link in page.links:
        assert re.match(r"https?://", link), link
    assert not HIDDEN.search(page.text), "hidden characters"
    return page


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_text(text):
    assert not HIDDEN.search(text), "hidden characters"
    for line in text.split("\n"):
        assert width(line) <= 78 or "http" in line, line
        assert line == line.rstrip(), repr(line)


def check_mail(name, raw):
    assert len(raw) < LIMIT, (name, len(raw))
    assert raw.isascii(), name
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r"), name
    for line in raw.split(b"\r\n"):
        assert len(line) <= 900, (name, line)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not message.defects, message.defects
    head = message.keys()
    known = {"Date", "From", "To", "Subject", "Message-Id", "In-Reply-To", "References", "List-Id", "Auto-Submitted", "List-Unsubscribe",
             "List-Unsubscribe-Post", "MIME-Version", "Content-Type"}
    assert set(head) <= known and len(head) == len(set(head)), head
    assert message["From"] == "Sector alerts <alerts@example.org>"
    assert message["To"] == "toys-list@example.org"
    assert message["Message-Id"] == "<toys-members.1234@example.org>"
    assert message["List-Id"].endswith("<toys-members.lists.example.org>"), message["List-Id"]
    assert message["Date"].datetime.isoformat() == "2025-06-12T06:00:00+00:00"
    assert not HIDDEN.search(str(message["Subject"])), repr(message["Subject"])
    assert width(str(message["Subject"])) <= 120
    for part in message.walk():
        assert not part.defects, part.defects
        if not part.is_multipart():
            assert part.get_content_charset() == "utf-8"
            assert part["Content-Transfer-Encoding"] in ("quoted-printable", "base64")
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    page = message.get_body(("html",)).get_content().replace("\r\n", "\n")
    check_text(text)
    check_page(page, True)
    lists = [p.get_content().replace("\r\n", "\n") for p in message.iter_attachments()] if message.get_content_type() == "multipart/mixed" else []
    return message, text, page, lists


def symbols(text):
    return {int(n) for n in re.findall(r"G/TBT/N/BRA/(\d+)", text)}


def unnamed(text):
    return sum(int(n) for n in re.findall(r"(\d+) more (?:has|have) no\s+room here", text))


def check_many(n, text, page, lists):
    everything = set(range(1, n + 1))
    page = check_page(page, True).text
    if not lists:
        assert symbols(text) == everything and symbols(page) == everything
        assert unnamed(text) == unnamed(page) == 0
        return
    (all_items,) = lists
    check_text(all_items)
    assert len(symbols(all_items)) + unnamed(all_items) == n
    assert unnamed(all_items) == 0 or "regwatch log --since" in all_items
    for body in text, page:
        assert len(symbols(body)) + unnamed(body.split(". The attached")[0]) == n
        assert "all-items.txt" in body
    if n <= 500:
        assert symbols(all_items) == everything


def check_atom(name, raw):
    feed = ET.fromstring(raw)
    assert feed.tag == ATOM + "feed"
    ids = [feed.find(ATOM + "id").text]
    updated = []
    assert feed.find(ATOM + "title").text is not None
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    for entry in feed.findall(ATOM + "entry"):
        for must in ("id", "title", "updated", "author", "content"):
            assert len(entry.findall(ATOM + must)) == 1, (name, must)
        ids.append(entry.find(ATOM + "id").text)
        updated.append(entry.find(ATOM + "updated").text)
        assert len(entry.findall(ATOM + "category")) >= 2
        assert not HIDDEN.search(entry.find(ATOM + "title").text)
        links = [link.get("rel") for link in entry.findall(ATOM + "link")]
        assert links.count("alternate") <= 1
        content = entry.find(ATOM + "content")
        assert content.get("type") == "html"
        check_page(content.text, False)
    for i in ids:
        assert re.fullmatch("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i), i
    assert len(ids) == len(set(ids))
    assert updated == sorted(updated, reverse=True)
    assert feed.find(ATOM + "updated").text == (updated[0] if updated else "1970-01-01T00:00:00Z")
    return feed


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as f:
        return f.read()


def check_toys(folder):
    message, text, page, _ = check_mail("toys", read(folder, "toys.eml"))
    assert message["Subject"] == "1 new, 1 changed in Toys and childcare articles; 2 close by 2025-06-22"
    assert message["List-Unsubscribe"] == "<https://www.example.org/leave?list=toys>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(message["In-Reply-To"].split()) == 3 and "References" not in message
    assert text.encode() == read(folder, "toys.txt")
    assert page.encode() == read(folder, "toys.html")
    entries = check_atom("toys", read(folder, "toys.atom")).findall(ATOM + "entry")
    assert [e.find(ATOM + "title").text.split(":")[0] for e in entries] == ["2025/0311/FR", "G/TBT/N/USA/2211", "G/TBT/N/USA/2211"]
    assert "<ins>45</ins>" in entries[1].find(ATOM + "content").text


def check_hostile(folder, name, subject):
    message, text, page, _ = check_mail(name, read(folder, name + ".eml"))
    assert "Bcc" not in message
    assert re.search(subject, message["Subject"]), message["Subject"]
    assert message["References"] == message["In-Reply-To"] and message["References"].startswith("<dossier.")
    check_text(read(folder, name + ".txt").decode())
    check_page(read(folder, name + ".html").decode(), True)
    check_atom(name, read(folder, name + ".atom"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        check_toys(folder)
        message, text, page, _ = check_mail("empty", read(folder, "empty.eml"))
        assert message["Subject"] == "nothing new" and "read up to 2025-06-12" in text and "read up to 2025-06-12" in page
        check_atom("empty", read(folder, "empty.atom"))
        check_hostile(folder, "hostile-header", "^1 new in Toys Bcc: x@y.example <html>: G/TBT/N/KEN/1 Toys Bcc: ")
        check_hostile(folder, "hostile-markup", "^1 new in </title><script>alert")
        check_hostile(folder, "hostile-bidi", "^1 new in abc evil ")
        check_hostile(folder, "hostile-emoji", "^1 new in Toys \U0001f9f8 .*=\\?utf-8\\?q\\?x\\?= \u20ac: G/TBT/N/KEN/1")
        check_hostile(folder, "hostile-long", "^1 new in (\u73a9\u0416)+.*\u2026$")
        for n in 60, 150, 500, 4000:
            _, text, page, lists = check_mail(f"many-{n}", read(folder, f"many-{n}.eml"))
            assert (lists != []) == (n >= 500)
            check_many(n, text, page, lists)
            check_atom("many", read(folder, f"many-{n}.atom"))


main()
