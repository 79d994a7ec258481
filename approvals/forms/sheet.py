"""Editing a score sheet: a row per criterion, whose points add up to 100."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.models import Criterion, Movement
from workflow.score_sheet import FULL

MOST_LINES = 20


class LineForm(forms.ModelForm):
    """One criterion. A row without a name is left out; its code is kept out of sight."""

    class Meta:
        model = Criterion
        fields = ("name", "maximum", "help")
        widgets = {"help": forms.Textarea(attrs={"rows": 2})}

    code = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, codes: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        self.fields["maximum"] = forms.IntegerField(
            label=self.fields["maximum"].label, min_value=1, max_value=FULL
        )

    def has_changed(self) -> bool:
        return bool(self.data.get(self.add_prefix("name"), "").strip())

    def clean_code(self) -> str:
        """Of this movement, or a new one is given."""
        code: str = self.cleaned_data["code"]
        return code if code in self.codes else ""


class BaseLineFormSet(forms.BaseFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("leave this criterion out")

    def rows(self) -> list[dict[str, Any]]:
        """The lines that stay, in order, as the sheet keeps them."""
        kept = [form for form in self.forms if form.has_changed() and not self._left_out(form)]
        return [
            {name: form.cleaned_data.get(name, "") for name in ("code", "name", "maximum", "help")}
            for form in kept
        ]

    @staticmethod
    def _left_out(form: Any) -> bool:
        return bool(getattr(form, "cleaned_data", {}).get("DELETE"))

    @property
    def total(self) -> int:
        return sum(row["maximum"] or 0 for row in self.rows())

    @property
    def shown_total(self) -> int:
        """Of what stands in the form, saved or not."""
        staying = (form for form in self.forms if not form["DELETE"].value())
        return sum(_points(form["maximum"].value()) for form in staying)

    def clean(self) -> None:
        if any(self.errors):
            return
        names = [row["name"].casefold() for row in self.rows()]
        if len(set(names)) < len(names):
            raise forms.ValidationError(_("Two criteria have the same name."))
        if self.total != FULL:
            raise forms.ValidationError(
                _("The points add up to %(total)s; they must make 100.") % {"total": self.total}
            )


def _points(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


LineFormSet = forms.formset_factory(
    LineForm, formset=BaseLineFormSet, extra=0, can_delete=True, max_num=MOST_LINES
)


class CopyForm(forms.Form):
    """From which other movement the lines are taken."""

    source = forms.ModelChoiceField(
        Movement.objects.none(),
        label=gettext_lazy("copy from another movement"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, sources: QuerySet[Movement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
