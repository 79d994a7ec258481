"""How the school's report of a year comes to be: through the same door as an initiative."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.actions import Outcome, record
from approvals.case import Case
from approvals.create import CREATE
from approvals.moves.draft import authorships
from approvals.moves.items import owe_report
from approvals.refusal import Refusal, Refused
from approvals.rules.people import holds
from people.holdings import holdings
from people.models import User
from people.rows import Insert, store
from workflow import calendars
from workflow.deadlines import local_day
from workflow.models import (
    GENERAL,
    SCHOOL_REPORT,
    Initiative,
    Movement,
    Round,
    SchoolReport,
    Scope,
)
from workflow.solutions import solutions

TITLE = "Báo cáo năm {year} của {school}"
"""Content, as what people write is: it is not translated."""


def draft_report(
    movement_id: int, year: int, actor: User, now: datetime, sections: dict[str, str]
) -> Outcome:
    """Gather the year's solutions into a draft whose general sections begin as `sections`.

    The movement's row is locked, and the report that exists already is the answer: two clicks, or
    two people, make one.
    """
    with transaction.atomic():
        movement = Movement.objects.select_for_update(of=("self",), no_key=True).get(pk=movement_id)
        if twin := SchoolReport.objects.filter(movement=movement, year=year).first():
            return Outcome(twin.initiative, changed=False)
        case = _case(movement, year, actor, now, sections)
        found = solutions(movement.pk, year)
        if not found:
            raise Refused(Refusal(_("No initiative of this year has reported its results yet.")))
        store(Insert([case.initiative]))
        SchoolReport.objects.create(
            initiative=case.initiative, movement=movement, year=year, solutions=found,
            gathered_at=now,
        )  # fmt: skip
        case.author_ids = {actor.pk}
        case.changes.append(authorships(case.initiative, {actor.pk: 100}))
        owe_report(case)
        facts: dict[str, Any] = {"year": year, "solutions": len(found)}
        record(case, CREATE, "", facts, None)
    return Outcome(case.initiative, changed=True)


def _case(
    movement: Movement, year: int, actor: User, now: datetime, sections: dict[str, str]
) -> Case:
    """Of a dossier that is not stored yet; it belongs to the round in which the year reports."""
    round_ = movement.rounds.filter(year=year).order_by("number").last()
    if round_ is None:
        raise Round.DoesNotExist
    dossier = Initiative(
        movement=movement, round=round_, unit=movement.unit, lead=actor,
        code=f"BC-{movement.code}-{year}", kind=SCHOOL_REPORT, scope=Scope.COLLECTIVE,
        title=TITLE.format(year=year, school=movement.unit.name), created_at=now, updated_at=now,
        report={code: sections.get(code, "") for code in GENERAL},
    )  # fmt: skip
    case = Case(dossier, actor, now, holdings(movement.unit.line, local_day(now), actor), [])
    case.calendar_stamp = calendars.stamp()
    if found := holds("write_school_report")(case):
        raise Refused(found)
    return case
