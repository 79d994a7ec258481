import os
import signal
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

GIVE_WAY = 19
"""The lowest priority: whoever waits for a page comes first."""


class Command(BaseCommand):
    help = "Make the exports that wait, one after the other, with the lowest priority."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """It ends with its parent, and on SIGTERM: what is half done goes to the next worker."""
        os.environ["RAYON_NUM_THREADS"] = "1"  # the typesetter would take every core
        from reports.exporting.work import make_waiting

        os.nice(GIVE_WAY)
        told: list[int] = []
        signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
        parent = os.getppid()
        made = make_waiting(timezone.now, lambda: bool(told) or os.getppid() != parent)
        self.stdout.write(f"{made} export(s)")
