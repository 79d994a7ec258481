"""Entering what was reached: the newest row holds, none is ever changed, and nobody is overrun."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.urls import reverse

from approvals import vault
from approvals.entering import Place, Superseded, enter
from tests import files
from workflow.append_only import keep, release
from workflow.models import Audience, Target, TargetEntry, TargetFile

pytestmark = pytest.mark.both_databases
SHARE = {"measure": "%", "required": 90, "maximum": 100}


@pytest.fixture
def place(world) -> Place:
    target = Target.objects.create(
        movement=world.movement, audience=Audience.COLLECTIVE, code="TT1", short="Ký số",
        text="100% ký số", **SHARE,
    )  # fmt: skip
    return Place(target, world.units["maths"], world.now.year)


def words(value, **more):
    given = {"value": value and Decimal(value), "met": None, "note": "", "proof": "",
             "initiative": None}  # fmt: skip
    return given | more


def address(place):
    return reverse("reports:target_entry", args=[place.target.pk, place.unit.pk, place.year])


def post(client, world, place, who="head", **data):
    client.force_login(world.people[who])
    return client.post(address(place), {"seen": 0, "note": "", "proof": "", **data})


def test_a_correction_is_one_more_row(world, place):
    enter(place, world.head, world.now, 0, words("80"))
    enter(place, world.principal, world.later(days=1), 1, words("95", note="đếm lại"))
    rows = place.entries.values_list("number", "value", "entered_by", "note")
    assert list(rows) == [(2, 95, world.principal.pk, "đếm lại"), (1, 80, world.head.pk, "")]
    assert list(TargetEntry.objects.current().values_list("value", flat=True)) == [95]


CHANGES = {
    "update": lambda entries: entries.update(value=100),
    "delete": lambda entries: entries.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_an_entry(change, world, place):
    enter(place, world.head, world.now, 0, words("80"))
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        CHANGES[change](place.entries.all())
    assert place.entries.get().value == 80


def test_without_the_trigger_it_would_change(world, place):
    """The control: it is the trigger that refuses."""
    enter(place, world.head, world.now, 0, words("80"))
    with Inside() as editor:
        release("workflow_targetentry")(None, editor)
        place.entries.update(value=100)
        keep("workflow_targetentry", "entries of targets are only added")(None, editor)
    assert place.entries.get().value == 100


class Inside(BaseDatabaseSchemaEditor):
    """Within the transaction of the test, which SQLite's own editor would refuse."""

    def __init__(self) -> None:
        super().__init__(connection, atomic=False)


def test_whoever_was_slower_sees_who_was_faster(world, place, client):
    enter(place, world.principal, world.now, 0, words("70"))
    answer = post(client, world, place, value="90")
    assert answer.status_code == 409
    assert str(world.principal) in answer.content.decode()
    assert place.entries.get().value == 70


def test_the_same_form_sent_twice_enters_once(world, place, client):
    for _time in range(2):
        assert post(client, world, place, value="90").status_code == 302
    assert place.entries.count() == 1


def test_two_entries_of_one_number_cannot_both_be_kept(world, place):
    """In the same instant: the second meets the constraint and is told so."""
    enter(place, world.head, world.now, 0, words("80"))

    class Blind(Place):
        """Does not see the row the other transaction is about to commit."""

        calls = 0

        @property
        def entries(self):
            Blind.calls += 1
            found = super().entries
            return found.none() if Blind.calls == 1 else found

    with pytest.raises(Superseded):
        enter(
            Blind(place.target, place.unit, place.year), world.principal, world.now, 0, words("1")
        )
    assert place.entries.get().value == 80


def test_leaving_it_empty_takes_it_back_with_a_reason(world, place, client):
    post(client, world, place, value="80")
    refused = post(client, world, place, seen=1, value="")
    assert refused.status_code == 422
    assert "note" in refused.context["form"].errors
    assert post(client, world, place, seen=1, value="", note="nhầm đơn vị").status_code == 302
    assert place.entries.first().value is None


BAD = {
    "empty": {"value": ""},
    "a word": {"value": "nhiều"},
    "negative": {"value": "-1"},
    "more than possible": {"value": "100.01"},
    "too many places": {"value": "1.234"},
    "not finite": {"value": "NaN"},
    "huge": {"value": "1e400"},
    "no number of what was seen": {"value": "5", "seen": ""},
    "a negative one": {"value": "5", "seen": "-1"},
    "a long proof": {"value": "5", "proof": "x" * 301},
    "somebody's initiative": {"value": "5", "initiative": "999999"},
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_a_message(case, world, place, client):
    answer = post(client, world, place, **BAD[case])
    if case == "somebody's initiative":  # there is none to choose from yet
        world.at("registered")
        answer = post(client, world, place, seen=place.entries.count(), **BAD[case])
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_a_number_that_nobody_can_have_seen_is_out_of_date(world, place, client):
    assert post(client, world, place, value="5", seen=7).status_code == 409
    assert not place.entries.exists()


def test_a_target_without_measure_is_met_or_not(world, place, client):
    Target.objects.filter(pk=place.target.pk).update(measure="", required=None, maximum=None)
    assert post(client, world, place, value="5").status_code == 422
    assert post(client, world, place, met="no").status_code == 302
    assert place.entries.get().met is False


def test_a_file_goes_through_the_door_of_evidence(world, place, client):
    answer = post(
        client, world, place, value="90", documents=SimpleUploadedFile("so.pdf", files.pdf())
    )
    assert answer.status_code == 422  # without the tick
    assert 'href="#id_harmless"' in answer.content.decode()  # said above, and leads there
    assert not TargetFile.objects.exists()
    answer = post(
        client, world, place, value="90", harmless="on", caption="Sổ", seen=0,
        documents=SimpleUploadedFile("so.pdf", files.pdf()),
    )  # fmt: skip
    assert answer.status_code == 302
    kept = TargetFile.objects.get()
    assert (kept.name, kept.caption, kept.kind) == ("so.pdf", "Sổ", "pdf")
    assert vault.path(kept.stored).exists()
    assert vault.untied([kept.stored]) == set()


def test_a_hostile_file_is_refused_and_nothing_is_kept(world, place, client, settings):
    bad = SimpleUploadedFile("so.pdf", b"MZ\x90\x00 this is a program")
    answer = post(client, world, place, value="90", harmless="on", documents=bad)
    assert answer.status_code == 422
    assert not place.entries.exists()
    assert not list(vault.path("ab").parent.parent.glob("??/*"))


def test_a_file_leaves_as_an_inert_download_for_those_who_see_the_unit(world, place, client):
    post(
        client,
        world,
        place,
        value="90",
        harmless="on",
        documents=SimpleUploadedFile("so.pdf", files.pdf()),
    )
    where = reverse("reports:target_file", args=[TargetFile.objects.get().pk])
    answer = client.get(where)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    for who, status in (("colleague", 200), ("clerk", 200), ("superior", 200),
                        ("other_head", 404), ("administrator", 404)):  # fmt: skip
        client.force_login(world.people[who])
        assert client.get(where).status_code == status, who
