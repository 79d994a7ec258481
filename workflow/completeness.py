"""What a dossier still lacks before it can pass a gate, in words for its author."""

from typing import Any

from django.db.models import Field, QuerySet
from django.utils.translation import gettext as _

from people.prepared import Prepared
from people.stamped import Stamped
from workflow.models import Gate, Initiative, ReportSection
from workflow.school_form import general_sections
from workflow.snapshot import submitted

NEEDED_TO_REGISTER = ("field", "current_state", "solution", "expected_results")


def lacking(initiative: Initiative, gate: str) -> list[str]:
    """What the dossier lacks as it is stored now."""
    return missing(initiative, gate, submitted(initiative, gate))


def missing(
    initiative: Initiative, gate: str, content: dict[str, Any], stamp: str = ""
) -> list[str]:
    """Sentences that say what to fill in; empty when the gate may be approached.

    `content`: the dossier as the gate's submission would freeze it (`workflow.snapshot`).
    `stamp`: of the plan.
    """
    if gate == Gate.REGISTER:
        return _missing_registration(content)
    if gate == Gate.REPORT:
        return _missing_report(initiative, content, stamp)
    if gate == Gate.YEARLY:
        return _missing_of_school(initiative, content)
    return []


def _missing_registration(content: dict[str, Any]) -> list[str]:
    found = [
        _("Fill in “%(field)s”.") % {"field": _label(name)}
        for name in NEEDED_TO_REGISTER
        if not content[name].strip()
    ]
    shares = sum(author["share"] for author in content["authors"])
    if shares != 100:
        found.append(
            _("The authors' shares add up to %(sum)s%%; they must make 100%%.") % {"sum": shares}
        )
    return found


def _label(name: str) -> str:
    field = Initiative._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.verbose_name)


def _missing_report(initiative: Initiative, content: dict[str, Any], stamp: str) -> list[str]:
    found = [
        _("Write section %(numeral)s “%(title)s”.") % {"numeral": numeral, "title": title}
        for code, numeral, title in _sections(stamp, movement=initiative.movement_id)
        if not content["report"].get(code, "").strip()
    ]
    if not content["measures"]:
        found.append(_("Give at least one measured result with its evidence."))
    return found + [
        _("Say what proves “%(result)s”, or attach a file that does.") % {"result": indicator}
        for indicator in _unproven(content)
    ]


def _missing_of_school(initiative: Initiative, content: dict[str, Any]) -> list[str]:
    found = [
        _("Write section “%(section)s”.") % {"section": section.label}
        for section in general_sections(initiative.movement_id)
        if not content["report"].get(section.code, "").strip()
    ]
    if not content["solutions"]:
        found.append(_("Gather at least one initiative that has reported its results."))
    return found


def _unproven(content: dict[str, Any]) -> list[str]:
    """The results that neither words nor a file prove."""
    bare = {one["indicator"] for one in content["measures"] if not one["evidence"].strip()}
    return sorted(bare - {file["result"] for file in content.get("evidence", ())})


@Stamped
@Prepared
def _sections(movement: int) -> QuerySet[Any]:
    """What each initiative's part of the report is made of, in the order of the form."""
    sections = ReportSection.objects.filter(
        movement=movement, scope=ReportSection.Scope.INITIATIVE
    ).order_by("position")
    return sections.values_list("code", "numeral", "title")
