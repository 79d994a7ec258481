"""The one way an initiative comes to be: through the same door, before there is a row to lock."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from approvals.actions import Outcome, record
from approvals.case import Case
from approvals.moves.draft import EDITABLE, authorships, shares
from approvals.moves.items import owe_registration
from approvals.refusal import Refusal, Refused
from approvals.rules.people import holds
from people.holdings import holdings
from people.keys import NextKey
from people.models import RosterStamp, Unit, User
from people.prepared import Prepared
from people.rows import Insert, Update, store
from workflow.deadlines import local_day
from workflow.models import AuditEntry, CalendarStamp, Initiative, PlanStamp, Round, WorkItem

CREATE = "create"


def create(
    round_id: int, unit_id: int, actor: User, now: datetime, payload: dict[str, Any]
) -> Outcome:
    """Start a draft in a round for a unit. `payload` as for editing, and `key` against doubles.

    The movement's row is locked for the number of the code, so equal keys meet each other here.
    """
    payload = dict(payload)
    key = payload.pop("key", None)
    with transaction.atomic():
        locked = _round(pk=round_id)
        if not locked:
            raise Round.DoesNotExist
        if key and (twin := AuditEntry.objects.filter(key=key, actor=actor).first()):
            return Outcome(twin.initiative, changed=False)
        case = _case(locked[0], unit_id, actor, now, payload)
        percent = shares(actor.pk, payload.get("co_authors", []))
        case.author_ids = set(percent)
        case.changes.append(authorships(case.initiative, percent))
        owe_registration(case)
        record(case, CREATE, "", {"fields": sorted(payload)}, key)
    return Outcome(case.initiative, changed=True)


@Prepared
def _round(pk: int) -> QuerySet[Round]:
    """The round, with its movement locked: numbers are given one after another."""
    rounds = Round.objects.select_related("movement").filter(pk=pk).order_by()
    return rounds.select_for_update(of=("movement",), no_key=True)


def _case(round_: Round, unit_id: int, actor: User, now: datetime, payload: dict[str, Any]) -> Case:
    """Of a draft that may be made here; it is stored already where its key comes with the row."""
    today = local_day(now)
    found = _unit(pk=unit_id, round_id=round_.pk, today=today)
    if not found:
        raise Unit.DoesNotExist
    unit = found[0]
    initiative = Initiative(
        pk=unit.next_initiative,
        movement=round_.movement,
        round=round_,
        unit=unit,
        lead=actor,
        code=_next_code(round_),
        created_at=now,
        updated_at=now,
        **{name: payload[name] for name in EDITABLE if name in payload},
    )
    held = holdings(unit.line, today, actor, unit.roster_stamp)
    stamps = {"calendar_stamp": unit.calendar_stamp, "plan_stamp": unit.plan_stamp}
    case = Case(initiative, actor, now, held, [], **stamps)
    case.keys = {WorkItem: unit.next_item}
    case.changes.append(Update(round_.movement, ("numbers",)))
    _require(case, round_is_open=unit.round_is_open)
    if unit.next_initiative is None:
        store(Insert([initiative]))
    return case


@Prepared
def _unit(pk: int, round_id: int, today: date) -> QuerySet[Any]:
    """The unit, and with it whatever else a new draft asks of the database."""
    rounds = Round.objects.open_for_registration(today).filter(pk=round_id)
    return (
        Unit.objects.filter(pk=pk)
        .order_by()
        .annotate(
            calendar_stamp=CalendarStamp.column(),
            plan_stamp=PlanStamp.column(),
            roster_stamp=RosterStamp.column(),
            round_is_open=Exists(rounds.order_by()),
            next_initiative=NextKey(Initiative),
            next_item=NextKey(WorkItem),
        )
    )


def _next_code(round_: Round) -> str:
    """Numbers run on within a year of the movement, whose row is locked."""
    movement, year = round_.movement, str(round_.year)
    movement.numbers |= {year: movement.numbers.get(year, 0) + 1}
    return f"{movement.code}-{year}-{movement.numbers[year]:03d}"


def _require(case: Case, *, round_is_open: bool) -> None:
    if found := holds("put_forward")(case):
        raise Refused(found)
    if case.initiative.movement.unit_id not in case.initiative.unit.line:
        raise Refused(Refusal(_("This movement belongs to another school.")))
    if not round_is_open:
        raise Refused(Refusal(_("This round is not open for registration."), conflict=True))
