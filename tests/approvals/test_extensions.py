"""More time: asked with a reason, answered by head or principal, and what follows from it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.absences import cover
from approvals.refusal import Refused
from notifications.models import Message
from notifications.sweep import climb
from people.models import Absence, Membership
from people.roles import Role
from tests.world import REPORT
from workflow import audit
from workflow.deadlines import last_day, local_day
from workflow.models import AuditEntry, WorkItem

WISH = {"until": "2025-11-15", "comment": "Chờ khảo sát."}
REPORT_DUE = date(2025, 10, 30)


def ask(world, initiative=None, **wish):
    initiative = initiative or world.at("in_progress")
    world.do("author", "ask_extension", initiative, **WISH | wish)
    return initiative


def owed(initiative, duty="report"):
    return WorkItem.objects.open().get(initiative=initiative, duty=duty)


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__full_name", flat=True))


@pytest.mark.both_databases
def test_what_is_granted_is_when_it_is_due(world):
    initiative = ask(world)
    assert last_day(owed(initiative).due_at) == REPORT_DUE
    world.do("head", "grant_extension", initiative)
    assert last_day(owed(initiative).due_at) == date(2025, 11, 15)
    assert told("extension_wanted") == {"Head"}
    assert told("extension_granted") == {"Author"}
    assert not WorkItem.objects.open().filter(duty="extension").exists()


def test_another_day_than_was_wished_can_be_granted(world):
    initiative = ask(world)
    world.do("head", "grant_extension", initiative, until="2025-11-07", comment="Một tuần.")
    assert last_day(owed(initiative).due_at) == date(2025, 11, 7)


def test_a_registration_is_extended_as_well(world):
    initiative = ask(world, world.draft(), until="2025-03-31")
    world.do("head", "grant_extension", initiative)
    assert last_day(owed(initiative, "register").due_at) == date(2025, 3, 31)


@pytest.mark.both_databases
def test_refusing_needs_a_reason_and_leaves_the_date(world):
    initiative = ask(world)
    with pytest.raises(Refused):
        world.do("head", "refuse_extension", initiative, comment=" ")
    world.do("head", "refuse_extension", initiative, comment="Đã có đủ số liệu.")
    assert last_day(owed(initiative).due_at) == REPORT_DUE
    assert told("extension_refused") == {"Author"}
    assert ask(world, initiative)  # and may be asked again


def test_the_history_keeps_request_answer_and_dates(world):
    initiative = ask(world)
    world.do("head", "grant_extension", initiative)
    asked, granted = AuditEntry.objects.filter(initiative=initiative).order_by("seq")[5:]
    assert asked.facts == {"comment": "Chờ khảo sát.", "until": "2025-11-15"}
    (move,) = granted.facts["moved"]
    assert move == {"duty": "report", "from": "2025-10-30", "until": "2025-11-15"}
    assert list(audit.broken_links()) == []


WRONG: dict[str, dict[str, Any]] = {
    "no reason": {"comment": " "},
    "no day": {"until": ""},
    "nonsense": {"until": "ngày mai"},
    "a number": {"until": 20251115},
    "the day it has anyway": {"until": "2025-10-30"},
    "earlier": {"until": "2025-10-01"},
    "more than a year": {"until": "2027-01-01"},
    "the end of time": {"until": "9999-12-31"},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wish_that_makes_no_sense_is_refused(name, world):
    initiative = world.at("in_progress")
    with pytest.raises(Refused):
        ask(world, initiative, **WRONG[name])
    assert not WorkItem.objects.filter(duty="extension").exists()


def test_a_wish_for_a_day_that_is_past_is_refused(world):
    initiative = world.at("in_progress")
    world.now = datetime.fromisoformat("2025-11-20T08:00+07:00")
    with pytest.raises(Refused):
        ask(world, initiative)
    ask(world, initiative, until="2025-11-20")


def test_one_request_at_a_time(world):
    initiative = ask(world)
    with pytest.raises(Refused):
        ask(world, initiative)


ANSWERED_BY: dict[str, tuple[str, str, str]] = {
    "the head": ("head", "author", "head"),
    "the principal, as the movement says": ("principal", "author", "principal"),
    "one role up from a head": ("head", "head", "principal"),
    "one role up from a principal": ("principal", "principal", "superior"),
}


@pytest.mark.parametrize("name", ANSWERED_BY)
def test_who_answers(name, world):
    by, lead, answers = ANSWERED_BY[name]
    world.movement.extended_by = by
    world.movement.save()
    unit = "school" if lead == "principal" else "maths"
    initiative = world.draft(lead=lead, co_authors=(), unit=unit)
    world.do(lead, "ask_extension", initiative, **WISH)
    for who in ("author", "head", "deputy", "principal", "superior", "administrator"):
        if who != answers:
            with pytest.raises(Refused):
                world.do(who, "grant_extension", initiative)
    assert world.do(answers, "grant_extension", initiative).changed


def test_nobody_to_answer_is_said_at_once(world):
    for role in (Role.HEAD, Role.PRINCIPAL, Role.SUPERIOR):
        Membership.objects.filter(role=role).delete()
    with pytest.raises(Refused):
        ask(world, world.draft())


def test_a_co_author_who_became_head_does_not_answer(world):
    world.join("co_author", "maths", Role.HEAD)
    initiative = ask(world)
    with pytest.raises(Refused):
        world.do("co_author", "grant_extension", initiative)


def test_a_late_answer_may_be_given_one_role_up(world):
    initiative = ask(world)
    item = WorkItem.objects.open().get(duty="extension")
    world.now = item.due_at + timedelta(days=5)
    climb(world.now)
    assert world.do("principal", "grant_extension", initiative).changed


@pytest.mark.parametrize("since", ["before it was asked", "afterwards"])
def test_the_deputy_answers_while_the_head_is_away(since, world):
    initiative = world.at("in_progress")
    today = local_day(world.now)
    away = Absence(user=world.head, starts_on=today, ends_on=today, reason="Ốm")
    if since == "before it was asked":
        away.save()
        ask(world, initiative)
    else:
        ask(world, initiative)
        away.save()
        assert cover(world.now) == 1
    assert world.do("deputy", "grant_extension", initiative).changed


def test_what_was_granted_outlives_a_return(world):
    initiative = ask(world)
    world.do("head", "grant_extension", initiative)
    world.now = datetime.fromisoformat("2025-11-10T08:00+07:00")
    world.do("author", "edit_report", initiative, **REPORT)
    world.do("author", "submit_report", initiative)
    world.do("head", "return", initiative, comment="Thiếu.")
    assert last_day(owed(initiative).due_at) == date(2025, 11, 15)


def test_submitting_answers_the_request_by_itself(world):
    initiative = ask(world, world.draft(), until="2025-03-31")
    world.do("author", "submit", initiative)
    assert not WorkItem.objects.open().filter(duty="extension").exists()
    with pytest.raises(Refused):
        world.do("head", "grant_extension", initiative)


def test_it_waits_in_the_worklist_of_whoever_answers(world):
    ask(world)
    today = local_day(world.now)
    waiting = {
        name for name, user in world.people.items()
        if WorkItem.objects.awaiting(user, today).filter(duty="extension").exists()
    }  # fmt: skip
    assert waiting == {"head"}


def page(client, world, who, initiative, action=None):
    client.force_login(world.people[who])
    name = "approvals:act" if action else "approvals:dossier"
    return reverse(name, args=[initiative.pk, *([action] if action else [])])


def test_it_is_asked_and_granted_by_the_pages(client, world):
    """Pages live in the present, in which the report is long overdue."""
    wished = local_day(timezone.now()) + timedelta(days=30)
    initiative = world.at("in_progress")
    address = page(client, world, "author", initiative, "ask_extension")
    assert address in client.get(page(client, world, "author", initiative)).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"until": "2025-10-01", "comment": "x"}).status_code == 422
    assert client.post(address, WISH | {"until": str(wished)}).status_code == 302
    address = page(client, world, "head", initiative, "grant_extension")
    dossier = client.get(page(client, world, "head", initiative)).content.decode()
    assert address in dossier
    assert "Chờ khảo sát." in dossier
    assert f"{wished:%d/%m/%Y}" in dossier
    form = client.get(address).context["form"]
    assert form["until"].value() == str(wished)
    granted = wished - timedelta(days=1)
    answer = {"until": str(granted), "work_item": form["work_item"].value()}
    assert client.post(address, answer).status_code == 302
    assert last_day(owed(initiative).due_at) == granted
    late = client.post(address, answer)
    assert late.status_code == 409


@pytest.mark.parametrize("action", ["ask_extension", "grant_extension", "refuse_extension"])
def test_a_form_for_what_is_not_owed_is_a_refusal_and_no_error(action, client, world):
    initiative = world.at("reported")
    for who in ("author", "head"):
        answer = client.post(page(client, world, who, initiative, action), WISH)
        assert answer.status_code in (403, 409)
