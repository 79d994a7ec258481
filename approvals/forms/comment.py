from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.moves.comment import LONGEST
from people.models import User


class CommentForm(forms.Form):
    """A few words, and whom they concern: only people who may see the dossier are offered."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    mentions = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("mention"),
        required=False,
        help_text=_("They get a mail. Hold Ctrl to choose several."),
    )

    def __init__(self, data: Any = None, *, people: Any, **kwargs: Any) -> None:
        super().__init__(data, auto_id="comment-%s", **kwargs)
        self.fields["mentions"].queryset = people  # type: ignore[attr-defined]

    def payload(self) -> dict[str, Any]:
        key = self.cleaned_data["key"]
        return {
            "text": self.cleaned_data["text"],
            "mentions": [user.pk for user in self.cleaned_data["mentions"]],
            "key": str(key) if key else None,
        }
