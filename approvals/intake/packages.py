"""Office files are zips of parts: no part may run, fetch, or unpack to more than it says.

Of a zip only its directory is believed, and only after its size is known; every part is unpacked
in pieces to where its own stream ends, so a bomb is refused at its first claim or first excess.
"""

import re
import struct
import zlib
from io import BytesIO
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from approvals.intake.directory import require_modest_directory
from approvals.intake.kinds import Unfit
from approvals.intake.parts import Patience, check_types, check_xml
from workflow.models import FileKind

BLOCK = 64 * 1024
MOST_UNPACKED = 64 * 2**20
MOST_EMBEDDED = 5 * 2**20
STEEPEST = 200
"""How many times larger than packed a part of over 1 MB may be; text reaches about 30."""
STEEPEST_WHOLE = 100
"""The same of all parts together: many small ones make a bomb too."""
DEEPEST = 2
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileKind.ODP,
}
TYPES = "[Content_Types].xml"
ACTIVE = re.compile(
    r"vba|macrosheet|activex|oleobject|externallink|customui|webextension|connections\.xml"
    r"|querytable|attachedtoolbars|^basic/|^scripts/|^dialogs/|(^|/)\.\.(/|$)|^/|\\",
    re.IGNORECASE,
)
HARMLESS = re.compile(
    r"\.(?:xml|rels|rdf|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|webp|odttf|fntdata)$"
    r"|^mimetype$|^layout-cache$|^ObjectReplacements/[^/]+$|/$|printerSettings\d*\.bin$"
    r"|^docProps/thumbnail\.\w+$",
    re.IGNORECASE,
)
EMBEDDED = re.compile(r"\.(?:xlsx|docx|pptx)$", re.IGNORECASE)


def package(file: IO[bytes], depth: int = 1) -> str:
    """The kind of an office file without anything active in it; else `Unfit`."""
    require_modest_directory(file)
    try:
        with ZipFile(file) as archive:
            _check_parts(archive, depth)
            return _kind(archive)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
            KeyError, ValueError, struct.error) as broken:  # fmt: skip
        raise Unfit(_("The file is damaged, or protected by a password.")) from broken


def _check_parts(archive: ZipFile, depth: int) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise Unfit(_("The file is damaged, or another one hides in it."))
    for part in parts:
        if ACTIVE.search(part.filename):
            raise Unfit(_active())
    whole = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if whole > MOST_UNPACKED or whole > max(STEEPEST_WHOLE * packed, MOST_EMBEDDED):
        raise Unfit(_too_much())
    if any(map(_is_steep, parts)):
        raise Unfit(_too_much())
    patience = Patience()
    for part in parts:
        _check_part(archive, part, depth, patience)


def _is_steep(part: ZipInfo) -> bool:
    return part.file_size > 2**20 and part.file_size > STEEPEST * max(part.compress_size, 1)


def _check_part(archive: ZipFile, part: ZipInfo, depth: int, patience: Patience) -> None:
    if EMBEDDED.search(part.filename):
        _check_embedded(archive, part, depth)
        return
    if not HARMLESS.search(part.filename):
        raise Unfit(_active())
    true_size = 0
    with _opened(archive, part) as stream:
        if part.filename.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
            watched = _Counted(stream, part.file_size)
            check_xml(part.filename, watched, patience)
            true_size = watched.size
        else:
            while block := stream.read(BLOCK):
                true_size += len(block)
    if true_size != part.file_size:
        raise Unfit(_too_much())


def _opened(archive: ZipFile, part: ZipInfo) -> IO[bytes]:
    """Reads one byte further than the directory says, to see whether the stream ends there."""
    part.file_size += 1
    try:
        return archive.open(part)
    finally:
        part.file_size -= 1


class _Counted:
    """A stream that refuses to give more than was announced."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.stream, self.most, self.size = stream, most, 0

    def read(self, length: int) -> bytes:
        block = self.stream.read(length)
        self.size += len(block)
        if self.size > self.most:
            raise Unfit(_too_much())
        return block


def _check_embedded(archive: ZipFile, part: ZipInfo, depth: int) -> None:
    """The table behind a chart is an office file of its own."""
    if depth >= DEEPEST or part.file_size > MOST_EMBEDDED:
        raise Unfit(_active())
    with archive.open(part) as stream:
        package(BytesIO(stream.read()), depth + 1)


def _kind(archive: ZipFile) -> str:
    kind: str | None = None
    first = archive.infolist()[:1]
    if first and first[0].filename == "mimetype":
        kind = OPEN_DOCUMENT.get(archive.read(first[0]).strip())
    elif TYPES in archive.namelist():
        with archive.open(TYPES) as stream:
            kind = check_types(stream)
    if kind is None:
        raise Unfit(
            _("An archive is not accepted: send the Word, Excel, PowerPoint or OpenDocument file.")
        )
    return kind


def _active() -> str:
    return _("It holds macros, programs or other files. Save a copy without them, or a PDF.")


def _too_much() -> str:
    return _("It unpacks to far more than an office file holds.")
