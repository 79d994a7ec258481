"""The school's report: gathering, writing its general sections, putting it forward, reopening."""

from typing import Any

from django.utils.translation import gettext as _

from approvals.case import Case
from approvals.moves import items
from approvals.moves.draft import authorships
from approvals.moves.gates import submit
from approvals.policy import Action
from approvals.reasons import reason
from approvals.refusal import Refusal, Refused
from people.rows import store
from workflow.canonical import canonical, digest
from workflow.models import GENERAL, Gate, Initiative
from workflow.solutions import renewal, solutions


def gather(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    """Take the solutions anew; the general sections stay as they are written."""
    report = case.initiative.school_report
    found = solutions(report.movement_id, report.year)
    changes = renewal(report.solutions, found)
    if not changes:
        return None
    report.solutions, report.gathered_at = found, case.now
    report.save(update_fields=["solutions", "gathered_at"])
    _now_an_author(case)
    return {"solutions": len(found), "hash": digest(canonical(found))}


def write(case: Case, payload: dict[str, Any]) -> dict[str, Any] | None:
    """`payload`: `sections` by code, and `seen`, the fingerprint of what the writer started from:
    what somebody else has saved since is not overwritten.
    """
    before = case.initiative.report
    if payload.get("seen", fingerprint(case.initiative)) != fingerprint(case.initiative):
        raise Refused(
            Refusal(_("Meanwhile something else was saved. What you typed is still here."), True)
        )
    sections = {code: text for code, text in payload["sections"].items() if code in GENERAL}
    case.initiative.report = before | sections
    names = sorted(code for code, text in sections.items() if before.get(code, "") != text)
    if not names:
        return None
    _now_an_author(case)
    return {"fields": names}


def fingerprint(initiative: Initiative) -> str:
    """Of the general sections as they are saved."""
    return digest(canonical(initiative.report))


def submit_yearly(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    return submit(case, Gate.YEARLY)


def reopen(case: Case, payload: dict[str, Any]) -> dict[str, Any]:
    """What was approved stays in the history; what comes next is a submission of its own."""
    comment = reason(Action.REOPEN_YEARLY, case, payload)
    case.initiative.reopen_report()
    items.owe_report(case)
    case.event = "report_reopened"
    return {"comment": comment}


def _now_an_author(case: Case) -> None:
    """Whoever had a hand in it does not decide on it. The shares are even: nobody is rewarded."""
    assert case.person
    if case.is_author:
        return
    case.author_ids |= {case.person.pk}
    each, rest = divmod(100, len(case.author_ids))
    percent = dict.fromkeys(sorted(case.author_ids), each)
    percent[case.initiative.lead_id] += rest
    case.initiative.authorships.all().delete()
    store(authorships(case.initiative, percent))
