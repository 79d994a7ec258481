"""Who holds what, read from the grants that are in force: along a line of units, or anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from people.instances import stored
from people.models import Absence, Grant, User
from people.prepared import Prepared
from people.stamped import Stamped

DECIDING = ("decide", "open_evaluation")
"""Permissions that let a role be asked: a holder can find a work item addressed to them."""
HELD_AS = Coalesce("membership__role", "delegation__role")
"""The role in which a grant is held: by a membership, or lent by a delegation."""


class Holding(NamedTuple):
    """One permission, held by a person in a role at a unit, in their own name or for another."""

    user: User
    role: str
    unit_id: int
    permission: str
    on_behalf_of_id: int | None
    away: bool = False


def holdings(
    line: Iterable[int], today: date, actor: User | None = None, stamp: str = ""
) -> list[Holding]:
    """Who can be asked along a line of units, and everything that `actor` holds there.

    The same rows tell whether the actor may act and who must be asked next. With the stamp of the
    roster, read in the caller's transaction, rows that are kept under it need no statement.
    """
    rows = _holdings(stamp, line=tuple(line), today=today, actor=actor.pk if actor else None)
    people = {actor.pk: actor} if actor else {}
    found = []
    for row in rows:
        known = row[_USER:-1]
        if known[0] not in people:
            people[known[0]] = stored(User, KNOWN, known)
        found.append(Holding(people[known[0]], *row[:_USER]))
    return found


KNOWN = ("id", "email", "full_name", "language", "is_active")
"""What is fetched of a person; the rest follows when it is asked for."""
COLUMNS = (
    "held_as",
    "content_object",
    "permission__codename",
    "delegation__delegator",
    "away",
    *(f"user__{name}" for name in KNOWN),
    "pk",
)
_USER = COLUMNS.index("user__id")


def deciding(today: date, actor: int | None) -> QuerySet[Any]:
    """Grants of those who can be asked anywhere, and all of the actor's, with their `COLUMNS`."""
    asked = Q(permission__codename__in=DECIDING)
    if actor is not None:
        asked |= Q(user_id=actor)
    absent = Absence.objects.in_force(today).filter(user=OuterRef("user"))
    found: QuerySet[Any] = (
        Grant.objects.in_force(today).filter(asked).annotate(held_as=HELD_AS, away=Exists(absent))
    )
    return found


@Stamped
@Prepared
def _holdings(line: tuple[int, ...], today: date, actor: int | None) -> QuerySet[Any]:
    """In one order, so that the same people are always asked in the same order."""
    along = deciding(today, actor).filter(content_object_id__in=line)
    return along.order_by("user", "pk").values_list(*COLUMNS)


Post = tuple[int, str]
Holders = dict[Post, dict[int, User]]


def by_post(held: Iterable[Holding], *, own: bool = False) -> Holders:
    """The people who can be asked, by the (unit, role) they hold or stand in for.

    `own`: without those who only stand in. A route counts and names holders, for whom a delegate
    may answer; it does not ask the delegate besides.
    """
    holders: Holders = {}
    for one in held:
        if one.permission in DECIDING and not (own and one.on_behalf_of_id):
            holders.setdefault((one.unit_id, one.role), {})[one.user.pk] = one.user
    return holders


def deciding_posts(today: date) -> QuerySet[Any, Any]:
    """Everybody who can be asked anywhere, as rows of unit, role and person, to be joined."""
    posts: QuerySet[Any, Any] = (
        deciding(today, None)
        .order_by()
        .values(unit=F("content_object_id"), role=F("held_as"), person=F("user_id"))
    )
    return posts


def paths(user: User, today: date, *permissions: str) -> list[str]:
    """The subtrees, as unit paths, in which the person holds one of these permissions."""
    held = _held(user=user.pk, today=today)
    return sorted({path for permission, path in held if permission in permissions})


def permissions(user: User, today: date) -> set[str]:
    """What the person may do somewhere: for the navigation, which leads there."""
    return {permission for permission, _path in _held(user=user.pk, today=today)}


@Prepared
def _held(user: int, today: date) -> QuerySet[Any]:
    grants = Grant.objects.in_force(today).filter(user=user)
    return grants.values_list("permission__codename", "content_object__path")


@dataclass(frozen=True)
class Office:
    """A post whose decisions wait for a person: their own, or one they stand in for."""

    unit_id: int
    role: str
    delegator: User | None

    @property
    def post(self) -> Post:
        return self.unit_id, self.role


def offices(user: User, today: date) -> list[Office]:
    """Every post that somebody would answer for, delegations included."""
    rows = _deciding(user=user.pk, today=today)
    found = {
        (row.content_object_id, row.role, row.delegation_id): Office(
            row.content_object_id, row.role, row.delegation and row.delegation.delegator
        )
        for row in rows
    }
    return list(found.values())


@Prepared
def _deciding(user: int, today: date) -> QuerySet[Grant]:
    grants = Grant.objects.in_force(today).filter(user=user, permission__codename__in=DECIDING)
    return grants.select_related("delegation__delegator").annotate(role=HELD_AS).order_by("pk")
