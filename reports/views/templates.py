"""The templates of the docx: download, replace by the school's own, put ours back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import Request
from people.models import Unit
from reports.forms import TemplateForm
from reports.issuing import template_of
from reports.kinds import Kind
from reports.models import DocumentTemplate
from reports.views.answers import file_answer
from reports.views.desks import TEMPLATES, schools_of


def _school(request: Request) -> Unit:
    schools = schools_of(request, TEMPLATES)
    if not schools:
        raise Http404
    return schools[0]


@require_http_methods(["GET", "POST"])
@login_required
def templates(request: Request) -> HttpResponse:
    school = _school(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        _replace(request, school, **form.cleaned_data)
        messages.success(request, _("The template is replaced: documents made from now on use it."))
        return redirect("reports:templates")
    own = (
        DocumentTemplate.objects.filter(unit=school).defer("content").select_related("uploaded_by")
    )
    newest: dict[str, DocumentTemplate] = {}
    for one in own.order_by("uploaded_at", "pk"):
        newest[one.kind] = one
    context = {"form": form, "rows": [(kind, newest.get(kind)) for kind in Kind], "school": school}
    return render(request, "reports/templates.html", context, status=422 if form.errors else 200)


def _replace(request: Request, school: Unit, kind: str, file: tuple[str, bytes]) -> None:
    name, content = file
    DocumentTemplate.objects.create(
        unit=school, kind=kind, content=content, name=name[:150],
        uploaded_by=request.user, uploaded_at=request.now,
    )  # fmt: skip


@require_safe
@login_required
def template(request: Request, kind: str) -> HttpResponse:
    school = _school(request)
    if kind not in Kind.values:
        raise Http404
    return file_answer(template_of(school, kind), f"mau-{kind.replace('_', '-')}.docx", "docx")


@require_POST
@login_required
def put_back(request: Request, kind: str) -> HttpResponse:
    school = _school(request)
    if kind not in Kind.values:
        raise Http404
    _replace(request, school, kind, ("", b""))
    messages.success(request, _("The template that comes with the system is used again."))
    return redirect("reports:templates")
