"""Opening work items: who owes the next thing, and until when."""

from datetime import datetime
from typing import Any

from approvals.case import Case
from people.grants import Post
from people.roles import Role
from workflow.deadlines import before, later, within
from workflow.models import Duty, WorkItem
from workflow.routing import next_up

TO_REGISTER = 10
TO_REVISE = 3
TO_OPEN_EVALUATION = 10
"""Allowances in working days where the plan names no date, or the date is too near."""


def open_step(case: Case, step: dict[str, Any]) -> None:
    """The next step of the pinned route asks whoever holds its post."""
    _open(
        case,
        Duty.DECIDE,
        within(case.now, step["working_days"]),
        submission=case.pending,
        position=step["position"],
        unit_id=step["unit"],
        role=step["role"],
    )


def reopen_step(case: Case, item: WorkItem) -> None:
    """The same step once more, with the time it had and whoever may take it by now."""
    _open(
        case,
        Duty.DECIDE,
        item.due_at,
        submission=case.pending,
        position=item.position,
        unit_id=item.unit_id,
        role=item.role,
        raised_at=item.raised_at,
        raised_unit_id=item.raised_unit_id,
        raised_role=item.raised_role,
    )


def owe_registration(case: Case, working_days: int = TO_REGISTER) -> None:
    due_at = later(case.initiative.round.register_before, case.now, working_days)
    _open(case, Duty.REGISTER, due_at, person=case.initiative.lead, unit=case.initiative.unit)


def owe_report(case: Case, working_days: int = TO_REVISE) -> None:
    due_at = later(case.report_before, case.now, working_days)
    _open(case, Duty.REPORT, due_at, person=case.initiative.lead, unit=case.initiative.unit)


def owe_evaluation(case: Case) -> None:
    """The secretary opens the scoring once the round's reports are in."""
    unit_id, role = _opener(case)
    reports_in = before(case.report_before) if case.report_before else case.now
    due_at = within(max(case.now, reports_in), TO_OPEN_EVALUATION)
    _open(case, Duty.OPEN_EVALUATION, due_at, unit_id=unit_id, role=role)


def _opener(case: Case) -> Post:
    line = case.initiative.unit.line
    principal = next_up(line, (line[0], Role.HEAD)) or (line[0], Role.PRINCIPAL)
    candidates: tuple[Post, ...] = (
        (principal[0], Role.SECRETARY),
        (line[0], Role.HEAD),
        principal,
    )
    staffed = (post for post in candidates if set(case.holders.get(post, ())) - case.author_ids)
    return next(staffed, principal)


def _open(case: Case, duty: str, due_at: datetime, **address: Any) -> None:
    item = WorkItem(
        initiative=case.initiative, duty=duty, opened_at=case.now, due_at=due_at, **address
    )
    case.opened.append(item)
    case.items.append(item)
