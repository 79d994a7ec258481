"""A number is given once: in order, for each year and sort, however many issue at once."""

import hashlib
from contextlib import closing
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from reports import issuing
from reports.issuing import NumberTaken, issue
from reports.kinds import Kind
from reports.models import OfficialDocument
from reports.papers import pdf
from tests.reports.conftest import School, furnish
from workflow.canonical import canonical, digest

pytestmark = pytest.mark.both_databases
needs_row_locks = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def made(school, kind, key, wanted=None):
    return issue(school.draft(kind), school.world.clerk, school.world.now, key, wanted)


def test_numbers_follow_in_each_sort_and_begin_anew_each_year(school):
    kinds = (Kind.DECISION, Kind.YEARLY_REPORT, Kind.FINAL_REVIEW, Kind.MINUTES, Kind.DECISION)
    codes = [made(school, kind, str(number)).code for number, kind in enumerate(kinds)]
    assert [code.removesuffix("-THPTPH") for code in codes] == [
        "01/QĐ", "01/BC", "02/BC", "01/BB", "02/QĐ",
    ]  # fmt: skip
    school.world.later(days=365)
    assert made(school, Kind.DECISION, "next year").code == "01/QĐ-THPTPH"


def test_the_last_second_of_a_year_belongs_to_it(school):
    world = school.world
    world.now = world.now.replace(month=12, day=31, hour=23, minute=59, second=59)
    old = made(school, Kind.DECISION, "old")
    world.now += timedelta(seconds=1)
    new = made(school, Kind.DECISION, "new")
    assert [(one.year, one.number) for one in (old, new)] == [(2025, 1), (2026, 1)]


def test_the_number_the_register_has_come_to_can_be_given(school):
    assert made(school, Kind.DECISION, "a", wanted=37).number == 37
    assert made(school, Kind.DECISION, "b").number == 38
    with pytest.raises(NumberTaken):
        made(school, Kind.DECISION, "c", wanted=37)


def test_the_same_form_twice_issues_once(school):
    assert made(school, Kind.DECISION, "key") == made(school, Kind.DECISION, "key")
    assert OfficialDocument.objects.count() == 1


def test_what_is_kept_is_what_was_hashed(school):
    one = made(school, Kind.YEARLY_REPORT, "key")
    assert digest(one.content) == one.content_hash
    assert hashlib.sha256(bytes(one.pdf)).hexdigest() == one.pdf_hash
    assert canonical(one.paper.as_data()) == one.content
    assert one.paper.number == f"Số: {one.code}"
    assert "ngày 03 tháng 3 năm 2025" in one.paper.place


def test_the_database_refuses_to_change_what_was_issued(school):
    one = made(school, Kind.DECISION, "key")
    for change in ({"number": 9}, {"pdf": b""}, {"content": "{}"}, {"abstract": "khác"}):
        with (
            pytest.raises(DatabaseError, match="issued documents do not change"),
            transaction.atomic(),
        ):
            OfficialDocument.objects.filter(pk=one.pk).update(**change)


def test_a_later_change_of_the_initiatives_does_not_reach_it(school):
    one = made(school, Kind.DECISION, "key")
    school.world.movement.initiatives.update(title="Đã đổi tên")
    one.refresh_from_db()
    assert "Đã đổi tên" not in one.content


@pytest.fixture
def racing(committed_world, monkeypatch):
    """A committed school, and documents that cost little to lay out."""
    furnish(committed_world)
    committed_world.at("evaluated")
    monkeypatch.setattr(pdf, "render", lambda paper, now: b"%PDF-1.7")
    monkeypatch.setattr(issuing, "with_field", lambda content: content)
    return School(committed_world)


def race(school, count=8):
    """As many threads issue at the same moment; what each got, or the error it met."""
    draft, barrier = school.draft(Kind.DECISION), Barrier(count)
    results: list[int | str] = []

    def work(number):
        with closing(connection):
            barrier.wait()
            try:
                one = issue(draft, school.world.clerk, school.world.now, f"k{number}")
                results.append(one.number)
            except (IntegrityError, NumberTaken) as error:
                results.append(type(error).__name__)

    threads = [Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@needs_row_locks
def test_eight_at_once_get_eight_numbers(racing):
    assert set(race(racing)) == set(range(1, 9))


@needs_row_locks
def test_without_the_lock_somebody_gets_an_error(racing, monkeypatch):
    """The control."""
    monkeypatch.setattr(issuing, "_lock", lambda school: None)
    assert any(isinstance(result, str) for _try in range(5) for result in race(racing, 8))
