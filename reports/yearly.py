"""The school's report of a year, seen from its documents: the dossier, and what is frozen of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals.models import Verdict
from reports.papers.content.matter import NothingToWrite
from workflow.canonical import digest
from workflow.models import Gate, Initiative, Movement, SchoolReport, Submission
from workflow.snapshot import snapshot

NOT_DRAFTED = _(
    "The school's report of this year has not been drafted yet. Draft it, have the principal "
    "approve it, and issue the document then."
)
NOT_APPROVED = _(
    "The principal has not approved the school's report of this year. Submit it first: the "
    "document is issued from what is approved."
)

NOT_WHOLE = _(
    "The content kept is not the one that was approved: somebody has changed the database. Nothing "
    "is issued from it; tell the operator."
)


@dataclass(frozen=True)
class Yearly:
    movement: Movement
    year: int

    @cached_property
    def dossier(self) -> Initiative | None:
        reports = SchoolReport.objects.filter(movement=self.movement, year=self.year)
        found = reports.select_related("initiative__lead").first()
        return found.initiative if found else None

    def approved(self) -> Submission | None:
        return Submission.objects.approved_report(self.movement.pk, self.year)

    def locked(self) -> Submission:
        """What is approved, in the transaction that issues it: who reopens it waits."""
        dossiers = Initiative.dossiers.filter(
            school_report__movement=self.movement, school_report__year=self.year
        )
        dossiers.select_for_update(of=("self",), no_key=True).order_by().first()
        return self._required()

    def frozen(self) -> dict[str, Any]:
        """What the principal approved."""
        return self._required().snapshot

    def _required(self) -> Submission:
        """The audit says which content was approved, and nobody can rewrite that."""
        if (approved := self.approved()) is None:
            raise NothingToWrite(NOT_APPROVED if self.dossier else NOT_DRAFTED)
        entries = approved.initiative.audit.filter(action=Verdict.APPROVE).order_by("-seq")
        if digest(approved.content) != entries[0].facts["hash"]:
            raise NothingToWrite(NOT_WHOLE)
        return approved

    def as_it_stands(self) -> dict[str, Any]:
        """What is approved, else the draft: to be looked at."""
        if self.dossier is None:
            raise NothingToWrite(NOT_DRAFTED)
        approved = self.approved()
        return approved.snapshot if approved else snapshot(self.dossier, Gate.YEARLY)
