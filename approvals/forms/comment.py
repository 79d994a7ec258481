from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.evidence import FilesForm
from approvals.mentions import typed
from approvals.reasons import LONGEST
from people.choosing import SeveralField
from people.models import User


class CommentForm(FilesForm):
    """A few words, whom they concern, and files: only people who may see the dossier are offered.

    Whoever is named in the text with an @ is mentioned as if they were chosen from the list.
    """

    text = forms.CharField(
        label=_("comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Type @ and a name to mention somebody."),
    )
    mentions = SeveralField(
        User.objects.none(),
        label=_("mention"),
        required=False,
        help_text=_("They get a mail. Hold Ctrl to choose several."),
    )
    field_order = ("key", "text", "mentions", "caption", "pupils", "basis", "harmless", "documents")

    def __init__(self, *args: Any, people: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="comment-%s", **kwargs)
        self.fields["mentions"].queryset = people  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs |= {
            "data-mentions": address, "aria-autocomplete": "list", "aria-controls": "mention-names",
            "aria-haspopup": "listbox", "autocomplete": "off",
        }  # fmt: skip

    @property
    def wants_files(self) -> bool:
        """Something was chosen, or went wrong, in the folded part of the form."""
        return self.is_bound and (bool(self.files) or {"text", "mentions"} < set(self.errors))

    def payload(self) -> dict[str, Any]:
        key, text = self.cleaned_data["key"], self.cleaned_data["text"]
        people = self.fields["mentions"].queryset  # type: ignore[attr-defined]
        named = {user.pk for user in self.cleaned_data["mentions"]} | typed(text, people)
        said = {"text": text, "mentions": sorted(named), "key": str(key) if key else None}
        return said | (self.evidence() if self.chosen else {})
