from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.audit import broken_links
from workflow.models import AuditEntry, Initiative


class Command(BaseCommand):
    help = "Check every link of every audit chain; exit 1 names the first broken one of each."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(broken_links())
        for link in broken:
            self.stderr.write(f"{link.initiative.code} entry {link.seq}: {link.reason}")
        if broken:
            raise CommandError(f"{len(broken)} broken audit chain(s)")
        self.stdout.write(
            f"{AuditEntry.objects.count()} entries of {Initiative.objects.count()} initiatives hold"
        )
