from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from people.grants import Reason, grant
from people.models import Delegation, Membership

BATCH = 500


class Command(BaseCommand):
    help = "After an upgrade: give every membership and delegation exactly its role's permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        lent = Delegation.objects.filter(revoked_at=None)
        reasons: list[Reason] = [*Membership.objects.all(), *lent]
        with transaction.atomic():
            for start in range(0, len(reasons), BATCH):
                grant(reasons[start : start + BATCH])
        self.stdout.write(f"{len(reasons)} memberships and delegations have their permissions")
