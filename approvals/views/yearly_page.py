"""What the page of the school's report shows in the place of an initiative's registration."""

from typing import Any

from approvals.case import Case
from approvals.changes import REPORT
from approvals.policy import Action, refusal
from approvals.views.written import Text
from workflow.models import Submission
from workflow.school_form import general_sections
from workflow.solutions import Renewal, renewal, solutions


def yearly_page(case: Case, changed: set[str]) -> dict[str, Any]:
    """I and II, the gathered solutions (III, IV), and V; what has moved on since; the frozen
    submission once it is approved.
    """
    dossier, report = case.initiative, case.initiative.school_report
    written = [
        Text(
            section.label,
            dossier.report.get(section.code, ""),
            f"{REPORT}{section.code}" in changed,
        )
        for section in general_sections(dossier.movement_id)
    ]
    return {
        "report": report,
        "before": written[:2],
        "after": written[2:],
        "solutions": report.solutions,
        "renewal": renewal_of(case) if refusal(Action.GATHER, case) is None else None,
        "approved": Submission.objects.approved_report(report.movement_id, report.year),
    }


def renewal_of(case: Case) -> Renewal:
    """What has changed since the solutions were gathered."""
    report = case.initiative.school_report
    return renewal(report.solutions, solutions(report.movement_id, report.year))
