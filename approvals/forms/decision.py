"""What a step asks for: a verdict with a comment, and scores or the signer's recognition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from workflow.models import Asks, Initiative


class DecisionForm(forms.Form):
    """Only the fields of the step are there; the door checks the values again."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    work_item = forms.IntegerField(widget=forms.HiddenInput, required=False)
    comment = forms.CharField(
        label=gettext_lazy("comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed to return or reject; the author reads it."),
    )

    def __init__(self, *args: Any, initiative: Initiative, asks: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks == Asks.SCORES:
            for criterion in initiative.movement.criteria.all():
                self.fields[f"score_{criterion.code}"] = forms.IntegerField(
                    label=criterion.name,
                    min_value=0,
                    max_value=criterion.maximum,
                    required=False,
                    help_text=criterion.help,
                )
        elif asks == Asks.GRADE:
            self.fields["recognised"] = forms.BooleanField(
                label=gettext_lazy("recognise as an initiative of the school"), required=False
            )
            self.fields["replicated"] = forms.BooleanField(
                label=gettext_lazy("replicate across the school"), required=False
            )

    def payload(self) -> dict[str, Any]:
        """The values as the door takes them."""
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        if "key" in values:
            values["key"] = str(values["key"])
        scores = {
            name.removeprefix("score_"): values.pop(name)
            for name in list(values)
            if name.startswith("score_")
        }
        return values | ({"scores": scores} if scores else {})

    @property
    def score_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("score_")]
