"""How much the site's search reads before its first result shows, or before it says that there is none, in Chromium from files: page, style, script and all
pieces, as they lie on disk. Asks for words of all frequencies, beginnings, symbols, and for what is worst: words that meet only in old notifications, and
words that never meet.  search_first.py FILE.tsv FOLDER (as search_bench made it of FILE) [EACH]
EACH: questions of a kind, 12 unless told. Ends with 1 when one read 100 KB or more. The last word of a question is always a beginning too."""
import collections, itertools, os, pathlib, random, statistics, sys, urllib.parse

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

class World:
    def __init__(self, path):
        self.ids, self.texts, self.has, old = [], [], collections.defaultdict(set), collections.Counter()
        with open(path) as lines:
            for n, line in enumerate(lines):
                d = line.rstrip("\n").split("\t")
                words = {w for w in " ".join((d[3], d[5], d[6])).lower().split() if len(w) > 1}
                for w in words:
                    self.has[w].add(n)
                if d[1] < "2010":
                    old.update(words)
                self.texts.append(sorted(words))
                self.ids.append(d[0])
                year = d[1][:4]
                if n == 0 or year != newest:
                    newest, self.closed = year, n       # the first of the newest year
        self.df = {w: len(v) for w, v in self.has.items()}
        self.only_old = sorted(w for w, n in old.items() if n == self.df[w])

    def meet(self, words):
        """The newest notification that has all words, None without one."""
        return max(set.intersection(*sorted((self.has[w] for w in words), key=len)), default=None)

    def is_old(self, words):
        n = self.meet(words)
        return n is not None and n < self.closed

def some(each, make, good):
    """Questions that are hard to come by: up to 'each', of many tries."""
    tries = (make() for _ in range(each * 400))
    return itertools.islice((words for words in tries if words and good(words)), each)

def plain_questions(w, r, each, band):
    for name, words in band.items():
        for word in r.sample(words, min(each, len(words))):
            yield "a word " + name, word
    for word in r.sample(w.only_old, min(each, len(w.only_old))):
        yield "a word before 2010 only", word
    for text in r.sample(w.texts, each):
        yield "two words of a notification", " ".join(r.sample(text, 2))
        yield "four words of a notification", " ".join(r.sample(text, 4))
        yield "two rarest words of one", " ".join(sorted(text, key=lambda x: w.df[x])[:2])
    for name in ("in 2 to 5", "in 51 to 500", "in 501 to 2,000", "in 2,001 to 10,000"):
        for _ in range(each):
            yield "any two words " + name, " ".join(r.sample(band[name], 2))
    for i in r.sample(w.ids, each):
        yield "a symbol", i

def beginnings(w, r, each, band):
    every = sorted(w.df)
    for length in (3, 4, 5):
        for word in r.sample([x for x in every if len(x) > length], each):
            yield "a beginning of %d letters" % length, word[:length]
        for name in ("in 2 to 5", "in 51 to 500", "in 501 to 2,000"):
            for word in r.sample(band[name], each):
                text = w.texts[r.choice(sorted(w.has[word]))]
                yield "a word and a beginning of %d" % length, word + " " + r.choice(text)[:length]
        for text in r.sample(w.texts, each):
            words = r.sample(text, 3)
            yield "two words and a beginning of %d" % length, " ".join(words[:2]) + " " + words[2][:length]
        for word in r.sample(band["in 6 to 50"], each):
            yield "a word and any beginning of %d" % length, word + " " + r.choice(every)[:length]

def hard_questions(w, r, each, band):
    """Words that the newest year does not have together, some of them never."""
    pairs = itertools.combinations_with_replacement(("in 6 to 50", "in 51 to 500", "in 501 to 2,000", "in 2,001 to 10,000"), 2)
    for a, b in pairs:
        pair = lambda: [r.choice(band[a]), r.choice(band[b])]
        for words in some(each, pair, w.is_old):
            yield "old: one %s, one %s" % (a, b), " ".join(words)
        for words in some(each, pair, lambda words: w.meet(words) is None):
            yield "never: one %s, one %s" % (a, b), " ".join(words)
    for n in (3, 4, 6, 8):
        def of_one():
            frequent = [x for x in r.choice(w.texts) if w.df[x] > 1200]
            return r.sample(frequent, n) if len(frequent) >= n else None
        for words in some(each, of_one, w.is_old):
            yield "old: %d frequent words" % n, " ".join(words)
        for words in some(each, lambda: r.sample(band["in 2,001 to 10,000"], n), lambda words: w.meet(words) is None):
            yield "never: %d frequent words" % n, " ".join(words)

def beginnings_of_frequent(w, r, each, band):
    """Frequent words of a notification, of which the last is but begun; the others are in no new one."""
    for n in (3, 5, 7):
        def of_one():
            frequent = [x for x in r.choice(w.texts) if w.df[x] > 1200]
            return r.sample(frequent, n) if len(frequent) >= n else None
        for words in some(each, of_one, lambda words: w.is_old(words[:-1])):
            yield "old: %d frequent words and a beginning" % (n - 1), " ".join(words[:-1]) + " " + words[-1][:r.choice((3, 4, 5))]

def questions(w, each, seed=2):
    r = random.Random(seed)
    band = {name: sorted(x for x, n in w.df.items() if low <= n <= high) for name, low, high in BANDS}
    for kind in (plain_questions, beginnings, hard_questions, beginnings_of_frequent):
        yield from kind(w, r, each, band)

def size(names):
    return sum(os.path.getsize(n) for n in set(names))

def ask(browser, folder, question):
    """Whether there is a result; bytes before the first one, or before it is said that there is none."""
    browser.open((folder / "search.html").as_uri())
    browser.run(WATCH, question)
    browser.wait(DONE, seconds=60)
    asked, first = browser.run("return [window.asked, window.first]")
    pieces = [urllib.parse.unquote(urllib.parse.urlsplit(a).path) for a in (asked if first is None else asked[:first])]
    return first is not None, size([folder / n for n in ("search.html", "style.css", "search.js", "search/manifest.js")]) + size(p for p in pieces if not p.endswith("manifest.js"))

def main(table, folder, each):
    folder, kinds, worst = pathlib.Path(folder).resolve(), {}, (0, "")
    with webdriver.Browser() as browser:
        for kind, question in questions(World(table), each):
            found, n = ask(browser, folder, question)
            kinds.setdefault(kind, ([], []))[0 if found else 1].append(n)
            worst = max(worst, (n, question))
    print("%-52s %28s   %28s" % ("KB before the answer", "found: median, worst", "nothing found: median, worst"))
    for kind, halves in kinds.items():
        print("%-52s" % kind, *("%10d %7.1f %7.1f  " % (len(v), statistics.median(v) / 1000, max(v) / 1000) if v else "%28s" % "-" for v in halves))
    every = sorted(n for halves in kinds.values() for half in halves for n in half)
    print("%d questions: median %.1f KB, 99 in 100 under %.1f, worst %.1f ('%s')" % (len(every), statistics.median(every) / 1000, every[len(every) * 99 // 100] / 1000,
          worst[0] / 1000, worst[1]))
    return worst[0] >= FIGURE

if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: search_first.py FILE.tsv FOLDER [EACH]")
    if webdriver.missing():
        print("search: not measured, there is no %s" % webdriver.missing())
    else:
        sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 12))
