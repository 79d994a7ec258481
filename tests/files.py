"""Small files of every kind that is let in, made here; the hostile ones are made from them."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from approvals.intake import Accepted, accept
from approvals.vault import Upload, keep
from workflow.models import FileKind

OFFICE = "application/vnd.openxmlformats-officedocument"
NAMESPACE = "http://schemas.openxmlformats.org"
RELATIONS = f"{NAMESPACE}/officeDocument/2006/relationships"
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OFFICE}.presentationml.presentation.main+xml"),
}
OPEN = "application/vnd.oasis.opendocument"
OPEN_TYPES = {"odt": f"{OPEN}.text", "ods": f"{OPEN}.spreadsheet", "odp": f"{OPEN}.presentation"}


def picture(format_: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#1d4e9e").save(file, format_, **options)
    return file.getvalue()


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """One empty page, and further objects as they are given."""
    page = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    )
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate((*page, *objects), start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    body += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return body + tail


def stream(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        head, len(packed), packed,
    )  # fmt: skip


def zipped(parts: dict[str, bytes | str], store: str = "") -> bytes:
    """`store`: the part that is not packed."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, ZIP_STORED if name == store else ZIP_DEFLATED)
    return file.getvalue()


def office(kind: str = "docx", types: str = "", **parts: bytes | str) -> bytes:
    """`parts` by their names with `__` for a slash and `_` for a dot; `types`: further ones."""
    main, main_type = MAIN[kind]
    content: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{NAMESPACE}/package/2006/content-types">'
            f'<Override PartName="/{main}" ContentType="{main_type}"/>{types}</Types>'
        ),
        "_rels/.rels": relations(f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
                                 f'Target="{main}"/>'),
        main: '<w:document xmlns:w="urn:w"><w:body><w:t>Báo cáo</w:t></w:body></w:document>',
    }  # fmt: skip
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return zipped(content | named)


def relations(rows: str) -> str:
    return f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships">{rows}</Relationships>'


def open_document(kind: str = "odt", body: str = "<text:p>Báo cáo</text:p>", **parts: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:o" xmlns:text="urn:t" xmlns:draw="urn:d" '
        f'xmlns:xlink="urn:x" xmlns:script="urn:s">{body}</office:document-content>'
    )
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    whole: dict[str, bytes | str] = {"mimetype": OPEN_TYPES[kind], "content.xml": content, **named}
    return zipped(whole, store="mimetype")


HARMLESS: dict[str, Callable[[], bytes]] = {
    FileKind.PDF: pdf,
    FileKind.JPEG: lambda: picture("JPEG"),
    FileKind.PNG: picture,
    FileKind.WEBP: lambda: picture("WEBP"),
    FileKind.DOCX: office,
    FileKind.XLSX: lambda: office("xlsx"),
    FileKind.PPTX: lambda: office("pptx"),
    FileKind.ODT: open_document,
    FileKind.ODS: lambda: open_document("ods"),
    FileKind.ODP: lambda: open_document("odp"),
    FileKind.TXT: lambda: "Biên bản họp tổ: 12 phiếu tán thành.\n".encode(),
    FileKind.CSV: lambda: "tháng;số hồ sơ\n9;-3\n10;41\n".encode("utf-8-sig"),
}


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    """As a browser sends it. Django's own upload drops folders; ours must not rely on it."""
    upload = SimpleUploadedFile("x", content)
    vars(upload)["_name"] = name
    return upload


def accepted(content: bytes = b"", name: str = "bien-ban.txt") -> Accepted:
    return accept(sent(content or HARMLESS[FileKind.TXT](), name))


def kept(content: bytes = b"", name: str = "bien-ban.txt") -> Upload:
    """A file in the vault that no row names yet."""
    return keep(accepted(content, name))
