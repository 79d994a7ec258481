"""Whom each audience means, for each thing that can be owed, and what the dry run says of it."""

import json

import pytest
from django.core.management import call_command

from notifications.models import Escalation, LadderRung, Message
from notifications.models.ladder import TOLD
from notifications.planned import planned
from notifications.sweep import climb
from people.models import Membership
from people.roles import Role
from workflow.models import WorkItem

pytestmark = pytest.mark.both_databases
AUTHOR, HEAD, PRINCIPAL = {"author"}, {"head"}, {"principal"}
SECRETARY, COUNCIL, SUPERIOR = {"secretary"}, {"council", "council_peer"}, {"superior"}
# What is owed at this point, by whom → whom each audience means.
MEANS = {
    "in_progress": dict(zip(TOLD, (AUTHOR, HEAD, HEAD, PRINCIPAL, SECRETARY), strict=True)),
    "with_head": dict(zip(TOLD, (HEAD, PRINCIPAL, PRINCIPAL, PRINCIPAL, SECRETARY), strict=True)),
    "with_principal": dict(
        zip(TOLD, (PRINCIPAL, HEAD, SUPERIOR, PRINCIPAL, SECRETARY), strict=True)
    ),
    "reported": dict(zip(TOLD, (SECRETARY, HEAD, PRINCIPAL, PRINCIPAL, SECRETARY), strict=True)),
    "scoring": dict(zip(TOLD, (COUNCIL, HEAD, PRINCIPAL, PRINCIPAL, SECRETARY), strict=True)),
}  # fmt: skip


def only(world, **fields) -> LadderRung:
    """A ladder of one rung, at the moment the time is over."""
    LadderRung.objects.all().delete()
    values = {"movement": world.movement, "name": "only", "offset": 0, "holder": False}
    return LadderRung.objects.create(**values | fields)


def told() -> set[str]:
    sent = Message.objects.filter(key__startswith="rung/")
    return {one.partition("@")[0] for one in sent.values_list("recipient__email", flat=True)}


@pytest.mark.parametrize("audience", TOLD)
@pytest.mark.parametrize("situation", MEANS)
def test_an_audience_is_told(situation, audience, world):
    world.at(situation)
    only(world, **{audience: True})
    assert climb(world.later(days=400)) == 1
    assert told() == MEANS[situation][audience]


def test_nobody_is_told_twice_of_one_rung(world):
    world.at("with_head")
    only(world, **dict.fromkeys(TOLD, True))
    climb(world.later(days=400))
    recipients = list(Message.objects.filter(key__startswith="rung/").values_list("recipient"))
    assert len(recipients) == len(set(recipients)) == 3


def test_the_next_role_up_is_no_author_where_it_is_to_decide(world):
    world.at("with_head", co_authors=("principal",))
    only(world, superior=True, raises=True)
    climb(world.later(days=400))
    assert told() == SUPERIOR
    assert WorkItem.objects.open().get().raised_role == Role.SUPERIOR


def test_one_of_several_asked_by_name_is_told_alone(world):
    world.route("register", {"role": "council", "level": "school", "quorum": "all"})
    initiative = world.at("with_head")
    world.do("council", "approve", initiative)
    only(world, holder=True)
    climb(world.later(days=400))
    assert told() == {"council_peer"}


def test_whoever_stands_in_for_an_office_is_told_too(world):
    world.at("with_head")
    world.join("colleague", "maths", Role.HEAD)
    only(world, holder=True)
    climb(world.later(days=400))
    assert told() == {"head", "colleague"}


def test_an_account_that_was_closed_is_not_told(world):
    world.at("in_progress")
    world.author.is_active = False
    world.author.save()
    only(world, holder=True, head=True)
    climb(world.later(days=400))
    assert told() == HEAD


@pytest.mark.parametrize("duty", ["report", "decide"])
def test_a_kind_of_work_with_rungs_of_its_own_climbs_those_alone(duty, world):
    world.at("in_progress")
    only(world, holder=True)
    LadderRung.objects.create(
        movement=world.movement, duty=duty, name="own", offset=5, holder=False, principal=True
    )
    due = WorkItem.objects.open().get().due_at
    world.now = due
    assert climb(due) == (0 if duty == "report" else 1)
    climb(world.later(days=6))
    assert told() == (PRINCIPAL if duty == "report" else AUTHOR)


def test_of_two_that_have_come_the_later_is_climbed_whatever_their_order(world):
    """Three calendar days after a Friday come before two working days."""
    world.at("in_progress")  # due on Friday 31/10
    only(world, offset=3, principal=True)
    LadderRung.objects.create(
        movement=world.movement, name="working", offset=2, working_days=True, secretary=True,
        holder=False,
    )  # fmt: skip
    assert climb(world.later(days=400)) == 1
    assert Escalation.objects.get().rung.name == "working"


def test_after_an_extension_the_ladder_is_climbed_anew(world):
    world.at("in_progress")
    only(world, holder=True)
    item = WorkItem.objects.open().get()
    climb(item.due_at)
    WorkItem.objects.update(due_at=item.due_at.replace(year=2026))
    assert climb(item.due_at) == 0
    assert climb(item.due_at.replace(year=2026)) == 1
    assert Message.objects.filter(kind="overdue").count() == 2


@pytest.mark.parametrize("days", [0, 1, 400])
def test_the_dry_run_says_what_the_sweep_then_writes(days, world, capsys):
    for situation in MEANS:
        world.at(situation)
    Membership.objects.filter(user=world.council_peer).delete()
    world.later(days=days)
    expected = {(one.work_item, one.kind, one.recipient) for one in planned(world.now)}
    call_command("sweep", at=world.now, dry_run=True, json=True)
    assert len(json.loads(capsys.readouterr().out)) == len(expected)
    assert not Escalation.objects.exists()
    climb(world.now)
    sent = Message.objects.filter(key__startswith="rung/").select_related("recipient")
    items = dict(Escalation.objects.values_list("pk", "work_item"))
    written = {(items[int(one.key.split("/")[1])], one.kind, one.recipient.email) for one in sent}
    assert written == expected
    assert not list(planned(world.now))


def test_it_holds_for_every_audience():
    assert all(set(row) == set(TOLD) for row in MEANS.values())
