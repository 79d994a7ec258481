"""The demo's history is true: it was played through the one door, and the sweep agrees with it."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from approvals.demo.people import read
from notifications.models import Message
from people.models import Unit
from workflow.models import AuditEntry, Initiative, Movement, State, WorkItem

pytestmark = pytest.mark.xdist_group("demo")
LATE_AT, IN_TIME_AT = "2023-10-31T00:00:00+07:00", "2023-10-30T23:59:59+07:00"


@pytest.fixture(scope="module")
def autumn_2023(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo as of 20/10/2023, loaded once and rolled back after this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", "--as-of", "2023-10-20", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def autumn(autumn_2023: None) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def planned(capsys, at: str) -> list[dict[str, object]]:
    capsys.readouterr()
    call_command("sweep", "--at", at, "--dry-run", "--json")
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return rows


def unreported() -> set[str]:
    open_states = (State.REPORTED, State.EVALUATED, State.WITHDRAWN)
    return set(Initiative.objects.exclude(state__in=open_states).values_list("code", flat=True))


@pytest.mark.both_databases
def test_at_midnight_every_unreported_initiative_is_overdue_and_nothing_else(autumn, capsys):
    rows = [row for row in planned(capsys, LATE_AT) if row["overdue"]]
    assert {row["initiative"] for row in rows} == unreported()
    assert {row["due_at"] for row in rows} == {LATE_AT}
    assert len(unreported()) > 10
    assert set(rows[0]) == {
        "work_item", "initiative", "state", "rung", "overdue", "recipient", "due_at",
    }  # fmt: skip


def test_a_second_before_none_is_overdue(autumn, capsys):
    rows = planned(capsys, IN_TIME_AT)
    assert rows
    assert not any(row["overdue"] for row in rows)


def test_a_dry_run_writes_nothing(autumn, capsys):
    before = Message.objects.count()
    planned(capsys, LATE_AT)
    assert Message.objects.count() == before


def test_the_sweep_run_twice_writes_nothing_twice(autumn, capsys):
    expected = {(row["initiative"], row["recipient"]) for row in planned(capsys, LATE_AT)}
    call_command("sweep", "--at", LATE_AT)
    written = Message.objects.filter(sent_at=None)
    told = written.exclude(kind="weekly_digest")
    assert set(told.values_list("initiative__code", "recipient__email")) == expected
    count = written.count()
    call_command("sweep", "--at", LATE_AT)
    assert written.count() == count > 0


def test_loading_twice_changes_nothing(autumn, capsys):
    tables = (Initiative, AuditEntry, Message, WorkItem, Unit)
    before = [table.objects.count() for table in tables]
    call_command("load_demo", "--as-of", "2024-05-05")
    assert [table.objects.count() for table in tables] == before


def test_its_audit_holds_and_its_mail_is_delivered(autumn):
    call_command("verify_audit")
    assert not Message.objects.filter(sent_at=None).exists()
    assert not AuditEntry.objects.filter(at__date__gt=date(2023, 10, 20)).exists()


def test_it_is_the_schools_real_plan(autumn):
    movement = Movement.objects.get()
    numbers = set(movement.legal_bases.values_list("number", flat=True))
    assert numbers == {"3669/KH-UBND", "178/KH-SGDĐT", "4455/KH-SGDĐT"}
    first, second = movement.rounds.filter(year=2023)
    assert first.register_before == second.implement_from == date(2023, 8, 25)
    assert second.report_before == date(2023, 10, 31)
    assert {2023, 2024, 2025} == set(movement.rounds.values_list("year", flat=True))
    assert movement.targets.count() == len(read("movement")["targets"])
    assert Initiative.objects.count() == len(read("initiatives_2023"))


def test_data_of_a_real_school_is_never_mixed_with_it(db):
    Unit.objects.create(kind="school", name="Trường khác", short_name="Khác")
    with pytest.raises(CommandError, match="empty"):
        call_command("load_demo")


@pytest.mark.parametrize("words", ["yesterday", "2023-13-01", "2023-08-16"])
def test_a_date_that_makes_no_sense_is_refused(words, db):
    with pytest.raises(CommandError):
        call_command("load_demo", "--as-of", words)


def test_after_the_plan_a_following_movement_surrounds_the_date(db, capsys):
    call_command("load_demo", "--as-of", "2026-03-10", verbosity=0)
    real, live = Movement.objects.order_by("starts_on")
    today = date(2026, 3, 10)
    report_before = live.rounds.get(year=2026, number=2).report_before
    assert report_before is not None
    assert live.starts_on < today < report_before
    states = set(live.initiatives.values_list("state", flat=True))
    assert states == {
        State.DRAFT, State.IN_PROGRESS, State.REPORTED, State.EVALUATED, State.WITHDRAWN,
    }  # fmt: skip
    assert not WorkItem.objects.open().filter(initiative__movement=real).exists()
    late = WorkItem.objects.overdue(AuditEntry.objects.latest("at").at)
    assert late.filter(initiative__movement=live).exists()
    assert Message.objects.filter(kind="escalated", initiative__movement=live).exists()
    assert not Message.objects.filter(sent_at=None).exists()
