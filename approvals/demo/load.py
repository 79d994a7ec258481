"""Build the demo: staff, plan and every initiative's history up to a date."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from approvals.demo import school_report, stories
from approvals.demo.life import Life
from approvals.demo.people import DOMAIN, Staff, hire_staff, read
from approvals.demo.plan import END, Plan, following_plan, real_plan
from approvals.demo.play import Event, play
from approvals.demo.results import enter_results
from approvals.demo.school_report import SchoolYear
from notifications.models import Message
from people.models import Unit, User
from workflow.models import Movement

WEEK = timedelta(days=7)


class OtherData(Exception):
    """The database holds somebody's data; the demo is for an empty one."""


def is_loaded() -> bool:
    """By what the demo alone has. Other people, units or movements are a school's own data."""
    principal = f"hieutruong@{DOMAIN}"
    if Movement.objects.filter(unit__memberships__user__email=principal).exists():
        return True
    if any(model.objects.exists() for model in (User, Unit, Movement)):
        raise OtherData
    return False


def load(as_of: date, until: datetime) -> Iterator[float]:
    """All or nothing; yields the part done, 0 to 1. Everything past counts as delivered, and what
    is older than a week as read."""
    with transaction.atomic():
        staff = hire_staff()
        plan = real_plan(staff)
        events = [*_past(staff, plan), *_school_reports(staff, plan.movement, as_of)]
        following = following_plan(staff, as_of) if as_of > END else None
        if following:
            events += _live(staff, following, as_of)
        yield from play(events, until)
        enter_results(staff, plan, until)
        if following:
            enter_results(staff, following, until, "next")
        Message.objects.update(sent_at=F("created_at"), attempts=1)
        Message.objects.filter(created_at__lt=until - WEEK).update(read_at=F("created_at"))


def _past(staff: Staff, plan: Plan) -> Iterator[Event]:
    for year, round_ in plan.rounds.items():
        for number, content in enumerate(read(f"initiatives_{year}")):
            life = Life(content, staff, round_, number)
            for at, step in stories.past(content["story"], year, number):
                yield Event(at, life, step)


def _school_reports(staff: Staff, movement: Movement, as_of: date) -> Iterator[Event]:
    for year, sections in read("school_reports").items():
        report = SchoolYear(sections, staff, movement, int(year))
        if report.year < school_report.LAST:
            steps = school_report.approved(report.year)
        else:
            steps = school_report.waiting(as_of) if as_of > END else iter(())
        for at, step in steps:
            yield Event(at, report, step)


def _live(staff: Staff, plan: Plan, as_of: date) -> Iterator[Event]:
    launch = plan.movement.starts_on
    for number, content in enumerate(read("initiatives_next")):
        life = Life(content, staff, plan.rounds[launch.year], number)
        for at, step in stories.live(content["story"], launch, as_of, number):
            yield Event(at, life, step)
