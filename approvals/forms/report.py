"""The report's sections come from the movement's form, as data."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.models import Initiative, Measure, ReportSection
from workflow.numbers import bare


class ReportForm(forms.Form):
    def __init__(self, data: Any = None, *, initiative: Initiative, prefix: str) -> None:
        super().__init__(data, initial=initiative.report, prefix=prefix)
        sections = initiative.movement.report_sections.filter(scope=ReportSection.Scope.INITIATIVE)
        for section in sections:
            self.fields[section.code] = forms.CharField(
                label=f"{section.numeral}. {section.title}",
                help_text=section.help,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )


class FigureInput(forms.NumberInput):
    def format_value(self, value: Any) -> str | None:
        figure = bare(value) if isinstance(value, Decimal) else value
        shown: str | None = super().format_value(figure)
        return shown


class MeasureForm(forms.ModelForm):
    class Meta:
        model = Measure
        fields = ("indicator", "unit", "before", "after", "evidence")
        widgets = dict.fromkeys(("before", "after"), FigureInput)
        help_texts = {
            "evidence": gettext_lazy(
                "The document, log or survey that proves the figures. It may be attached too."
            ),
        }


class BaseMeasureFormSet(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("leave this result out")

    def rows(self) -> list[dict[str, Any]]:
        """The filled-in rows that stay, as the door takes them."""
        return [
            {name: form.cleaned_data[name] for name in MeasureForm.Meta.fields}
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("indicator")
            and not form.cleaned_data.get("DELETE")
        ]


MeasureFormSet = forms.formset_factory(
    MeasureForm, formset=BaseMeasureFormSet, extra=1, max_num=10, can_delete=True
)
"""Not a model formset: each save replaces the rows, so keys kept in the page would be outdated."""
