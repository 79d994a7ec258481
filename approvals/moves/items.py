"""Opening work items: who owes the next thing, and until when."""

from datetime import datetime
from typing import Any

from approvals.absences import note, stand_in
from approvals.case import Case
from people.grants import Post
from people.models import User
from people.roles import Role
from workflow.deadlines import before, later, within
from workflow.models import Duty, WorkItem
from workflow.routing import next_up

TO_REGISTER = 10
TO_REVISE = 3
TO_OPEN_EVALUATION = 10
"""Allowances in working days where the plan names no date, or the date is too near."""


def open_steps(case: Case, position: int) -> bool:
    """Ask for what comes after `position` of the pinned route; False at its end.

    Steps of one position are asked together. One whose approval was kept is not asked again.
    """
    assert case.pending
    while steps := case.pending.steps_after(position):
        asked = [step for step in steps if not step["kept"]]
        for step in asked:
            _open_step(case, step)
        if asked:
            return True
        position = steps[0]["position"]
    return False


def _open_step(case: Case, step: dict[str, Any]) -> None:
    """One item for the post, or one for each of several people who must agree."""
    address = {"unit_id": step["unit"], "role": step["role"]}
    named = User.objects.in_bulk(step["people"]) if step["people"] else {}
    for person in named.values() or (None,):
        item = _open(
            case,
            Duty.DECIDE,
            within(case.now, step["working_days"]),
            submission_id=case.initiative.pending_id,
            step=step["number"],
            person=person,
            **address,
        )
        note(item, stand_in(case.held, item, case.initiative.unit.line, case.author_ids), case.now)


def open_again(case: Case, item: WorkItem, person: User | None) -> None:
    """The same step once more, with the time it had; for one person, or for those asked before."""
    _open(
        case,
        item.duty,
        item.due_at,
        submission_id=item.submission_id,
        step=item.step,
        person=person,
        unit_id=item.unit_id,
        role=item.role,
        raised_at=item.raised_at,
        raised_unit_id=item.raised_unit_id,
        raised_role=item.raised_role,
        raised_because=item.raised_because,
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


def _open(case: Case, duty: str, due_at: datetime, **address: Any) -> WorkItem:
    item = WorkItem(
        initiative_id=case.initiative.pk,
        duty=duty,
        opened_at=case.now,
        opened_seq=case.next_seq,
        due_at=due_at,
        **address,
    )
    case.opened.append(item)
    case.items.append(item)
    return item
