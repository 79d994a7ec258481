"""Which actions need a comment that says why: the form asks for it, and the door insists."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.case import Case
from approvals.policy import Action
from approvals.refusal import Refusal, Refused

NEEDED: dict[str, Promise] = {
    **dict.fromkeys(
        (
            Action.RETURN,
            Action.REJECT,
            Action.REOPEN,
            Action.WITHDRAW,
            Action.REFUSE_EXTENSION,
            Action.REOPEN_YEARLY,
        ),
        _("Write a comment that says why: the author reads it."),
    ),
    Action.REASSIGN: _("Write a comment that says why: your peer reads it."),
    Action.ASK_EXTENSION: _("Write a comment that says why: whoever answers reads it."),
}
"""What somebody is told who gave no reason."""
LONGEST = 4000
"""Letters of a comment, with a decision or by itself."""
TOO_LONG = _("This comment is too long: shorten it to at most 4,000 letters.")


def missing(action: str, case: Case) -> str:
    """What to tell whoever gave no reason; empty where none is needed."""
    if action == Action.WITHDRAW and case.is_lead:
        return ""  # their own business
    return str(NEEDED.get(action, ""))


def comment_of(payload: dict[str, Any]) -> str:
    comment: str = payload.get("comment", "").strip()
    if len(comment) > LONGEST:
        raise Refused(Refusal(str(TOO_LONG)))
    return comment


def reason(action: str, case: Case, payload: dict[str, Any]) -> str:
    """The comment of an action; refused when it needs one and has none."""
    comment = comment_of(payload)
    if not comment and (words := missing(action, case)):
        raise Refused(Refusal(words))
    return comment
