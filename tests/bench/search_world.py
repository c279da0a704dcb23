"""A SYNTHETIC store for the measure of the site's search: N notifications from 1995 on as a table for search_bench. Nothing in it is real. The same N gives
the same bytes anywhere.

Words fall as in real texts: frequencies by Zipf and Mandelbrot over 300,000 words, of which most that occur at all do so once; first letters by the
table of first letters that the index is cut by (half of them) or any."""
import bisect, datetime, itertools, pathlib, random, re, sys

FIRST, LAST = 1995, 2026
VOCABULARY = 300000
MEMBERS = ["USA United States of America", "EU European Union", "BRA Brazil", "CHN China", "UGA Uganda", "CHL Chile", "KEN Kenya", "JPN Japan", "TPKM Chinese Taipei", "IND India"]
SYLLABLES = """ba be bi bo ca ce chi co cro da de di do fa fe fi fo ga ge gi go ha he hi ka ke la le li lo ma me mi mo na ne ni no pa pe phe pho po ra re ri
ro sa se si so sta stri su ta te ti to tra tri u va ve vi xy za ze""".split()
PREFIXES = pathlib.Path(__file__).resolve().parents[2] / "lib/site/search_prefixes.h"

def vocabulary(r):
    """Words by rank, the most frequent first; the first of them are short."""
    rows, found = re.findall(r'"([a-z]+)"', PREFIXES.read_text()), {}
    while len(found) < VOCABULARY:
        rank = len(found)
        start = r.choice(rows) if r.random() < 0.5 else ""
        word = str(r.randrange(10 ** r.randint(2, 5))) if r.random() < 0.03 else start + "".join(r.choices(SYLLABLES, k=r.randint(1 if start else 2, 2 + min(3, rank // 100))))
        found.setdefault(word, rank)
    return list(found)

def documents(n):
    """(id, date, path, title, member, products, description) in order of date and id."""
    r = random.Random(1)
    words = vocabulary(r)
    weights = list(itertools.accumulate(1 / (i + 12) ** 1.35 for i in range(VOCABULARY)))
    years = r.choices(range(FIRST, LAST + 1), [300 + (y - FIRST) * 190 for y in range(FIRST, LAST + 1)], k=n)
    days = sorted(datetime.date(y, 1, 1) + datetime.timedelta(r.randrange(325 if y == LAST else 365)) for y in years)
    numbers, found = {}, []
    for day in days:
        code, name = r.choice(MEMBERS).split(" ", 1)
        series = r.choice(("TBT", "SPS")), code
        number = numbers[series] = numbers.get(series, 0) + 1
        text = [words[bisect.bisect(weights, r.random() * weights[-1])] for _ in range(70)]
        found.append(("G/%s/N/%s/%d" % (*series, number), str(day), "eping/%s/%s/%dxx/%d.html" % (*series, number // 100, number),
                      " ".join(text[:11]).capitalize(), name, " ".join(text[11:18]), " ".join(text[18:])))
    return sorted(found, key=lambda d: (d[1], d[0].encode()))

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: search_world.py N FILE")
    with open(sys.argv[2], "w") as out:
        for d in documents(int(sys.argv[1])):
            out.write("\t".join(d) + "\n")
