"""What the authors wrote, part by part."""

from dataclasses import dataclass

from approvals.changes import REPORT
from workflow.models import Initiative, ReportSection

TEXTS = ("current_state", "solution", "expected_results")


@dataclass(frozen=True)
class Text:
    """A part of the dossier, and whether an earlier submission said otherwise."""

    label: str
    text: str
    changed: bool


def texts(initiative: Initiative, changed: set[str]) -> list[Text]:
    fields = {field.name: field for field in Initiative._meta.fields}
    return [
        Text(str(fields[name].verbose_name), getattr(initiative, name), name in changed)
        for name in TEXTS
    ]


def sections(initiative: Initiative, changed: set[str]) -> list[Text]:
    """The report in the order of the movement's form; nothing before it is begun."""
    if not initiative.report:
        return []
    form = initiative.movement.report_sections.filter(scope=ReportSection.Scope.INITIATIVE)
    return [
        Text(
            str(section),
            initiative.report.get(section.code, ""),
            f"{REPORT}{section.code}" in changed,
        )
        for section in form
    ]
