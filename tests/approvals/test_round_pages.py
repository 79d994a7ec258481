"""A round's date is changed in two steps: what it would move, then the move, all or nothing."""

from datetime import date

import pytest
from django.urls import reverse

from approvals import dates
from approvals.actions import perform
from notifications.models import Message
from tests.world import OFFICES
from workflow import audit
from workflow.deadlines import last_day
from workflow.models import AuditEntry, Movement, Round, WorkItem

LIST = reverse("approvals:rounds")


@pytest.fixture
def admin(client, world):
    client.force_login(world.administrator)
    return client


def address(world, round_=None):
    if round_ is None:
        return reverse("approvals:new_round", args=[world.movement.pk])
    return reverse("approvals:round", args=[world.movement.pk, round_.pk])


def form(button="preview", **changed):
    return {
        "name": "Đợt 1", "year": 2025, "number": 1, "opens_on": "2025-01-01",
        "implement_from": "2025-01-02", "register_before": "", "report_before": "2025-11-20",
        button: "",
    } | changed  # fmt: skip


def lasts():
    items = WorkItem.objects.open().order_by("pk")
    return [last_day(item.due_at) for item in items]


@pytest.mark.parametrize("office", [*OFFICES, "anonymous"])
def test_only_the_administrator_comes_in(office, client, world):
    if office != "anonymous":
        client.force_login(world.people[office])
    expected = {"administrator": 200, "anonymous": 302}.get(office, 404)
    for page in (LIST, address(world), address(world, world.round)):
        assert client.get(page).status_code == expected
    posted = client.post(address(world, world.round), form())
    assert posted.status_code == expected
    assert Round.objects.get().report_before == date(2025, 10, 31)


@pytest.mark.both_databases
def test_the_preview_shows_old_and_new_and_changes_nothing(admin, world):
    world.at("in_progress")
    answer = admin.post(address(world, world.round), form())
    (shift,) = answer.context["preview"]["shifts"]
    assert (last_day(shift.item.due_at), last_day(shift.due_at)) == (
        date(2025, 10, 30), date(2025, 11, 19),
    )  # fmt: skip
    shown = answer.content.decode()
    assert "30/10/2025" in shown
    assert "19/11/2025" in shown
    assert lasts() == [date(2025, 10, 30)]
    assert Round.objects.get().report_before == date(2025, 10, 31)


def confirm(admin, world, **changed):
    shown = admin.post(address(world, world.round), form(**changed)).context["preview"]
    data = form("save", seen=shown["seen"], **changed)
    return admin.post(address(world, world.round), data)


@pytest.mark.both_databases
def test_what_was_shown_moves_and_each_history_says_so(admin, world):
    moved = [world.at("in_progress"), world.at("registered")]
    untouched = world.at("with_head")
    assert confirm(admin, world).status_code == 302
    assert Round.objects.get().report_before == date(2025, 11, 20)
    for initiative in moved:
        entry = AuditEntry.objects.filter(initiative=initiative).latest("seq")
        assert (entry.action, entry.actor) == ("reschedule", world.administrator)
        assert entry.facts["moved"] == [
            {"duty": "report", "from": "2025-10-30", "until": "2025-11-19"}
        ]
    assert AuditEntry.objects.filter(initiative=untouched).latest("seq").action == "submit"
    assert list(audit.broken_links()) == []
    assert Message.objects.filter(kind="rescheduled", recipient=world.author).count() == 2


def test_an_evaluation_counts_from_the_new_date(admin, world):
    world.at("reported")
    before = lasts()
    confirm(admin, world)
    assert lasts() > before


def test_what_was_granted_stands_when_it_is_later(admin, world):
    initiative = world.at("in_progress")
    wish = {"until": "2025-12-15", "comment": "Chờ."}
    world.do("author", "ask_extension", initiative, **wish)
    world.do("head", "grant_extension", initiative)
    answer = admin.post(address(world, world.round), form())
    assert answer.context["preview"]["count"] == 0
    confirm(admin, world, report_before="2025-12-31")
    assert date(2025, 12, 30) in lasts()


def test_nobody_gets_less_than_the_allowance(admin, world):
    world.at("in_progress")  # since Monday 3/3: three working days end with Thursday
    confirm(admin, world, report_before="2025-01-10")
    assert lasts() == [date(2025, 3, 6)]


def test_saving_what_was_not_shown_is_shown_first(admin, world):
    world.at("in_progress")
    answer = admin.post(address(world, world.round), form("save"))
    assert answer.status_code == 200
    assert answer.context["preview"]["count"] == 1
    assert lasts() == [date(2025, 10, 30)]


def test_what_changed_since_it_was_shown_is_shown_again(admin, world):
    world.at("in_progress")
    seen = admin.post(address(world, world.round), form()).context["preview"]["seen"]
    world.at("in_progress")
    answer = admin.post(address(world, world.round), form("save", seen=seen))
    assert answer.context["overtaken"]
    assert answer.context["preview"]["count"] == 2
    assert lasts() == [date(2025, 10, 30)] * 2


def test_all_move_or_none(admin, world, monkeypatch):
    """The second of two dossiers fails: the first and the round are as they were."""
    world.at("in_progress")
    world.at("in_progress")
    calls: list[tuple[object, ...]] = []

    def failing(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("the power went out")
        return perform(*args)

    seen = admin.post(address(world, world.round), form()).context["preview"]["seen"]
    monkeypatch.setattr(dates, "perform", failing)
    with pytest.raises(RuntimeError):
        admin.post(address(world, world.round), form("save", seen=seen))
    assert len(calls) == 2
    assert lasts() == [date(2025, 10, 30)] * 2
    assert Round.objects.get().report_before == date(2025, 10, 31)


def test_a_step_that_was_late_is_no_longer_raised(admin, world):
    initiative = world.at("in_progress")
    assert confirm(admin, world).status_code == 302
    item = WorkItem.objects.open().get(initiative=initiative)
    assert (item.raised_role, item.moved_at is not None) == ("", True)


def test_a_new_round_is_shown_and_saved_the_same_way(admin, world):
    world.at("in_progress")
    data = {"name": "Đợt 2", "number": 2}
    shown = admin.post(address(world), form(**data)).context["preview"]
    assert shown["count"] == 1  # the last round of the year that names a date binds
    assert Round.objects.count() == 1
    assert admin.post(address(world), form("save", seen=shown["seen"], **data)).status_code == 302
    assert Round.objects.count() == 2
    assert lasts() == [date(2025, 11, 19)]


WRONG: dict[str, dict[str, object]] = {
    "a number that is taken": {"number": 1},
    "a year of two digits": {"year": 25},
    "a day far from the year": {"report_before": "9999-12-31"},
    "reports before it opens": {"report_before": "2024-12-31"},
    "no name": {"name": ""},
    "nonsense": {"opens_on": "hôm nay"},
}


@pytest.mark.parametrize("name", WRONG)
def test_dates_that_make_no_sense_are_shown_again(name, admin, world):
    answer = admin.post(address(world), form("save", **({"number": 2} | WRONG[name])))
    assert answer.status_code == 422
    assert Round.objects.count() == 1


def test_a_round_of_another_movement_is_not_found(admin, world):
    other = Movement.objects.create(
        unit=world.units["school"], code="KHAC", name="Khác", starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )  # fmt: skip
    page = reverse("approvals:round", args=[other.pk, world.round.pk])
    assert admin.get(page).status_code == 404


def test_a_movement_without_rounds_says_what_comes_next(admin, world):
    Round.objects.all().delete()
    assert address(world) in admin.get(LIST).content.decode()
