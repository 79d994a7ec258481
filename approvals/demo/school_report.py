"""The school's reports of the demo: two were approved, and one waits for the principal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from approvals.actions import perform
from approvals.create_report import draft_report
from approvals.demo.days import at, working
from approvals.demo.people import Staff
from approvals.policy import Action
from people.roles import Role
from workflow.models import Movement

LAST = 2025
Schedule = Iterator[tuple[datetime, str]]


@dataclass
class SchoolYear:
    """Every public method is a step, as those of `Life`."""

    sections: dict[str, str]
    staff: Staff
    movement: Movement
    year: int
    report_id: int = 0

    def draft(self, now: datetime) -> None:
        made = draft_report(
            self.movement.pk, self.year, self._holder(Role.CLERK), now, self.sections
        )
        self.report_id = made.initiative.pk

    def submit(self, now: datetime) -> None:
        self._do(Action.SUBMIT_YEARLY, Role.CLERK, now)

    def approve(self, now: datetime) -> None:
        self._do(Action.APPROVE, Role.PRINCIPAL, now)

    def _do(self, action: Action, role: Role, now: datetime) -> None:
        perform(action, self.report_id, self._holder(role), now)

    def _holder(self, role: Role) -> Any:
        return self.staff.holders[self.staff.school.pk, role][0]


def approved(year: int) -> Schedule:
    """After the evaluations of the year."""
    day = working(date(year, 12, 11), 0)
    yield at(day, 9, 0), "draft"
    yield at(working(day, 2), 10, 0), "submit"
    yield at(working(day, 3), 15, 0), "approve"


def waiting(as_of: date) -> Schedule:
    """Drafted late, and put before the principal yesterday."""
    yield at(working(as_of, -2), 9, 0), "draft"
    yield at(working(as_of, -1), 10, 0), "submit"
