"""The charts of the dashboard: each figure with its sentence, its picture and its table."""

from collections.abc import Callable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports import figures
from reports.charts import Bar, Bars, Cell, Chart, Part, svg
from reports.figures import Scope
from reports.numbers import percent
from reports.result_charts import results, years
from workflow.models import Duty


def funnel(scope: Scope) -> Chart:
    stages = figures.funnel(scope)
    first = stages[0].count
    colours = (svg.GREY, "#3d73c9", "#7b5bc0", svg.GREEN, "#1b6b3a", "#14512c")
    bars = [
        Bar(
            capfirst(stage.label),
            [Part(100 * stage.count / first if first else 0, colour)],
            f"{stage.count} · {percent(stage.count, first)}",
        )
        for stage, colour in zip(stages, colours, strict=True)
    ]
    rows: list[tuple[Cell, ...]] = [
        (capfirst(one.label), one.count, percent(one.count, first)) for one in stages
    ]
    gone = figures.withdrawn(scope)
    rows.append((capfirst(_("withdrawn")), gone, "–"))
    named = {stage.name: stage.count for stage in stages}
    finding = _(
        "Of %(first)s proposed, %(reported)s are reported and %(recognised)s recognised; "
        "withdrawn: %(gone)s."
    ) % {"first": first, "reported": named["reported"], "recognised": named["recognised"],
         "gone": gone}  # fmt: skip
    return Chart(
        "funnel", _("How far the initiatives have come"), finding,
        (_("Stage"), _("Initiatives"), _("Of those proposed")), rows, Bars(bars),
    )  # fmt: skip


def coverage(scope: Scope) -> Chart:
    return coverage_of(figures.by_department(scope))


def coverage_of(units: Sequence[figures.UnitRow]) -> Chart:
    covered = sum(row.covered for row in units)
    finding = _("%(covered)s of %(all)s departments have at least 01 registered initiative.") % {
        "covered": covered, "all": len(units)
    }  # fmt: skip
    rows = [
        (row.unit.name, _("met") if row.covered else _("none yet"), row.registered, row.reported,
         row.late)
        for row in units
    ]  # fmt: skip
    heads = (
        _("Department"), _("Target: at least 01"), _("Registered"), _("Reported"), _("Overdue")
    )  # fmt: skip
    legend = (
        (svg.BLUE, capfirst(_("reported"))),
        (svg.SKY, capfirst(_("not yet reported"))),
    )
    longest = max((row.registered for row in units), default=0)
    picture = Bars([_unit_bar(row, longest) for row in units], legend) if units else None
    if not units:
        finding = _("You oversee no department of this movement.")
    return Chart("coverage", _("What each department registered"), finding, heads, rows, picture)


def _unit_bar(row: figures.UnitRow, longest: int) -> Bar:
    scale = 100 / max(longest, 1)
    words = {"registered": row.registered, "reported": row.reported}
    said = _("%(reported)s of %(registered)s reported") % words if row.covered else _("none yet")
    waiting = row.registered - row.reported
    parts = [Part(row.reported * scale, svg.BLUE), Part(waiting * scale, svg.SKY)]
    return Bar(row.unit.short_name, parts, said)


def timeliness(scope: Scope) -> Chart:
    months = figures.timeliness(scope)
    duties = {Duty.REGISTER: _("registration"), Duty.REPORT: _("report")}
    named = [(f"{one.month:02d}/{one.year} · {duties[Duty(one.duty)]}", one) for one in months]
    bars = [
        Bar(
            label,
            [
                Part(100 * one.in_time / one.all, svg.GREEN),
                Part(100 * one.late / one.all, svg.RED),
            ],
            _("%(in_time)s of %(all)s in time") % {"in_time": one.in_time, "all": one.all},
        )
        for label, one in named
    ]
    rows = [
        (f"{one.month:02d}/{one.year}", capfirst(duties[Duty(one.duty)]), one.in_time, one.late,
         percent(one.in_time, one.all))
        for one in months
    ]  # fmt: skip
    heads = (_("Due in"), _("What was due"), _("In time"), _("Late"), _("On-time rate"))
    legend = ((svg.GREEN, _("In time")), (svg.RED, _("Late")))
    in_time, due = sum(one.in_time for one in months), sum(one.all for one in months)
    finding = _("%(in_time)s of %(due)s registrations and reports were in time (%(rate)s).") % {
        "in_time": in_time, "due": due, "rate": percent(in_time, due)
    }  # fmt: skip
    if not months:
        finding = _(
            "Nothing was due yet. Once a registration or report is handed in or late, its month "
            "appears here."
        )
    picture = Bars(bars, legend) if months else None
    return Chart("timeliness", _("Registered and reported in time"), finding, heads, rows, picture)


CHARTS: dict[str, Callable[[Scope], Chart]] = {
    "funnel": funnel,
    "coverage": coverage,
    "timeliness": timeliness,
    "results": results,
    "years": years,
}
