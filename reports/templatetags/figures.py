"""Figures with their unit of measure, and the bar of a target."""

from decimal import Decimal

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.numbers import with_measure
from reports.targets import Line, Reached

register = Library()


@register.filter
def figure(value: Decimal, measure: str) -> str:
    return with_measure(value, measure)


@register.filter
def target_bar(line: Line) -> SafeString:
    """How far it is, beside what is required; the figures stand next to it in words."""
    tone = {Reached.MET: "good", Reached.NOT_MET: "late"}.get(line.state, "plain")
    mark = SafeString()
    if line.mark is not None:
        mark = format_html(
            '<line class="target-mark" x1="{0}%" x2="{0}%" y1="0" y2="12"/>', f"{line.mark:.1f}"
        )
    return format_html(
        '<svg class="target-bar target-bar-{}" width="100%" height="12" aria-hidden="true" '
        'focusable="false"><rect class="bar-track" width="100%" height="8" y="2" rx="3"/>'
        '<rect width="{}%" height="8" y="2" rx="3"/>{}</svg>',
        tone,
        f"{line.width:.1f}",
        mark,
    )
