"""Notes on single parts of a dossier: what an approver who returns it asks to be changed where."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals.case import Case
from approvals.changes import REPORT, content_of
from approvals.models import Decision, Verdict
from approvals.refusal import Refusal, Refused
from workflow.models import Gate, Initiative, Submission

LONGEST = 1000
NOT_WRITTEN = ("code", "unit", "lead")
"""Parts of what is submitted that its authors do not write."""
BESIDE_SECTIONS = {
    Gate.REPORT: ("measures", "evidence"),
    Gate.EVALUATE: ("measures", "evidence"),
    Gate.YEARLY: ("solutions",),
}
"""By gate at which the rest stands, what is written again besides the sections of the report."""
TOO_LONG = _("This note is too long: shorten it to at most 1,000 letters.")
ONLY_RETURNED = _("Notes on single parts go back with a return. Return the dossier, or empty them.")


def parts(case: Case) -> dict[str, str]:
    """The parts that are written again after a return, by name, with what people call them."""
    assert case.pending
    there, gate = content_of(case.pending), case.pending.gate
    return {
        name: label
        for name, label in case.labels.items()
        if name in there and _is_written(name, gate)
    }


def _is_written(name: str, gate: str) -> bool:
    if gate in BESIDE_SECTIONS:
        return name.startswith(REPORT) or name in BESIDE_SECTIONS[Gate(gate)]
    return name not in NOT_WRITTEN


def taken(verdict: Verdict, case: Case, payload: dict[str, Any]) -> dict[str, str]:
    """The notes of a decision, by the names of their parts; refused with all but a return."""
    given = {name: text.strip() for name, text in payload.get("notes", {}).items()}
    notes = {name: text for name, text in given.items() if text}
    if not notes:
        return {}
    if verdict != Verdict.RETURN:
        raise Refused(Refusal(str(ONLY_RETURNED)))
    if not notes.keys() <= parts(case).keys():
        raise Refused(
            Refusal(str(_("A note is on a part that is not written again after a return.")))
        )
    if any(len(text) > LONGEST for text in notes.values()):
        raise Refused(Refusal(str(TOO_LONG)))
    return notes


def asked_of(initiative: Initiative) -> Decision | None:
    """The return that the authors have to answer: of the last submission, if it came back."""
    last = initiative.submissions.order_by("-pk").first()
    if last is None or last.status != Submission.Status.RETURNED:
        return None
    returned = last.decisions.standing().filter(verdict=Verdict.RETURN)
    return returned.select_related("actor", "on_behalf_of").last()
