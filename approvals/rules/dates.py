"""What is owed until when: reminders, more time, and dates that moved."""

from django.utils.translation import gettext as _

from approvals.chasing import chased_today, owed_by_others
from approvals.reading import Reading
from approvals.refusal import Refusal
from approvals.rules.people import not_for_an_author
from approvals.rules.rule import Rule
from workflow.calendar import ZONE
from workflow.models import OF_AUTHORS


def somebody_owes(case: Reading) -> Refusal | None:
    if owed_by_others(case):
        return None
    return Refusal(_("Nobody else owes anything here now: there is nobody to remind."), True)


def not_chased_today(case: Reading) -> Refusal | None:
    done = chased_today(case)
    if any(item.pk not in done for item in owed_by_others(case)):
        return None
    at, who = max((done[item.pk] for item in owed_by_others(case)), key=lambda one: one[0])
    words = _("%(who)s has sent a reminder today at %(time)s. The next one can go out tomorrow.")
    return Refusal(words % {"who": who, "time": f"{at.astimezone(ZONE):%H:%M}"}, conflict=True)


def owes(case: Reading) -> Refusal | None:
    if any(item.duty in OF_AUTHORS for item in case.items):
        return None
    return Refusal(_("Nothing is due from you at the moment."), conflict=True)


def nothing_asked(case: Reading) -> Refusal | None:
    if case.extension is None:
        return None
    return Refusal(_("A request for more time is waiting for its answer already."), conflict=True)


def answers_request(case: Reading) -> Refusal | None:
    """Has this person the request, by their own role, delegation or escalation, for no author?"""
    if case.extension is None:
        return Refusal(_("No request for more time is waiting any more."), conflict=True)
    if case.extension_seat is None:
        return Refusal(_("It is not your turn: another role answers this request."))
    return not_for_an_author(case, case.extension_seat)


def system_follows(rule: Rule) -> Rule:
    """The system may do for whoever changed a date what their right, if it has ended since, does
    not let them finish.
    """

    def followed(case: Reading) -> Refusal | None:
        return None if case.actor is None and case.follows else rule(case)

    return followed


def out_of_step(case: Reading) -> Refusal | None:
    if case.follows or case.shifts():
        return None
    return Refusal(_("Every due date is as plan and calendar say."), conflict=True)
