"""The only place that writes grants: they follow from memberships and delegations."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from people.models import Delegation, Grant, Membership
from people.roles import PERMISSIONS

Reason = Membership | Delegation


def appoint(memberships: Sequence[Membership]) -> None:
    """Store new memberships with their grants, in as many statements for many as for one."""
    with transaction.atomic():
        grant(Membership.objects.bulk_create(memberships))


def grant(reasons: Sequence[Reason]) -> None:
    """Make the grants of these memberships and delegations exactly those of their roles."""
    take_grants(reasons)
    keys = dict(
        Permission.objects.filter(
            content_type__app_label="people", content_type__model="unit"
        ).values_list("codename", "pk")
    )
    Grant.objects.bulk_create(
        Grant(
            user_id=reason.user_id if isinstance(reason, Membership) else reason.delegate_id,
            content_object_id=reason.unit_id,
            permission_id=keys[permission],
            **_link(reason),
        )
        for reason in reasons
        for permission in PERMISSIONS[reason.role]
    )


def take_grants(reasons: Sequence[Reason]) -> None:
    memberships = [reason for reason in reasons if isinstance(reason, Membership)]
    delegations = [reason for reason in reasons if isinstance(reason, Delegation)]
    Grant.objects.filter(Q(membership__in=memberships) | Q(delegation__in=delegations)).delete()


def _link(reason: Reason) -> dict[str, Any]:
    return {"membership": reason} if isinstance(reason, Membership) else {"delegation": reason}
