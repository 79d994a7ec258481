"""A zip's list of parts, looked at before it is read: it alone can be a bomb."""

import struct
from typing import IO

from django.utils.translation import gettext as _

from approvals.intake.kinds import Unfit

MOST_PARTS = 3000
MOST_PER_PART = 512
"""Bytes of the directory."""
DIRECTORY_END = struct.Struct("<4s4H2LH")


def require_modest_directory(file: IO[bytes]) -> None:
    """Its last 22 bytes say how long the list of parts is (APPNOTE 4.3.16): before it is read.

    Office programs write neither a comment nor anything before or after the zip.
    """
    size = file.seek(0, 2)
    file.seek(max(size - DIRECTORY_END.size, 0))
    tail = file.read()
    if len(tail) == DIRECTORY_END.size:
        mark, *_disks, parts, length, start, comment = DIRECTORY_END.unpack(tail)
        whole = start + length + DIRECTORY_END.size == size
        modest = parts <= MOST_PARTS and length <= MOST_PARTS * MOST_PER_PART
        if mark == b"PK\x05\x06" and whole and modest and not comment:
            return
    raise Unfit(_("The file is damaged, or another one hides in it."))
