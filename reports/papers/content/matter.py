"""What documents are about: initiatives of a movement, with all that is written of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from people.models import Membership, Unit
from people.models.unit import UnitKind
from reports.papers import wording
from workflow.models import REGISTERED, Initiative, LegalBasis, Movement

SORTS = {"KH": "Kế hoạch", "QĐ": "Quyết định", "NĐ": "Nghị định", "TT": "Thông tư",
         "CT": "Chỉ thị", "HD": "Hướng dẫn", "NQ": "Nghị quyết"}  # fmt: skip


class NothingToWrite(Exception):
    """There is no matter for this document yet; the reason is for the page."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


def initiatives(
    movement: Movement, years: Iterable[int], states: Iterable[str] = REGISTERED
) -> QuerySet[Initiative]:
    rows = Initiative.objects.filter(movement=movement, round__year__in=years, state__in=states)
    return rows.select_related("unit", "lead", "round").prefetch_related(
        "authorships__user", "measures"
    ).order_by("round__year", "unit__name", "code")  # fmt: skip


def years_of(movement: Movement) -> list[int]:
    return sorted(set(movement.rounds.values_list("year", flat=True)))


def departments(school: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(kind=UnitKind.DEPARTMENT, path__startswith=school.path)


def staff_count(school: Unit, today: date) -> int:
    members = Membership.objects.in_force(today).filter(user__is_active=True)
    inside = members.filter(unit__path__startswith=school.path)
    return inside.order_by().values("user").distinct().count()


def authors(initiative: Initiative) -> str:
    return credited([(one.user.full_name, one.share) for one in initiative.authorships.all()])


def credited(shares: list[tuple[str, int]]) -> str:
    """Authors by name, with their shares when there is more than one."""
    if len(shares) == 1:
        return shares[0][0]
    return "; ".join(f"{name} ({share}%)" for name, share in shares)


def basis(one: LegalBasis) -> str:
    """ "Căn cứ Kế hoạch số 3669/KH-UBND ngày … của … về …" """
    sort = SORTS.get(one.number.partition("/")[2].partition("-")[0], "Văn bản")
    issued = wording.day(one.issued_on)
    return f"Căn cứ {sort} số {one.number} {issued} của {one.issuer} về {one.abstract}"


def bases(movement: Movement) -> tuple[str, ...]:
    return tuple(basis(one) for one in movement.legal_bases.all())


def attached_to(movement: Movement) -> str:
    """The plan of the superior body to which the report's form is attached."""
    plans = movement.legal_bases.filter(issuer__startswith="Sở ", number__contains="/KH")
    plan = plans.order_by("-issued_on").first()
    if plan is None:
        return ""
    return f"(Đính kèm Kế hoạch số {plan.number} {wording.day(plan.issued_on)} của {plan.issuer})"
