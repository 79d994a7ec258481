"""Make what waits, one export at a time, until nothing is left or somebody says stop."""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from notifications.outbox import enqueue, message
from people.leases import Clock, NotOurs
from reports.exporting import store
from reports.exporting.archive import Archive, digest_of
from reports.exporting.asking import lifetime, title_of
from reports.exporting.claims import Hold, claim
from reports.exporting.contents import entries
from reports.exporting.entry import Folder
from reports.exporting.estimate import total
from reports.exporting.names import Taken, safe
from reports.exporting.official import not_issued
from reports.exporting.scope import Scope, scope
from reports.models import Export
from reports.models.export import Part, Reason, Status
from workflow.deadlines import local_day

logger = logging.getLogger(__name__)
Stop = Callable[[], bool]


class Stopped(Exception):
    """The process is to end; the export is not at fault."""


@dataclass
class Hopeless(Exception):
    reason: Reason
    detail: str = ""


def make_waiting(clock: Clock, stop: Stop = lambda: False) -> int:
    made = 0
    while not stop() and (export := claim(clock())):
        _make(Hold(export, clock), stop)
        made += 1
    return made


def _make(hold: Hold, stop: Stop) -> None:
    """Whatever happens, the row says it, and no half file stays."""
    holder = hold.row.holder
    try:
        _write(hold, stop)
    except NotOurs:
        store.path(holder).unlink(missing_ok=True)
    except Stopped:
        hold.give_back()
    except Hopeless as hopeless:
        _fail(hold, hopeless)
    finally:
        store.partial(holder).unlink(missing_ok=True)


def _fail(hold: Hold, hopeless: Hopeless) -> None:
    changes = {"reason": hopeless.reason, "detail": hopeless.detail[:300]}
    _end(hold, Status.FAILED, "export_failed", **changes)


def _end(hold: Hold, status: Status, letter: str, **changes: object) -> None:
    """The status and the word of it to who asked: both or neither."""
    export, now = hold.row, hold.clock()
    with transaction.atomic():
        hold.end(status, finished_at=now, **changes)
        told = message(f"export-{export.pk}", letter, export.asked_by, now, title=title_of(export))
        enqueue([told])


def _write(hold: Hold, stop: Stop) -> None:
    export, now = hold.row, hold.clock()
    wanted = _wanted(export, now)
    size = total(wanted)
    if not size.count or not export.asked_by.is_active:
        raise Hopeless(Reason.NOTHING)
    if not store.has_room(size.size):
        raise Hopeless(Reason.NO_SPACE)
    keys = list(wanted.initiatives.values_list("pk", flat=True)) if wanted.about_initiatives else []
    hold.begin(size.count, keys, wanted.official and Part.DOCUMENTS in wanted.parts)
    faulty = _fill(hold, wanted, now, stop)
    place = store.partial(export.holder)
    facts = {"size": place.stat().st_size, "sha256": digest_of(place), "missing": faulty}
    place.replace(store.path(export.holder))
    ends = hold.clock() + lifetime()
    name = f"{safe(title_of(export))}.zip"
    _end(hold, Status.DONE, "export_done", name=name, expires_at=ends, done=size.count, **facts)


def _wanted(export: Export, now: datetime) -> Scope:
    """What the asker may see at this moment, whatever it was when they asked."""
    parts = tuple(export.parts)
    return scope(export.asked_by, local_day(now), export.movement, export.year, parts)


def _fill(hold: Hold, wanted: Scope, now: datetime, stop: Stop) -> int:
    title = title_of(hold.row)
    root = f"{safe(title)}/"
    at = title
    try:
        with store.partial(hold.row.holder).open("xb") as file, Archive(file, now) as archive:
            for done, entry in enumerate(entries(wanted, Folder(root, Taken()), now)):
                if stop():
                    raise Stopped
                hold.sign_of_life(done=done)
                at = entry.path
                archive.add(entry)
            archive.close(root, title, not_issued(wanted) if Part.DOCUMENTS in wanted.parts else [])
            return archive.faulty
    except (NotOurs, Stopped, DatabaseError):
        raise  # nobody's fault: it is made again
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Hopeless(Reason.NO_SPACE) from error
        logger.exception("export %s failed", hold.row.pk)
        raise Hopeless(Reason.BROKEN, at) from error
