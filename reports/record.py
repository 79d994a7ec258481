"""The record of one initiative: everything an auditor asks, as plain data that checks itself.

Who decided, on whose behalf, when, why it was theirs, what they saw, and what changed after.
"""

from typing import Any

from approvals.changes import differences, preceding
from approvals.models import Decision
from approvals.tally import of_decisions
from people.models import Unit
from reports.said import comments, evidence, moment_of
from workflow.models import Because, Initiative, Submission

FORMAT = "thi-dua/record/3"


def record(initiative: Initiative) -> dict[str, Any]:
    """Times are ISO 8601 in Vietnamese time, but for the audit's columns, which are as hashed."""
    submissions = submissions_of(initiative)
    units = units_of(submissions)
    return {
        "format": FORMAT,
        "code": initiative.code,
        "title": initiative.title,
        "state": initiative.state,
        "unit": initiative.unit.name,
        "evaluation": _evaluation(initiative),
        "authors": [
            {"name": author.user.full_name, "share": author.share}
            for author in initiative.authorships.select_related("user")
        ],
        "submissions": [
            _submission(number, one, submissions, units)
            for number, one in enumerate(submissions, start=1)
        ],
        "evidence": evidence(initiative),
        "comments": comments(initiative),
        "messages": _messages(initiative),
        "audit": [
            entry.columns | {"hash": entry.hash} for entry in initiative.audit.order_by("seq")
        ],
        "audit_head": initiative.audit_head,
    }


def _evaluation(initiative: Initiative) -> dict[str, Any]:
    """What came of it; days are those of the signature."""
    return {
        "score": initiative.score and str(initiative.score),
        "grade": initiative.grade,
        "recognised": initiative.recognised_on and initiative.recognised_on.isoformat(),
        "replicated": initiative.replicated_on and initiative.replicated_on.isoformat(),
    }


def _messages(initiative: Initiative) -> list[dict[str, Any]]:
    return [
        {
            "kind": message.kind,
            "recipient": message.recipient.full_name,
            "written": moment_of(message.created_at),
            "sent": message.sent_at and moment_of(message.sent_at),
        }
        for message in initiative.messages.select_related("recipient").order_by("pk")
    ]


def submissions_of(initiative: Initiative) -> list[Submission]:
    """In order, with their decisions: a fixed number of statements."""
    rows = initiative.submissions.select_related("submitted_by").order_by("pk")
    return list(
        rows.prefetch_related(
            "decisions__actor", "decisions__on_behalf_of", "decisions__work_item__unit"
        )
    )


def units_of(submissions: list[Submission]) -> dict[int, str]:
    """Names of the units that any of the routes asks."""
    keys = {step["unit"] for one in submissions for step in one.route}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def _submission(
    number: int, one: Submission, submissions: list[Submission], units: dict[int, str]
) -> dict[str, Any]:
    before = preceding(one, submissions)
    return {
        "number": number,
        "gate": one.gate,
        "status": one.status,
        "submitted_by": one.submitted_by.full_name,
        "submitted": moment_of(one.submitted_at),
        "closed": one.closed_at and moment_of(one.closed_at),
        "content": one.content,
        "hash": one.content_hash,
        "sheet": one.sheet,
        "vote": tally.facts() if (tally := of_decisions(one, one.decisions.all())) else None,
        "route": [step | {"unit_name": units.get(step["unit"], "")} for step in one.route],
        "changes": {
            name: {"before": was, "after": now}
            for name, (was, now) in (differences(before, one) if before else {}).items()
        },
        "decisions": [_decision(decision) for decision in one.decisions.all()],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    item, behalf = decision.work_item, decision.on_behalf_of
    return {
        "step": item.step,
        "asked": {"role": item.role, "unit": item.unit.name, "due": moment_of(item.due_at)},
        "actor": decision.actor.full_name,
        "on_behalf_of": behalf and behalf.full_name,
        "role": decision.role,
        "right": right(decision),
        "verdict": decision.verdict,
        "comment": decision.comment,
        "notes": decision.notes,
        "scores": decision.scores,
        "seen_hash": decision.seen_hash,
        "at": moment_of(decision.at),
        "undone": decision.undone_at and moment_of(decision.undone_at),
    }


def right(decision: Decision) -> str:
    """Why it was theirs: named, holding the post asked, lent to them, or it was raised to them."""
    item = decision.work_item
    if decision.role != item.role:
        return "absence" if item.raised_because == Because.ABSENCE else "escalation"
    if decision.on_behalf_of_id:
        return "delegation"
    return "post" if item.role else "name"
