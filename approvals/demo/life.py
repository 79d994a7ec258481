"""One initiative of the demo and the steps it can take, each through the one door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from approvals.actions import perform
from approvals.create import create
from approvals.demo.people import Staff
from approvals.demo.proofs import proofs
from approvals.moves.draft import EDITABLE
from approvals.policy import Action
from approvals.vault import receiving
from people.models import User
from workflow.models import Asks, Duty, Evidence, Initiative, Round, WorkItem
from workflow.voting import VOTES

TO_VOTE_FOR, TO_RECOGNISE, TO_REPLICATE = 70, 80, 90
WITH_FILES = 3
"""Every third report has files besides its words."""


@dataclass
class Life:
    """Its content, its place, and how far it has come. Every public method is a step."""

    content: dict[str, Any]
    staff: Staff
    round: Round
    number: int
    initiative_id: int = 0

    @property
    def author(self) -> User:
        return self.staff.people[self.content["department"], self.content["author"]]

    def create(self, now: datetime) -> None:
        self._create(now, {name: self.content[name] for name in EDITABLE})

    def create_hastily(self, now: datetime) -> None:
        """What will be returned: the current state is given in one sentence, without a figure."""
        words = {name: self.content[name] for name in EDITABLE}
        self._create(now, words | {"current_state": _first_sentence(words["current_state"])})

    def submit(self, now: datetime) -> None:
        self._do(Action.SUBMIT, self.author, now)

    def revise(self, now: datetime) -> None:
        full = {"current_state": self.content["current_state"]}
        self._do(Action.EDIT, self.author, now, **full)

    def write_report(self, now: datetime) -> None:
        self._write(now, self.content["report"])

    def write_report_hastily(self, now: datetime) -> None:
        sections = self.content["report"]
        self._write(now, sections | {"results": _first_sentence(sections["results"])})

    def submit_report(self, now: datetime) -> None:
        self._do(Action.SUBMIT_REPORT, self.author, now)

    def agree(self, now: datetime) -> None:
        """Whoever's turn it is; nothing when one agreement already answered for two steps."""
        item = self._waiting()
        if item is None:
            return
        if _asks(item) in VOTES:
            self._all_vote(now)
            return
        payload: dict[str, Any] = {}
        asks = _asks(item)
        if asks == Asks.SCORES:
            payload["scores"] = self.content["scores"]
        elif asks == Asks.GRADE:
            points = sum(self.content["scores"].values())
            payload["recognised"] = points >= TO_RECOGNISE
            payload["replicated"] = points >= TO_REPLICATE
        self._do(Action.APPROVE, self._holder(item), now, **payload)

    def vote(self, now: datetime) -> None:
        """The next of the council that has not voted yet."""
        item = self._waiting()
        assert item is not None
        points = sum(self.content["scores"].values())
        action = Action.FOR if points >= TO_VOTE_FOR else Action.AGAINST
        assert item.person is not None
        self._do(action, item.person, now, scores=self.content["scores"], work_item=item.pk)

    def _all_vote(self, now: datetime) -> None:
        while (item := self._waiting()) and _asks(item) in VOTES:
            self.vote(now)

    def send_back(self, now: datetime) -> None:
        item = self._waiting()
        assert item is not None
        comment = self.content["return_comment"]
        self._do(Action.RETURN, self._holder(item), now, comment=comment)

    def open_evaluation(self, now: datetime) -> None:
        item = WorkItem.objects.open().get(initiative=self.initiative_id, duty=Duty.OPEN_EVALUATION)
        self._do(Action.OPEN_EVALUATION, self._holder(item), now)

    def withdraw(self, now: datetime) -> None:
        """The reason is the author's own: what the report would have named as its limits."""
        comment = self.content["report"]["limitations"]
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

    def _write(self, now: datetime, sections: dict[str, str]) -> None:
        payload = {"sections": sections, "measures": self.content["measures"]}
        self._do(Action.EDIT_REPORT, self.author, now, **payload)
        if self.number % WITH_FILES == 0 and not self._has_files():
            self._attach(now)

    def _has_files(self) -> bool:
        return Evidence.objects.filter(initiative=self.initiative_id).exists()

    def _attach(self, now: datetime) -> None:
        measures = self.content["measures"]
        words = {"caption": "Số liệu trước và sau khi áp dụng", "result": measures[0]["indicator"]}
        with receiving(proofs(measures)) as uploads:
            self._do(Action.ATTACH, self.author, now, files=uploads, **words)

    def _waiting(self) -> WorkItem | None:
        items = WorkItem.objects.open().select_related("submission", "person")
        return items.filter(initiative=self.initiative_id, duty=Duty.DECIDE).first()

    def _holder(self, item: WorkItem) -> User:
        """A holder of the post who is no author; councils take turns."""
        authors = set(Initiative.objects.get(pk=self.initiative_id).authors.all())
        holders = self.staff.holders[item.unit_id, item.role]
        free = [user for user in holders if user not in authors]
        return free[self.number % len(free)]

    def _do(self, action: Action, actor: User, now: datetime, **payload: Any) -> None:
        perform(action, self.initiative_id, actor, now, payload)


def _asks(item: WorkItem) -> str:
    return str(item.submission.step(item.step)["asks"]) if item.submission else ""


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."
