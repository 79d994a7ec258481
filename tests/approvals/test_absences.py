"""While everybody asked is away the deputy decides, then one role up; and only then."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.absences import cover
from approvals.models import Decision
from approvals.refusal import Refused
from notifications.models import Message
from people.models import Absence, Delegation, Membership
from people.roles import Role
from reports.record import right
from workflow.deadlines import local_day
from workflow.models import WorkItem


def go_away(world, who, days=3):
    today = local_day(world.now)
    Absence.objects.create(
        user=world.people[who], starts_on=today, ends_on=today + timedelta(days=days), reason="Ốm"
    )


def awaits(world, who):
    return WorkItem.objects.awaiting(world.people[who], local_day(world.now)).count()


@pytest.mark.parametrize(
    ("situation", "away", "decides"),
    [
        ("with_head", ["head"], "deputy"),
        ("with_head", ["head", "deputy"], "principal"),
        ("with_principal", ["principal"], "vice_principal"),
        ("with_principal", ["principal", "vice_principal"], "superior"),
    ],
)
@pytest.mark.parametrize("since", ["before it was asked", "afterwards"])
def test_who_stands_in(since, situation, away, decides, world):
    if since == "afterwards":
        initiative = world.at(situation)
    for who in away:
        go_away(world, who)
    if since == "before it was asked":
        initiative = world.at(situation)
    else:
        assert cover(world.now) == 1
    assert awaits(world, decides) == 1
    world.do(decides, "approve", initiative)
    decision = Decision.objects.latest("pk")
    assert (decision.actor, right(decision)) == (world.people[decides], "absence")


def test_many_items_of_a_unit_cost_what_one_costs(world):
    costs: list[int] = []
    for count in (1, 4):
        for _number in range(count):
            world.at("with_head")
        go_away(world, "head")
        with CaptureQueriesContext(connection) as queries:
            assert cover(world.now) == count + len(costs)
        costs.append(len(queries))
        Absence.objects.all().delete()
        cover(world.now)
    assert costs[0] == costs[1]


def test_the_deputy_decides_nothing_while_the_head_is_there(world):
    initiative = world.at("with_head")
    assert cover(world.now) == 0
    assert awaits(world, "deputy") == 0
    with pytest.raises(Refused):
        world.do("deputy", "approve", initiative)


def test_one_of_two_holders_away_changes_nothing(world):
    world.join("colleague", "maths", Role.HEAD)
    world.at("with_head")
    go_away(world, "head")
    assert cover(world.now) == 0
    assert (awaits(world, "colleague"), awaits(world, "deputy")) == (1, 0)


def test_a_delegate_goes_before_the_deputy(world):
    today = local_day(world.now)
    Delegation.objects.create(
        delegator=world.head, delegate=world.colleague, unit=world.units["maths"], role=Role.HEAD,
        starts_on=today, ends_on=today, reason="Ốm",
    )  # fmt: skip
    go_away(world, "head")
    initiative = world.at("with_head")
    assert (awaits(world, "colleague"), awaits(world, "deputy")) == (1, 0)
    world.do("colleague", "approve", initiative)


def test_a_deputy_who_is_an_author_gives_way_to_the_next_role_up(world):
    go_away(world, "head")
    world.at("with_head", co_authors=("deputy",))
    assert (awaits(world, "deputy"), awaits(world, "principal")) == (0, 1)


def test_it_ends_by_itself_the_day_after(world):
    go_away(world, "head", days=1)
    initiative = world.at("with_head")
    assert awaits(world, "deputy") == 1
    world.later(days=2)
    assert cover(world.now) == 1
    assert awaits(world, "deputy") == 0
    with pytest.raises(Refused):
        world.do("deputy", "approve", initiative)


def test_who_came_back_early_still_decides(world):
    go_away(world, "head")
    initiative = world.at("with_head")
    world.do("head", "approve", initiative)
    assert Decision.objects.get().actor == world.head


def test_the_stand_in_is_told_once(world):
    world.at("with_head")
    go_away(world, "head")
    for _again in range(3):
        cover(world.now)
    assert Message.objects.filter(kind="stand_in_wanted", recipient=world.deputy).count() == 1


def test_the_lateness_of_a_covered_step_still_goes_one_role_up(world):
    """The deputy had their time: then the ladder asks the principal, as for anybody."""
    from approvals.sweep import sweep

    go_away(world, "head", days=60)
    initiative = world.at("with_head")
    world.later(days=30)
    sweep(world.now)
    world.do("principal", "approve", initiative)
    assert right(Decision.objects.get()) == "escalation"


def test_nobody_at_all_leaves_the_step_with_those_who_were_asked(world):
    Membership.objects.filter(role__in=(Role.SUPERIOR, Role.VICE_PRINCIPAL)).delete()
    go_away(world, "principal")
    initiative = world.at("with_principal")
    item = initiative.work_items.get(closed_at=None)
    assert (item.raised_role, item.role) == ("", Role.PRINCIPAL)
