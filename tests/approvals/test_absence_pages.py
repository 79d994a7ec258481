"""Entering an absence on the page takes effect at once, and ends with one press."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Absence
from workflow.deadlines import local_day
from workflow.models import WorkItem

AWAY = reverse("approvals:go_away")


@pytest.fixture
def today():
    return local_day(timezone.now())


def words(today, first=0, last=3, reason="Tập huấn"):
    return {
        "starts_on": (today + timedelta(days=first)).isoformat(),
        "ends_on": (today + timedelta(days=last)).isoformat(),
        "reason": reason,
    }


def waiting(world, who, today):
    return WorkItem.objects.awaiting(world.people[who], today).count()


def test_the_deputy_has_it_at_once_and_the_head_back_with_one_press(world, client, today):
    world.at("with_head")
    client.force_login(world.head)
    assert client.post(AWAY, words(today)).status_code == 302
    assert waiting(world, "deputy", today) == 1
    absence = Absence.objects.get()
    page = client.get(reverse("approvals:delegations")).content.decode()
    end = reverse("approvals:end_absence", args=[absence.pk])
    assert end in page
    assert client.post(end).status_code == 302
    assert (waiting(world, "deputy", today), waiting(world, "head", today)) == (0, 1)


def test_an_absence_to_come_changes_nothing_yet(world, client, today):
    world.at("with_head")
    client.force_login(world.head)
    client.post(AWAY, words(today, first=1))
    assert waiting(world, "deputy", today) == 0


REFUSED = {"over": (-5, -1, "Ốm"), "backwards": (3, 1, "Ốm"), "no reason": (0, 1, "")}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_sense_is_shown_again(name, world, client, today):
    first, last, reason = REFUSED[name]
    client.force_login(world.head)
    assert client.post(AWAY, words(today, first, last, reason)).status_code == 422
    assert not Absence.objects.exists()


def test_an_absence_that_has_begun_keeps_the_days_it_lasted(world, client, today):
    absence = Absence.objects.create(
        user=world.head, starts_on=today - timedelta(days=2), ends_on=today, reason="Ốm"
    )
    client.force_login(world.head)
    client.post(reverse("approvals:end_absence", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.ends_on == today - timedelta(days=1)


def test_nobody_ends_the_absence_of_another(world, client, today):
    absence = Absence.objects.create(user=world.head, starts_on=today, ends_on=today, reason="Ốm")
    client.force_login(world.deputy)
    assert client.post(reverse("approvals:end_absence", args=[absence.pk])).status_code == 404
