"""What a dossier still lacks before it can pass a gate, in words for its author."""

from django.db.models import Field
from django.utils.translation import gettext as _

from workflow.models import Evidence, Gate, Initiative, Measure, ReportSection

NEEDED_TO_REGISTER = ("field", "current_state", "solution", "expected_results")


def missing(initiative: Initiative, gate: str) -> list[str]:
    """Sentences that say what to fill in; empty when the gate may be approached."""
    if gate == Gate.REGISTER:
        return _missing_registration(initiative)
    if gate == Gate.REPORT:
        return _missing_report(initiative)
    return []


def _missing_registration(initiative: Initiative) -> list[str]:
    lacking = [
        _("Fill in “%(field)s”.") % {"field": _label(initiative, name)}
        for name in NEEDED_TO_REGISTER
        if not getattr(initiative, name).strip()
    ]
    shares = sum(author.share for author in initiative.authorships.all())
    if shares != 100:
        lacking.append(
            _("The authors' shares add up to %(sum)s%%; they must make 100%%.") % {"sum": shares}
        )
    return lacking


def _label(initiative: Initiative, name: str) -> str:
    field = initiative._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.verbose_name)


def _missing_report(initiative: Initiative) -> list[str]:
    sections = initiative.movement.report_sections.filter(scope=ReportSection.Scope.INITIATIVE)
    lacking = [
        _("Write section %(numeral)s “%(title)s”.")
        % {"numeral": section.numeral, "title": section.title}
        for section in sections
        if not initiative.report.get(section.code, "").strip()
    ]
    measures = list(initiative.measures.all())
    if not measures:
        lacking.append(_("Give at least one measured result with its evidence."))
    return lacking + [
        _("Say what proves “%(result)s”, or attach a file that does.") % {"result": indicator}
        for indicator in _unproven(initiative, measures)
    ]


def _unproven(initiative: Initiative, measures: list[Measure]) -> list[str]:
    """The results that neither words nor a file prove."""
    bare = [measure.indicator for measure in measures if not measure.evidence.strip()]
    if not bare:
        return []
    files = Evidence.objects.of_dossier().filter(initiative=initiative, result__in=bare)
    return sorted(set(bare) - set(files.values_list("result", flat=True)))
