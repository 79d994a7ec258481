from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from people.grants import grant_for
from people.models import Delegation, Membership


class Command(BaseCommand):
    help = "After an upgrade: give every membership and delegation exactly its role's permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        with transaction.atomic():
            for membership in Membership.objects.select_related("user"):
                grant_for(membership, membership.user)
                count += 1
            for lent in Delegation.objects.filter(revoked_at=None).select_related("delegate"):
                grant_for(lent, lent.delegate)
                count += 1
        self.stdout.write(f"{count} memberships and delegations have their permissions")
