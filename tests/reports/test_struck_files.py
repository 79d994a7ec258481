"""A wrong file of a target is struck out: it proves nothing, and stays in the record."""

from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from approvals import vault
from approvals.entering import Place, enter
from approvals.intake import Accepted
from reports.targets import sheets
from tests import files
from tests.reports.test_target_access import ENTERS, PEOPLE, SEES, targets
from tests.reports.test_target_entries import place, words
from workflow.models import FileKind, TargetFile, TargetFileStrike

__all__ = ["place", "targets"]
pytestmark = pytest.mark.both_databases
NOT_SEEN, NOT_THEIRS, ASKED, SIGN_IN = 404, 403, 200, 302


@pytest.fixture
def file(world, place) -> TargetFile:
    return attached(world, place)


def attached(world, place) -> TargetFile:
    with vault.receiving([Accepted("nham-nam.pdf", FileKind.PDF, BytesIO(files.pdf()))]) as uploads:
        entry = enter(place, world.head, world.now, 0, words("90"), uploads)
    return entry.files.get()


def strike(client, person, file, reason="Nhầm năm"):
    client.force_login(person)
    return client.post(reverse("reports:strike_file", args=[file.pk]), {"reason": reason})


def held(world, place):
    lines = sheets({place.unit: world.movement}, place.year, world.now)[place.unit.pk]
    (entry,) = [line.entry for line in lines if line.target == place.target]
    return getattr(entry, "held", None)


def test_a_struck_file_proves_nothing_and_stays_with_who_when_and_why(world, place, file, client):
    assert held(world, place) == 1
    assert strike(client, world.clerk, file).status_code == 302
    assert held(world, place) == 0
    struck = TargetFileStrike.objects.get()
    assert (struck.file, struck.struck_by, struck.reason) == (file, world.clerk, "Nhầm năm")
    assert vault.path(file.stored).exists()
    page = client.get(
        reverse("reports:target_entry", args=[place.target.pk, place.unit.pk, place.year])
    ).content.decode()
    assert "<s>" in page
    assert "nham-nam.pdf" in page
    assert f"gạch bỏ: {world.clerk}" in page
    assert "Nhầm năm" in page


def test_only_those_who_enter_still_read_what_was_struck_out(world, file, client):
    strike(client, world.clerk, file)
    where = reverse("reports:target_file", args=[file.pk])
    for who, status in (("head", 200), ("clerk", 200), ("principal", 200),
                        ("colleague", 404), ("superior", 404)):  # fmt: skip
        client.force_login(world.people[who])
        assert client.get(where).status_code == status, who


def test_striking_again_keeps_the_first_name_and_reason(world, file, client):
    strike(client, world.clerk, file)
    assert strike(client, world.principal, file, "Khác").status_code == 302
    assert TargetFileStrike.objects.get().struck_by == world.clerk


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_is_struck(reason, world, file, client):
    assert strike(client, world.clerk, file, reason).status_code == 422
    assert not TargetFileStrike.objects.exists()


CHANGES = {
    "update": lambda struck: struck.update(reason="Khác"),
    "delete": lambda struck: struck.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_what_was_struck(change, world, file, client):
    strike(client, world.clerk, file)
    struck = TargetFileStrike.objects.all()
    with pytest.raises(DatabaseError, match="stays so"), transaction.atomic():
        CHANGES[change](struck)
    assert struck.get().reason == "Nhầm năm"


@pytest.mark.parametrize("person", PEOPLE)
def test_striking_answers_as_declared(person, client, world, targets):
    if person != "anonymous":
        client.force_login(world.people[person])
    for unit, who in SEES.items():
        if unit == "authority":
            continue
        target = targets["foreign" if unit == "foreign" else "own"]
        file = attached(world, Place(target, world.units[unit], 2025))
        wanted = (
            SIGN_IN if person == "anonymous" else NOT_SEEN if person not in who
            else ASKED if person in ENTERS[unit] else NOT_THEIRS
        )  # fmt: skip
        answer = client.get(reverse("reports:strike_file", args=[file.pk]))
        assert answer.status_code == wanted, unit
