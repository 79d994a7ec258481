"""Opening work items and moving their dates: who owes the next thing, and until when."""

from typing import Any

from approvals.absences import NOTED, note, stand_in
from approvals.case import Case
from people.holdings import Post
from people.instances import new
from people.models import User
from people.roles import Role
from workflow.allowances import BOUND, NO_BOUNDS, due
from workflow.deadlines import is_overdue, last_day
from workflow.models import Because, Duty, WorkItem
from workflow.routing import next_up

TO_REGISTER = 10
TO_REVISE = 3
TO_OPEN_EVALUATION = 10
TO_ANSWER = 3
"""Allowances in working days where the plan names no date, or the date is too near."""
MOVED = ("due_at", "moved_at", *NOTED)


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
            step["working_days"],
            submission_id=case.initiative.pending_id,
            step=step["number"],
            person=person,
            **address,
        )
        _cover(case, item)


def _cover(case: Case, item: WorkItem) -> None:
    note(item, stand_in(case.held, item, case.initiative.unit.line, case.author_ids), case.now)


def open_again(case: Case, item: WorkItem, person: User | None) -> None:
    """The same step once more, with the time it had; for one person, or for those asked before."""
    _add(
        case,
        duty=item.duty,
        due_at=item.due_at,
        counted_from=item.counted_from,
        working_days=item.working_days,
        moved_at=item.moved_at,
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
    _open(case, Duty.REGISTER, working_days, **_of_lead(case))


def owe_report(case: Case, working_days: int = TO_REVISE) -> None:
    _open(case, Duty.REPORT, working_days, **_of_lead(case))


def _of_lead(case: Case) -> dict[str, Any]:
    return {"person": case.initiative.lead, "unit": case.initiative.unit}


def owe_evaluation(case: Case) -> None:
    """The secretary opens the scoring once the round's reports are in."""
    unit_id, role = _opener(case)
    _open(case, Duty.OPEN_EVALUATION, TO_OPEN_EVALUATION, unit_id=unit_id, role=role)


def ask_extension(case: Case, post: Post) -> None:
    unit_id, role = post
    _cover(case, _open(case, Duty.EXTENSION, TO_ANSWER, unit_id=unit_id, role=role))


def follow(case: Case) -> list[dict[str, str]]:
    """Let the open items have the dates that plan and calendar give them now.

    Returns the moves for the audit, by their last days. Whoever may decide because a step was late
    may do so no longer when there is time again.
    """
    moves = []
    for item, due_at in case.shifts():
        days = {"from": last_day(item.due_at), "until": last_day(due_at)}
        moves.append({"duty": item.duty} | {name: str(day) for name, day in days.items()})
        item.due_at, item.moved_at = due_at, case.now
        if item.raised_because == Because.LATE and not is_overdue(due_at, case.now):
            _cover(case, item)
        case.moved.append(item)
    return moves


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


def _open(case: Case, duty: str, working_days: int, **address: Any) -> WorkItem:
    bounds = case.bounds if duty in BOUND else NO_BOUNDS
    return _add(
        case,
        duty=duty,
        due_at=due(duty, case.now, working_days, bounds, case.calendar),
        counted_from=case.now,
        working_days=working_days,
        **address,
    )


def _add(case: Case, **columns: Any) -> WorkItem:
    item = new(
        WorkItem,
        pk=case.take_key(WorkItem),
        initiative_id=case.initiative.pk,
        opened_at=case.now,
        opened_seq=case.next_seq,
        **columns,
    )
    case.opened.append(item)
    case.items.append(item)
    return item
