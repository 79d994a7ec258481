from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 20 * 1024 * 1024
"""Bytes: a signed file is the issued one and a few hundred kilobytes of signatures."""


class SignedFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("signed PDF"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file
