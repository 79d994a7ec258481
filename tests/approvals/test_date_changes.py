"""A change that moves many dossiers commits at once; they follow later, and nobody is hurt."""

from datetime import date

import pytest
from django.urls import reverse

from approvals import actions, dates, following
from approvals.actions import perform
from approvals.dates import carry_out, preview
from approvals.following import follow_waiting
from approvals.policy import Action
from approvals.refusal import Refused
from approvals.shifts import Scope, fingerprint
from approvals.sweep import sweep
from notifications.digests import send_weekly
from notifications.models import Escalation, Message
from notifications.planned import planned
from notifications.sweep import climb
from people.grants import appoint
from people.leases import LEASE
from people.models import Membership, Unit, User
from people.roles import Role
from tests.world import OFFICES
from workflow import audit
from workflow.calendars import enter, strike
from workflow.deadlines import last_day
from workflow.models import AuditEntry, CalendarDay, DateChange, DayKind, Follower, WorkItem

pytestmark = pytest.mark.both_databases
WEDNESDAY, THURSDAY, FRIDAY = (date(2025, 3, day) for day in (5, 6, 7))
"""Asked on Monday for three working days: until the end of Thursday, or of Friday when Wednesday
is closed."""


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(dates, "IN_THE_REQUEST", 1)


@pytest.fixture
def waiting(world):
    """Three registrations that wait for their head."""
    return [world.at("with_head") for _each in range(3)]


def closure(world, unit="school", day=WEDNESDAY):
    return lambda: enter(
        world.units[unit], {day: DayKind.OFF}, "Bão số 5", world.administrator, world.now
    )


def change(world, made=None, unit="school"):
    made, scope = made or closure(world, unit), Scope(world.units[unit])
    seen = fingerprint(preview(made, scope, world.now))
    return carry_out(made, scope, world.administrator, world.now, "Bão số 5", seen)[1]


def follow_all(world):
    while follow_waiting(lambda: world.now):
        pass


def lasts():
    return {last_day(item.due_at) for item in WorkItem.objects.open()}


def test_the_change_holds_at_once_and_says_who_has_still_to_follow(world, waiting):
    made = change(world)
    assert CalendarDay.objects.get().day == WEDNESDAY
    assert lasts() == {THURSDAY}
    left = set(made.followers.values_list("initiative", flat=True))
    assert left == {initiative.pk for initiative in waiting}
    assert (made.total, made.finished_at) == (3, None)


def test_each_follows_in_the_name_of_who_changed_it(world, waiting):
    made = change(world)
    world.later(minutes=1)
    follow_all(world)
    assert lasts() == {FRIDAY}
    for initiative in waiting:
        entry = AuditEntry.objects.filter(initiative=initiative).latest("seq")
        assert (entry.action, entry.actor) == ("reschedule", world.administrator)
        assert entry.facts["comment"] == "Bão số 5"
    made.refresh_from_db()
    assert (made.finished_at, Follower.objects.count()) == (world.now, 0)
    assert Message.objects.filter(kind="rescheduled").count() == 3
    assert list(audit.broken_links()) == []


def test_few_follow_in_the_request(world):
    world.at("with_head")
    assert change(world) is None
    assert lasts() == {FRIDAY}


def test_what_fails_before_the_commit_leaves_nothing(world, waiting, monkeypatch):
    def fail(*_about):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(dates, "insert_from", fail)
    with pytest.raises(RuntimeError):
        change(world)
    assert (CalendarDay.objects.count(), DateChange.objects.count()) == (0, 0)


def late_by_the_old_date(world):
    """Friday noon: two rungs up by the old date, and in time by the new one."""
    world.later(days=4, hours=4)
    return world.now


def test_nobody_is_told_on_of_a_date_that_is_about_to_move(world, waiting):
    change(world)
    now = late_by_the_old_date(world)
    assert list(planned(now)) == []
    assert sweep(now).climbed == 0
    follow_all(world)
    assert sweep(now).climbed == 0
    assert not Escalation.objects.exists()
    assert not WorkItem.objects.filter(raised_at__isnull=False).exists()


def test_without_the_rows_they_would_be_told_on(world, waiting):
    """The control: the same moment, but nothing says that the dossiers have still to follow."""
    change(world)
    Follower.objects.all().delete()
    assert climb(late_by_the_old_date(world)) == 3
    assert Message.objects.filter(kind="overdue").exists()


def test_a_dossier_that_does_not_move_is_told_on_meanwhile(world, waiting):
    other = world.draft(lead="other_teacher", co_authors=(), unit="letters")
    world.do("other_teacher", "submit", other)
    change(world, unit="maths")
    assert climb(late_by_the_old_date(world)) == 1
    assert Escalation.objects.get().work_item.initiative == other


@pytest.mark.parametrize(("about_to_move", "counted"), [(True, 0), (False, 3)])
def test_the_weekly_digest_does_not_count_what_is_about_to_move(
    about_to_move, counted, world, waiting
):
    """The rest of the week is closed: on Monday they are late by the old date alone."""
    days: dict[date, str] = {date(2025, 3, day): DayKind.OFF for day in range(4, 8)}
    school = world.units["school"]
    change(world, lambda: enter(school, days, "Bão", world.administrator, world.now))
    if not about_to_move:  # the control
        Follower.objects.all().delete()
    send_weekly(world.later(days=7))
    assert Message.objects.get(kind="weekly_digest").facts["count"] == counted


def test_what_is_done_meanwhile_is_judged_by_the_new_date(world, waiting):
    """The head decides on Friday: late by the old date, in time by the new one."""
    change(world)
    late_by_the_old_date(world)
    world.do("head", "approve", waiting[0])
    done = WorkItem.objects.get(initiative=waiting[0], closed_by=world.head)
    assert done.closed_at
    assert done.closed_at < done.due_at
    actions = AuditEntry.objects.filter(initiative=waiting[0]).order_by("seq")
    assert [entry.action for entry in actions][-2:] == ["reschedule", "approve"]
    assert Follower.objects.count() == 2


def test_a_decision_taken_before_can_still_be_taken_back(world, waiting):
    world.do("head", "approve", waiting[0])
    change(world)
    world.later(minutes=1)
    world.do("head", "undo", waiting[0])
    follow_all(world)
    assert lasts() == {FRIDAY}


@pytest.mark.parametrize("ended", ["role", "account"])
def test_the_dossiers_follow_when_the_right_of_who_changed_it_has_ended(ended, world, waiting):
    made = change(world)
    if ended == "role":
        Membership.objects.filter(user=world.administrator).delete()
    else:
        User.objects.filter(pk=world.administrator.pk).update(is_active=False)
    follow_all(world)
    assert lasts() == {FRIDAY}
    entry = AuditEntry.objects.filter(action="reschedule").latest("pk")
    assert (entry.actor, entry.facts["comment"]) == (None, made.comment)


def test_the_system_moves_no_date_of_its_own(world, waiting):
    """The control: without a change that somebody made, it is refused."""
    closure(world)()
    with pytest.raises(Refused):
        perform(Action.RESCHEDULE, waiting[0].pk, None, world.now)


def test_a_batch_ends_and_the_next_goes_on(world, waiting, monkeypatch):
    monkeypatch.setattr(following, "BATCH", 2)
    made = change(world)
    assert follow_waiting(lambda: world.now) is True
    assert made.followers.count() == 1
    assert follow_waiting(lambda: world.now) is False
    made.refresh_from_db()
    assert made.finished_at


def test_one_that_cannot_follow_holds_nobody_up_and_is_tried_again(world, waiting, monkeypatch):
    made, hopeless = change(world), waiting[0].pk

    def door(change, initiative_id, now, real=actions.follow):
        if initiative_id == hopeless:
            raise KeyError("a fault of ours")
        return real(change, initiative_id, now)

    monkeypatch.setattr(following, "follow", door)
    follow_all(world)
    left = made.followers.get()
    assert (left.initiative_id, left.tries) == (hopeless, 1)
    monkeypatch.undo()
    follow_all(world)
    made.refresh_from_db()
    assert made.finished_at
    assert lasts() == {FRIDAY}


def test_while_one_worker_is_at_it_another_finds_nothing(world, waiting):
    change(world)
    DateChange.objects.update(lease_until=world.now + LEASE, holder="another")
    assert follow_waiting(lambda: world.now) is False
    assert Follower.objects.count() == 3
    assert follow_waiting(lambda: world.now + LEASE) is False
    assert Follower.objects.count() == 0


def test_a_change_that_is_taken_back_at_once_tells_nobody(world, waiting):
    change(world)
    change(world, lambda: strike(world.units["school"], [WEDNESDAY]))
    follow_all(world)
    assert lasts() == {THURSDAY}
    assert not Message.objects.filter(kind="rescheduled").exists()
    assert not DateChange.objects.unfinished().exists()


def test_a_later_change_sees_the_same_however_far_the_earlier_one_is(world, waiting, monkeypatch):
    monkeypatch.setattr(following, "BATCH", 1)
    change(world)
    later, scope = closure(world, day=THURSDAY), Scope(world.units["school"])
    first = preview(later, scope, world.now)
    follow_waiting(lambda: world.now)
    assert fingerprint(preview(later, scope, world.now)) == fingerprint(first)
    assert [last_day(shift.was) for shift in first] == [FRIDAY] * 3
    change(world, later)
    follow_all(world)
    assert lasts() == {date(2025, 3, 10)}


@pytest.fixture
def admin(client, world):
    client.force_login(world.administrator)
    return client


def page(made):
    return reverse("approvals:date_change", args=[made.pk])


def test_the_page_shows_how_far_it_is(admin, world, waiting, monkeypatch):
    monkeypatch.setattr(following, "BATCH", 2)
    made = change(world)
    follow_waiting(lambda: world.now)
    shown = admin.get(page(made)).content.decode()
    assert 'value="2"' in shown
    assert 'max="3"' in shown
    calendar = reverse("approvals:calendar", args=[world.units["school"].pk])
    assert page(made) in admin.get(calendar).content.decode()
    follow_all(world)
    assert "<progress" not in admin.get(page(made)).content.decode()
    assert page(made) not in admin.get(calendar).content.decode()


def test_saving_leads_to_the_page(admin, world):
    for _each in range(2):
        world.at("in_progress")
    address = reverse("approvals:round", args=[world.movement.pk, world.round.pk])
    data = {
        "name": "Đợt 1", "year": 2025, "number": 1, "opens_on": "2025-01-01",
        "implement_from": "2025-01-02", "report_before": "2025-11-20",
    }  # fmt: skip
    shown = admin.post(address, data | {"preview": ""}).context["preview"]
    assert shown["later"]
    answer = admin.post(address, data | {"save": "", "seen": shown["seen"]})
    made = DateChange.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page(made))
    assert made.movement == world.movement
    assert page(made) in admin.get(reverse("approvals:rounds")).content.decode()
    follow_all(world)
    assert lasts() == {date(2025, 11, 19)}


@pytest.fixture
def of_another_school(world):
    school = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="Khác", short_name="Khác"
    )
    user = User.objects.create_user("foreign@example.test", full_name="Khác")
    appoint(
        [Membership(user=user, unit=school, role=Role.ADMINISTRATOR, starts_on=date(2025, 1, 1))]
    )
    world.people["foreign"] = user


@pytest.mark.parametrize("office", [*OFFICES, "anonymous", "foreign"])
def test_only_the_administrator_of_the_unit_sees_it(
    office, client, world, waiting, of_another_school
):
    made = change(world)
    if office != "anonymous":
        client.force_login(world.people[office])
    expected = {"administrator": 200, "anonymous": 302}.get(office, 404)
    assert client.get(page(made)).status_code == expected
    assert client.post(page(made)).status_code == 405
