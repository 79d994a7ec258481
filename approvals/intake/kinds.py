"""The kinds of files that are let in, what their names end in, and how they are served."""

from workflow.models import FileKind

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES: dict[str, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileKind.ODT: f"{_OPEN}.text",
    FileKind.ODS: f"{_OPEN}.spreadsheet",
    FileKind.ODP: f"{_OPEN}.presentation",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.CSV: "text/csv; charset=utf-8",
}
SUFFIXES: dict[str, tuple[str, ...]] = {kind: (f".{kind}",) for kind in FileKind.values}
SUFFIXES[FileKind.JPEG] = (".jpg", ".jpeg", ".jfif")
ACCEPTS = ",".join(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
"""For the browser's file chooser."""


class Unfit(Exception):
    """Why a file is not let in, in words for whoever chose it."""
