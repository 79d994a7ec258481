"""The administrator enters closures, swaps and make-up Saturdays, and sees first what they move."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.world import OFFICES, build
from workflow import calendars
from workflow.calendar import STATUTORY
from workflow.deadlines import last_day, local_day
from workflow.models import AuditEntry, CalendarDay, DayKind, WorkItem

LIST = reverse("approvals:calendars")


@pytest.fixture
def monday():
    """A Monday of these weeks without a holiday around it: pages live in the present."""
    today = local_day(timezone.now())
    day = today - timedelta(days=today.weekday())
    while not all(
        STATUTORY.is_working_day(day + timedelta(days=n))
        == ((day + timedelta(days=n)).weekday() < 5)
        for n in range(-3, 13)
    ):
        day -= timedelta(days=7)
    return day


@pytest.fixture
def school(db, monday):
    now = timezone.now().replace(year=monday.year, month=monday.month, day=monday.day, hour=3)
    return build(now)


@pytest.fixture
def admin(client, school):
    client.force_login(school.administrator)
    return client


def address(school, unit="school", name="calendar"):
    return reverse(f"approvals:{name}", args=[school.units[unit].pk])


def form(first, button="preview", **changed):
    return {
        "kind": "off", "starts_on": str(first), "ends_on": "", "made_up_on": "",
        "reason": "Bão số 5", button: "",
    } | changed  # fmt: skip


def confirm(admin, page, data):
    shown = admin.post(page, data).context["preview"]
    data = {name: value for name, value in data.items() if name != "preview"}
    return admin.post(page, data | {"save": "", "seen": shown["seen"]})


def due():
    return last_day(WorkItem.objects.open().get(duty="decide").due_at)


@pytest.mark.parametrize("office", [*OFFICES, "anonymous"])
def test_only_the_administrator_comes_in(office, client, school, monday):
    if office != "anonymous":
        client.force_login(school.people[office])
    expected = {"administrator": 200, "anonymous": 302}.get(office, 404)
    assert client.get(address(school)).status_code == expected
    assert client.get(LIST).status_code == (302 if expected != 404 else 404)
    assert client.post(address(school), form(monday)).status_code == expected
    days = {"first": monday, "last": monday}
    struck = client.post(address(school, name="strike_days"), days).status_code
    assert struck == (302 if expected != 404 else 404)
    assert not CalendarDay.objects.exists()


def test_the_units_above_are_not_the_schools_to_change(admin, school):
    assert admin.get(address(school, "authority")).status_code == 404
    assert admin.get(LIST)["Location"] == address(school)
    assert admin.get(address(school, "maths")).status_code == 200


@pytest.mark.both_databases
def test_a_closure_shows_what_it_moves_and_then_moves_it(admin, school, monday):
    """Asked on Monday for three working days: Thursday, or Friday when Wednesday is closed."""
    initiative = school.at("with_head")
    thursday, wednesday = monday + timedelta(days=3), monday + timedelta(days=2)
    shown = admin.post(address(school), form(wednesday)).context["preview"]
    assert [(last_day(one.item.due_at), last_day(one.due_at)) for one in shown["shifts"]] == [
        (thursday, thursday + timedelta(days=1))
    ]
    assert due() == thursday
    assert not CalendarDay.objects.exists()
    assert confirm(admin, address(school), form(wednesday)).status_code == 302
    assert due() == thursday + timedelta(days=1)
    entry = AuditEntry.objects.filter(initiative=initiative).latest("seq")
    assert (entry.action, entry.actor) == ("reschedule", school.administrator)
    assert "Bão số 5" in entry.facts["comment"]


def test_another_department_is_left_alone(admin, school, monday):
    school.at("with_head")
    page = address(school, "letters")
    confirm(admin, page, form(monday + timedelta(days=2)))
    assert due() == monday + timedelta(days=3)


def test_striking_the_entry_out_moves_it_back_in_two_steps(admin, school, monday):
    school.at("with_head")
    wednesday = monday + timedelta(days=2)
    confirm(admin, address(school), form(wednesday))
    page, days = address(school, name="strike_days"), {"first": wednesday, "last": wednesday}
    assert admin.post(page, days).context["preview"]["count"] == 1
    assert due() == monday + timedelta(days=4)
    assert confirm(admin, page, days).status_code == 302
    assert due() == monday + timedelta(days=3)
    assert not CalendarDay.objects.exists()


def test_a_swap_enters_the_day_off_and_the_saturday(admin, school, monday):
    saturday = monday + timedelta(days=5)
    confirm(admin, address(school), form(monday, made_up_on=str(saturday)))
    kinds = dict(CalendarDay.objects.values_list("day", "kind"))
    assert kinds == {monday: DayKind.OFF, saturday: DayKind.WORKING}


def test_striking_the_days_off_leaves_what_was_made_up_between_them(admin, school, monday):
    friday, saturday = monday - timedelta(days=3), monday - timedelta(days=2)
    confirm(admin, address(school), form(friday, ends_on=str(monday)))
    confirm(admin, address(school), form(saturday, kind="working"))
    page = address(school, name="strike_days")
    assert confirm(admin, page, {"first": friday, "last": monday}).status_code == 302
    assert list(CalendarDay.objects.values_list("day", flat=True)) == [saturday]


def test_a_closure_of_two_weeks_is_one_entry_and_leaves_weekends_out(admin, school, monday):
    last = monday + timedelta(days=11)
    confirm(admin, address(school), form(monday, ends_on=str(last)))
    assert not [day for day in CalendarDay.objects.values_list("day", flat=True)
                if day.weekday() > 4]  # fmt: skip
    (run,) = admin.get(f"{address(school)}?year={monday.year}").context["runs"]
    assert run.first == monday


WRONG = {
    "no reason": {"reason": ""},
    "the end before the start": {"ends_on": "2020-01-01"},
    "too long": {"ends_on": "2099-01-01"},
    "the end of time": {"starts_on": "9999-12-31"},
    "a kind that does not exist": {"kind": "maybe"},
    "nonsense": {"starts_on": "mai"},
    "a working day that is made up for": {"kind": "working", "made_up_on": "2026-01-01"},
}


@pytest.mark.parametrize("name", WRONG)
def test_days_that_make_no_sense_are_shown_again(name, admin, school, monday):
    answer = admin.post(address(school), form(monday, "save") | WRONG[name])
    assert answer.status_code == 422
    assert not CalendarDay.objects.exists()


def test_what_the_calendar_says_already_is_refused(admin, school, monday):
    sunday = monday + timedelta(days=6)
    assert admin.post(address(school), form(sunday)).status_code == 422
    assert admin.post(address(school), form(monday, kind="working")).status_code == 422


def test_a_day_is_entered_once(admin, school, monday):
    confirm(admin, address(school), form(monday))
    assert admin.post(address(school), form(monday, kind="working")).status_code == 422


def test_a_department_may_work_where_its_school_is_closed(admin, school, monday):
    confirm(admin, address(school), form(monday))
    assert confirm(admin, address(school, "maths"), form(monday, kind="working")).status_code == 302
    assert calendars.of(school.units["maths"]).is_working_day(monday)
    assert not calendars.of(school.units["letters"]).is_working_day(monday)


@pytest.mark.parametrize(("asked", "shown"), [("2024", 2024), ("", None), ("x", None), ("1", None),
                                              ("9999", 2099), ("0000", 2020)])  # fmt: skip
def test_any_year_can_be_looked_at(asked, shown, admin, school):
    answer = admin.get(f"{address(school)}?year={asked}")
    assert answer.context["year"] == (shown or local_day(timezone.now()).year)


def test_the_year_names_the_holidays(admin, school):
    page = admin.get(f"{address(school)}?year=2025").content.decode()
    assert "Tết Nguyên Đán" in page
    assert page.count('<th scope="col">T2</th>') == 12
    cells = {
        cell.day: cell.tone
        for _first, weeks in admin.get(f"{address(school)}?year=2025").context["months"]
        for week in weeks for cell in week if cell
    }  # fmt: skip
    assert len(cells) == 365
    assert [cells[date(2025, month, day)] for month, day in ((1, 29), (3, 8), (4, 26), (3, 3))] == [
        "holiday", "off", "made-up", "",
    ]  # fmt: skip
