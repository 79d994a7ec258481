"""The rounds of a movement. A date is changed in two steps: what it would move, then the change."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.forms.round import RoundForm
from approvals.shifts import Scope
from approvals.views.changing_dates import EDIT_CALENDAR, show_or_save
from people.http import Request
from workflow.kept import movements_kept
from workflow.models import DateChange, Round


@require_safe
@login_required
def rounds(request: Request) -> HttpResponse:
    movements = movements_kept(request, EDIT_CALENDAR).prefetch_related("rounds")
    following = DateChange.objects.unfinished().filter(movement__in=movements)
    page = {"movements": movements, "following": following}
    return render(request, "approvals/rounds.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def round_(request: Request, movement: int, pk: int | None = None) -> HttpResponse:
    """GET shows the dates; POST shows what would move, and saves what has been shown."""
    owner = get_object_or_404(movements_kept(request, EDIT_CALENDAR), pk=movement)
    row = get_object_or_404(owner.rounds, pk=pk) if pk else Round(movement=owner)
    form = RoundForm(request.POST or None, instance=row)
    back = reverse("approvals:rounds")
    page: dict[str, Any] = {"movement": owner, "round": row, "form": form, "back": back}
    if request.method == "POST" and form.is_valid():
        comment = _("Round “%(round)s”: its dates were changed.") % {"round": form.instance}
        scope = Scope(owner.unit, owner)
        if done := show_or_save(request, lambda: _save(form), scope, comment, page):
            return done
        row.pk = pk  # a preview has saved it and taken that back
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "approvals/round.html", page, status=status)


def _save(form: RoundForm) -> None:
    form.instance.save()
