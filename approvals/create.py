"""The one way an initiative comes to be: through the same door, before there is a row to lock."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from approvals.actions import Outcome, record
from approvals.case import Case
from approvals.moves.draft import EDITABLE, authorships, shares
from approvals.moves.items import owe_registration
from approvals.policy import Refusal, Refused
from people.grants import holdings
from people.models import RosterStamp, Unit, User
from people.prepared import Prepared
from people.rows import Insert, store
from workflow.deadlines import local_day
from workflow.models import AuditEntry, CalendarStamp, Initiative, Round

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
        found = _round(pk=round_id)
        if not found:
            raise Round.DoesNotExist
        if key and (twin := AuditEntry.objects.filter(key=key, actor=actor).first()):
            return Outcome(twin.initiative, changed=False)
        (unit,) = _unit(pk=unit_id)
        held = holdings(unit.line, local_day(now), actor, unit.roster_stamp)
        case = Case(_draft(found[0], unit, actor, now, payload), actor, now, held, [])
        case.calendar_stamp = unit.calendar_stamp
        _require(case)
        percent = shares(actor.pk, payload.get("co_authors", []))
        case.author_ids = set(percent)
        store(Insert([case.initiative]))
        case.changes.append(authorships(case.initiative, percent))
        owe_registration(case)
        record(case, CREATE, "", {"fields": sorted(payload)}, key)
    return Outcome(case.initiative, changed=True)


@Prepared
def _unit(pk: int) -> QuerySet[Any]:
    units = Unit.objects.filter(pk=pk).order_by()
    return units.annotate(
        calendar_stamp=CalendarStamp.column(), roster_stamp=RosterStamp.column()
    )


@Prepared
def _round(pk: int) -> QuerySet[Round]:
    """The round, with its movement locked: numbers are given one after another."""
    rounds = Round.objects.select_related("movement").filter(pk=pk).order_by()
    return rounds.select_for_update(of=("movement",), no_key=True)


def _require(case: Case) -> None:
    round_ = case.initiative.round
    if not case.holds("put_forward"):
        raise Refused(Refusal(_("Your roles do not cover this for this unit.")))
    if round_.movement.unit_id not in case.initiative.unit.line:
        raise Refused(Refusal(_("This movement belongs to another school.")))
    if not _open(pk=round_.pk, today=local_day(case.now)):
        raise Refused(Refusal(_("This round is not open for registration."), conflict=True))


@Prepared
def _open(pk: int, today: date) -> QuerySet[Any]:
    return Round.objects.open_for_registration(today).filter(pk=pk).order_by().values_list("pk")


def _draft(
    round_: Round, unit: Unit, actor: User, now: datetime, payload: dict[str, Any]
) -> Initiative:
    """Not stored yet."""
    prefix = f"{round_.movement.code}-{round_.year}-"
    last = _last_codes(prefix=prefix)
    number = int(last[0][0].removeprefix(prefix)) + 1 if last else 1
    return Initiative(
        movement=round_.movement,
        round=round_,
        unit=unit,
        lead=actor,
        code=f"{prefix}{number:03d}",
        created_at=now,
        updated_at=now,
        **{name: payload[name] for name in EDITABLE if name in payload},
    )


@Prepared
def _last_codes(prefix: str) -> QuerySet[Any]:
    codes = Initiative.objects.filter(code__startswith=prefix).order_by("-pk")
    return codes.values_list("code")[:1]
