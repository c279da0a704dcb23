"""A SYNTHETIC world for scripts/bench: N notifications of ePing from 1995 on and some pages of TRIS. Nothing in it is real: no such
draft, number or text exists. The same N gives the same bytes anywhere.

It has the shape of the real thing, as far as that matters for speed: members notify in unequal shares and more every year, a fifth are
addenda and revisions of earlier ones, texts are English of real length, HS and ICS codes come with their names."""
import datetime, html, random

FIRST, LAST = datetime.date(1995, 1, 2), datetime.date(2026, 6, 1)	# first and last day of distribution
IMPORTED = datetime.date(2026, 5, 1)		# last day in the workbook: the month behind it comes through the API

MEMBERS = [("USA", "C840", "United States of America"), ("EU", "U918", "European Union"), ("BRA", "C076", "Brazil"), ("CHN", "C156", "China"),
           ("KOR", "C410", "Korea, Republic of"), ("JPN", "C392", "Japan"), ("CAN", "C124", "Canada"), ("CHL", "C152", "Chile"), ("IND", "C699", "India"),
           ("ECU", "C218", "Ecuador"), ("ARG", "C032", "Argentina"), ("AUS", "C036", "Australia"), ("COL", "C170", "Colombia"), ("EGY", "C818", "Egypt"),
           ("CRI", "C188", "Costa Rica"), ("DNK", "C208", "Denmark"), ("FRA", "C250", "France"), ("DEU", "C276", "Germany"), ("GHA", "C288", "Ghana"),
           ("GEO", "C268", "Georgia"), ("ARM", "C051", "Armenia"), ("BDI", "C108", "Burundi"), ("CMR", "C120", "Cameroon"), ("EST", "C233", "Estonia")]

# product, HS code and name, ICS code and name
PRODUCTS = [(p, h, i) for p, h, i in (line.split("|") for line in """toys and childcare articles|9503 - Toys|97.200.50 - Toys
lithium batteries for scooters|850760 - Lithium-ion accumulators|29.220.30 - Alkaline secondary cells and batteries
wheeled tractors|8701 - Tractors|65.060.10 - Agricultural tractors and trailed vehicles
cosmetic products|3304 - Beauty or make-up preparations|71.100.70 - Cosmetics. Toiletries
infant formula|190110 - Preparations for infant use|67.230 - Prepackaged and prepared foods
medical gloves|401512 - Gloves of vulcanised rubber|11.140 - Hospital equipment
wine and spirits|2204 - Wine of fresh grapes|67.160.10 - Alcoholic beverages
household refrigerators|8418 - Refrigerators, freezers|97.030 - Domestic electrical appliances in general
pesticide residues in fresh fruit|0808 - Apples, pears and quinces|67.080.10 - Fruits and derived products
electronic cigarettes|854340 - Electronic cigarettes|65.160 - Tobacco, tobacco products and related equipment
radio equipment|8517 - Telephone sets|33.060.20 - Receiving and transmitting equipment
building cement|2523 - Portland cement|91.100.10 - Cement. Gypsum. Lime. Mortar
motor vehicles and their tyres|4011 - New pneumatic tyres, of rubber|43.040.50 - Transmissions, suspensions
food contact plastics|3924 - Tableware, kitchenware of plastics|67.250 - Materials and articles in contact with foodstuffs
live bovine animals|0102 - Live bovine animals|65.020.30 - Animal husbandry and breeding
veterinary medicines|3004 - Medicaments|11.220 - Veterinary medicine
safety footwear|6401 - Waterproof footwear|13.340.50 - Leg and foot protection
steel bars for concrete|7214 - Other bars and rods of iron|77.140.15 - Steels for reinforcement of concrete
drinking water treatment|8421 - Filtering machinery for liquids|13.060.20 - Drinking water
textile floor coverings|5703 - Carpets, tufted|59.080.60 - Textile floor coverings""".splitlines())]

WORDS = """the draft regulation lays down requirements for products placed on market and it provides that manufacturers importers distributors
shall ensure conformity with technical specifications before they are made available to consumers this measure amends annexes concerning limits
of substances such as lead cadmium mercury or phthalates in accessible parts labelling must indicate name address batch number date origin
ingredients allergens warnings instructions use in official language tests are carried out by accredited laboratories according to
international standards certificates remain valid until expiry period transitional twelve months after entry into force competent authority may
withdraw recall goods that present serious risk health safety environment energy efficiency classes minimum performance marking registration
procedure inspection sampling fees penalties exemption notification publication official journal proposed rule would revise existing code
maximum residue levels milligrams kilogram percent temperature pressure voltage packaging storage transport treatment import permit quarantine
phytosanitary animal disease surveillance traceability record keeping""".split()
OBJECTIVES = ["Protection of human health or safety (TBT)", "Protection of the environment (TBT)", "Consumer information, labelling (TBT)", "Food safety (SPS)",
              "Animal health (SPS)", "Plant protection (SPS)", "Prevention of deceptive practices and consumer protection (TBT)", "Quality requirements (TBT)"]
KEYWORDS = ["Human health", "Food safety", "Labelling", "Conformity assessment", "Pesticides", "Animal diseases", "Maximum residue limits (MRLs)", "Packaging"]

def sentence(r, product):
    words = r.choices(WORDS, k=r.randint(9, 30))
    words.insert(r.randrange(len(words)), product)
    if r.random() < 0.3:
        words.append("%d.%d mg/kg" % (r.randint(0, 90), r.randint(1, 9)))
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."

class Eping:
    """Rows 0 (oldest) to n - 1."""
    def __init__(self, n):
        r, self.rows, numbers, bases = random.Random(1), [], {}, {}
        span = (LAST - FIRST).days
        for i in range(n):
            # twice as many a year at the end as in the middle: the day grows with the root of the row's place
            day = FIRST + datetime.timedelta(days=round(span * (i / max(1, n - 1)) ** 0.6))
            m = int(len(MEMBERS) * r.random() ** 2.5)
            area = "TBT" if r.random() < 0.66 else "SPS"
            known = bases.setdefault((m, area), [])
            kind, product = r.random(), r.randrange(len(PRODUCTS))
            if kind < 0.25 and known:
                base = known[-1 - int(len(known[-400:]) * r.random() ** 2)]
                tail = "Add" if kind < 0.2 else "Rev"
                base[tail] = base.get(tail, 0) + 1
                symbol, product = "%s/%s.%d" % (base["symbol"], tail, base[tail]), base["product"]
            else:
                numbers[m, area] = numbers.get((m, area), 0) + 1
                symbol = "G/%s/N/%s/%d" % (area, MEMBERS[m][0], numbers[m, area])
                known.append({"symbol": symbol, "product": product})
                kind = 1
            self.rows.append((day, symbol, m, area, product, kind))

    def fields(self, i, version=0):
        """Row i as plain fields; a later version has another last sentence."""
        day, symbol, m, area, p, kind = self.rows[i]
        r = random.Random(i)
        product, hs, ics = PRODUCTS[p]
        follow = kind < 0.25
        title = sentence(r, product)[:-1] if not follow else "Proposal concerning %s, %s of %s" % (product, "addendum" if kind < 0.2 else "revision", day)
        description = " ".join(sentence(r, product) for _ in range(r.randint(2, 9)))
        comments = None if kind < 0.2 else (day + datetime.timedelta(days=60)).isoformat()
        out = {"id": 1000 + i, "symbol": symbol, "area": area, "code": MEMBERS[m][1], "member": MEMBERS[m][2], "day": day.isoformat(), "comments": comments,
               "type": "Regular notification" if not follow else "Addendum to Regular Notification" if kind < 0.2 else "Revision",
               "title": title, "products": product[0].upper() + product[1:], "hs": [hs] if r.random() < 0.5 else [], "ics": [ics] if r.random() < 0.6 else [],
               "objectives": sorted(set(r.choices(OBJECTIVES, k=2))), "keywords": sorted(set(r.choices(KEYWORDS, k=2))),
               "adoption": None if follow else (day + datetime.timedelta(days=120)).isoformat(), "entry": "Six months after publication",
               "attached": "https://members.wto.org/crnattachments/%d/%s/%s/synthetic_%d_00_e.pdf" % (day.year, area, MEMBERS[m][0], i),
               "form": "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/t/G/%s%s%s.DOCX" % ("TBTN%02d/" % (day.year % 100) if area == "TBT" else "SPS/N",
                       MEMBERS[m][0], symbol.split("/", 4)[4].replace("/", "").replace("Add.", "A").replace("Rev.", "R"))}
        if version:
            out["description"] = description + " The limit of %d mg/kg shall apply from the date of publication." % (10 + version)
        else:
            out["description"] = description
        return out

def paragraph(text):
    return '<p style="margin:2px">' + html.escape(text, quote=False).replace(" of ", " of&nbsp;", 1) + "</p>"

def midnight(iso):
    return iso and iso + "T00:00:00+00:00"

def api_item(f):
    """Fields as the site's own API shows them."""
    names = lambda values: [{"id": 1 + k, "name": v} for k, v in enumerate(values)]
    codes = lambda values: [{"id": 700 + k, "code": v.split(" - ")[0], "name": v} for k, v in enumerate(values)]
    out = {"id": f["id"], "area": f["area"], "notificationType": f["type"], "documentSymbol": " " + f["symbol"], "notifyingMember": f["member"],
           "notifyingMemberCode": f["code"], "distributionDate": midnight(f["day"]), "commentDeadlineDate": midnight(f["comments"]),
           "hsCodes": codes(f["hs"]), "icsCodes": codes(f["ics"]), "objectives": names(f["objectives"]), "keywords": names(f["keywords"]), "spsKeywords": [],
           "countriesAffected": [], "objectivesFreeText": None, "relevantDocumentTitle": None, "proposedAdoptionDate": midnight(f["adoption"]),
           "proposedAdoptionDateText": None, "proposedEntryIntoForceDate": None, "proposedEntryIntoForceDateText": f["entry"],
           "notifiedDocumentLink": f["attached"], "linkToNotification": f["form"], "dolLink": None}
    for key, text in (("title", f["title"]), ("description", f["description"]), ("productsFreeText", f["products"])):
        out[key], out[key + "Plain"] = paragraph(text), text
    return out

# ---- TRIS ----

STATES = [("FR", "France"), ("DK", "Denmark"), ("NL", "Netherlands"), ("IT", "Italy"), ("SE", "Sweden"), ("PL", "Poland"), ("ES", "Spain"), ("AT", "Austria")]

def written(day, separator):
    return day.strftime(separator.join(("%d", "%m", "%Y")))

def tris_page(number, today):
    """A page of TRIS, or None behind the last."""
    r = random.Random(number)
    code, country = STATES[number % len(STATES)]
    received = today - datetime.timedelta(days=20 + number % 60)
    end = received + datetime.timedelta(days=92)
    product = PRODUCTS[number % len(PRODUCTS)][0]
    prose = lambda n: " ".join(sentence(r, product) for _ in range(n))
    year, serial = received.year, "%04d" % (number % 10000)
    lines = ["Message 001", "Communication from the Commission - TRIS/(%d) %s" % (year, serial), "Directive (EU) 2015/1535",
             "Notification: %d/%s/%s" % (year, serial, code), "Notification of a draft text from a Member State", "Notification - Notification - Notificación",
             "Does not open the delays - N'ouvre pas de délai - No abre el plazo", "MSG: %d%s.EN" % (year, serial),
             "1. MSG 001 IND %d %s %s EN %s %s NOTIF" % (year, serial, code, written(received, "-"), code), "2. " + country, "3A. Contact point (synthetic)",
             "3B. Ministry (synthetic)", "4. %d/%s/%s - C50A - Foodstuffs" % (year, serial, code), "5. " + sentence(r, product), "6. " + product, "7. -",
             "8. " + prose(14), "9. " + prose(8), "10. No basic texts available", "11. No", "12. -", "13. No", "14. No", "15. No", "16. TBT aspects: No",
             "SPS aspects: No"]
    rows = [("Notification Number", "%d/%s/%s (%s )" % (year, serial, code, country)), ("Date received", written(received, "/")), ("End of Standstill", written(end, "/"))]
    rows = "".join('<div class="ecl-row"><div class="ecl-col-12 ecl-col-m-3 ecl-col-3"><strong>%s:</strong></div>\n'
                   '<div class="ecl-col-12 ecl-col-m-9 ecl-col-9">%s</div></div>\n' % (k, html.escape(v)) for k, v in rows)
    links = "".join('<li><a class="ecl-link" href="/en/notification/%d/text/D/%s">%s</a></li>\n' % (number, l, l.lower()) for l in ("EN", "FR", "DE"))
    menu = "".join('<li class="ecl-menu__item"><a class="ecl-menu__link" href="/en/%d">Entry %d</a></li>\n' % (k, k) for k in range(120))
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Notification Detail | TRIS</title></head>\n'
            '<body><header><h2>TRIS (synthetic)</h2><nav><ul>%s</ul></nav></header><main class="ecl-container"><h1 class="ecl-page-header__title">%s</h1>\n%s'
            '<ul class="documents">\n%s</ul>\n<div class="message">\n%s</div></main></body></html>\n'
            % (menu, html.escape(lines[13][3:]), rows, links, "".join("<p>%s</p>\n" % html.escape(l) for l in lines)))
