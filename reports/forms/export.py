"""What a person wants as one file: a year of a movement, and which parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.exporting.estimate import Estimate
from reports.models.export import Part


class ExportForm(forms.Form):
    parts = forms.MultipleChoiceField(
        choices=Part.choices, error_messages={"required": _("Choose at least one part.")}
    )

    def __init__(self, *args: Any, found: list[Estimate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(one.part): one for one in found}

    def clean_parts(self) -> list[str]:
        """Only parts that the person may have, in their order, with something in them."""
        asked = set(self.cleaned_data["parts"])
        parts = [part for part, one in self.found.items() if part in asked and one.count]
        if not parts:
            raise forms.ValidationError(_("There is nothing in the parts you chose."))
        return parts
