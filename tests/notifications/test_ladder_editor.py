"""An administrator lays the ladder without code: reads it, looks ahead, changes it, is refused."""

import pytest
from django.urls import reverse

from notifications.models import Escalation, LadderRung, Message
from notifications.sweep import climb
from tests.world import OFFICES
from workflow.models import WorkItem

LIST = reverse("notifications:ladders")
AFTER = {"side": "after", "days": 3, "holder": "on"}


@pytest.fixture
def admin(client, world):
    client.force_login(world.administrator)
    return client


def new(world, duty=""):
    address = reverse("notifications:new_rung", args=[world.movement.pk])
    return f"{address}?duty={duty}" if duty else address


def rung(name="overdue") -> LadderRung:
    return LadderRung.objects.in_force().get(name=name, duty="")


@pytest.mark.parametrize("office", [*OFFICES, "anonymous"])
def test_only_the_administrator_comes_in(office, client, world):
    if office != "anonymous":
        client.force_login(world.people[office])
    expected = {"administrator": 200, "anonymous": 302}.get(office, 404)
    for address in (
        LIST, new(world), reverse("notifications:rung", args=[rung().pk]),
        reverse("notifications:retire_rung", args=[rung().pk]),
    ):  # fmt: skip
        assert client.get(address).status_code == expected
    done = 302 if office in ("administrator", "anonymous") else 404
    own = reverse("notifications:own_ladder", args=[world.movement.pk, "decide"])
    assert client.post(own).status_code == done
    assert client.post(new(world), AFTER).status_code == done
    count = LadderRung.objects.count()
    assert count == (9 if office == "administrator" else 4)


def test_the_page_says_when_who_and_who_may_decide(admin, world):
    page = admin.get(LIST, headers={"Accept-Language": "en"})
    ((_duty, _name, rungs),) = page.context["rows"][0]["ladders"]
    assert [one.name for one in rungs] == ["week_before", "day_before", "overdue", "to_principal"]
    assert [one.raises for one in rungs] == [False, False, False, True]


def test_a_rung_is_added(admin, world):
    data = AFTER | {"working_days": "on", "secretary": "on", "raises": "on"}
    assert admin.post(new(world), data).status_code == 302
    added = LadderRung.objects.latest("pk")
    assert (added.offset, added.working_days, added.secretary, added.raises) == (
        3,
        True,
        True,
        True,
    )
    assert not added.principal


NONSENSE = {
    "nobody told": {"side": "after", "days": 3},
    "how long": {"side": "after", "days": "", "holder": "on"},
    "no number": {"side": "after", "days": "drei", "holder": "on"},
    "a year and more": AFTER | {"days": 999},
    "backwards": AFTER | {"days": -1},
    "working days before": AFTER | {"side": "before", "working_days": "on"},
    "raised before it is late": AFTER | {"side": "before", "raises": "on"},
    "the same moment again": AFTER | {"side": "on"},
    "a side that is none": AFTER | {"side": "sideways"},
    "nothing at all": {"x": "x"},
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_in_words(name, admin, world):
    answer = admin.post(new(world), NONSENSE[name])
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert LadderRung.objects.count() == 4


def test_a_changed_rung_leaves_what_was_told_as_it_was(admin, world):
    world.at("in_progress")
    item = WorkItem.objects.open().get()
    climb(item.due_at)
    old = rung()
    data = {"side": "on", "holder": "on", "principal": "on"}
    admin.post(reverse("notifications:rung", args=[old.pk]), data)
    assert rung().principal
    told = Escalation.objects.get().rung
    assert (told, told.principal, told.retired_by) == (old, False, world.administrator)
    assert climb(item.due_at) == 0, "what was told at this moment is not told again"
    assert old in admin.get(LIST).context["rows"][0]["retired"]


def test_a_removed_rung_is_climbed_no_more_and_stays_readable(admin, world):
    world.at("in_progress")
    item = WorkItem.objects.open().get()
    climb(item.due_at)
    for name in ("overdue", "to_principal"):
        address = reverse("notifications:retire_rung", args=[rung(name).pk])
        assert admin.get(address).status_code == 200
        assert admin.post(address).status_code == 302
        assert admin.post(address).status_code == 404
    assert Escalation.objects.get().rung.name == "overdue"
    assert climb(world.later(days=400)) == 0
    (retired,) = admin.get(LIST).context["rows"][0]["retired"]
    assert (retired.name, retired.climbed) == ("overdue", 1)


def test_looking_ahead_names_the_mails_and_sends_none(admin, world, monkeypatch):
    initiative = world.at("in_progress")
    before = Message.objects.count()
    page = admin.get(LIST).context["rows"][0]
    assert [(one.initiative, one.name) for one, _rung, _duty in page["planned"]] == [
        (initiative.code, "Principal")
    ]
    assert (Message.objects.count(), Escalation.objects.count()) == (before, 0)


def test_a_kind_of_work_gets_a_ladder_of_its_own(admin, world):
    own = reverse("notifications:own_ladder", args=[world.movement.pk, "report"])
    for _twice in range(2):
        admin.post(own)
    assert LadderRung.objects.filter(duty="report").count() == 4
    admin.post(new(world, "report"), AFTER)
    assert LadderRung.objects.filter(duty="report").count() == 5
    assert admin.post(new(world, "nonsense"), AFTER).status_code == 404
