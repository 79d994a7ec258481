"""What came of it: measured results before and after, and the years beside each other."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import outcomes
from reports.charts import Cell, Chart, Columns, Pair, Pairs, svg
from reports.figures import Scope
from reports.numbers import PERCENT, signed, with_measure
from workflow.models import Measure

SHOWN = 12
"""Measured results in the picture. The saved table holds up to `KEPT`."""
KEPT = 5_000


def results(scope: Scope, most: int = SHOWN) -> Chart:
    """The picture holds the first `SHOWN`, the table as many as were asked for."""
    measures = list(outcomes.results(scope)[:most])
    heads = (
        _("Initiative"), _("Department"), _("Indicator"), _("Unit of measure"), _("Before"),
        _("After"), _("Difference"), _("Change, %"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in measures:
        changed = outcomes.change(one)
        rows.append(
            (
                f"{one.initiative.code} {one.initiative.title}", one.initiative.unit.name,
                one.indicator, one.unit, one.before, one.after, one.after - one.before,
                "" if changed is None else round(changed, 1),
            )
        )  # fmt: skip
    pairs = [_pair(one) for one in measures[:SHOWN]]
    finding = ngettext(
        "%(count)s measured result of what was reported, exemplars first.",
        "%(count)s measured results of what was reported, exemplars and the best scored first.",
        len(pairs),
    ) % {"count": len(pairs)}
    if len(pairs) == SHOWN:
        finding += " " + _("The saved tables hold all of them.")
    if not pairs:
        finding = _("No result was reported yet. The figures of the first reports appear here.")
    return Chart(
        "results", _("Before and after"), finding, heads, rows, Pairs(pairs) if pairs else None
    )


def _pair(measure: Measure) -> Pair:
    figures_ = (measure.before, measure.after)
    longest = Decimal(100) if measure.unit == PERCENT else Decimal(0)
    longest = max(*figures_, longest)
    shares = [float(100 * max(one, Decimal(0)) / longest) if longest else 0.0 for one in figures_]
    before, after = (with_measure(one, measure.unit) for one in figures_)
    return Pair(
        measure.indicator,
        f"{measure.initiative.code} · {measure.initiative.unit.short_name}",
        (capfirst(_("before")), capfirst(_("after"))),
        (before, after),
        (shares[0], shares[1]),
        _changed(measure),
    )


def _changed(measure: Measure) -> str:
    """A share changes by points, anything else by a share of what it was."""
    if measure.unit == PERCENT:
        return _("%(points)s points") % {"points": signed(measure.after - measure.before)}
    changed = outcomes.change(measure)
    return "" if changed is None else f"{signed(changed)}%"


def years(scope: Scope) -> Chart:
    found = outcomes.years(scope)
    legend = (
        ("#3d73c9", capfirst(_("registered"))),
        ("#7b5bc0", capfirst(_("reported"))),
        (svg.GREEN, capfirst(_("recognised"))),
        ("#c98500", capfirst(_("to be replicated"))),
    )
    groups = [
        (str(one.year), (one.registered, one.reported, one.recognised, one.replicated))
        for one in found
    ]
    heads = (
        _("Year"), _("Registered"), _("Reported"), _("Recognised"), _("To be replicated"),
        _("Departments with at least 01"), _("All departments"),
    )  # fmt: skip
    rows = [
        (str(one.year), one.registered, one.reported, one.recognised, one.replicated, one.covered,
         len(scope.departments))
        for one in found
    ]  # fmt: skip
    finding = _("No year of this movement has begun yet.")
    if found:
        finding = _("%(year)s: %(registered)s registered, %(recognised)s recognised.") % {
            "year": found[-1].year, "registered": found[-1].registered,
            "recognised": found[-1].recognised,
        }  # fmt: skip
    if len(found) > 1:
        words = {"registered": found[-2].registered, "recognised": found[-2].recognised}
        before = _("The year before: %(registered)s registered, %(recognised)s recognised.")
        finding = f"{finding} {before % words}"
    picture = Columns(groups, legend) if found else None
    return Chart("years", _("The years beside each other"), finding, heads, rows, picture)
