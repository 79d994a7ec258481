"""Play the stories through the one door, with the clock of their time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from approvals.actions import perform
from approvals.create import create
from approvals.demo.people import Staff
from approvals.policy import Action
from approvals.sweep import sweep
from people.models import User
from workflow.calendar import ZONE
from workflow.models import Asks, Duty, Initiative, Round, WorkItem

MORNING = time(7)
DAY = timedelta(days=1)
Step = Callable[[], None]
TO_RECOGNISE, TO_REPLICATE = 80, 90
WRITTEN = ("kind", "scope", "title", "field", "current_state", "solution", "expected_results")


@dataclass
class Life:
    """One initiative of the demo: its content, its place, and the steps it can take."""

    content: dict[str, Any]
    staff: Staff
    round: Round
    number: int
    initiative_id: int = 0

    @property
    def author(self) -> User:
        return self.staff.people[self.content["department"], self.content["author"]]

    def create(self, now: datetime) -> None:
        self._create(now, {name: self.content[name] for name in WRITTEN})

    def create_hastily(self, now: datetime) -> None:
        """What will be returned: the current state is given in one sentence, without a figure."""
        words = {name: self.content[name] for name in WRITTEN}
        self._create(now, words | {"current_state": _first_sentence(words["current_state"])})

    def submit(self, now: datetime) -> None:
        self._do(Action.SUBMIT, self.author, now)

    def revise(self, now: datetime) -> None:
        full = {"current_state": self.content["current_state"]}
        self._do(Action.EDIT, self.author, now, **full)
        self.submit(now + timedelta(minutes=20))

    def report(self, now: datetime) -> None:
        self._report(now, self.content["report"])

    def report_hastily(self, now: datetime) -> None:
        sections = self.content["report"]
        self._report(now, sections | {"results": _first_sentence(sections["results"])})

    def agree(self, now: datetime) -> None:
        """Whoever's turn it is; nothing when one agreement already answered for two steps."""
        item = self._waiting()
        if item is None:
            return
        payload: dict[str, Any] = {}
        asks = item.submission.step(item.position or 0)["asks"] if item.submission else ""
        if asks == Asks.SCORES:
            payload["scores"] = self.content["scores"]
        elif asks == Asks.GRADE:
            points = sum(self.content["scores"].values())
            payload["recognised"] = points >= TO_RECOGNISE
            payload["replicated"] = points >= TO_REPLICATE
        self._do(Action.APPROVE, self._holder(item), now, **payload)

    def send_back(self, now: datetime) -> None:
        item = self._waiting()
        assert item is not None
        comment = self.content["return_comment"]
        self._do(Action.RETURN, self._holder(item), now, comment=comment)

    def open_evaluation(self, now: datetime) -> None:
        item = WorkItem.objects.open().get(initiative=self.initiative_id, duty=Duty.OPEN_EVALUATION)
        self._do(Action.OPEN_EVALUATION, self._holder(item), now)

    def withdraw(self, now: datetime) -> None:
        comment = self.content["return_comment"]
        self._do(Action.WITHDRAW, self.author, now, comment=comment)

    def _create(self, now: datetime, words: dict[str, Any]) -> None:
        department = self.content["department"]
        co_authors = [
            {"user": self.staff.people[department, row["person"]].pk, "share": row["share"]}
            for row in self.content["co_authors"]
        ]
        unit = self.staff.departments[department]
        payload = words | {"co_authors": co_authors}
        self.initiative_id = create(self.round.pk, unit.pk, self.author, now, payload).initiative.pk

    def _report(self, now: datetime, sections: dict[str, str]) -> None:
        payload = {"sections": sections, "measures": self.content["measures"]}
        self._do(Action.EDIT_REPORT, self.author, now, **payload)
        self._do(Action.SUBMIT_REPORT, self.author, now + timedelta(minutes=20))

    def _waiting(self) -> WorkItem | None:
        items = WorkItem.objects.open().select_related("submission")
        return items.filter(initiative=self.initiative_id, duty=Duty.DECIDE).first()

    def _holder(self, item: WorkItem) -> User:
        """A holder of the post who is no author; councils take turns."""
        authors = set(Initiative.objects.get(pk=self.initiative_id).authors.all())
        holders = self.staff.holders[item.unit_id, item.role]
        free = [user for user in holders if user not in authors]
        return free[self.number % len(free)]

    def _do(self, action: Action, actor: User, now: datetime, **payload: Any) -> None:
        perform(action, self.initiative_id, actor, now, payload)


@dataclass(frozen=True)
class Event:
    at: datetime
    life: Life
    step: str

    def happen(self) -> None:
        step: Callable[[datetime], None] = getattr(self.life, self.step)
        step(self.at)


def play(events: list[Event], until: datetime) -> Iterator[float]:
    """Every event up to `until` in the order of time, a sweep each morning; yields progress."""
    steps: list[tuple[datetime, Step]] = [(event.at, event.happen) for event in events]
    first = min(at for at, _step in steps)
    steps += [(morning, partial(_sweep, morning)) for morning in _mornings(first, until)]
    due = sorted((row for row in steps if row[0] <= until), key=itemgetter(0))
    for done, (_at, step) in enumerate(due):
        step()
        yield done / len(due)
    sweep(until)


def _mornings(start: datetime, until: datetime) -> Iterator[datetime]:
    morning = datetime.combine(start.astimezone(ZONE), MORNING, ZONE)
    while morning <= until:
        yield morning
        morning += DAY


def _sweep(now: datetime) -> None:
    """A morning on which nobody owes anything has nothing to sweep, unless a digest is due."""
    if now.weekday() == 0 or WorkItem.objects.open().exists():
        sweep(now)


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."
