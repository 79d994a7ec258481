import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from approvals.sweep import sweep
from notifications.planned import planned
from workflow.calendar import ZONE
from workflow.deadlines import is_overdue


def instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Vietnamese time."""
    try:
        parsed = parse_datetime(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text}: {error}") from error
    if parsed is None:
        raise ArgumentTypeError(f"{text} is not an instant such as 2023-10-31T00:00:00+07:00")
    return parsed if timezone.is_aware(parsed) else parsed.replace(tzinfo=ZONE)


class Command(BaseCommand):
    help = "One pass of the sweep: start what opens, let deputies stand in, climb, write digests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=instant, help="as if it were then (ISO 8601)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go to whom")
        parser.add_argument("--json", action="store_true", help="with --dry-run: a list of objects")

    def handle(self, *args: Any, **options: Any) -> None:
        now = options["at"] or timezone.now()
        if options["json"] and not options["dry_run"]:
            raise CommandError("--json describes a --dry-run: give both")
        if not options["dry_run"]:
            done = sweep(now)
            self.stdout.write(
                f"{done.started} started, {done.covered} stood in for, "
                f"{done.climbed} rungs climbed, {done.digests} digests"
            )
            return
        rows = list(_planned(now))
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                self.stdout.write("{initiative}  {rung:13} {recipient:40} {due_at}".format_map(row))
            self.stdout.write(f"{len(rows)} message(s) would be written")


def _planned(now: datetime) -> Iterator[dict[str, Any]]:
    for one in planned(now):
        yield {
            "work_item": one.work_item,
            "initiative": one.initiative,
            "state": one.state,
            "rung": one.rung,
            "overdue": is_overdue(one.due_at, now),
            "recipient": one.recipient,
            "due_at": one.due_at.isoformat(),
        }
