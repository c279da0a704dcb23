"""Random questions for the site's search over the SYNTHETIC world of tests/bench/search_world.py, and words for it that it does not have itself: of other
scripts, and two frequent ones that no document has together."""
import random

PAIRED = 80		# of the most frequent words have lists of two (lib/site/search_often.h)
APART = "qaddus", "qerrim"
OTHER = "щитовидка", "玩具", "νερο"

def extended(documents):
    """In the descriptions each word of APART is in every fourth document, each of OTHER in every ninetieth."""
    for i, d in enumerate(documents):
        words = [*APART[i % 4:i % 4 + 1], *([OTHER[i // 30 % 3]] if i % 30 == 7 else [])]
        yield *d[:6], " ".join((d[6], *words))

def bands(frequencies):
    """Words by how they are looked for."""
    ranked = sorted(frequencies, key=lambda w: (-frequencies[w], w))
    return {"paired": ranked[:PAIRED], "last paired": ranked[PAIRED - 6:PAIRED + 6], "frequent": ranked[PAIRED:4 * PAIRED],
            "rare": [w for w in ranked if 2 <= frequencies[w] <= 40], "other": OTHER}

def questions(world, n, seed):
    """Two to eight words each, in two of three as far as it goes of one notification; some end with a beginning."""
    r, band = random.Random(seed), bands(world.df)
    yield " ".join(APART)
    yield " ".join((*APART, band["paired"][0]))
    for i in range(n):
        text = set(r.choice(world.texts)) if i % 3 else set()
        kinds = r.choices(list(band), (6, 4, 3, 1, 1), k=r.randint(2, 8))
        words = list(dict.fromkeys(r.choice([w for w in band[kind] if w in text] or band[kind]) for kind in kinds))
        if r.random() < 0.4:
            words[-1] = words[-1][:r.randint(3, 5)]
        yield " ".join(words)
