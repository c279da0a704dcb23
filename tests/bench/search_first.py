"""How much the site's search reads before its first result shows, in Chromium from files: page, style, script and all pieces, as they lie on disk. Asks for
words of all frequencies, pairs of them, beginnings and symbols.  search_first.py FILE.tsv FOLDER (as search_bench made it of FILE) [EACH]
EACH: questions of a kind, 12 unless told. Ends with 1 when one read 100 KB or more and had an answer."""
import collections, os, pathlib, random, statistics, sys, urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "browser"))
import webdriver

FIGURE = 100000
BANDS = (("in 1", 1, 1), ("in 2 to 5", 2, 5), ("in 6 to 50", 6, 50), ("in 51 to 500", 51, 500), ("in 501 to 2,000", 501, 2000), ("in 2,001 to 10,000", 2001, 10000), ("in more", 10001, 10 ** 9))

# Notes each script that the page asks for, and how many it had asked for when the first result stood.
WATCH = """
const list = document.getElementById("search-results"), input = document.getElementById("search-words"), append = Element.prototype.append;
window.asked = []; window.first = null;
document.head.append = function (script) { window.asked.push(script.src); append.call(this, script); };
list.append = function (item) { window.first ??= window.asked.length; append.call(this, item); };
input.value = arguments[0];
input.dispatchEvent(new Event("input"));"""
DONE = "const s = document.getElementById('search-status').textContent; return s !== '' && !s.startsWith('Searching') || window.first !== null"

def words_of(path):
    """In how many notifications each word stands; those of each year; one notification's words together; symbols."""
    df, old, texts, ids = collections.Counter(), collections.Counter(), [], []
    with open(path) as lines:
        for line in lines:
            d = line.rstrip("\n").split("\t")
            words = {w for w in " ".join((d[3], d[5], d[6])).lower().split() if len(w) > 1}
            df.update(words)
            if d[1] < "2010":
                old.update(words)
            texts.append(sorted(words))
            ids.append(d[0])
    return df, old, texts, ids

def questions(df, old, texts, ids, each):
    r, band = random.Random(2), {}
    for name, low, high in BANDS:
        band[name] = sorted(w for w, n in df.items() if low <= n <= high)
        for w in r.sample(band[name], min(each, len(band[name]))):
            yield "a word " + name, w + " "
    only_old = sorted(w for w, n in old.items() if n == df[w])
    for w in r.sample(only_old, min(each, len(only_old))):
        yield "a word before 2010 only", w + " "
    for text in r.sample(texts, each):
        yield "two words of a notification", " ".join(r.sample(text, 2))
        yield "four words of a notification", " ".join(r.sample(text, 4))
    for text in r.sample(texts, each):
        yield "two rarer words of one", " ".join(sorted(text, key=lambda w: df[w])[:2])
    for name in ("in 2 to 5", "in 51 to 500", "in 501 to 2,000", "in 2,001 to 10,000"):
        for _ in range(each):
            yield "any two words " + name, " ".join(r.sample(band[name], 2))
    for _ in range(each):
        yield "any of 51 to 500 with one of more", r.choice(band["in 51 to 500"]) + " " + r.choice(band["in 2,001 to 10,000"])
    every = sorted(df)
    for length in (3, 4, 5):
        for w in r.sample([w for w in every if len(w) > length], each):
            yield "a beginning of %d letters" % length, w[:length]
    for text in r.sample(texts, each):
        yield "a word and a beginning of 4", text[0] + " " + text[-1][:4]
    for i in r.sample(ids, each):
        yield "a symbol", i

def size(names):
    return sum(os.path.getsize(n) for n in set(names))

def ask(browser, folder, question):
    """Bytes before the first result, bytes up to the end of the first page when there is no result."""
    browser.open((folder / "search.html").as_uri())
    browser.run(WATCH, question)
    browser.wait(DONE, seconds=60)
    asked, first = browser.run("return [window.asked, window.first]")
    pieces = [urllib.parse.unquote(urllib.parse.urlsplit(a).path) for a in (asked if first is None else asked[:first])]
    return first is not None, size([folder / n for n in ("search.html", "style.css", "search.js", "search/manifest.js")]) + size(p for p in pieces if not p.endswith("manifest.js"))

def main(table, folder, each):
    folder, kinds, worst = pathlib.Path(folder).resolve(), {}, (0, "")
    with webdriver.Browser() as browser:
        for kind, question in questions(*words_of(table), each):
            found, n = ask(browser, folder, question)
            kinds.setdefault(kind, ([], []))[0 if found else 1].append(n)
            worst = max(worst, (n, question)) if found else worst
    print("%-36s %28s   %28s" % ("KB before the first result", "found: median, worst", "nothing found: median, worst"))
    for kind, halves in kinds.items():
        print("%-36s" % kind, *("%10d %7.1f %7.1f  " % (len(v), statistics.median(v) / 1000, max(v) / 1000) if v else "%28s" % "-" for v in halves))
    found = [n for halves in kinds.values() for n in halves[0]]
    print("%-36s %10d %7.1f %7.1f   '%s'" % ("all", len(found), statistics.median(found) / 1000, worst[0] / 1000, worst[1].strip()))
    return worst[0] >= FIGURE

if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: search_first.py FILE.tsv FOLDER [EACH]")
    if webdriver.missing():
        print("search: not measured, there is no %s" % webdriver.missing())
    else:
        sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 12))
