"""Nobody decides on their own dossier, and nobody decides two steps of one submission."""

from datetime import date

import pytest

from approvals.models import Decision
from approvals.refusal import Refused
from people.models import Delegation, Membership
from people.roles import Role
from workflow.models import RouteStep, State, WorkItem


def posts_asked(initiative):
    items = WorkItem.objects.open().filter(initiative=initiative)
    return [(item.unit.short_name, item.role) for item in items]


def test_the_dossier_of_a_head_goes_to_the_principal(world):
    initiative = world.draft(lead="head", co_authors=())
    world.do("head", "submit", initiative)
    assert posts_asked(initiative) == [("Phú Hòa", Role.PRINCIPAL)]
    with pytest.raises(Refused, match=r"(author|tác giả)"):
        world.do("head", "approve", initiative)
    world.do("principal", "approve", initiative)
    assert initiative.state == State.REGISTERED
    assert Decision.objects.count() == 1


def test_the_head_as_co_author_is_passed_over_too(world):
    initiative = world.draft(co_authors=("head",))
    world.do("author", "submit", initiative)
    assert posts_asked(initiative) == [("Phú Hòa", Role.PRINCIPAL)]


def test_the_dossier_of_the_principal_goes_to_the_superior(world):
    initiative = world.draft(lead="principal", co_authors=(), unit="school")
    world.do("principal", "submit", initiative)
    assert posts_asked(initiative) == [("Sở", Role.SUPERIOR)]


def test_a_second_head_decides_when_the_first_is_the_author(world):
    Membership.objects.create(
        user=world.colleague, unit=world.units["maths"], role=Role.HEAD, starts_on=date(2025, 1, 1)
    )
    initiative = world.draft(lead="head", co_authors=())
    world.do("head", "submit", initiative)
    assert posts_asked(initiative) == [("Tổ Toán", Role.HEAD)]
    world.do("colleague", "approve", initiative)
    assert posts_asked(initiative) == [("Phú Hòa", Role.PRINCIPAL)]


def test_a_delegate_of_an_author_does_not_decide(world):
    Delegation.objects.create(
        delegator=world.head, delegate=world.deputy, unit=world.units["maths"], role=Role.HEAD,
        starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 31), reason="Đi công tác",
    )  # fmt: skip
    Membership.objects.create(
        user=world.colleague, unit=world.units["maths"], role=Role.HEAD, starts_on=date(2025, 1, 1)
    )
    initiative = world.draft(lead="head", co_authors=())
    world.do("head", "submit", initiative)
    with pytest.raises(Refused):
        world.do("deputy", "approve", initiative)


def test_a_delegate_decides_and_both_names_stand_on_the_decision(world):
    Delegation.objects.create(
        delegator=world.head, delegate=world.deputy, unit=world.units["maths"], role=Role.HEAD,
        starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 31), reason="Đi công tác",
    )  # fmt: skip
    initiative = world.at("with_head")
    world.do("deputy", "approve", initiative)
    decision = Decision.objects.get()
    assert (decision.actor, decision.on_behalf_of) == (world.deputy, world.head)
    assert initiative.audit.latest("seq").on_behalf_of == world.head


@pytest.mark.parametrize(("allowed", "decides"), [(False, False), (True, True)])
def test_one_person_with_two_roles_takes_both_steps_only_if_the_route_says_so(
    allowed, decides, world
):
    RouteStep.objects.filter(route__gate="register", position=2).update(same_person=allowed)
    Membership.objects.create(
        user=world.head, unit=world.units["school"], role=Role.PRINCIPAL, starts_on=date(2025, 1, 1)
    )
    initiative = world.at("with_principal")
    if decides:
        world.do("head", "approve", initiative)
        assert initiative.state == State.REGISTERED
    else:
        with pytest.raises(Refused):
            world.do("head", "approve", initiative)


def test_a_step_that_nobody_may_take_is_refused_at_once_with_the_reason(world):
    Membership.objects.filter(role__in=(Role.SUPERIOR, Role.PRINCIPAL)).delete()
    initiative = world.draft()
    with pytest.raises(Refused) as refused:
        world.do("author", "submit", initiative)
    assert str(Role.PRINCIPAL.label) in str(refused.value)
    assert initiative.pending is None
