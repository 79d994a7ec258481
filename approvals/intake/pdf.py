"""A PDF that only shows pages: nothing that runs, opens, sends, or hides another file.

The bytes are searched, not the objects: a parser would have to agree with every reader on which
objects count. Names may be spelled with #xx (ISO 32000-1, 7.3.5) and lie in compressed object
streams (7.5.7), so both are undone first; a file that cannot be searched whole is refused.
"""

import re
import zlib
from typing import IO

from django.utils.translation import gettext as _

from approvals.intake.kinds import Unfit

END = rb"(?![A-Za-z0-9])"
ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|Movie|Sound|XFA|SubmitForm"
    rb"|ImportData|GoToE|GoToR)" + END
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
PACKED = re.compile(rb"/ObjStm" + END)
OTHER_FILTER = re.compile(rb"/(?:ASCIIHex|ASCII85|LZW|RunLength|Crypt|AHx|A85|RL)")
MOST_UNPACKED = 16 * 2**20
TAIL = 1024


def check(file: IO[bytes]) -> None:
    file.seek(0)
    raw = file.read()
    if not raw.startswith(b"%PDF-") or b"%%EOF" not in raw[-TAIL:]:
        raise Unfit(_("The PDF is damaged or incomplete."))
    if raw.rpartition(b"%%EOF")[2].strip(b"\r\n\t \x00"):
        raise Unfit(_("Another file hides behind the PDF."))
    plain = _spelled(raw)
    if re.search(rb"/Encrypt" + END, plain):
        raise Unfit(_("The PDF is protected by a password: remove it and try again."))
    _refuse_active(plain)
    if PACKED.search(plain):
        _refuse_active(_objects(raw))


def _refuse_active(content: bytes) -> None:
    if ACTIVE.search(content):
        raise Unfit(
            _("The PDF holds scripts, forms that send data, or other files. Print it to a new PDF.")
        )


def _objects(raw: bytes) -> bytes:
    """The object streams, unpacked. One that is named but not found as a stream is refused."""
    found, end, unpacked = 0, 0, bytearray()
    while mark := STREAM.search(raw, end):
        head = _spelled(raw[end : mark.start()])
        end = raw.find(b"endstream", mark.end())
        if end < 0:
            raise Unfit(_("The PDF is damaged or incomplete."))
        if not PACKED.search(head):
            continue
        if OTHER_FILTER.search(head):
            raise Unfit(_unsearchable())
        found += len(PACKED.findall(head))
        unpacked += _inflate(raw[mark.end() : end], MOST_UNPACKED - len(unpacked))
    if found < len(PACKED.findall(_spelled(raw))):
        raise Unfit(_unsearchable())
    return _spelled(bytes(unpacked))


def _spelled(raw: bytes) -> bytes:
    return ESCAPED.sub(lambda code: bytes.fromhex(code[1].decode()), raw)


def _inflate(content: bytes, most: int) -> bytes:
    """What is not packed has been searched as it is."""
    packed = zlib.decompressobj()
    try:
        plain = packed.decompress(content, max(most, 1))
    except zlib.error:
        return b""
    if not packed.eof:
        raise Unfit(_unsearchable())
    return plain


def _unsearchable() -> str:
    return _("The PDF cannot be searched. Print it to a new PDF.")
