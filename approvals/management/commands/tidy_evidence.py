from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from approvals import vault


class Command(BaseCommand):
    help = "Name files of the vault that no evidence names: a process died before its commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--delete",
            action="store_true",
            help="delete them; never with the database of another installation, or an older one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = sorted(vault.forgotten(timezone.now()))
        for stored in found:
            self.stdout.write(str(vault.path(stored)))
        if options["delete"]:
            vault.discard(found)
        self.stdout.write(f"{len(found)} file(s), deleted: {options['delete']}")
