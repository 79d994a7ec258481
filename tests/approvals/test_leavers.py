"""Whoever no longer holds a role is refused with the very next request, signed in or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.models import Decision
from people.models import Membership, Unit
from workflow.deadlines import local_day


def end_membership(world) -> None:
    yesterday = local_day(timezone.now()) - timedelta(days=1)
    world.head.memberships.update(ends_on=yesterday)


def delete_membership(world) -> None:
    world.head.memberships.all().delete()


def change_role(world) -> None:
    membership = world.head.memberships.get()
    membership.role = "clerk"
    membership.save()


def move_to_another_unit(world) -> None:
    membership = world.head.memberships.get()
    membership.unit = world.units["letters"]
    membership.save()


def deactivate(world) -> None:
    world.head.is_active = False
    world.head.save()


LEAVING = {
    end_membership: 404,
    delete_membership: 404,
    change_role: 403,
    move_to_another_unit: 404,
    deactivate: 302,
}


@pytest.mark.parametrize("leave", LEAVING)
def test_the_next_request_of_a_leaver_is_refused(leave, world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    address = reverse("approvals:act", args=[initiative.pk, "approve"])
    assert client.get(address).status_code == 200
    leave(world)
    assert client.post(address, {}).status_code == LEAVING[leave]
    assert not Decision.objects.exists()


def test_without_leaving_the_same_request_decides(world, client):
    """The control: it is the leaving that refuses it."""
    initiative = world.at("with_head")
    client.force_login(world.head)
    client.post(reverse("approvals:act", args=[initiative.pk, "approve"]), {})
    assert Decision.objects.count() == 1


def test_a_unit_with_the_key_of_a_deleted_one_opens_nothing(world, client):
    gone = Unit.objects.create(
        parent=world.units["school"], kind="department", name="Tổ Sử", short_name="Sử"
    )
    Membership.objects.create(
        user=world.clerk, unit=gone, role="head", starts_on=local_day(world.now)
    )
    key = gone.pk
    gone.delete()
    again = Unit.objects.create(
        pk=key, parent=world.units["school"], kind="department", name="Tổ Địa", short_name="Địa"
    )
    Membership.objects.create(
        user=world.head, unit=again, role="head", starts_on=local_day(world.now)
    )
    world.units["again"] = again
    initiative = world.draft(lead="head", co_authors=(), unit="again")
    client.force_login(world.clerk)
    address = reverse("approvals:act", args=[initiative.pk, "withdraw"])
    assert client.post(address, {"comment": "Vì sao."}).status_code == 403
