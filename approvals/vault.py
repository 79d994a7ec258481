"""Where evidence lies: under random names in one folder that no address leads to.

A file is written, flushed and only then given its name; a row that names it is committed after.
So a row always has its file, and a file without a row is rubbish that may be deleted.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from approvals.intake import Accepted
from workflow.canonical import canonical
from workflow.models import Evidence, TargetFile

BLOCK = 64 * 1024
FORGOTTEN = timedelta(days=1)
"""A file this old that no row names was left by a process that died before its commit."""


@dataclass(frozen=True)
class Upload:
    """A file in the vault that no row names yet. As text it says what it is, not where it lies:
    the same form posted again carries the same text.
    """

    name: str
    kind: str
    size: int
    sha256: str
    stored: str

    @property
    def facts(self) -> dict[str, Any]:
        return {"name": self.name, "sha256": self.sha256, "size": self.size}

    def __str__(self) -> str:
        return canonical(self.facts)


def path(stored: str) -> Path:
    return Path(settings.EVIDENCE_ROOT) / stored[:2] / stored


@contextmanager
def receiving(files: Iterable[Accepted]) -> Iterator[list[Upload]]:
    """Keep the files while the body ties them to rows; what it did not tie is deleted again."""
    uploads: list[Upload] = []
    try:
        for file in files:
            uploads.append(keep(file))
        yield uploads
    finally:
        discard(untied(upload.stored for upload in uploads))


def keep(file: Accepted) -> Upload:
    """Written whole or not at all. Whoever calls this ties it to a row, or discards it."""
    stored = secrets.token_hex(16)
    place = path(stored)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = place.with_suffix(".part")
    try:
        size, sha256 = _write(file, partial)
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    return Upload(file.name, file.kind, size, sha256, stored)


def untied(names: Iterable[str]) -> set[str]:
    wanted = set(names)
    for model in (Evidence, TargetFile):
        wanted -= set(model.objects.filter(stored__in=wanted).values_list("stored", flat=True))
    return wanted


def discard(names: Iterable[str]) -> None:
    for stored in names:
        path(stored).unlink(missing_ok=True)


def forgotten(now: datetime) -> set[str]:
    """Files that no row names, a day after they were written."""
    before = (now - FORGOTTEN).timestamp()
    found = (file for file in Path(settings.EVIDENCE_ROOT).glob("??/*") if file.is_file())
    return untied(file.name for file in found if file.stat().st_mtime < before)


def _write(file: Accepted, place: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    file.content.seek(0)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while block := file.content.read(BLOCK):
            digest.update(block)
            size += target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return size, digest.hexdigest()
