"""Approaching a gate: freeze the content, pin the route, ask the first holder; or recall."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.moves import items
from approvals.moves.kept import keep_approvals
from approvals.refusal import Refusal, Refused
from people.instances import new, stored
from people.prepared import Prepared
from people.rows import Update
from people.stamped import Stamped
from workflow.canonical import canonical, digest
from workflow.completeness import missing
from workflow.feasibility import unstaffed
from workflow.models import Criterion, Duty, Gate, Route, RouteStep, Submission
from workflow.routing import Unstaffed, pinned
from workflow.score_sheet import FULL, LINE
from workflow.snapshot import submitted
from workflow.voting import SCORED

STEP = tuple(field.attname for field in RouteStep._meta.concrete_fields)


def submit_registration(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    return submit(case, Gate.REGISTER)


def submit_report(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    return submit(case, Gate.REPORT)


def open_evaluation(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    return submit(case, Gate.EVALUATE)


def submit(case: Case, gate: Gate) -> dict[str, Any]:
    dossier = submitted(case.initiative, gate)
    if lacking := missing(case.initiative, gate, dossier, case.plan_stamp):
        raise Refused(Refusal(" ".join(lacking), conflict=True))
    assert case.person  # policy lets nobody else this far
    content = canonical(dossier)
    content_hash = digest(content)
    route, version = _route(case, gate)
    sheet = score_sheet(case, route)
    kept = keep_approvals(route, case.initiative, gate, content_hash)
    submission = new(
        Submission,
        pk=case.take_key(Submission),
        initiative=case.initiative,
        gate=gate,
        content=content,
        content_hash=content_hash,
        route=route,
        sheet=sheet,
        submitted_by=case.person,
        submitted_at=case.now,
    )
    case.add(submission)
    case.initiative.pending = submission
    case.close_items()
    items.open_steps(case, 0)
    facts = {"gate": gate, "hash": content_hash, "submission": submission.pk, "route": version}
    facts |= {"sheet": digest(canonical(sheet))} if sheet else {}
    return facts | ({"kept": kept} if kept else {})


def _route(case: Case, gate: Gate) -> tuple[list[dict[str, Any]], int]:
    """The route in force, as this submission will take it, and its version."""
    rows = _in_force(case.plan_stamp, movement=case.initiative.movement_id, gate=str(gate))
    if not rows:
        raise Refused(
            Refusal(_("This gate has no route yet: ask the administrator to define one."))
        )
    try:
        taken = pinned(
            [stored(RouteStep, STEP, values) for _version, *values in rows],
            case.initiative.unit,
            case.author_ids,
            lambda post: set(case.own_holders.get(post, ())),
        )
    except Unstaffed as problem:
        raise Refused(Refusal(unstaffed(problem.step))) from problem
    return taken, rows[0][0]


@Stamped
@Prepared
def _in_force(movement: int, gate: str) -> QuerySet[Any]:
    """The steps of the newest version, each after its number."""
    newest = Route.objects.filter(movement=movement, gate=gate).order_by("-number")
    steps = RouteStep.objects.filter(route=Subquery(newest.values("pk")[:1]))
    return steps.order_by("position", "pk").values_list("route__number", *STEP)


def score_sheet(case: Case, route: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """The movement's score sheet as it is now, for a route that scores: those who score have the
    one that the scoring was opened with, whatever becomes of the movement's.
    """
    if not any(step["asks"] in SCORED for step in route):
        return None
    lines = _criteria(case.plan_stamp, movement=case.initiative.movement_id)
    sheet = [dict(zip(LINE, line, strict=True)) for line in lines]
    if sum(line["maximum"] for line in sheet) != FULL:
        raise Refused(
            Refusal(
                _("The movement's score sheet does not add up to 100 points: ask the secretary.")
            )
        )
    return sheet


@Stamped
@Prepared
def _criteria(movement: int) -> QuerySet[Any]:
    lines = Criterion.objects.filter(movement=movement).order_by("position")
    return lines.values_list(*LINE)


def recall(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    submission = close_submission(case, Submission.Status.RECALLED)
    case.close_items(Duty.DECIDE)
    owe_again(case, submission)
    case.event = "recalled"
    return {"gate": submission.gate, "hash": submission.content_hash}


def close_submission(case: Case, status: str) -> Submission:
    submission = case.pending
    assert submission is not None
    submission.status, submission.closed_at = status, case.now
    case.changes.append(Update(submission, ("status", "closed_at")))
    case.initiative.pending = None
    return submission


def owe_again(case: Case, submission: Submission) -> None:
    """The dossier is open for its author once more, with time to revise it."""
    if submission.gate == Gate.REGISTER:
        items.owe_registration(case, items.TO_REVISE)
    else:
        items.owe_report(case)
