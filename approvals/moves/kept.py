"""Approvals that outlive a return: the dossier came back with the very content they saw."""

from typing import Any

from approvals.models import Decision
from workflow.models import Asks, Initiative, Submission

CAME_BACK = (Submission.Status.RETURNED, Submission.Status.RECALLED)
SAME = ("position", "unit", "role", "people", "needed")


def keep_approvals(
    route: list[dict[str, Any]], initiative: Initiative, gate: str, content_hash: str
) -> list[int]:
    """Note on each step that may keep them the approvals it had; returns those steps' numbers.

    Hashes decide what is unchanged: saving without a change voids nothing, a changed word
    voids everything.
    """
    if not any(_may_keep(step) for step in route):
        return []
    before = Submission.objects.filter(initiative=initiative, gate=gate).order_by("pk").last()
    if before is None or before.status not in CAME_BACK or before.content_hash != content_hash:
        return []
    given = _given(before)
    for step in filter(_may_keep, route):
        earlier = next((one for one in before.route if _same(one, step)), None)
        approvals = given.get(earlier["number"], []) + earlier["kept"] if earlier else []
        if len(approvals) >= step["needed"]:
            step["kept"] = approvals
    return [step["number"] for step in route if step["kept"]]


def _may_keep(step: dict[str, Any]) -> bool:
    """Scores and grades are given anew: they change the initiative, not only the route."""
    return bool(step["keeps_approval"] and step["asks"] == Asks.AGREEMENT)


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in SAME)


def _given(submission: Submission) -> dict[int, list[dict[str, int]]]:
    """The approvals of a submission that stand, by the number of their step."""
    decisions = Decision.objects.approvals().filter(submission=submission)
    given: dict[int, list[dict[str, int]]] = {}
    rows = decisions.values_list("work_item__step", "pk", "actor", "on_behalf_of")
    for number, decision, actor, behalf in rows:
        approval = {"decision": decision, "actor": actor, "on_behalf_of": behalf}
        given.setdefault(number or 0, []).append(approval)
    return given
