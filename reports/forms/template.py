"""A school's own template: tried with a sample before it is taken."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError
from lxml.etree import LxmlError, XMLParser, XMLSyntaxError, fromstring

from reports.kinds import Kind
from reports.papers import word
from reports.papers.sample import sample

LARGEST, LARGEST_UNPACKED = 2 * 1024 * 1024, 30 * 1024 * 1024
ACTIVE = ("vbaProject", "/embeddings/", "/activeX/")


class TemplateForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("kind of document"), choices=Kind.choices)
    file = forms.FileField(
        label=gettext_lazy("template (.docx)"), widget=forms.FileInput(attrs={"accept": ".docx"})
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Its name and its bytes."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        content = file.read()
        _require_inert(content)
        try:
            word.render(sample(), content)
        except (TemplateError, LxmlError, PackageNotFoundError, ValueError, KeyError, TypeError,
                AttributeError, ArithmeticError, LookupError, RecursionError) as error:  # fmt: skip
            reason = _("The template does not work: %(reason)s") % {"reason": str(error)[:300]}
            raise forms.ValidationError(reason) from None
        return file.name or "", content


def _require_inert(content: bytes) -> None:
    """Neither macros nor embedded files, and nothing that is fetched when it is opened."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise forms.ValidationError(_("The file is larger than 2 MB."))
            rels = [archive.read(name) for name in names if name.endswith(".rels")]
            links = [
                fromstring(one, XMLParser(resolve_entities=False, no_network=True)) for one in rels
            ]
    except (BadZipFile, XMLSyntaxError, ValueError, NotImplementedError, RuntimeError):
        raise forms.ValidationError(_("This is not a .docx file.")) from None
    fetched = any(one.get("TargetMode") == "External" for root in links for one in root)
    if fetched or any(word in name for name in names for word in ACTIVE):
        raise forms.ValidationError(
            _("The template has macros, embedded files or outside links. Take them out.")
        )
