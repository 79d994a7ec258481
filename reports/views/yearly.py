"""The school's report of a year, from nothing to its draft: what there is, and what is missing."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from approvals.create_report import draft_report
from approvals.refusal import Refused
from approvals.views.found import refusal_page
from people.http import Request
from people.models import Unit
from reports.forms.draft import first_signer
from reports.models import OfficialDocument
from reports.papers.content.desk import Desk, Signer
from reports.papers.content.matter import years_of
from reports.papers.content.yearly_report import drafted
from reports.views.desks import DRAFT, schools_of
from reports.yearly import Yearly
from workflow.deadlines import local_day
from workflow.models import REPORTED, Initiative, Movement
from workflow.solutions import MISSING, of_year

WRITE = "write_school_report"


@dataclass(frozen=True)
class Row:
    """One year of a movement: its report if there is one, and how many documents came of it."""

    subject: Yearly
    reported: int
    missing: int
    issued: int

    @property
    def dossier(self) -> Initiative | None:
        return self.subject.dossier


@require_safe
@login_required
def yearly(request: Request) -> HttpResponse:
    schools = schools_of(request, DRAFT)
    if not schools:
        raise Http404
    movements = Movement.objects.filter(unit__in=schools).select_related("unit__parent")
    this_year = local_day(request.now).year
    rows = [
        _row(movement, year)
        for movement in movements
        for year in years_of(movement)[::-1]
        if year <= this_year
    ]
    return render(request, "reports/yearly.html", {"rows": rows})


def _row(movement: Movement, year: int) -> Row:
    of = of_year(movement.pk, year)
    issued = OfficialDocument.objects.filter(
        source__initiative__school_report__movement=movement,
        source__initiative__school_report__year=year,
    )
    return Row(
        Yearly(movement, year),
        of.filter(state__in=REPORTED).count(),
        of.filter(state__in=MISSING).count(),
        issued.count(),
    )


@require_http_methods(["GET", "POST"])
@login_required
def gather(request: Request, movement: int, year: int) -> HttpResponse:
    """Before there is a draft: what it would gather, and the button that gathers it."""
    subject = _subject(request, movement, year)
    if request.method == "POST":
        return _draft(request, subject)
    if subject.dossier:
        return redirect("approvals:dossier", pk=subject.dossier.pk)
    of = of_year(movement, year).select_related("unit", "lead")
    context = {
        "subject": subject,
        "reported": of.filter(state__in=REPORTED),
        "missing": of.filter(state__in=MISSING),
        "may_write": subject.movement.unit in schools_of(request, WRITE),
    }
    return render(request, "reports/yearly_of.html", context)


def _subject(request: Request, movement: int, year: int) -> Yearly:
    movements = Movement.objects.filter(unit__in=schools_of(request, DRAFT), pk=movement)
    found = movements.select_related("unit__parent").first()
    if found is None or year not in years_of(found):
        raise Http404
    return Yearly(found, year)


def _draft(request: Request, subject: Yearly) -> HttpResponse:
    """The general sections begin with what follows from the initiatives."""
    try:
        words = drafted(subject, _desk(request, subject.movement.unit))
        made = draft_report(
            subject.movement.pk, subject.year, request.user, request.now, words
        ).initiative
    except Refused as refused:
        return refusal_page(request, refused)
    return redirect("approvals:dossier", pk=made.pk)


def _desk(request: Request, school: Unit) -> Desk:
    today = local_day(request.now)
    return Desk(school, today, first_signer(school, today) or Signer("", (), ""))
