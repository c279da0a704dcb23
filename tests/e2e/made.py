"""Attached texts that nobody would check in: made when a server is to send them ("made:NAME" in place of a file's name; see server.py). All synthetic."""
import functools, io, struct, zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = "Boards shall be of class B and shall be marked with the name of their maker."


def paragraph(text):
    return "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


END = "</w:body></w:document>"


def document(body, before=""):
    return '<?xml version="1.0" encoding="UTF-8"?>%s<w:document %s><w:body>%s%s' % (before, W, body, END)


def packed(members):
    """A ZIP of (name, bytes or text or a list of bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with z.open(info, "w") as f:
                for piece in [data] if isinstance(data, (bytes, str)) else data:
                    f.write(piece.encode() if isinstance(piece, str) else piece)
    return out.getvalue()


def docx(xml, more=()):
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    relations = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
    return packed([("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", xml)] + list(more))


def pdf(pages, trailer="", fonts=True):
    """A PDF with these pages, a text of lines each."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        stream = "BT /F1 11 Tf 72 720 Td 14 TL\n%sET" % "".join("(%s) Tj T*\n" % l for l in lines) if fonts else "0.5 g 72 72 400 600 re f"
        objects.append("<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects))
        kids.append("%d 0 R" % len(objects))
    objects[1] = "<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), " ".join(kids))
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for i, o in enumerate(objects):
        places.append(out.tell())
        out.write(("%d 0 obj\n%s\nendobj\n" % (i + 1, o)).encode("latin-1"))
    at = out.tell()
    out.write(("xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)).encode() + b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(("trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at)).encode())
    return out.getvalue()


def compound(names):
    """The head of an OLE compound file and a directory with these names."""
    head = bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0")
    return head + b"".join((n.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<H", 2 * len(n) + 2).ljust(64, b"\0") for n in names)


GERMAN = "Artikel 1\r\nDämmplatten müssen der Klasse B entsprechen und für Gebäude über 22 m nichtbrennbar sein. Preis: 5 €.\r\n".encode("cp1252")
FRENCH = "Article 1er\r\nLes étiquettes doivent être rédigées en français ; la hauteur des caractères dépasse 5 mm, « œuvres » comprises.\r\n".encode("cp1252")
PAGE = "<!DOCTYPE html><html><head><title>Draft</title></head><body><h1>Article 1</h1><p>%s</p></body></html>" % WORDS
LAUGHS = '<!DOCTYPE w:document [<!ENTITY a "%s">%s]>' % ("ha" * 50, "".join('<!ENTITY %s "%s">' % (b, ("&%s;" % a) * 10) for a, b in zip("abcdefgh", "bcdefghi")))
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
TRACKED = document('<w:p><w:r><w:t xml:space="preserve">The limit is </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>5 mg</w:delText></w:r></w:del>'
                   '<w:ins w:id="2" w:author="A"><w:r><w:t>3 mg</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> for each kilogram.</w:t></w:r></w:p>' + paragraph(WORDS))
GOOD = document(paragraph(WORDS) + "".join(paragraph("Point %d of the annex sets limit %d." % (i, i * 7919 % 1000)) for i in range(400)))

MADE = {
    "good.docx": lambda: docx(GOOD),
    "tracked.docx": lambda: docx(TRACKED),
    "encrypted.docx": lambda: compound(["Root Entry", "EncryptionInfo", "EncryptedPackage"]),
    "truncated.docx": lambda: docx(GOOD)[:-900],
    "bomb.docx": lambda: docx([document(paragraph(WORDS))[:-len(END)]] + ["<!--%s-->" % (" " * 999000)] * 70 + [END]),
    "entities.docx": lambda: docx(document(paragraph("&i;"), LAUGHS)),
    "external.docx": lambda: docx(document(paragraph("&x;"), OUTSIDE)),
    "deep.docx": lambda: docx(document("<w:sdt>" * 100000 + "</w:sdt>" * 100000)),
    "attributes.docx": lambda: docx(document("<w:p %s/>" % " ".join('w:a%d="1"' % i for i in range(200000)))),
    "outside.docx": lambda: docx(GOOD, [("../../../etc/cron.d/regwatch", "* * * * * root true\n")]),
    "outside.zip": lambda: packed([("../../../etc/cron.d/regwatch", WORDS), ("annex.txt", WORDS)]),
    "two.zip": lambda: packed([("draft.docx", docx(TRACKED)), ("annex/limits.txt", GERMAN), ("annex/old.doc", compound(["WordDocument"])), ("__MACOSX/._draft.docx", b"\0\1")]),
    "nested.zip": lambda: functools.reduce(lambda inner, i: packed([("%d.zip" % i, inner)]), range(5), packed([("a.txt", WORDS)])),
    "many.zip": lambda: packed([("%d.txt" % i, WORDS) for i in range(3000)]),
    "bomb.zip": lambda: packed([("a.txt", [b"a " * 500000] * 90)]),
    "book.xlsx": lambda: packed([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]),
    "draft.pdf": lambda: pdf([["Article 1", WORDS]]),
    "pages.pdf": lambda: pdf([["Page %d" % i] for i in range(10000)]),
    "encrypted.pdf": lambda: pdf([["Article 1", WORDS]], "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % ("5a" * 32, "a5" * 32)),
    "scanned.pdf": lambda: pdf([[], []], fonts=False),
    "truncated.pdf": lambda: pdf([["Article 1", WORDS]])[:300],
    "loop.pdf": lambda: pdf([["Article 1", WORDS]]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
    "page.html": lambda: PAGE.encode(),
    "deep.html": lambda: b"<!DOCTYPE html><html><body>" + b"<div>" * 200000 + WORDS.encode(),
    "attributes.html": lambda: ("<!DOCTYPE html><html><body><p %s>%s</p>" % (" ".join('a%d="1"' % i for i in range(200000)), WORDS)).encode(),
    "german.txt": lambda: GERMAN,
    "french.txt": lambda: FRENCH,
    "wide.txt": lambda: b"\xff\xfe" + ("Άρθρο 1\r\n%s\r\n" % WORDS).encode("utf-16-le"),
    "line.txt": lambda: b"limit " * 2900000,
    "huge.txt": lambda: b"limit " * 9000000,
    "zeros": lambda: b"\0" * 54000000,
    "noise": lambda: bytes((i * i * 31 + i // 7) & 255 for i in range(50000)),
    "blank": lambda: b" \r\n\t" * 20,
    "empty": lambda: b"",
}


@functools.lru_cache(maxsize=None)
def made(name):
    return MADE[name]()
