"""Choosing several rows of a table in a form."""

from typing import Any

from django import forms

LONGEST_KEY = 18
"""Digits: fewer than 64 bits hold."""


class SeveralField(forms.ModelMultipleChoiceField):
    """A key that no row can have is refused like one that no row has: SQLite cannot be asked."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super().clean(value)
