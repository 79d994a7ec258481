"""What waits for a person, page by page: asked by the page and measured by the benchmark."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, TextChoices, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.holdings import Office, offices
from people.models import User
from people.prepared import Prepared
from people.roles import PERMISSIONS
from workflow.models import WorkItem

PAGE = 25
SHOWN = ("initiative__unit", "initiative__lead", "submission")
NOT_SHOWN = (
    "submission__content",
    "submission__sheet",
    "initiative__report",
    "initiative__current_state",
    "initiative__solution",
    "initiative__expected_results",
)
"""Long texts that a list has no use for: they would be most of what is fetched."""


class Show(TextChoices):
    """The views of the worklist: all I can answer, what of it for others, what my units owe."""

    MINE = "mine", _("waiting for me")
    LENT = "lent", _("on behalf of others")
    UNIT = "unit", _("in my unit")


@dataclass(frozen=True)
class Waiting:
    """One page of open items, the most urgent first, for whom the person would answer, and the
    views that the person has, each with how many there are in it. What a whole school owes is
    counted only when it is looked at: None until then.
    """

    page: Page[Any]
    behalf: dict[int, User]
    counts: dict[Show, int | None]


class _Asked:
    """A list for Django's paginator, of which only the count and one page are ever fetched."""

    def __init__(self, user: User, held: list[Office], show: Show) -> None:
        own = [one.post for one in held if one.delegator is None and show == Show.MINE]
        lent = [(*one.post, one.delegator.pk) for one in held if one.delegator]
        self.address = {
            "person": user.pk,
            "by_name": show == Show.MINE,
            **_columns(own, "units", "roles"),
            **_columns(lent, "lent_units", "lent_roles", "lenders"),
        }

    @cached_property
    def _length(self) -> int:
        counted = _count(**self.address)
        return int(counted[0][0]) if counted else 0

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, page: slice) -> list[WorkItem]:
        rows = range(page.start, page.stop)
        return _rows(**self.address, page=rows) if rows else []


def waiting(user: User, today: date, number: str | None, show: Show = Show.MINE) -> Waiting:
    """Somebody who oversees no unit and stands in for nobody has one view."""
    held = offices(user, today)
    views: dict[Show, Any] = {Show.MINE: _Asked(user, held, Show.MINE)}
    if any(one.delegator for one in held):
        views[Show.LENT] = _Asked(user, held, Show.LENT)
    if any("see_dossiers" in PERMISSIONS[one.role] for one in held):
        views[Show.UNIT] = _of_units(user, today) if show == Show.UNIT else ()
    page: Page[Any] = Paginator(views.get(show, views[Show.MINE]), PAGE).get_page(number)
    counts: dict[Show, int | None] = {
        view: page.paginator.count if view == show else len(rows) if view != Show.UNIT else None
        for view, rows in views.items()
    }
    behalf = {} if show == Show.UNIT else _behalf(page, held)
    return Waiting(page, behalf, counts if len(views) > 1 else {})


def _of_units(user: User, today: date) -> QuerySet[Any]:
    overseen: QuerySet[Any] = WorkItem.objects.below(user, today)
    return overseen.select_related(*SHOWN, "person", "unit").defer(*NOT_SHOWN)


def _behalf(page: Page[Any], held: list[Office]) -> dict[int, User]:
    """What the person would answer for somebody else, and not by a post of their own."""
    own = {one.post for one in held if one.delegator is None}
    lent = {one.post: one.delegator for one in held if one.post not in own}
    found = {}
    for item in page:
        raised = (item.raised_unit_id or 0, item.raised_role)
        if delegator := lent.get((item.unit_id, item.role)) or lent.get(raised):
            found[item.pk] = delegator
    return found


def _columns(rows: list[Any], *names: str) -> dict[str, tuple[Any, ...]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _addressed(
    person: int,
    by_name: bool,
    units: tuple[int, ...],
    roles: tuple[str, ...],
    lent_units: tuple[int, ...],
    lent_roles: tuple[str, ...],
    lenders: tuple[int, ...],
) -> QuerySet[Any]:
    own = zip(units, roles, strict=True)
    lent = zip(lent_units, lent_roles, lenders, strict=True)
    found: QuerySet[Any] = WorkItem.objects.addressed(person, own, lent, by_name=by_name)
    return found


@Prepared
def _count(**address: Any) -> QuerySet[Any]:
    grouped: QuerySet[Any] = _addressed(**address).order_by().values(every=Value(1))
    counted: QuerySet[Any] = grouped.annotate(count=Count("pk")).values_list("count")
    return counted


@Prepared
def _rows(page: range, **address: Any) -> QuerySet[Any]:
    """The page is cut out first, so that only its rows are joined with what is shown."""
    cut = _addressed(**address).values("pk")[page.start : page.stop]
    rows: QuerySet[Any] = WorkItem.objects.filter(pk__in=cut)
    return rows.select_related(*SHOWN).defer(*NOT_SHOWN)
