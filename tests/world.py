"""A small school with one person per office, and an initiative walked to any point of its life.

Everything after the staff list goes through `create` and `perform`, as in the product.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from approvals.actions import Outcome, perform
from approvals.create import create
from approvals.create_report import draft_report
from approvals.policy import Action
from notifications.default_ladder import give_default_ladder
from people.grants import appoint
from people.models import Membership, Unit, User
from people.roles import Role
from workflow.calendar import ZONE
from workflow.default_routes import give_default_routes
from workflow.models import (
    GENERAL,
    Criterion,
    Initiative,
    Movement,
    ReportSection,
    Round,
    Route,
)

MONDAY = datetime(2025, 3, 3, 8, tzinfo=ZONE)
PASSWORD = "a long enough password"
OFFICES = {
    "author": ("maths", Role.TEACHER),
    "co_author": ("maths", Role.TEACHER),
    "colleague": ("maths", Role.TEACHER),
    "employee": ("maths", Role.EMPLOYEE),
    "deputy": ("maths", Role.DEPUTY_HEAD),
    "head": ("maths", Role.HEAD),
    "other_teacher": ("letters", Role.TEACHER),
    "other_head": ("letters", Role.HEAD),
    "clerk": ("school", Role.CLERK),
    "secretary": ("school", Role.SECRETARY),
    "council": ("school", Role.COUNCIL),
    "council_peer": ("school", Role.COUNCIL),
    "vice_principal": ("school", Role.VICE_PRINCIPAL),
    "principal": ("school", Role.PRINCIPAL),
    "administrator": ("school", Role.ADMINISTRATOR),
    "superior": ("authority", Role.SUPERIOR),
}
WORDS = {
    "field": "Chữ ký số",
    "current_state": "Hồ sơ in giấy, duyệt trong 5 ngày.",
    "solution": "Nộp tệp, góp ý và ký số.",
    "expected_results": "Duyệt trong 2 ngày.",
}
SECTIONS = ("solution", "results", "lessons")
REPORT = {
    "sections": dict.fromkeys(SECTIONS, "Đã thực hiện."),
    "measures": [
        {"indicator": "Thời gian duyệt", "unit": "ngày", "before": 5, "after": 2,
         "evidence": "Sổ theo dõi"},
    ],
}  # fmt: skip
SCORES = {"novelty": 30, "effect": 55}


@dataclass
class World:
    units: dict[str, Unit]
    people: dict[str, User]
    movement: Movement
    round: Round
    now: datetime
    made: int = field(default=0)

    def __getattr__(self, name: str) -> User:
        """`world.head` reads better than `world.people["head"]`."""
        try:
            return self.__dict__["people"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def draft(
        self,
        lead: str = "author",
        co_authors: tuple[str, ...] = ("co_author",),
        unit: str = "maths",
    ) -> Initiative:
        """A complete draft: nothing is missing for its registration."""
        self.made += 1
        shares = [{"user": self.people[name].pk, "share": 30} for name in co_authors]
        payload = {
            "kind": "solution", "scope": "individual", "title": f"Sáng kiến {self.made}",
            "co_authors": shares, **WORDS,
        }  # fmt: skip
        made = create(self.round.pk, self.units[unit].pk, self.people[lead], self.now, payload)
        return Initiative.objects.get(pk=made.initiative.pk)

    def do(self, who: str | None, action: str, initiative: Initiative, **payload: Any) -> Outcome:
        actor = self.people[who] if who else None
        outcome = perform(Action(action), initiative.pk, actor, self.now, payload)
        initiative.refresh_from_db()
        return outcome

    def at(self, situation: str, **draft: Any) -> Initiative:
        """A new initiative, walked to this point by the people whose turn it is."""
        initiative = self.draft(**draft)
        for name, step in PATH.items():
            if name == situation:
                return initiative
            step(self, initiative)
        raise KeyError(situation)

    def school_report(self, situation: str = "approved", who: str = "clerk") -> Initiative:
        """The school's report of the year, walked to this point; it gathers what has reported."""
        year, words = self.round.year, dict.fromkeys(GENERAL, "Theo báo cáo của các tổ.")
        made = draft_report(self.movement.pk, year, self.people[who], self.now, words)
        report = Initiative.dossiers.get(pk=made.initiative.pk)
        for name, step in OF_SCHOOL_REPORT.items():
            if name == situation:
                return report
            step(self, report)
        raise KeyError(situation)

    def route(self, gate: str, *steps: dict[str, Any]) -> Route:
        """The next version of the movement's route at a gate; each step asks in turn by default."""
        numbered = ({"position": number} | step for number, step in enumerate(steps, start=1))
        return Route.objects.add_version(self.movement, gate, numbered)

    def join(self, who: str, unit: str, role: Role) -> None:
        """Somebody takes one more office."""
        Membership.objects.create(
            user=self.people[who], unit=self.units[unit], role=role,
            starts_on=date(self.now.year, 1, 1),
        )  # fmt: skip

    def later(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now


def _step(who: str | None, action: str, **payload: Any) -> Callable[[World, Initiative], None]:
    def take(world: World, initiative: Initiative) -> None:
        world.do(who, action, initiative, **payload)

    return take


def _report(world: World, initiative: Initiative) -> None:
    world.do("author", "edit_report", initiative, **REPORT)
    world.do("author", "submit_report", initiative)


PATH: dict[str, Callable[[World, Initiative], None]] = {
    "draft": _step("author", "submit"),
    "with_head": _step("head", "approve"),
    "with_principal": _step("principal", "approve"),
    "registered": _step(None, "start"),
    "in_progress": _report,
    "report_with_head": _step("head", "approve"),
    "reported": _step("secretary", "open_evaluation"),
    "scoring": _step("council", "approve", scores=SCORES),
    "signing_off": _step("principal", "approve", recognised=True, replicated=False),
    "evaluated": lambda world, initiative: None,
}
"""The points of a life in order, each with the step that leads to the next."""


OF_SCHOOL_REPORT: dict[str, Callable[[World, Initiative], None]] = {
    "draft": _step("clerk", "submit_yearly"),
    "pending": _step("principal", "approve"),
    "approved": lambda world, report: None,
}


def build(now: datetime = MONDAY, password: str | None = None) -> World:
    """The school as it is on the day of `now`. Without a password nobody can sign in by form."""
    units = _units()
    began = date(now.year, 1, 1)
    people = _people(make_password(password))
    appoint(
        [
            Membership(user=people[office], unit=units[unit], role=role, starts_on=began)
            for office, (unit, role) in OFFICES.items()
        ]
    )
    movement = _movement(units["school"], now.year)
    return World(units, people, movement, movement.rounds.get(), now)


def _people(password: str) -> dict[str, User]:
    names = {office: office.replace("_", " ").title() for office in OFFICES}
    users = User.objects.bulk_create(
        User(email=f"{office}@example.test", password=password, full_name=name)
        for office, name in names.items()
    )
    return dict(zip(names, users, strict=True))


def _units() -> dict[str, Unit]:
    authority = Unit.objects.create(kind="authority", name="Sở", short_name="Sở")
    school = Unit.objects.create(
        parent=authority, kind="school", name="THPT Phú Hòa", short_name="Phú Hòa"
    )
    departments = {
        name: Unit.objects.create(parent=school, kind="department", name=title, short_name=title)
        for name, title in (("maths", "Tổ Toán"), ("letters", "Tổ Ngữ văn"))
    }
    return {"authority": authority, "school": school, **departments}


def _movement(school: Unit, year: int) -> Movement:
    movement = Movement.objects.create(
        unit=school, code="CCHC", name="Cải cách hành chính",
        starts_on=date(year, 1, 1), ends_on=date(year, 12, 31),
    )  # fmt: skip
    Round.objects.create(
        movement=movement, year=year, number=1, name="Đợt 1", opens_on=date(year, 1, 1),
        implement_from=date(year, 1, 2), report_before=date(year, 10, 31),
    )  # fmt: skip
    give_default_routes(movement)
    give_default_ladder(movement)
    ReportSection.objects.bulk_create(
        ReportSection(
            movement=movement, position=position, code=code, numeral=str(position),
            title=code.title(), scope="initiative",
        )
        for position, code in enumerate(SECTIONS, start=1)
    )  # fmt: skip
    Criterion.objects.bulk_create(
        Criterion(
            movement=movement, position=position, code=code, name=code.title(), maximum=maximum
        )
        for position, (code, maximum) in enumerate({"novelty": 40, "effect": 60}.items(), start=1)
    )
    return movement
