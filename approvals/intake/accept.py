"""One file at the door: its name, its size, what its content is, and whether that can do harm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from approvals.intake import names, pdf, pictures, texts
from approvals.intake.kinds import SUFFIXES, Unfit
from approvals.intake.packages import package
from workflow.models import FileKind

HEAD = 4096
"""Bytes that tell what a file is."""


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept: `content` is what is kept, for a picture its copy."""

    name: str
    kind: str
    content: IO[bytes]


Check = Callable[[IO[bytes]], tuple[str, IO[bytes]]]
"""Returns the kind and the content to keep, or raises `Unfit`."""


def _pdf(file: IO[bytes]) -> tuple[str, IO[bytes]]:
    pdf.check(file)
    return FileKind.PDF, file


def _package(file: IO[bytes]) -> tuple[str, IO[bytes]]:
    return package(file), file


BY_CONTENT: dict[str, Check] = {
    ".pdf": _pdf,
    ".png": pictures.rewritten,
    ".jpg": pictures.rewritten,
    ".webp": pictures.rewritten,
    ".zip": _package,
}


def accept(upload: UploadedFile) -> Accepted:
    """Raises `Unfit` with the reason. The file is read in pieces and nothing in it is run."""
    name = names.cleaned(upload.name or "")
    if not upload.size:
        raise Unfit(_("The file is empty."))
    if upload.size > settings.EVIDENCE_FILE_BYTES:
        limit = filesizeformat(settings.EVIDENCE_FILE_BYTES)
        raise Unfit(_("It is larger than %(limit)s.") % {"limit": limit})
    if upload.file is None:  # Django's stubs: an upload may be closed
        raise Unfit(_("The file is empty."))
    kind, content = _check(upload.file, name)
    if names.suffix(name) not in SUFFIXES[kind]:
        raise Unfit(
            _("Its content is %(kind)s, but its name ends otherwise. Rename it and try again.")
            % {"kind": FileKind(kind).label}
        )
    return Accepted(name, kind, content)


def _check(file: IO[bytes], name: str) -> tuple[str, IO[bytes]]:
    file.seek(0)
    head = file.read(HEAD)
    for suffix in _told_by(head):
        if check := BY_CONTENT.get(suffix):
            return check(file)
    if names.suffix(name) in (".txt", ".csv"):
        return texts.check(file, names.suffix(name)), file
    raise Unfit(
        _("This kind of file is not accepted. Send a PDF, a picture (JPEG, PNG, WebP), a Word, "
          "Excel, PowerPoint or OpenDocument file, or plain text.")
    )  # fmt: skip


def _told_by(head: bytes) -> list[str]:
    """What the first bytes say, surest first; nothing for plain text."""
    try:
        return [match.extension for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []
