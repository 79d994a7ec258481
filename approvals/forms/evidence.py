"""Choosing files: each is looked into before anything is kept, and pupils are asked about."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.intake import ACCEPTS, Accepted, Unfit, accept
from approvals.uploading import MOST_AT_ONCE
from workflow.models import Initiative


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    needs_multipart_form = True


class FilesField(forms.FileField):
    """Several files; those that are not let in are named, each with its reason."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"accept": ACCEPTS}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Accepted]:
        chosen = [file for file in data or () if file]
        if not chosen and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("Send at most %(most)s files at once.") % {"most": MOST_AT_ONCE}
            )
        accepted, refused = [], []
        for file in chosen:
            try:
                accepted.append(accept(file))
            except Unfit as unfit:
                refused.append(f"{file.name[-60:]}: {unfit}")
        if refused:
            raise forms.ValidationError([forms.ValidationError(line) for line in refused])
        return accepted


class FilesForm(forms.Form):
    """What any upload asks; a photo taken now and chosen files come in one go."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    caption = forms.CharField(label=gettext_lazy("what they show"), max_length=200, required=False)
    pupils = forms.BooleanField(
        label=gettext_lazy("these files show pupils, or name them"), required=False
    )
    basis = forms.CharField(
        label=gettext_lazy("on what basis pupils are shown"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Needed when pupils can be recognised: the parents' written consent (number, date), "
            "or another basis in the law."
        ),
    )
    harmless = forms.BooleanField(
        label=gettext_lazy("no state secret is in them, and no pupil but as stated above"),
        required=False,
    )
    documents = FilesField(label=gettext_lazy("files"), required=False)
    photo = FilesField(label=gettext_lazy("take a photo"), required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, too_much: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.too_much = too_much
        self.fields["photo"].widget.attrs |= {"accept": "image/*", "capture": "environment"}

    @property
    def chosen(self) -> list[Accepted]:
        return [*self.cleaned_data.get("documents", ()), *self.cleaned_data.get("photo", ())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.too_much:
            raise forms.ValidationError(
                _("That was too much at once: send fewer or smaller files.")
            )
        if self.chosen:
            self._ask_for_care(cleaned)
        return cleaned

    def _ask_for_care(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("pupils") and not cleaned.get("basis", "").strip():
            self.add_error("basis", _("Say on what basis pupils are shown, or send other files."))
        if not cleaned.get("harmless"):
            self.add_error("harmless", _("Look at the files once more and tick this."))

    def evidence(self) -> dict[str, Any]:
        """The values as the door takes them, but for the files, which go to the vault first."""
        basis = self.cleaned_data["basis"].strip() if self.cleaned_data["pupils"] else ""
        return {"caption": self.cleaned_data["caption"], "basis": basis}


class EvidenceForm(FilesForm):
    """Files of the dossier itself; they may prove one of its measured results."""

    result = forms.ChoiceField(label=gettext_lazy("which result they prove"), required=False)
    field_order = ("key", "caption", "result", "pupils", "basis", "harmless", "documents", "photo")

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["harmless"].widget.attrs["required"] = True
        indicators = sorted({measure.indicator for measure in initiative.measures.all()})
        if not indicators:
            del self.fields["result"]
            return
        self.fields["result"].choices = [  # type: ignore[attr-defined]
            ("", _("none in particular")),
            *((name, name) for name in indicators),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wrong = {"documents", "photo"} & set(self.errors)
        if not self.chosen and not wrong:
            self.add_error("documents", _("Choose at least one file."))
        return cleaned

    def payload(self) -> dict[str, Any]:
        key = self.cleaned_data["key"]
        own = {"result": self.cleaned_data.get("result", ""), "key": str(key) if key else None}
        return self.evidence() | own
