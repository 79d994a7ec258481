"""What a clerk says of a document before it is made; the rest follows from the initiatives."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from reports.issuing import Draft
from reports.kinds import MAKERS
from reports.papers.content.desk import Signer, signers
from reports.subjects import Subject

LONGEST = 20_000
HIGHEST_NUMBER = 99_999


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


ASKED: dict[str, forms.Field] = {
    "bases": _lines(_("legal bases"), _("One a line, in the order in which they shall stand.")),
    "held_on": forms.DateField(
        label=_("day of the meeting"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    ),
    "began": _time(_("began at")),
    "ended": _time(_("ended at")),
    "venue": forms.CharField(label=_("place of the meeting"), required=False, max_length=200),
    "remarks": _lines(_("what else was said")),
    "assessment": _lines(_("general assessment"), _("Left empty, the section is left out.")),
    "directions": _lines(_("directions"), _("Left empty, the section is left out.")),
    "recipients": _lines(_("recipients"), _("One a line; the archive copy is the last.")),
}  # fmt: skip


class DraftForm(forms.Form):
    subject = forms.CharField(widget=forms.HiddenInput)
    signer = forms.ChoiceField(label=_("signed by"))

    def __init__(self, *args: Any, kind: str, subject: Subject, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.about = kind, subject
        self.signers: dict[str, Signer] = {
            one.key: one for one in signers(subject.school, today, by_order=MAKERS[kind].by_order)
        }
        self.fields["signer"].choices = [(key, str(one)) for key, one in self.signers.items()]  # type: ignore[attr-defined]
        for name in (*MAKERS[kind].asks, "recipients"):
            self.fields[name] = ASKED[name]
        self.fields["number"] = forms.IntegerField(
            label=_("number"), required=False, min_value=1, max_value=HIGHEST_NUMBER,
            help_text=_("Empty for the next one. Fill it in when your register has come further."),
        )  # fmt: skip

    def draft(self) -> Draft:
        words = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("subject", "signer", "number")
        }
        return Draft(self.kind, self.about, self.signers[self.cleaned_data["signer"]], words)


def blank(kind: str, subject: Subject, today: date) -> Draft | None:
    """The document as it follows from the initiatives alone, to fill the form; None without
    anybody to sign."""
    signer = first_signer(subject.school, today)
    return Draft(kind, subject, signer, {}) if signer else None


def first_signer(school: Unit, today: date) -> Signer | None:
    return next(signers(school, today), None)
