"""The work itself: called off, taken over, stopped, failing; files that end; memory."""

import errno
import os
from datetime import timedelta

import pytest
from django.db import OperationalError

from notifications.composing import page, subject
from notifications.models import Message
from people import leases
from reports.exporting import archive, asking, claims, store, work
from reports.exporting.claims import Hold
from reports.models import Export
from reports.models.export import Status
from tests.reports.exports import after_the_lease, made, opened, wanted

pytestmark = pytest.mark.both_databases


def files():
    return sorted(one.name for one in store.folder().iterdir())


def during(monkeypatch, act, at=2):
    """Let something happen before the document with this number is made."""
    monkeypatch.setattr(leases, "SIGN_OF_LIFE", 0)
    sign = Hold.sign_of_life

    def signs(hold, done):
        if done == at:
            act(hold)
        sign(hold, done=done)

    monkeypatch.setattr(Hold, "sign_of_life", signs)


def run(world, stop=lambda: False):
    work.make_waiting(lambda: world.now, stop)
    return Export.objects.get()


def test_a_finished_one_says_what_it_is_and_tells_who_asked(school):
    export = made(school.world)
    file = store.path(export.holder)
    assert files() == [export.holder]
    assert file.stat().st_size == export.size > 0
    assert len(export.sha256) == 64
    assert export.name == "Hồ sơ CCHC năm 2025.zip"
    assert export.expires_at == school.world.now + timedelta(hours=72)
    assert oct(file.parent.stat().st_mode & 0o777) == "0o700"
    told = Message.objects.get(kind="export_done")
    assert (told.recipient, page(told)) == (school.world.clerk, "/exports/")
    assert "Hồ sơ CCHC năm 2025" in subject(told)


def test_a_cancelled_one_stops_before_the_next_document(school, monkeypatch):
    wanted(school.world)
    during(monkeypatch, lambda hold: asking.cancel(hold.row, school.world.now))
    export = run(school.world)
    assert export.status == Status.CANCELLED
    assert files() == []
    assert not Message.objects.filter(kind__startswith="export").exists()


def test_one_cancelled_at_the_very_end_leaves_no_file(school, monkeypatch):
    wanted(school.world)
    digest = archive.digest_of
    monkeypatch.setattr(
        work, "digest_of",
        lambda file: asking.cancel(Export.objects.get(), school.world.now) and digest(file),
    )  # fmt: skip
    assert run(school.world).status == Status.CANCELLED
    assert files() == []


def test_a_slow_worker_that_was_taken_over_stops_and_the_other_finishes(school, monkeypatch):
    wanted(school.world)
    others = []

    def take_over(hold):
        monkeypatch.undo()
        others.append(hold.row.holder)
        work.make_waiting(lambda: after_the_lease(school.world.now))

    during(monkeypatch, take_over)
    export = run(school.world)
    assert (export.status, export.lost) == (Status.DONE, 1)
    assert files() == [export.holder] != others
    assert opened(export).testzip() is None
    assert Message.objects.filter(kind="export_done").count() == 1


def test_a_worker_that_is_told_to_stop_gives_it_back(school):
    wanted(school.world)
    calls = iter([False, False, False])
    export = run(school.world, lambda: next(calls, True))
    assert (export.status, export.lost, files()) == (Status.WAITING, 0, [])
    assert run(school.world).status == Status.DONE


def test_a_full_disk_fails_with_its_reason(school, monkeypatch):
    wanted(school.world)

    def full(hold):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    during(monkeypatch, full)
    export = run(school.world)
    assert (export.status, export.reason, files()) == (Status.FAILED, "no_space", [])
    assert Message.objects.filter(kind="export_failed").count() == 1


def test_too_little_room_fails_before_anything_is_made(school, monkeypatch):
    monkeypatch.setattr(store, "ROOM", 2**60)
    assert made(school.world).reason == "no_space"


def test_a_document_that_cannot_be_made_is_named(school, monkeypatch):
    from reports.exporting import contents

    def broken(*_):
        raise ValueError("no such style")

    monkeypatch.setattr(contents, "as_docx", broken)
    export = made(school.world)
    assert (export.status, export.reason, files()) == (Status.FAILED, "broken", [])
    assert export.detail.endswith("Báo cáo kết quả áp dụng.docx")


def test_a_database_that_is_away_fails_nothing(school, monkeypatch):
    wanted(school.world)

    def away(hold):
        raise OperationalError("the connection is closed")

    during(monkeypatch, away)
    with pytest.raises(OperationalError):
        run(school.world)
    assert Export.objects.get().status == Status.RUNNING
    monkeypatch.undo()
    work.make_waiting(lambda: after_the_lease(school.world.now))
    assert Export.objects.get().status == Status.DONE


def test_what_expired_is_deleted_and_what_dead_workers_left(school):
    export = made(school.world)
    left = store.partial("b" * 32)
    left.write_bytes(b"x")
    strange = store.folder() / "readme.txt"
    strange.write_text("not ours")
    assert export.expires_at
    asking.expire(export.expires_at - timedelta(seconds=1))
    assert files() == sorted([export.holder, strange.name])
    asking.expire(export.expires_at)
    export.refresh_from_db()
    assert (export.status, files()) == (Status.EXPIRED, [strange.name])


def test_the_part_of_a_living_worker_is_left_alone(school):
    wanted(school.world)
    export = claims.claim(school.world.now)
    assert export
    store.partial(export.holder).write_bytes(b"half")
    asking.expire(school.world.now)
    assert files() == [f"{export.holder}.part"]
