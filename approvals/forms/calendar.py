"""Days on which a unit differs from the statutory calendar."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Unit
from workflow.calendar import DAY, STATUTORY
from workflow.models import CalendarDay, DayKind

LONGEST = timedelta(days=92)
FARTHEST = timedelta(days=3 * 366)
_DATE = {"type": "date"}


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"), **options
    )


class DaysForm(forms.Form):
    """From one day to another; a swap names the day on which the work is made up for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("what they are"), choices=DayKind.choices, initial=DayKind.OFF,
        widget=forms.RadioSelect,
    )  # fmt: skip
    starts_on = _day(gettext_lazy("from"))
    ends_on = _day(
        gettext_lazy("until (inclusive)"),
        required=False,
        help_text=gettext_lazy("Empty for a single day."),
    )
    made_up_on = _day(
        gettext_lazy("made up for on"),
        required=False,
        help_text=gettext_lazy("Only for a swap: usually a Saturday."),
    )
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        help_text=gettext_lazy("The number of the notice, for example."),
    )

    def __init__(self, *args: Any, unit: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.today = unit, today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        cleaned["ends_on"] = cleaned["ends_on"] or cleaned["starts_on"]
        self._check_days(cleaned)
        if not self.errors:
            self._check_entries()
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        first, last, made_up = (cleaned[name] for name in ("starts_on", "ends_on", "made_up_on"))
        if last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        elif last - first > LONGEST:
            self.add_error("ends_on", _("At most three months can be entered at once."))
        for name, day in (("starts_on", first), ("ends_on", last), ("made_up_on", made_up)):
            if day and abs(day - self.today) > FARTHEST:
                self.add_error(name, _("This day is more than three years away."))
        if made_up and cleaned["kind"] != DayKind.OFF:
            self.add_error("made_up_on", _("Only days off are made up for."))
        elif made_up and first <= made_up <= last:
            self.add_error("made_up_on", _("Choose a day outside of the days off."))

    def _check_entries(self) -> None:
        days = self.days()
        if not days:
            raise forms.ValidationError(_("The calendar says so already: nothing would change."))
        entered = CalendarDay.objects.filter(unit=self.unit, day__in=days).first()
        if entered:
            raise forms.ValidationError(
                _("%(day)s has been entered already: strike that entry first.")
                % {"day": f"{entered.day:%d/%m/%Y}"}
            )

    def days(self) -> dict[date, str]:
        """Each day with its kind, but for those that weekends and holidays give already."""
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        kind, made_up = self.cleaned_data["kind"], self.cleaned_data["made_up_on"]
        days = {first + n * DAY: kind for n in range((last - first).days + 1)}
        if made_up:
            days[made_up] = DayKind.WORKING
        differing = {
            entered.day for entered in CalendarDay.objects.filter(
                unit__in=self.unit.line, day__in=days
            )
        }  # fmt: skip
        return {
            day: kind
            for day, kind in days.items()
            if day in differing or STATUTORY.is_working_day(day) != (kind == DayKind.WORKING)
        }


class StrikeForm(forms.Form):
    """Which of a unit's own days are struck out."""

    first = forms.DateField(widget=forms.HiddenInput)
    last = forms.DateField(widget=forms.HiddenInput)
