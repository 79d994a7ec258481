"""Make a document: choose what it is about, look at it as often as needed, issue it once."""

from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.http import Request, form_key
from reports.exporting.names import safe
from reports.forms import DraftForm
from reports.forms.draft import blank
from reports.issuing import Draft, NumberTaken, as_docx, issue, next_number
from reports.kinds import MAKERS, OF_THE_YEAR, Kind
from reports.papers import pdf, xlsx
from reports.papers.content.matter import NothingToWrite
from reports.papers.paper import Paper
from reports.subjects import Subject
from reports.views.answers import file_answer
from reports.views.desks import DRAFT, ISSUE, schools_of
from workflow.deadlines import local_day

TRIED = 6
"""How many subjects to look through for one that has something to write about."""


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: Request, kind: str) -> HttpResponse:
    """GET fills the form from the initiatives; POST shows a file, asks, or issues."""
    schools = schools_of(request, DRAFT)
    if not schools or kind not in MAKERS:
        raise Http404
    subjects = list(MAKERS[kind].subjects(schools))
    page: dict[str, Any] = {"kind": Kind(kind), "subjects": subjects}
    page |= {"has_sheet": MAKERS[kind].sheet is not None, "of_the_year": kind in OF_THE_YEAR}
    if request.method == "POST":
        return _answer(request, page)
    subject, page["reason"] = _first(request, kind, subjects)
    if subject:
        page |= _filled(request, kind, subject)
    return render(request, "reports/draft.html", page)


def _first(request: Request, kind: str, subjects: list[Subject]) -> tuple[Subject | None, Any]:
    """The subject asked for, or the newest that there is something to write about."""
    asked = request.GET.get("subject")
    reason: Any = None
    for subject in [one for one in subjects if one.key == asked] if asked else subjects[:TRIED]:
        try:
            if made := blank(kind, subject, local_day(request.now)):
                made.paper(request.now)
            return subject, None
        except NothingToWrite as nothing:
            reason = nothing.reason
    return None, reason


def _filled(request: Request, kind: str, subject: Subject) -> dict[str, Any]:
    made = blank(kind, subject, local_day(request.now))
    initial: dict[str, Any] = {"subject": subject.key}
    if made:
        initial |= _drafted(made.paper(request.now))
    form = DraftForm(kind=kind, subject=subject, today=local_day(request.now), initial=initial)
    return _shown(request, subject, form)


def _drafted(paper: Paper) -> dict[str, Any]:
    """What the clerk finds written, and may change."""
    return {"recipients": "\n".join(paper.recipients), "bases": "\n".join(paper.bases)}


def _shown(request: Request, subject: Subject, form: DraftForm) -> dict[str, Any]:
    may_issue = subject.school in schools_of(request, ISSUE)
    following = next_number(subject.school, MAKERS[form.kind].symbol, request.now)
    shown: dict[str, Any] = {
        "subject": subject,
        "form": form,
        "may_issue": may_issue,
        "following": following,
    }
    if form.kind in OF_THE_YEAR:
        approved = subject.matter.approved()
        shown |= {"dossier": subject.matter.dossier, "approved": approved}
        shown["may_issue"] = may_issue and approved is not None
    return shown


def _answer(request: Request, page: dict[str, Any]) -> HttpResponse:
    kind = page["kind"]
    subject = next(
        (one for one in page["subjects"] if one.key == request.POST.get("subject")), None
    )
    if subject is None:
        raise Http404
    form = DraftForm(request.POST, kind=kind, subject=subject, today=local_day(request.now))
    page |= _shown(request, subject, form)
    if not form.is_valid():
        return render(request, "reports/draft.html", page, status=422)
    made, do = form.draft(), request.POST.get("do", "")
    try:
        if do in ("issue", "confirmed"):
            return _issue(request, page, made)
        return _file(request, made, do)
    except NothingToWrite as nothing:
        page["reason"] = nothing.reason
        return render(request, "reports/draft.html", page, status=422)


def _file(request: Request, made: Draft, form: str) -> HttpResponse:
    paper, sheet = made.paper(request.now), MAKERS[made.kind].sheet
    name = _("%(kind)s (draft)") % {"kind": capfirst(Kind(made.kind).label)}
    if form == "docx":
        content = as_docx(paper, made.subject.school, made.kind)
        return file_answer(content, safe(name, ".docx"), "docx")
    if form == "xlsx" and sheet:
        content = xlsx.render(paper.abstract, *made.in_vietnamese(sheet))
        return file_answer(content, safe(name, ".xlsx"), "xlsx")
    return file_answer(pdf.render(paper, request.now), safe(name, ".pdf"), "pdf")


def _issue(request: Request, page: dict[str, Any], made: Draft) -> HttpResponse:
    """Ask first: a number that was given is never given again."""
    if made.subject.school not in schools_of(request, ISSUE):
        raise PermissionDenied
    wanted, key = page["form"].cleaned_data["number"], form_key(request)
    if request.POST.get("do") == "issue" or key is None:
        paper = made.paper(request.now, wanted or page["following"])
        page |= {"paper": paper, "key": token_urlsafe(24), "code": paper.number.partition(": ")[2]}
        return render(request, "reports/issue.html", page)
    try:
        document = issue(made, request.user, request.now, key, wanted)
    except NumberTaken:
        page["form"].add_error(
            "number", _("Another document of this year's series has this number.")
        )
        return render(request, "reports/draft.html", page, status=422)
    messages.success(request, _("Issued as %(code)s.") % {"code": document.code})
    return redirect("reports:document", pk=document.pk)
