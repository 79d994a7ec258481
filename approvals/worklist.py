"""What waits for a person, page by page: asked by the page and measured by the benchmark."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Value

from people.grants import Office, offices
from people.models import User
from people.prepared import Prepared
from workflow.models import WorkItem

PAGE = 25
SHOWN = ("initiative__unit", "initiative__lead", "submission")
NOT_SHOWN = (
    "submission__content",
    "initiative__report",
    "initiative__current_state",
    "initiative__solution",
    "initiative__expected_results",
)
"""Long texts that a list has no use for: they would be most of what is fetched."""


@dataclass(frozen=True)
class Waiting:
    """One page of open items, the most urgent first, and for whom the person would answer."""

    page: Page[Any]
    behalf: dict[int, User]


class _Mine:
    """A list for Django's paginator, of which only the count and one page are ever fetched."""

    def __init__(self, user: User, held: list[Office]) -> None:
        own = [one.post for one in held if one.delegator is None]
        lent = [(*one.post, one.delegator.pk) for one in held if one.delegator]
        self.address = {
            "person": user.pk,
            **_columns(own, "units", "roles"),
            **_columns(lent, "lent_units", "lent_roles", "lenders"),
        }

    def __len__(self) -> int:
        counted = _count(**self.address)
        return int(counted[0][0]) if counted else 0

    def __getitem__(self, page: slice) -> list[WorkItem]:
        rows = range(page.start, page.stop)
        return _rows(**self.address, page=rows) if rows else []


def waiting(user: User, today: date, number: str | None) -> Waiting:
    held = offices(user, today)
    mine: Any = _Mine(user, held)
    page: Page[Any] = Paginator(mine, PAGE).get_page(number)
    own = {one.post for one in held if one.delegator is None}
    lent = {one.post: one.delegator for one in held if one.post not in own}
    behalf = {}
    for item in page:
        raised = (item.raised_unit_id or 0, item.raised_role)
        if delegator := lent.get((item.unit_id, item.role)) or lent.get(raised):
            behalf[item.pk] = delegator
    return Waiting(page, behalf)


def _columns(rows: list[Any], *names: str) -> dict[str, tuple[Any, ...]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _addressed(
    person: int,
    units: tuple[int, ...],
    roles: tuple[str, ...],
    lent_units: tuple[int, ...],
    lent_roles: tuple[str, ...],
    lenders: tuple[int, ...],
) -> QuerySet[Any]:
    own = zip(units, roles, strict=True)
    lent = zip(lent_units, lent_roles, lenders, strict=True)
    found: QuerySet[Any] = WorkItem.objects.addressed(person, own, lent)
    return found


@Prepared
def _count(**address: Any) -> QuerySet[Any]:
    grouped: QuerySet[Any] = _addressed(**address).order_by().values(every=Value(1))
    return grouped.annotate(count=Count("pk")).values_list("count")


@Prepared
def _rows(page: range, **address: Any) -> QuerySet[Any]:
    """The page is cut out first, so that only its rows are joined with what is shown."""
    cut = _addressed(**address).values("pk")[page.start : page.stop]
    rows: QuerySet[Any] = WorkItem.objects.filter(pk__in=cut)
    return rows.select_related(*SHOWN).defer(*NOT_SHOWN)
