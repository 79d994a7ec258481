"""Every kind of document the school makes: its sort, what it can be about, and who builds it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from reports import subjects
from reports.papers.content import (
    decision,
    minutes,
    own_report,
    registration_list,
    review,
    yearly_report,
)
from reports.papers.content.desk import Desk
from reports.papers.paper import Paper


class Kind(TextChoices):
    REGISTRATION_LIST = "registration_list", _("registration list of a round")
    YEARLY_REPORT = "yearly_report", _("the school's report of a year (form of the Department)")
    YEARLY_REPORT_30 = "yearly_report_30", _("the school's report of a year (form of Decree 30)")
    OWN_REPORT = "own_report", _("report of one initiative")
    DECISION = "decision", _("decision recognising initiatives")
    MINUTES = "minutes", _("minutes of the council")
    INTERIM_REVIEW = "interim_review", _("interim review of a year")
    FINAL_REVIEW = "final_review", _("final review of the whole movement")


OF_THE_YEAR = (Kind.YEARLY_REPORT, Kind.YEARLY_REPORT_30)
"""Issued from the school's report that the principal has approved."""

Sheet = Callable[[Any], tuple[tuple[str, ...], list[tuple[str, ...]]]]
"""The heads of columns and the rows of a spreadsheet."""


@dataclass(frozen=True)
class Maker:
    symbol: str
    subjects: Callable[[list[Unit]], Iterator[subjects.Subject]]
    build: Callable[[Any, Desk], Paper]
    asks: tuple[str, ...] = ()
    """What the clerk may type besides recipients: names of fields of the form."""
    by_order: bool = False
    """A head of department may sign it (TL.)."""
    sheet: Sheet | None = None


MAKERS: dict[str, Maker] = {
    Kind.REGISTRATION_LIST: Maker(
        registration_list.SYMBOL, subjects.rounds, registration_list.build, ("bases",),
        sheet=registration_list.sheet,
    ),
    Kind.YEARLY_REPORT: Maker(
        yearly_report.SYMBOL, subjects.reports_of_years,
        partial(yearly_report.build, addressed=False),
    ),
    Kind.YEARLY_REPORT_30: Maker(
        yearly_report.SYMBOL, subjects.reports_of_years,
        partial(yearly_report.build, addressed=True),
    ),
    Kind.OWN_REPORT: Maker(
        own_report.SYMBOL, subjects.reported, own_report.build, by_order=True
    ),
    Kind.DECISION: Maker(decision.SYMBOL, subjects.years, decision.build, ("bases",)),
    Kind.MINUTES: Maker(
        minutes.SYMBOL, subjects.years, minutes.build,
        ("held_on", "began", "ended", "venue", "remarks"),
    ),
    Kind.INTERIM_REVIEW: Maker(
        review.SYMBOL, subjects.years, review.interim, ("bases", *review.TYPED)
    ),
    Kind.FINAL_REVIEW: Maker(
        review.SYMBOL, subjects.movements, review.final, ("bases", *review.TYPED)
    ),
}  # fmt: skip
