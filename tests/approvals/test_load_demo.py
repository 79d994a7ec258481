"""The demo's history is true: it was played through the one door, and the sweep agrees with it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from approvals.demo import stories
from approvals.demo.people import read
from notifications.models import Message
from people.models import Unit, User
from workflow.default_targets import INDICES
from workflow.models import AuditEntry, Evidence, Initiative, Movement, State, Submission, WorkItem

pytestmark = pytest.mark.xdist_group("demo")
LATE_AT, IN_TIME_AT = "2023-10-31T00:00:00+07:00", "2023-10-30T23:59:59+07:00"
DAY_IN_TEXT = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d\d)")


@pytest.fixture(scope="module")
def autumn_2023(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo as of 20/10/2023, loaded once and rolled back after this file.

    The tests with `db` need an empty database: pytest-django runs them before all others.
    """
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
    done = (State.REPORTED, State.EVALUATED, State.WITHDRAWN)
    return set(Initiative.objects.exclude(state__in=done).values_list("code", flat=True))


def test_ten_days_before_the_end_all_is_being_implemented_or_reported(autumn):
    states = Counter(Initiative.objects.values_list("state", flat=True))
    assert set(states) == {State.IN_PROGRESS, State.REPORTED}
    assert min(states.values()) > 10
    assert not Initiative.objects.filter(pending__isnull=False).exists()


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


def test_some_reports_have_files_that_prove_a_result(autumn):
    files = Evidence.objects.select_related("initiative")
    assert {file.kind for file in files} == {"png", "csv"}
    assert all(file.initiative.measures.filter(indicator=file.result).exists() for file in files)
    for file in files:
        assert file.initiative.submissions.filter(content__contains=file.sha256).exists()


def test_it_was_written_in_the_order_of_time(autumn):
    for model, column in ((Submission, "submitted_at"), (Message, "created_at")):
        instants = list(model.objects.order_by("pk").values_list(column, flat=True))
        assert instants == sorted(instants)


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_no_report_names_a_day_after_it_was_written(year):
    for number, content in enumerate(read(f"initiatives_{year}")):
        named = DAY_IN_TEXT.findall(json.dumps([content["report"], content["measures"]]))
        last = max((date(int(y), int(m), int(d)) for d, m, y in named), default=date.min)
        for at, step in stories.past(content["story"], year, number):
            if step.startswith("write_report"):
                assert last <= at.date(), content["title"]


def test_it_is_the_schools_real_plan(autumn):
    movement = Movement.objects.get()
    numbers = set(movement.legal_bases.values_list("number", flat=True))
    assert numbers == {"3669/KH-UBND", "178/KH-SGDĐT", "4455/KH-SGDĐT"}
    first, second = movement.rounds.filter(year=2023)
    assert first.register_before == second.implement_from == date(2023, 8, 25)
    assert second.report_before == date(2023, 10, 31)
    assert {2023, 2024, 2025} == set(movement.rounds.values_list("year", flat=True))
    assert movement.targets.count() == len(read("movement")["targets"]) + len(INDICES)
    assert Initiative.objects.count() == len(read("initiatives_2023"))


def _a_school() -> None:
    Unit.objects.create(kind="school", name="Trường khác", short_name="Khác")


def _a_person() -> None:
    User.objects.create_user("operator@school.example", full_name="Operator")


@pytest.mark.parametrize("make", [_a_school, _a_person])
def test_data_of_a_real_school_is_never_mixed_with_it(make, db):
    make()
    with pytest.raises(CommandError, match="empty"):
        call_command("load_demo")


@pytest.mark.parametrize("words", ["yesterday", "2023-13-01", "2023-08-16", "9999-12-31"])
def test_a_date_that_makes_no_sense_is_refused(words, db):
    with pytest.raises(CommandError):
        call_command("load_demo", "--as-of", words)


@pytest.mark.parametrize(("language", "office"), [("vi", "Hiệu trưởng"), ("en", "Principal")])
def test_the_accounts_are_listed_in_the_active_language(language, office, autumn, capsys):
    capsys.readouterr()
    with translation.override(language):
        call_command("demo_accounts")
    lines = capsys.readouterr().out.splitlines()
    assert any(office in line and "hieutruong@phuhoa.example" in line for line in lines)
    assert len({len(line) - len(line.split()[-1]) for line in lines[1:]}) == 1  # they line up


def test_without_a_demo_there_are_no_accounts_to_list(db, capsys):
    call_command("demo_accounts")
    assert "load_demo" in capsys.readouterr().out


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
    (waiting,) = WorkItem.objects.open().filter(initiative__movement=real)
    assert waiting.initiative.school_report.year == 2025
    assert not waiting.due_at < AuditEntry.objects.latest("at").at
    reports = real.school_reports.order_by("year")
    assert list(reports.values_list("year", "initiative__state")) == [
        (2023, "approved"),
        (2024, "approved"),
        (2025, "draft"),
    ]
    late = WorkItem.objects.overdue(AuditEntry.objects.latest("at").at)
    assert late.filter(initiative__movement=live).exists()
    assert Message.objects.filter(kind="escalated", initiative__movement=live).exists()
    assert not Message.objects.filter(sent_at=None).exists()
