"""Laying a rung of the ladder: when, who is told, and whether the right to decide goes up."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.models import LadderRung
from notifications.models.ladder import TOLD

LONGEST = 180
"""Days: a school year."""


class Side(TextChoices):
    BEFORE = "before", gettext_lazy("before the time is over")
    ON = "on", gettext_lazy("at the moment the time is over")
    AFTER = "after", gettext_lazy("after the time is over")


class RungForm(forms.ModelForm):
    side = forms.ChoiceField(label=gettext_lazy("when"), choices=Side.choices)
    days = forms.IntegerField(
        label=gettext_lazy("how many days"), min_value=0, max_value=LONGEST, required=False
    )

    class Meta:
        model = LadderRung
        fields = ("working_days", *TOLD, "raises")

    field_order = ("side", "days", "working_days", *TOLD, "raises")

    def __init__(self, data: Any = None, *, others: Any, rung: LadderRung | None = None) -> None:
        """`others`: the rungs beside which it would stand."""
        initial = {"side": Side.BEFORE, "days": 3}
        if rung:
            side = Side.BEFORE if rung.offset < 0 else Side.AFTER if rung.offset else Side.ON
            initial = {"side": side, "days": abs(rung.offset)}
        super().__init__(data, instance=rung, initial=initial)
        self.others = others

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        side, days = cleaned.get("side"), cleaned.get("days") or 0
        if side == Side.ON:
            days = 0
        elif side and not days and "days" not in self.errors:
            self.add_error("days", _("Say how many days."))
        if side == Side.ON:
            cleaned["working_days"] = False
        elif side == Side.BEFORE and cleaned.get("working_days"):
            words = _("Working days can only be counted after the due time.")
            self.add_error("working_days", words)
        if side == Side.BEFORE and cleaned.get("raises"):
            words = _("Only what is late can be decided by the next role up.")
            self.add_error("raises", words)
        if not any(cleaned.get(name) for name in TOLD):
            raise forms.ValidationError(_("A rung tells somebody: tick at least one."))
        self.offset = -days if side == Side.BEFORE else days
        if any(self._same_moment(rung, cleaned) for rung in self.others):
            raise forms.ValidationError(
                _("There is a rung at this moment already: change that one.")
            )
        return cleaned

    def _same_moment(self, rung: LadderRung, cleaned: dict[str, Any]) -> bool:
        moment = (self.offset, cleaned.get("working_days", False))
        return (rung.offset, rung.working_days) == moment

    def _post_clean(self) -> None:
        """The rung in the database is not changed: `values` make the next one."""

    def values(self) -> dict[str, Any]:
        flags = {name: self.cleaned_data[name] for name in (*TOLD, "raises", "working_days")}
        return flags | {"offset": self.offset}
