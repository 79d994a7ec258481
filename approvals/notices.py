"""Action → who is told and with which letter. The next person, and nobody else."""

from collections.abc import Iterator

from approvals.case import Case
from notifications.models import Message
from notifications.outbox import message
from people.models import User
from workflow.models import OF_AUTHORS, AuditEntry, Duty, WorkItem

TO_LEAD = {
    "registered",
    "returned",
    "rejected",
    "report_accepted",
    "evaluated",
    "withdrawn",
    "reopened",
    "undone",
    "commented",
    "extension_granted",
    "extension_refused",
    "report_approved",
    "report_reopened",
}
TO_HOLDERS: dict[str, str] = {
    Duty.DECIDE: "decision_wanted",
    Duty.OPEN_EVALUATION: "evaluation_wanted",
    Duty.EXTENSION: "extension_wanted",
}
CALLED_OFF = {"recalled", "withdrawn", "step_undone"}
UNDONE = {"undone", "step_undone"}
"""The step that opens again was announced before: its holders are not told twice."""


def messages(case: Case, entry: AuditEntry) -> Iterator[Message]:
    """The letters of one change. Whoever made it has seen it and gets none."""
    if case.event not in UNDONE:
        yield from _wanted(case, entry)
    if case.event in CALLED_OFF:
        yield from _called_off(case, entry)
    for item in case.moved if case.event == "rescheduled" else ():
        for user in _owing(case, item):
            yield _message(case, entry, case.event, user, item)
    for user in case.mentioned:
        if user != case.person:
            yield _message(case, entry, "mentioned", user)
    for item in case.chased:
        for user in _asked(case, item):
            if user.is_active:
                yield _message(case, entry, "chased", user, item)
    if case.event in TO_LEAD:
        yield from _to_lead(case, entry)


def _wanted(case: Case, entry: AuditEntry) -> Iterator[Message]:
    for item in case.opened:
        if item.duty in TO_HOLDERS:
            for user in _asked(case, item):
                yield _message(case, entry, TO_HOLDERS[item.duty], user, item)


def _called_off(case: Case, entry: AuditEntry) -> Iterator[Message]:
    for item in case.closed:
        if item.duty == Duty.DECIDE:
            for user in _asked(case, item):
                yield _message(case, entry, "called_off", user)


def _to_lead(case: Case, entry: AuditEntry) -> Iterator[Message]:
    """What came of it, with the date of what the lead now owes; a mention has told them already."""
    lead = case.initiative.lead
    if case.is_lead or lead in case.mentioned or not lead.is_active:
        return
    dated = (item for item in (*case.opened, *case.moved) if item.person_id == lead.pk)
    yield _message(case, entry, case.event, lead, next(dated, None))


def _owing(case: Case, item: WorkItem) -> list[User]:
    if item.duty in OF_AUTHORS:
        return [user for user in (item.person,) if user and user.is_active]
    return _asked(case, item)


def _asked(case: Case, item: WorkItem) -> list[User]:
    return [user for user in case.owing(item) if user != case.person]


def _message(
    case: Case, entry: AuditEntry, kind: str, user: User, item: WorkItem | None = None
) -> Message:
    step = {"work_item": item.pk} if item and item.duty == Duty.DECIDE else {}
    return message(
        f"{entry.hash[:32]}/{kind}",
        kind,
        user,
        case.now,
        case.initiative,
        **step,
        actor=case.person.full_name if case.person else "",
        due_at=item.due_at.isoformat() if item else "",
        duty=item.duty if item else "",
        unit=case.initiative.unit.name,
        gate=entry.facts.get("gate", ""),
    )
