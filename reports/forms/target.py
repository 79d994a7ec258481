"""What a unit reached: a figure or a verdict, and what proves it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.entering import WORDS, Place
from approvals.forms.evidence import FilesForm
from workflow.models import Initiative, TargetEntry
from workflow.numbers import bare

VERDICTS = (("yes", gettext_lazy("met")), ("no", gettext_lazy("not met")))


class TargetForm(FilesForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    value = forms.DecimalField(
        label=gettext_lazy("reached"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    met = forms.ChoiceField(
        label=gettext_lazy("result"), choices=VERDICTS, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("note"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("How it was counted. When you correct a figure, say why."),
    )  # fmt: skip
    proof = forms.CharField(
        label=gettext_lazy("document that proves it"), required=False, max_length=300,
        help_text=gettext_lazy("Number and date, for example 05/BC-THPTPH of 15/11/2025."),
    )  # fmt: skip
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(), required=False, empty_label=gettext_lazy("none of them"),
        label=gettext_lazy("initiative whose evidence proves it"),
    )  # fmt: skip

    def __init__(self, *args: Any, place: Place, visible: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, target = place, place.target
        del self.fields["met" if target.measure else "value"]
        if target.measure:
            self.fields["value"].label = _("reached, %(measure)s") % {"measure": target.measure}
            self.fields["value"].widget.attrs |= {"inputmode": "decimal", "step": "any"}
        rows = visible.filter(
            movement=target.movement, round__year=place.year, unit__path__startswith=place.unit.path
        ).order_by("code")
        chosen: Any = self.fields["initiative"]
        chosen.queryset = rows
        if not rows.exists():
            del self.fields["initiative"]

    def clean_value(self) -> Any:
        value, maximum = self.cleaned_data["value"], self.place.target.maximum
        if value is not None and maximum is not None and value > maximum:
            raise forms.ValidationError(
                _("The highest possible is %(maximum)s.") % {"maximum": bare(maximum)}
            )
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        figure = "value" if "value" in self.fields else "met"
        if figure not in self.errors and cleaned.get(figure) in (None, ""):
            if not self.cleaned_data.get("seen"):
                self.add_error(figure, _("Enter what was reached."))
            elif not cleaned.get("note", "").strip():
                self.add_error("note", _("Leaving the result empty takes it back: say here why."))
        return cleaned

    def words(self) -> dict[str, Any]:
        """The columns of an entry."""
        cleaned = self.cleaned_data
        met = {"yes": True, "no": False}.get(cleaned.get("met", ""))
        given = {
            "value": cleaned.get("value"),
            "met": met,
            "note": cleaned["note"].strip(),
            "proof": cleaned["proof"].strip(),
            "initiative": cleaned.get("initiative"),
        }
        return {name: given[name] for name in WORDS}


def initial(newest: TargetEntry | None) -> dict[str, Any]:
    """The form as it stands before somebody corrects what holds now."""
    if newest is None:
        return {"seen": 0}
    met = {True: "yes", False: "no"}.get(newest.met)  # type: ignore[arg-type]
    value = None if newest.value is None else bare(newest.value)
    return {"seen": newest.number, "value": value, "met": met, "note": newest.note,
            "proof": newest.proof, "initiative": newest.initiative_id}  # fmt: skip


class StrikeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=300,
        help_text=gettext_lazy("For example: the file of another year."),
    )  # fmt: skip
