"""A person's own choice of what comes by mail, when, and what in the daily digest."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.models import Mail, MailHours, Preference
from notifications.preferences import KINDS, LOCKED, default_quiet
from people.http import Request
from people.models import User


class PreferencesForm(forms.ModelForm):
    """One field for each kind of message, and the hours."""

    class Meta:
        model = MailHours
        fields = ("starts", "ends", "weekends", "digest")
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("starts", "ends")
        }

    def __init__(self, data: Any, *, hours: MailHours, chosen: dict[str, str]) -> None:
        super().__init__(data, instance=hours)
        for kind, (name, _letters) in KINDS.items():
            self.fields[f"kind_{kind}"] = forms.ChoiceField(
                label=str(name), choices=Mail.choices, initial=chosen.get(kind, Mail.AT_ONCE)
            )

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[f"kind_{kind}"] for kind in KINDS]

    def chosen(self) -> dict[str, str]:
        return {kind: self.cleaned_data[f"kind_{kind}"] for kind in KINDS}


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: Request) -> HttpResponse:
    user = request.user
    quiet = default_quiet() or (None, None)
    hours = MailHours.objects.filter(user=user).first() or MailHours(
        user=user, starts=quiet[0], ends=quiet[1]
    )
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "mail"))
    form = PreferencesForm(request.POST or None, hours=hours, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        _save(user, form)
        messages.success(request, _("Your choice is saved, and holds for what waits already."))
        return redirect("notifications:preferences")
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "locked": LOCKED.values()}
    return render(request, "notifications/preferences.html", page, status=status)


def _save(user: User, form: PreferencesForm) -> None:
    with transaction.atomic():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        MailHours.objects.update_or_create(user=user, defaults=values)
        for kind, mail in form.chosen().items():
            Preference.objects.update_or_create(user=user, kind=kind, defaults={"mail": mail})
