"""Notes on single parts of a dossier: what an approver who returns it asks to be changed where."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals.changes import content_of, labels
from approvals.models import Decision, Verdict
from approvals.refusal import Refusal, Refused
from workflow.models import Initiative, Submission

LONGEST = 1000
OF_THE_RECORD = ("code", "unit", "lead")
"""Parts of what was submitted that its authors do not write."""
ONLY_RETURNED = _("Notes on single parts go back with a return. Return the dossier, or empty them.")


def parts(submission: Submission) -> dict[str, str]:
    """The parts of what was submitted, by name, with what people call them."""
    written = content_of(submission)
    return {
        name: label
        for name, label in labels(submission.initiative).items()
        if name in written and name not in OF_THE_RECORD
    }


def taken(verdict: Verdict, submission: Submission, payload: dict[str, Any]) -> dict[str, str]:
    """The notes of a decision, by the names of their parts; refused with all but a return."""
    given = {name: text.strip() for name, text in payload.get("notes", {}).items()}
    notes = {name: text for name, text in given.items() if text}
    if not notes:
        return {}
    if verdict != Verdict.RETURN:
        raise Refused(Refusal(str(ONLY_RETURNED)))
    if not notes.keys() <= parts(submission).keys():
        raise Refused(Refusal(str(_("A note is on a part that was not submitted."))))
    return {name: text[:LONGEST] for name, text in notes.items()}


def asked_of(initiative: Initiative) -> Decision | None:
    """The return that the authors have to answer: of the last submission, if it came back."""
    last = initiative.submissions.order_by("-pk").first()
    if last is None or last.status != Submission.Status.RETURNED:
        return None
    returned = last.decisions.standing().filter(verdict=Verdict.RETURN)
    return returned.select_related("actor", "on_behalf_of").last()
