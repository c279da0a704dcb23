"""A small store with everything that a page may choke on: SYNTHETIC records, imported by the real program on two days."""
import datetime, importlib.util, json, os, pathlib, subprocess

HERE = pathlib.Path(__file__).resolve().parent
DAYS = ("2026-11-19T06:00:00Z", "2026-11-20T06:00:00Z")
ADDENDA = 40

spec = importlib.util.spec_from_file_location("bench_world", HERE.parent / "bench" / "world.py")
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)

def record(number, symbol, title, description, **more):
    area, code = symbol.split("/")[1], symbol.split("/")[3]
    member = {"USA": ("C840", "United States of America"), "CHL": ("C152", "Chile"), "KEN": ("C404", "Kenya"), "EU": ("U918", "European Union")}[code]
    day = more.get("day", "2026-10-%02d" % (1 + number % 28))
    return {"id": number, "symbol": symbol, "area": area, "code": member[0], "member": member[1], "day": day, "comments": more.get("comments", "2027-01-15"),
            "type": more.get("type", "Regular notification"), "title": title, "products": more.get("products", "Various products"), "hs": more.get("hs", []),
            "ics": more.get("ics", []), "objectives": ["Protection of human health or safety"], "keywords": ["Human health"], "adoption": None,
            "entry": "Six months after publication", "attached": "https://members.wto.org/crnattachments/2026/%s/%s/synthetic_%d_00_e.pdf" % (area, code, number),
            "form": "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/TBTN26/%s%d.DOCX" % (code, number), "description": description}

HOSTILE = [
    record(1, "G/TBT/N/USA/2211", "<script>alert(1)</script> & \"quotes\" 'and' <b>marks</b> --> ]]>", "A text with <img src=x onerror=alert(2)>. And &amp; as it is."),
    record(2, "G/TBT/N/CHL/900", "Reglamento t\u00e9cnico sobre jam\u00f3n y otros embutidos; etiquetado", "Establece los requisitos del jam\u00f3n. El reglamento no es en ingl\u00e9s."),
    record(3, "G/TBT/N/KEN/77", "\u202eevil \u2066order\u2069 \u200fbidi\u202c controls \u00e0 la carte", "Left \u202eright\u202c."),
    record(4, "G/SPS/N/EU/31", ("Very long title about cheese " * 80)[:1990], "Cheese. " * 400, hs=["0406 - Cheese and curd"]),
    record(5, "G/TBT/N/EU/1001", "\u0644\u0627\u0626\u062d\u0629 \u0641\u0646\u064a\u0629 \u0628\u0634\u0623\u0646 \u0627\u0644\u0623\u062c\u0647\u0632\u0629", "\u0646\u0635 \u0639\u0631\u0628\u064a."),
    record(6, "G/TBT/N/USA/2300", "Toys: limits of lead in coatings", "Lead shall not exceed 90 mg/kg.\nImporters may rely on a test report.\nThe order applies from 2027.",
           hs=["9503 - Toys"], ics=["97.200.50 - Toys"], products="Toys for children"),
    record(7, "G/TBT/N/CHL/901", "A_single_word_without_any_blank_" * 12, "Nothing to see."),
]

def addenda():
    base = record(100, "G/TBT/N/KEN/500", "Order on the labelling of honey", "Honey is labelled in English.", day="2026-01-10", comments="2026-03-10")
    yield base
    for i in range(1, ADDENDA + 1):
        day = datetime.date(2026, 2, 1) + datetime.timedelta(days=5 * i)
        yield record(100 + i, "G/TBT/N/KEN/500/Add.%d" % i, "Order on the labelling of honey", "The comment period is extended to the day above. This is addendum number %d." % i,
                     type="Addendum to Regular Notification", day=day.isoformat(), comments=(day + datetime.timedelta(days=40)).isoformat())

def ordinary():
    eping = bench.Eping(230)
    for i in range(230):
        f = eping.fields(i)
        f["id"] += 10000
        yield f

def changed():
    """The second day: one is edited, without a word."""
    out = dict(HOSTILE[5])
    out["description"] = out["description"].replace("90 mg/kg", "60 mg/kg").replace("may rely", "shall rely") + "\nA new sentence ends it."
    return [out]

def regwatch(program, folder, *args, now=DAYS[1], **more):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("REGWATCH_", "GIT_"))}
    env.update(REGWATCH_NOW=now, LC_ALL="C.UTF-8", GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")
    return subprocess.run([program, "-C", folder, *args], env=env, check=True, **more)

def page(path, items):
    path.write_text(json.dumps({"items": [bench.api_item(f) for f in items], "totalCount": None}), encoding="utf-8")

def make(program, folder):
    """A store in 'folder' and its site in folder/site."""
    folder = pathlib.Path(folder)
    regwatch(program, folder, "init", stdout=subprocess.DEVNULL)
    page(folder / "1.json", [*ordinary(), *addenda(), *HOSTILE])
    page(folder / "2.json", changed())
    tris = folder / "tris"
    tris.mkdir()
    for number in (26001, 26002):
        (tris / ("%d.html" % number)).write_text(bench.tris_page(number, datetime.date(2026, 11, 1)), encoding="utf-8")
    regwatch(program, folder, "-q", "import", folder / "1.json", *sorted(tris.iterdir()), now=DAYS[0])
    regwatch(program, folder, "-q", "import", folder / "2.json")
    regwatch(program, folder, "publish", folder / "site")
    return folder / "site"

def make_empty(program, folder):
    regwatch(program, folder, "init", stdout=subprocess.DEVNULL)
    regwatch(program, folder, "publish", pathlib.Path(folder) / "site")
    return pathlib.Path(folder) / "site"
