#!/usr/bin/env python3
"""workbook.py FILE [COPIES]: an "Export search results" workbook of ePing, as the site writes it: shared strings, dates as day numbers, symbols and links as
HYPERLINK formulas without cached values. The rows are those of world/items.json; with COPIES each comes
so many times, under numbers of its own and with a long text."""
import datetime, html, json, os, re, sys, zipfile
sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
import server

HEAD = ["Notifying Member", "Distribution date", "Document symbol", "Title", "Description", "Products covered", "HS code(s)", "ICS code(s)", "Objectives", "Keywords",
        "Specific regions or countries likely to be affected", "Final date for comments", "Notification type", "Notified document", "Link to notification(EN)", "Link to notification(FR)", "Link to notification(ES)"]
strings = {}


def text(s):
    s = (s or "").replace("\r", "_x000D_")
    return '<c t="s"><v>%d</v></c>' % strings.setdefault(s, len(strings))


def date(s):
    return '<c s="1"><v>%d</v></c>' % (datetime.date.fromisoformat(s[:10]) - datetime.date(1899, 12, 30)).days if s else text("")


def link(url, shown):
    return '<c><f>%s</f></c>' % html.escape('HYPERLINK("%s","%s")' % (url, shown)) if url else text("")


def names(values):
    return "; ".join(v["name"] for v in values)


with open(os.path.join(HERE, "..", "world", "items.json"), encoding="utf-8") as f:
    items = [server.eping_item(i) for i in json.load(f)]
if len(sys.argv) > 2:
    items = [dict(i, documentSymbol=re.sub(r"/(\d+)", lambda m: "/%d" % (int(m[1]) + 10000 * copy), i["documentSymbol"]),
                  descriptionPlain="%s %s" % (i["descriptionPlain"], " ".join("Paragraph %d of copy %d." % (n, copy) for n in range(100)))) for copy in range(int(sys.argv[2])) for i in items]
rows = ["".join(text(h) for h in HEAD)]
for i in items:
    symbol = i["documentSymbol"]
    rows.append("".join((text(i["notifyingMember"]), date(i["distributionDate"]), link("https://eping.wto.org/en/Search?viewData=" + symbol, symbol), text(i["titlePlain"]), text(i["descriptionPlain"]),
        text(i["productsFreeTextPlain"]), text(names(i["hsCodes"])), text(names(i["icsCodes"])), text(names(i["objectives"])), text(names(i["keywords"])), text(names(i["countriesAffected"])),
        date(i["commentDeadlineDate"]), text(i["notificationType"]), text(""), link(i["linkToNotification"], "EN"), text(""), text(""))))
BOM, X = "\ufeff", '<?xml version="1.0" encoding="utf-8"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
parts = {
    "[Content_Types].xml": X + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "xl/workbook.xml": BOM + X + '<workbook %s xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notifications" sheetId="1" r:id="rId1"/></sheets></workbook>' % MAIN,
    "xl/_rels/workbook.xml.rels": X + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": BOM + X + "<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, "".join("<row>%s</row>" % r for r in rows)),
    "xl/sharedStrings.xml": BOM + X + "<sst %s>%s</sst>" % (MAIN, "".join('<si><t xml:space="preserve">%s</t></si>' % html.escape(s) for s in strings)),
}
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
    for name, part in parts.items():
        z.writestr(name, part)
