"""Being away for some days, entered by oneself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from approvals.forms import days
from people.models import Absence


class AbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ("starts_on", "ends_on", "reason")
        widgets = days.INPUTS
        help_texts = days.HELP

    def __init__(self, data: Any, *, absence: Absence, today: date) -> None:
        super().__init__(data, instance=absence, initial={"starts_on": today})
        self.today = today

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.today:
            raise forms.ValidationError(_("These days are past."))
        return day
