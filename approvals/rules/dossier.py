"""Where the dossier stands."""

from django.utils.translation import gettext as _

from approvals.reading import Reading
from approvals.refusal import Refusal
from approvals.rules.rule import Rule
from workflow.models import APPROVED, State


def in_state(*states: str) -> Rule:
    def rule(case: Reading) -> Refusal | None:
        if case.initiative.state in states:
            return None
        now = case.initiative.get_state_display()
        return Refusal(_("The initiative is now “%(state)s”.") % {"state": now}, conflict=True)

    return rule


def nothing_pending(case: Reading) -> Refusal | None:
    if case.pending is None:
        return None
    return Refusal(_("The dossier is locked while it waits for a decision."), conflict=True)


def pending_at(*gates: str) -> Rule:
    def rule(case: Reading) -> Refusal | None:
        if case.pending and case.pending.gate in gates:
            return None
        return Refusal(_("Nothing is waiting for a decision any more."), conflict=True)

    return rule


def open_for_writing(case: Reading) -> Refusal | None:
    if case.initiative.state == State.DRAFT:
        return None
    return Refusal(_("The report is approved and frozen. The principal can reopen it."), True)


def approved(case: Reading) -> Refusal | None:
    if case.initiative.state == APPROVED:
        return None
    return Refusal(_("Only a report that was approved can be reopened."), conflict=True)
