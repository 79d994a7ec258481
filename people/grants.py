"""The only place that writes grants, and the one query that reads who holds what along a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from people.models import Absence, Delegation, Grant, Membership, User
from people.prepared import Prepared
from people.roles import PERMISSIONS


def grant_for(reason: Membership | Delegation, user: User) -> None:
    """Make the grants of this membership or delegation exactly those of its role."""
    take_grants(reason)
    link = _link(reason)
    permissions = Permission.objects.filter(
        content_type__app_label="people",
        content_type__model="unit",
        codename__in=PERMISSIONS[reason.role],
    )
    Grant.objects.bulk_create(
        Grant(user=user, content_object_id=reason.unit_id, permission=permission, **link)
        for permission in permissions
    )


def take_grants(reason: Membership | Delegation) -> None:
    Grant.objects.filter(**_link(reason)).delete()


def _link(reason: Membership | Delegation) -> dict[str, Any]:
    return {"membership": reason} if isinstance(reason, Membership) else {"delegation": reason}


DECIDING = ("decide", "open_evaluation")
"""Permissions that let a role be asked: a holder can find a work item addressed to them."""


@dataclass(frozen=True)
class Holding:
    """One permission, held by a person in a role at a unit, in their own name or for another."""

    user: User
    role: str
    unit_id: int
    permission: str
    on_behalf_of_id: int | None
    away: bool = False


def holdings(line: Iterable[int], today: date, actor: User | None = None) -> list[Holding]:
    """Who can be asked along a line of units, and everything that `actor` holds there.

    One statement: the same rows tell whether the actor may act and who must be asked next.
    """
    grants = _along(line=tuple(line), today=today, actor=actor.pk if actor else None)
    return [
        Holding(
            grant.user,
            grant.role,
            grant.content_object_id,
            grant.permission.codename,
            grant.delegation.delegator_id if grant.delegation else None,
            grant.away,
        )
        for grant in grants
    ]


@Prepared
def _along(line: tuple[int, ...], today: date, actor: int | None) -> QuerySet[Grant]:
    asked = Q(permission__codename__in=DECIDING)
    if actor is not None:
        asked |= Q(user_id=actor)
    return (
        Grant.objects.in_force(today)
        .filter(asked, content_object_id__in=line)
        .select_related("user", "permission", "delegation")
        .annotate(
            role=Coalesce("membership__role", "delegation__role"),
            away=Exists(Absence.objects.in_force(today).filter(user=OuterRef("user"))),
        )
        .order_by("user_id", "pk")
    )


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


def paths(user: User, today: date, *permissions: str) -> list[str]:
    """The subtrees, as unit paths, in which the person holds one of these permissions."""
    rows = Grant.objects.in_force(today).filter(user=user, permission__codename__in=permissions)
    return sorted(set(rows.values_list("content_object__path", flat=True)))


def deciding_posts(today: date) -> QuerySet[Any, Any]:
    """Everybody who can be asked anywhere, as rows of unit, role and person, to be joined."""
    grants = Grant.objects.in_force(today).filter(permission__codename__in=DECIDING)
    posts: QuerySet[Any, Any] = grants.order_by().values(
        unit=F("content_object_id"),
        role=Coalesce("membership__role", "delegation__role"),
        person=F("user_id"),
    )
    return posts


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
    role = Coalesce("membership__role", "delegation__role")
    return grants.select_related("delegation__delegator").annotate(role=role).order_by("pk")
