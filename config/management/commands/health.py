from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.monitoring import checks


class Command(BaseCommand):
    help = "Say how each part is; fails if one of those named (default: any) is not well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="database, broker, beat, sweep, mail")

    def handle(self, *args: Any, **options: Any) -> None:
        found = checks(timezone.now())
        for check in found:
            facts = ", ".join(f"{name} {value}" for name, value in check.facts.items())
            self.stdout.write(f"{check.name}: {'ok' if check.ok else 'FAILED'} {facts}".rstrip())
        known = {check.name: check.ok for check in found}
        names = options["names"] or known
        if failed := [name for name in names if not known.get(name)]:
            raise CommandError(f"not well: {', '.join(failed)}")
