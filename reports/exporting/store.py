"""Where exports lie: under random names in one folder that no address leads to."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from reports.models.export import WITH_FILE, Export

ROOM = 64 * 2**20
"""Bytes that stay free beside an export."""
_OURS = re.compile(r"([0-9a-f]{32})(\.part)?")


def folder() -> Path:
    place = Path(settings.EXPORTS_ROOT)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path(holder: str) -> Path:
    """Named after the worker that wrote it: one that takes over never meets another's bytes."""
    return folder() / holder


def partial(holder: str) -> Path:
    return folder() / f"{holder}.part"


def has_room(size: int) -> bool:
    return shutil.disk_usage(folder()).free > size + ROOM


def tidy() -> int:
    """Delete what no row names any more: what expired, and what workers left that are gone.

    The folder is read first. A row is committed before its file is begun, so whatever is found
    here without one has lost it.
    """
    found = [(one, match[1]) for one in folder().iterdir() if (match := _OURS.fullmatch(one.name))]
    rows = Export.objects.filter(status__in=WITH_FILE)
    wanted = set(rows.values_list("holder", flat=True)) if found else set()
    gone = [file for file, holder in found if holder not in wanted]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
