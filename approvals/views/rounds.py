"""The rounds of a movement. A date is changed in two steps: what it would move, then the change."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.forms.round import RoundForm
from approvals.views.changing_dates import EDIT_CALENDAR, show_or_save
from approvals.views.kept import movements_kept
from people.http import Request
from workflow.models import Round


@require_safe
@login_required
def rounds(request: Request) -> HttpResponse:
    movements = movements_kept(request, EDIT_CALENDAR).prefetch_related("rounds")
    if not movements:
        raise Http404
    return render(request, "approvals/rounds.html", {"movements": movements})


@require_http_methods(["GET", "POST"])
@login_required
def round_(request: Request, movement: int, pk: int | None = None) -> HttpResponse:
    """GET shows the dates; POST shows what would move, and saves what has been shown."""
    owner = get_object_or_404(movements_kept(request, EDIT_CALENDAR), pk=movement)
    row = get_object_or_404(owner.rounds, pk=pk) if pk else Round(movement=owner)
    form = RoundForm(request.POST or None, instance=row)
    page: dict[str, Any] = {"movement": owner, "round": row, "form": form}
    if request.method == "POST" and form.is_valid():
        comment = _("Round “%(round)s”: its dates were changed.") % {"round": form.instance}
        scope = Q(initiative__movement=owner)
        if show_or_save(request, lambda: _save(form), scope, comment, page):
            return redirect("approvals:rounds")
        row.pk = pk  # a preview has saved it and taken that back
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "approvals/round.html", page, status=status)


def _save(form: RoundForm) -> None:
    form.instance.save()
