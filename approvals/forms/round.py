from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.models import Round

DATES = ("opens_on", "register_before", "implement_from", "report_before")
FIRST_YEAR, LAST_YEAR = 2000, 2099


class RoundForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = ("name", "year", "number", *DATES)
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES
        }
        help_texts = {
            "register_before": gettext_lazy("Before 25/8 means until the end of 24/8."),
            "report_before": gettext_lazy("Before 31/10 means until the end of 30/10."),
            "implement_from": gettext_lazy("From this day registered initiatives start."),
        }

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_("Give the year in four digits."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year, number = cleaned.get("year"), cleaned.get("number")
        if year is None or number is None:
            return cleaned
        for name in DATES:
            if (day := cleaned.get(name)) and abs(day.year - year) > 1:
                self.add_error(name, _("This day is far from the round's year."))
        others = Round.objects.filter(movement=self.instance.movement, year=year, number=number)
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("number", _("The year has a round of this number already."))
        return cleaned
