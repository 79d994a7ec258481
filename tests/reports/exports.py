"""An export that was asked for, made in this process, and looked into."""

import io
from datetime import datetime, timedelta
from zipfile import ZipFile

from people.leases import LEASE
from reports.exporting import store
from reports.exporting.asking import ask
from reports.exporting.work import make_waiting
from reports.models import Export
from reports.models.export import Part
from tests.files import HARMLESS, kept
from tests.world import World
from workflow.models import Evidence, FileKind, Initiative

ALL = [str(part) for part in Part]


def wanted(world: World, who: str = "clerk", parts: list[str] | None = None) -> Export:
    year = world.round.year
    return ask(world.people[who], world.movement, year, parts or ALL, world.now)


def made(world: World, who: str = "clerk", parts: list[str] | None = None) -> Export:
    export = wanted(world, who, parts)
    make_waiting(lambda: world.now)
    export.refresh_from_db()
    return export


def opened(export: Export) -> ZipFile:
    return ZipFile(io.BytesIO(store.path(export.holder).read_bytes()))


def paths(export: Export) -> list[str]:
    """Below the archive's one folder."""
    names = opened(export).namelist()
    assert len({name.partition("/")[0] for name in names}) == 1
    return [name.partition("/")[2] for name in names]


def after_the_lease(now: datetime) -> datetime:
    return now + LEASE + timedelta(seconds=1)


def with_file(world: World, initiative: Initiative, name: str, content: bytes = b"") -> Evidence:
    upload = kept(content or HARMLESS[FileKind.TXT](), name)
    world.do("author", "attach", initiative, files=[upload])
    file: Evidence = initiative.evidence.latest("pk")
    return file
