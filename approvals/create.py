"""The one way an initiative comes to be: through the same door, before there is a row to lock."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.actions import Outcome, record
from approvals.case import Case, open_case
from approvals.moves.draft import EDITABLE, set_authors
from approvals.moves.items import owe_registration
from approvals.policy import Refusal, Refused
from people.grants import holdings
from people.models import Unit, User
from workflow.deadlines import local_day
from workflow.models import AuditEntry, Initiative, Round

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
        rounds = Round.objects.select_related("movement")
        round_ = rounds.select_for_update(of=("movement",), no_key=True).get(pk=round_id)
        if key and (twin := AuditEntry.objects.filter(key=key, actor=actor).first()):
            return Outcome(twin.initiative, changed=False)
        unit = Unit.objects.get(pk=unit_id)
        _require(round_, unit, actor, now)
        initiative = _draft(round_, unit, actor, now, payload)
        case = open_case(initiative.pk, actor, now, lock=True)
        set_authors(case, payload.get("co_authors", []))
        owe_registration(case)
        record(case, CREATE, "", {"fields": sorted(payload)}, key)
    return Outcome(case.initiative, changed=True)


def _require(round_: Round, unit: Unit, actor: User, now: datetime) -> None:
    today = local_day(now)
    held = holdings(unit.line, today, actor)
    if not Case(Initiative(), actor, now, held, []).holds("put_forward"):
        raise Refused(Refusal(_("Your roles do not cover this for this unit.")))
    if round_.movement.unit_id not in unit.line:
        raise Refused(Refusal(_("This movement belongs to another school.")))
    if not Round.objects.open_for_registration(today).filter(pk=round_.pk).exists():
        raise Refused(Refusal(_("This round is not open for registration."), conflict=True))


def _draft(
    round_: Round, unit: Unit, actor: User, now: datetime, payload: dict[str, Any]
) -> Initiative:
    prefix = f"{round_.movement.code}-{round_.year}-"
    last = Initiative.objects.filter(code__startswith=prefix).order_by("pk").last()
    number = int(last.code.removeprefix(prefix)) + 1 if last else 1
    return Initiative.objects.create(
        movement=round_.movement,
        round=round_,
        unit=unit,
        lead=actor,
        code=f"{prefix}{number:03d}",
        created_at=now,
        updated_at=now,
        **{name: payload[name] for name in EDITABLE if name in payload},
    )
