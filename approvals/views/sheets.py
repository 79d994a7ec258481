"""Score sheets: read every movement's, change one as a whole, copy one from another movement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.forms.sheet import CopyForm, LineFormSet
from approvals.views.growing import with_one_more
from people.holdings import paths
from people.http import Request
from workflow.deadlines import local_day
from workflow.kept import movements_kept
from workflow.models import Criterion, Movement
from workflow.queries import below
from workflow.score_sheet import FULL, Overtaken, lines, replace, version

EDIT_SHEETS = "edit_sheets"


def sources(request: Request, movement: Movement) -> QuerySet[Movement]:
    """Other movements with a sheet: the person's own, and those of the units above."""
    subtrees = paths(request.user, local_day(request.now), EDIT_SHEETS)
    filled = Exists(Criterion.objects.filter(movement=OuterRef("pk")))
    near = below(subtrees) | Q(unit__in=movement.unit.line)
    return Movement.objects.filter(near, filled).exclude(pk=movement.pk)


@require_safe
@login_required
def sheets(request: Request) -> HttpResponse:
    movements = movements_kept(request, EDIT_SHEETS).prefetch_related("criteria")
    rows = [(one, list(one.criteria.all())) for one in movements]
    context = {"rows": [(one, sheet, sum(row.maximum for row in sheet)) for one, sheet in rows]}
    return render(request, "approvals/sheets.html", context | {"full": FULL})


@require_http_methods(["GET", "POST"])
@login_required
def sheet(request: Request, pk: int) -> HttpResponse:
    """GET shows the sheet; POST adds a row, fills the form from another movement, or saves."""
    movement = get_object_or_404(movements_kept(request, EDIT_SHEETS), pk=pk)
    base = request.POST.get("base") or version(movement)
    copy = CopyForm(request.POST or None, sources=sources(request, movement))
    page: dict[str, Any] = {"movement": movement, "base": base, "copy": copy, "full": FULL}
    if "copy" in request.POST and copy.is_valid() and (source := copy.cleaned_data["source"]):
        copied = [line | {"code": ""} for line in lines(source)]
        return _show(request, page, _formset(movement, None, copied))
    if request.method != "POST" or "copy" in request.POST:
        return _show(request, page, _formset(movement, None, lines(movement)))
    rows = _formset(movement, with_one_more(request, "lines"), None)
    if "more" in request.POST:
        return _show(request, page | {"adding": True}, rows)
    if rows.is_valid() and _save(request, page, rows):
        return redirect("approvals:sheets")
    return _show(request, page, rows, status=200 if page.get("overtaken") else 422)


def _formset(movement: Movement, data: Any, initial: Any) -> Any:
    codes = set(movement.criteria.values_list("code", flat=True))
    return LineFormSet(data, prefix="lines", initial=initial, form_kwargs={"codes": codes})


def _save(request: Request, page: dict[str, Any], rows: Any) -> bool:
    try:
        replace(page["movement"], rows.rows(), page["base"])
    except Overtaken:
        page["overtaken"] = True
        return False
    messages.success(
        request, _("The score sheet is saved. Scorings that are open keep the one they began with.")
    )
    return True


def _show(request: Request, page: dict[str, Any], rows: Any, status: int = 200) -> HttpResponse:
    return render(request, "approvals/sheet.html", page | {"rows": rows}, status=status)
