#!/usr/bin/env python3
"""Writes a SYNTHETIC bulk workbook of ePing, in the layout of Notification_EN.xlsx as far as public evidence shows it: newest row first,
texts in shared strings, dates as serial numbers, links as plain text. It ends a month before the world does; prints how many rows it has.

  workbook.py ROWS FILE"""
import datetime, sys, xml.sax.saxutils, zipfile
import world

EPOCH = datetime.date(1899, 12, 30)
COLUMNS = [("Document symbol", "symbol"), ("Notifying Member", "member"), ("Distribution date", "day"), ("Title", "title"), ("Description", "description"),
           ("Products covered", "products"), ("HS code(s)", "hs"), ("ICS code(s)", "ics"), ("Objectives", "objectives"), ("Keywords", "keywords"),
           ("Final date for comments", "comments"), ("Notification type", "type"), ("Proposed adoption  date", "adoption"),
           ("Proposed entry  into  force date", "entry"), ("Notified document", "attached"), ("Link to notification(EN)", "form")]
DATES = {"day", "comments", "adoption"}
PARTS = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notifications" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}

def main(world_rows, path):
    w, strings = world.Eping(world_rows), {}
    n = sum(r[0] <= world.IMPORTED for r in w.rows)

    def cell(column, row, key, value):
        if value is None or value == []:
            return ""
        if key in DATES and row > 1:
            return '<c r="%s%d"><v>%d</v></c>' % (column, row, (datetime.date.fromisoformat(value) - EPOCH).days)
        text = "; ".join(value) if isinstance(value, list) else value
        return '<c r="%s%d" t="s"><v>%d</v></c>' % (column, row, strings.setdefault(text, len(strings)))

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        for name, text in PARTS.items():
            z.writestr(name, text)
        with z.open("xl/worksheets/sheet1.xml", "w") as out:
            out.write(b'<?xml version="1.0" encoding="utf-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for row in range(1, n + 2):
                f = {key: heading for heading, key in COLUMNS} if row == 1 else w.fields(n + 1 - row)
                out.write(('<row r="%d">%s</row>' % (row, "".join(cell(chr(65 + k), row, key, f[key]) for k, (_, key) in enumerate(COLUMNS)))).encode())
            out.write(b"</sheetData></worksheet>")
        with z.open("xl/sharedStrings.xml", "w") as out:
            out.write(b'<?xml version="1.0" encoding="utf-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
            for text in strings:
                out.write(("<si><t>%s</t></si>" % xml.sax.saxutils.escape(text)).encode())
            out.write(b"</sst>")
    print(n)

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: workbook.py ROWS FILE")
    main(int(sys.argv[1]), sys.argv[2])
