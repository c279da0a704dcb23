"""What can be told of a site from its files alone: markup by an independent parser, names, order of headings, links, what is loaded from where."""
import html.parser, os, pathlib, re, urllib.parse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADS = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("object", "data"), ("source", "src"), ("audio", "src"), ("video", "src"), ("form", "action")}
POLICY = "default-src 'none'"

class Page(html.parser.HTMLParser):
    """Collects faults and links of one page."""
    def __init__(self, path, text):
        super().__init__(convert_charrefs=True)
        self.path, self.faults, self.open, self.ids, self.links, self.loads = path, [], [], [], [], []
        self.headings, self.landmarks, self.names, self.labels, self.policy, self.title = [], [], [], set(), None, ""
        self.tables = []
        self.feed(text)
        self.close()
        self.finish()

    def fault(self, text):
        self.faults.append("%s:%d: %s" % (self.path, self.getpos()[0], text))

    def handle_decl(self, decl):
        if decl.lower() != "doctype html":
            self.fault("declaration '%s'" % decl)

    def handle_starttag(self, tag, attributes):
        names = [k for k, _ in attributes]
        if len(names) != len(set(names)):
            self.fault("<%s> has an attribute twice" % tag)
        a = dict(attributes)
        for k, v in a.items():
            if k == "style" or k.startswith("on"):
                self.fault("<%s> has a '%s'" % (tag, k))
            if (tag, k) in LOADS:
                self.loads.append(v)
        if a.get("id"):
            self.ids.append(a["id"])
        if tag == "html" and not a.get("lang"):
            self.fault("<html> has no lang")
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy":
            self.policy = a.get("content", "")
        if tag == "script" and "src" not in a:
            self.fault("inline script")
        if tag == "style":
            self.fault("inline style")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("main", "header", "footer", "nav") or a.get("role") == "search":
            self.landmarks.append(tag)
        if tag == "label":
            self.labels.add(a.get("for"))
        if tag == "input" and a.get("type") != "hidden":
            self.names.append(("input", a.get("id"), a.get("aria-label")))
        if tag == "img" and "alt" not in a:
            self.fault("<img> without alt")
        if tag == "svg" and not (a.get("role") == "img" and a.get("aria-labelledby")) and a.get("aria-hidden") != "true":
            self.fault("<svg> without a name")
        if tag == "th" and a.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            self.fault("<th> without scope")
        if tag == "table":
            self.tables.append({"th": False, "caption": False})
        if self.tables and tag in ("th", "caption"):
            self.tables[-1][tag] = True
        for name in (a.get("aria-labelledby") or "").split() + (a.get("aria-describedby") or "").split():
            self.links.append("#" + name)
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        if tag == "link" and a.get("rel") == "alternate":
            self.links.append(a["href"])
        if tag in ("a", "button", "summary"):
            self.open.append((tag, [a.get("aria-label") or a.get("title") or ""]))
        elif tag not in VOID:
            self.open.append((tag, None))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.fault("</%s> closes nothing" % tag)
            return
        name = self.open.pop()[1]
        if name is not None and not "".join(name).strip():
            self.fault("<%s> without a name" % tag)
        if tag == "table":
            t = self.tables.pop()
            if not t["th"]:
                self.fault("table without headers")

    def handle_data(self, data):
        for tag, name in self.open:
            if name is not None:
                name.append(data)
        if self.open and self.open[-1][0] == "title" and len(self.open) == 3:
            self.title += data
        if re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f]", data):
            self.fault("control characters in a text")

    def finish(self):
        if self.open:
            self.fault("<%s> stays open" % self.open[-1][0])
        if self.headings.count(1) != 1:
            self.fault("%d h1" % self.headings.count(1))
        for before, now in zip([0] + self.headings, self.headings):
            if now > before + 1:
                self.fault("h%d follows h%d" % (now, before))
        if len(self.ids) != len(set(self.ids)):
            self.fault("an id twice: " + ", ".join(sorted({i for i in self.ids if self.ids.count(i) > 1})))
        if not self.title.strip():
            self.fault("no title")
        for landmark in ("main", "header", "footer", "nav"):
            if landmark not in self.landmarks:
                self.fault("no <%s>" % landmark)
        if self.policy is None or not self.policy.startswith(POLICY) or "unsafe" in self.policy or "*" in self.policy or "http" in self.policy:
            self.fault("no strict policy")
        for _, name, label in self.names:
            if name not in self.labels and not label:
                self.fault("<input> without a label")

def strict(path, text):
    """What html5lib, an independent parser, calls an error; nothing where it is not installed."""
    try:
        import html5lib
    except ImportError:
        return []
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return ["%s:%d: html5lib: %s" % (path, line, kind) for (line, _), kind, _ in parser.errors]

def check(site, sample=30):
    """All pages and all their links; every so many a page also by html5lib. Gives faults and the number of pages and links."""
    site = pathlib.Path(site)
    pages, faults, links = {}, [], 0
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(site).as_posix()
        pages[name] = Page(name, text)
        faults += pages[name].faults
        if "/" not in name or len(pages) % sample == 0:
            faults += strict(name, text)
    for name, page in pages.items():
        for link in page.links + page.loads:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme in ("http", "https") and link in page.links:
                continue
            links += 1
            if parts.scheme or parts.netloc or link.startswith("/"):
                faults.append("%s: '%s' leads out of the site" % (name, link))
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(name), urllib.parse.unquote(parts.path))) if parts.path else name
            if not (site / target).is_file():
                faults.append("%s: '%s' leads nowhere" % (name, link))
            elif parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].ids:
                faults.append("%s: '%s': no such place in the page" % (name, link))
    return faults, len(pages), links
