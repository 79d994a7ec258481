"""The general sections of the school's report, as the movement's plan names and explains them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.models import GENERAL, ReportSection

HEADINGS: dict[str, str | Promise] = {
    "situation": _("I. Situation of the school"),
    "current_state": _("II. State before"),
    "strengths": _("V.1 Strengths"),
    "limitations": _("V.2 Limitations"),
    "lessons": _("V.3 Lessons"),
}
"""For a plan that does not name them."""


@dataclass(frozen=True)
class Section:
    code: str
    label: str
    help: str


def general_sections(movement: int) -> list[Section]:
    named = {
        section.code: section
        for section in ReportSection.objects.filter(movement=movement, code__in=GENERAL)
    }
    return [
        Section(
            code, str(named.get(code, HEADINGS[code])), named[code].help if code in named else ""
        )
        for code in GENERAL
    ]
