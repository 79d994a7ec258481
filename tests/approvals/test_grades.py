"""The grade follows from the score by the bands of the day; the flags have their own day."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.world import build
from workflow.calendar import ZONE
from workflow.models import GradeBand, Initiative
from workflow.models.grade import Grade

LAST_OF_OLD = datetime(2026, 6, 30, 23, 59, 59, tzinfo=ZONE)
FIRST_OF_NEW = datetime(2026, 7, 1, tzinfo=ZONE)


def signed(world, **flags):
    initiative = world.at("signing_off")
    world.do("principal", "approve", initiative, **flags)
    return initiative


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("at", "grade"), [(LAST_OF_OLD, Grade.GOOD), (FIRST_OF_NEW, Grade.COMPLETED)]
)
def test_the_bands_of_the_day_of_signing_hold(at, grade, db):
    """From 1/7/2026 on 86 points are needed; the score is 85."""
    new = GradeBand.objects.filter(in_force_from=date(2026, 7, 1))
    new.filter(grade=Grade.GOOD).update(minimum=86)
    world = build(datetime(2026, 6, 1, 8, tzinfo=ZONE))
    initiative = world.at("signing_off")
    world.now = at
    world.do("principal", "approve", initiative)
    assert (initiative.grade, str(initiative.score)) == (grade, "85.00")


BANDS = {
    "100": Grade.EXCELLENT, "90": Grade.EXCELLENT, "89.99": Grade.GOOD, "70": Grade.GOOD,
    "69.99": Grade.COMPLETED, "50": Grade.COMPLETED, "49.99": Grade.NOT_COMPLETED,
    "0": Grade.NOT_COMPLETED,
}  # fmt: skip


@pytest.mark.parametrize("score", BANDS)
def test_each_band_begins_at_its_least_score(score, world):
    initiative = world.at("signing_off")
    Initiative.objects.update(score=score)
    world.do("principal", "approve", initiative)
    assert initiative.grade == BANDS[score]


FLAGS = [(False, False), (True, False), (False, True), (True, True)]


@pytest.mark.parametrize(("recognised", "replicated"), FLAGS)
def test_each_flag_has_the_day_it_was_signed(recognised, replicated, world):
    initiative = signed(world, recognised=recognised, replicated=replicated)
    today = world.now.date()
    assert initiative.recognised_on == (today if recognised else None)
    assert initiative.replicated_on == (today if replicated else None)


def test_an_appeal_takes_flags_and_days_away(world):
    initiative = signed(world, recognised=True, replicated=True)
    world.do("principal", "reopen", initiative, comment="Khiếu nại.")
    assert (initiative.recognised, initiative.recognised_on) == (False, None)
    assert (initiative.replicated, initiative.replicated_on) == (False, None)


@pytest.mark.both_databases
@pytest.mark.parametrize("wrong", [{"recognised": True}, {"replicated_on": date(2025, 3, 3)}])
def test_the_database_holds_flag_and_day_together(wrong, world):
    world.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.update(**wrong)


def test_dossier_list_and_record_show_them(world, client):
    initiative = signed(world, recognised=True, replicated=True)
    client.force_login(world.author)
    pages = [
        reverse("approvals:dossier", args=[initiative.pk]),
        reverse("approvals:initiatives"),
        reverse("reports:record", args=[initiative.pk]),
    ]
    for page in pages:
        text = client.get(page).content.decode()
        for words in ("Hoàn thành tốt nhiệm vụ", "03/03/2025", "Được công nhận", "Được nhân rộng"):
            assert words in text, page
