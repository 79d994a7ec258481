"""The targets of a unit and year as a table to be saved."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.models import Unit
from reports.charts import Cell, Chart
from reports.ratios import Ratio
from reports.targets import Line
from workflow.deadlines import local_day


def target_table(unit: Unit, year: int, lines: list[Line]) -> Chart:
    title = f"{unit.name}: {_('Targets and indices of %(year)s') % {'year': year}}"
    heads = (
        _("Code"), _("Target"), _("For whom"), _("Unit of measure"), _("Required"), _("Reached"),
        _("State"), capfirst(_("note")), capfirst(_("document that proves it")), _("Entered by"),
        _("Entered on"),
    )  # fmt: skip
    return Chart("targets", title, "", heads, [_row(line) for line in lines], None)


def _row(line: Line) -> tuple[Cell, ...]:
    target, entry = line.target, line.entry
    computed_of = _of(line.ratio) if line.ratio and target.computed else ""
    return (
        target.code,
        target.text,
        str(target.get_audience_display()),
        target.measure,
        "" if target.required is None else target.required,
        "" if line.value is None else line.value,
        str(line.state.label),
        entry.note if entry else computed_of,
        entry.proof if entry else "",
        str(entry.entered_by) if entry else "",
        f"{local_day(entry.entered_at):%d/%m/%Y}" if entry else "",
    )


def _of(ratio: Ratio) -> str:
    """In words: a spreadsheet program takes 1/12 for a day."""
    return _("%(part)s of %(whole)s") % {"part": ratio.part, "whole": ratio.whole}
