from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from people.grants import grant_for
from people.models import Delegation, Membership


class Command(BaseCommand):
    help = "After an upgrade: give every membership and delegation exactly its role's permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        reasons = chain(
            ((one, one.user) for one in Membership.objects.select_related("user")),
            (
                (one, one.delegate)
                for one in Delegation.objects.filter(revoked_at=None).select_related("delegate")
            ),
        )
        count = 0
        with transaction.atomic():
            for reason, user in reasons:
                grant_for(reason, user)
                count += 1
        self.stdout.write(f"{count} memberships and delegations have their permissions")
