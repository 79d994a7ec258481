"""The general sections of the school's report, with the plan's guidance."""

from typing import Any

from django import forms

from workflow.models import Initiative
from workflow.school_form import general_sections

LONGEST = 20_000


class YearlyForm(forms.Form):
    """`seen` is the fingerprint of what the writer started from."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for section in general_sections(initiative.movement_id):
            self.fields[section.code] = forms.CharField(
                label=section.label,
                help_text=section.help,
                required=False,
                max_length=LONGEST,
                initial=initiative.report.get(section.code, ""),
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def clean(self) -> dict[str, Any]:
        """A form sends lines that end with CR and LF (HTML, form submission); without this a
        section that nobody touched would count as changed.
        """
        cleaned = super().clean() or {}
        return {name: "\n".join(text.splitlines()) for name, text in cleaned.items()}

    def payload(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"seen": values.pop("seen"), "sections": values}
