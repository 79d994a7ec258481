"""Trying a route before it is saved: whom it would ask, and for whom it would lead nowhere."""

from dataclasses import dataclass, field
from datetime import datetime

from people.holdings import by_post, holdings
from people.models import Unit, User
from workflow import calendars
from workflow.calendar import Calendar
from workflow.deadlines import local_day, within
from workflow.feasibility import mistake, obstacle
from workflow.models import Initiative, Movement, RouteStep
from workflow.routing import Asked, Holders, Unstaffed, asked


@dataclass(frozen=True)
class Question:
    """A step as the chosen dossier would meet it."""

    step: RouteStep
    people: list[User]
    needed: int
    gave_way: bool
    due_at: datetime


@dataclass
class Trial:
    """`refusal` forbids saving; `stuck` are the units whose dossiers could not pass, with why."""

    refusal: str = ""
    stuck: list[tuple[Unit, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    obstacle: str = ""


def try_out(
    movement: Movement,
    gate: str,
    steps: list[RouteStep],
    initiative: Initiative | None,
    now: datetime,
) -> Trial:
    """Read-only. A route that no unit of the movement could ever complete is refused."""
    if reason := mistake(gate, steps):
        return Trial(refusal=reason)
    units = list(Unit.objects.filter(path__startswith=movement.unit.path))
    line = {key for unit in units for key in unit.line}
    posts = by_post(holdings(line, local_day(now)), own=True)
    holders: Holders = lambda post: set(posts.get(post, ()))  # noqa: E731
    found = [(unit, obstacle(steps, unit, holders, set())) for unit in units]
    trial = Trial(stuck=[(unit, reason) for unit, reason in found if reason])
    if len(trial.stuck) == len(units):
        trial.refusal = trial.stuck[0][1]
    if initiative and not trial.refusal:
        authors = set(initiative.authorships.values_list("user", flat=True))
        trial.obstacle = obstacle(steps, initiative.unit, holders, authors)
        trial.questions = _questions(steps, initiative.unit, authors, holders, now)
    return trial


def _questions(
    steps: list[RouteStep], unit: Unit, authors: set[int], holders: Holders, now: datetime
) -> list[Question]:
    try:
        route = asked(steps, unit, authors, holders)
    except Unstaffed:
        return []
    names = User.objects.in_bulk({key for one in route for key in one.people})
    calendar = calendars.of(unit)
    return [_question(one, names, now, calendar) for one in route]


def _question(one: Asked, names: dict[int, User], now: datetime, calendar: Calendar) -> Question:
    people = sorted((names[key] for key in one.people), key=str)
    needed = min(one.needed, len(people))
    due_at = within(now, one.step.working_days, calendar)
    return Question(one.step, people, needed, one.gave_way, due_at)
