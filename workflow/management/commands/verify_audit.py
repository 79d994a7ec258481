import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.audit import broken_links
from workflow.exported import faults
from workflow.models import AuditEntry, Initiative


class Command(BaseCommand):
    help = "Check every link of every audit chain; exit 1 names the first broken one of each."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--record", type=Path, help="instead check one exported record (JSON), without database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["record"]:
            self._check_record(options["record"])
            return
        broken = list(broken_links())
        for link in broken:
            self.stderr.write(f"{link.initiative.code} entry {link.seq}: {link.reason}")
        if broken:
            raise CommandError(f"{len(broken)} broken audit chain(s)")
        self.stdout.write(
            f"{AuditEntry.objects.count()} entries of {Initiative.dossiers.count()} dossiers hold"
        )

    def _check_record(self, path: Path) -> None:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            found = list(faults(record))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{path} is not a record of this product: {error}") from error
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} fault(s) in the record")
        self.stdout.write(f"{record['code']}: {len(record['audit'])} entries hold")
