"""What each kind of message says. `notifications.composing` fills it in.

A mail carries a title and a link, never the dossier (Law 91/2025 on personal data).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
DOSSIER = "/initiatives/%(pk)s/"


@dataclass(frozen=True)
class Letter:
    """Subject, body and the words on the button; `%(…)s` are filled from the message's facts.

    `to_decide`: it asks its reader for a step, so its button leads to where that is decided.
    """

    subject: Text
    body: Text
    button: Text = _("Open the dossier")
    path: str = DOSSIER
    to_decide: bool = False


LETTERS: Mapping[str, Letter] = {
    "decision_wanted": Letter(
        _("Your decision is wanted: %(code)s"),
        _("%(unit)s puts forward its %(gate)s. Please decide by the end of %(due)s."),
        _("Read and decide"),
        to_decide=True,
    ),
    "stand_in_wanted": Letter(
        _("Your decision is wanted in somebody's absence: %(code)s"),
        _(
            "%(unit)s: everybody who was asked to %(duty)s is absent, so it falls to you. Please "
            "do it by the end of %(due)s."
        ),
        _("Read and decide"),
        to_decide=True,
    ),
    "evaluation_wanted": Letter(
        _("Ready to be evaluated: %(code)s"),
        _("The results have been reported. Please open the scoring by the end of %(due)s."),
        _("Open the scoring"),
    ),
    "registered": Letter(
        _("Registered: %(code)s"),
        _("Your initiative is registered. Please report its results by the end of %(due)s."),
    ),
    "returned": Letter(
        _("Returned for revision: %(code)s"),
        _(
            "%(actor)s asks for changes. Please read the comment and submit again by the end of "
            "%(due)s."
        ),
        _("Read the comment"),
    ),
    "rejected": Letter(
        _("Rejected: %(code)s"),
        _("%(actor)s did not agree. The reason stands with the dossier."),
        _("Read the comment"),
    ),
    "report_accepted": Letter(
        _("Report accepted: %(code)s"),
        _("Your report has been accepted; the council evaluates it next."),
    ),
    "evaluated": Letter(
        _("Evaluated: %(code)s"),
        _(
            "The evaluation of your initiative has been signed off. Grade and recognition stand "
            "with the dossier."
        ),
    ),
    "withdrawn": Letter(
        _("Withdrawn: %(code)s"),
        _("%(actor)s has withdrawn the initiative. The reason stands with the dossier."),
    ),
    "reopened": Letter(
        _("Evaluation reopened: %(code)s"),
        _("%(actor)s has reopened the evaluation. The reason stands with the dossier."),
    ),
    "undone": Letter(
        _("Decision taken back: %(code)s"),
        _("%(actor)s has taken the last decision back. The dossier waits for a decision again."),
    ),
    "mentioned": Letter(
        _("You were mentioned: %(code)s"),
        _("%(actor)s mentions you in a comment. Please read it; an answer goes there too."),
        _("Read the comment"),
        "/initiatives/%(pk)s/#comments",
    ),
    "commented": Letter(
        _("A comment: %(code)s"),
        _("%(actor)s has commented on your initiative."),
        _("Read the comment"),
        "/initiatives/%(pk)s/#comments",
    ),
    "extension_wanted": Letter(
        _("More time is asked for: %(code)s"),
        _("%(unit)s: %(actor)s asks for more time. Please answer by the end of %(due)s."),
        _("Read and answer"),
    ),
    "extension_granted": Letter(
        _("More time granted: %(code)s"),
        _("%(actor)s has granted more time. Please %(duty)s by the end of %(due)s."),
    ),
    "extension_refused": Letter(
        _("No more time: %(code)s"),
        _("%(actor)s did not grant more time: the due date stays. The reason is in the dossier."),
        _("Read the comment"),
    ),
    "rescheduled": Letter(
        _("The due date has changed: %(code)s"),
        _("The plan or the calendar was changed. Please %(duty)s by the end of %(due)s."),
    ),
    "report_approved": Letter(
        _("The school's report is approved: %(code)s"),
        _(
            "%(actor)s has approved the school's report. It is frozen now, and the official "
            "document can be issued from it."
        ),
    ),
    "report_reopened": Letter(
        _("The school's report is open again: %(code)s"),
        _(
            "%(actor)s has reopened the school's report. Please read the comment and submit it "
            "again by the end of %(due)s."
        ),
        _("Read the comment"),
    ),
    "called_off": Letter(
        _("No decision needed any more: %(code)s"),
        _("%(actor)s has taken the dossier back. There is nothing for you to do."),
    ),
    "due_soon": Letter(
        _("Due soon: %(code)s"),
        _("A reminder: please %(duty)s by the end of %(due)s."),
        to_decide=True,
    ),
    "chased": Letter(
        _("A reminder from %(actor)s: %(code)s"),
        _("%(actor)s reminds you: please %(duty)s. The time for it: until the end of %(due)s."),
        to_decide=True,
    ),
    "overdue": Letter(
        _("Overdue: %(code)s"),
        _("The time to %(duty)s ended on %(due)s. Please do it now."),
        to_decide=True,
    ),
    "due_soon_below": Letter(
        _("Due soon in your unit: %(code)s"),
        _("%(unit)s: the time to %(duty)s ends on %(due)s. Please see that it is done."),
    ),
    "overdue_below": Letter(
        _("Overdue in your unit: %(code)s"),
        _("%(unit)s: the time to %(duty)s ended on %(due)s. Please see to it."),
    ),
    "escalated": Letter(
        _("Escalation: %(code)s"),
        _(
            "%(unit)s: the time to %(duty)s ended on %(due)s, and nothing has happened since. A "
            "decision that is late may now be taken by the next role up."
        ),
    ),
    "delegated": Letter(
        _("You stand in for %(actor)s"),
        _(
            "%(actor)s has lent you the role %(role)s (%(unit)s) from %(first)s until the end of "
            "%(last)s. What waits for it is in your worklist."
        ),
        _("Open the worklist"),
        "/",
    ),
    "delegation_ended": Letter(
        _("You no longer stand in for %(actor)s"),
        _("%(actor)s has taken the role %(role)s (%(unit)s) back. There is nothing for you to do."),
        _("See the delegations"),
        "/delegations/",
    ),
    "export_done": Letter(
        _("Your file is ready: %(title)s"),
        _("It can be downloaded until it expires; after that it can be made again."),
        _("Open the exports"),
        "/exports/",
    ),
    "export_failed": Letter(
        _("Your file could not be made: %(title)s"),
        _("The page of exports says why, and what to do."),
        _("Open the exports"),
        "/exports/",
    ),
    "daily_digest": Letter(
        _("Today: %(count)s waiting, %(late)s overdue"),
        _(
            "Good morning. %(count)s waiting for you, %(late)s of them overdue, %(soon)s due "
            "within two days. Below is what waits, and the news you chose to read here."
        ),
        _("Open the worklist"),
        "/",
    ),
    "weekly_digest": Letter(
        _("Late in your school: %(count)s"),
        _("What is late as of this Monday, by department:"),
        _("Open the dashboard"),
        "/dashboard/",
    ),
}
