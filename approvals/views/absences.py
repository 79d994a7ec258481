"""Being away: entered by oneself, and over with the day named or one press earlier."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from approvals.absences import cover
from people.http import Request
from people.models import Absence
from workflow.calendar import DAY
from workflow.deadlines import local_day


class AbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ("starts_on", "ends_on", "reason")
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        }
        help_texts = {
            "ends_on": gettext_lazy("It ends by itself at midnight after this day."),
            "reason": gettext_lazy("For example: on a business trip, on leave."),
        }

    def __init__(self, data: Any, *, absence: Absence, today: date) -> None:
        super().__init__(data, instance=absence, initial={"starts_on": today})
        self.today = today

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.today:
            raise forms.ValidationError(_("These days are past."))
        return day


@require_http_methods(["GET", "POST"])
@login_required
def go_away(request: Request) -> HttpResponse:
    """From its first day on, what waits for the absent alone waits for their deputy too."""
    absence = Absence(user=request.user)
    form = AbsenceForm(request.POST or None, absence=absence, today=local_day(request.now))
    if request.method == "POST" and form.is_valid():
        form.save()
        cover(request.now)
        messages.success(request, _("Your absence is entered."))
        return redirect("approvals:delegations")
    status = 422 if form.is_bound else 200
    return render(request, "approvals/go_away.html", {"form": form}, status=status)


@require_POST
@login_required
def end(request: Request, pk: int) -> HttpResponse:
    """One that has begun ends with yesterday; one to come is struck out."""
    absence = get_object_or_404(request.user.absences, pk=pk)
    today = local_day(request.now)
    if absence.starts_on < today:
        absence.ends_on = min(absence.ends_on, today - DAY)
        absence.save()
    else:
        absence.delete()
    cover(request.now)
    messages.success(request, _("Welcome back: the decisions are yours again."))
    return redirect("approvals:delegations")
