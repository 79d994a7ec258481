"""Every Monday at 7 the principal reads what is late, by department, with the audit's seal."""

from datetime import datetime, timedelta

import pytest

from notifications.digests import seal, send_weekly
from notifications.models import Message
from workflow.calendar import ZONE
from workflow.models import Initiative

MONDAY = datetime(2025, 11, 3, 7, tzinfo=ZONE)


@pytest.fixture
def late(world):
    world.at("in_progress")  # due before 31/10
    world.at("in_progress")
    return world


def test_it_comes_on_monday_at_seven_and_not_before(late):
    assert send_weekly(MONDAY - timedelta(seconds=1)) == 0
    assert send_weekly(MONDAY) == 1


def test_it_comes_once_a_week_to_the_principal_alone(late):
    for hours in (0, 1, 24, 24 * 6):
        send_weekly(MONDAY + timedelta(hours=hours))
    digest = Message.objects.get(kind="weekly_digest")
    assert digest.recipient == late.principal
    assert send_weekly(MONDAY + timedelta(days=7)) == 1


def test_after_an_outage_it_says_what_was_late_on_monday(late):
    send_weekly(MONDAY + timedelta(days=3))
    facts = Message.objects.get(kind="weekly_digest").facts
    assert facts["rows"] == [["Tổ Toán", 2]]
    assert facts["count"] == 2


def test_a_quiet_week_is_not_reported(world):
    world.at("evaluated")
    assert send_weekly(MONDAY) == 0


def test_the_seal_changes_with_any_chain(late):
    before = seal()
    Initiative.objects.filter(pk=Initiative.objects.earliest("pk").pk).update(audit_head="0" * 64)
    assert seal() != before
