from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from approvals.demo.load import OtherData, is_loaded, load
from approvals.demo.plan import LATEST, LAUNCH
from workflow.calendar import ZONE
from workflow.deadlines import INSTANT, local_day


def day(text: str) -> date:
    try:
        parsed = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a date such as 2023-10-20") from error
    if parsed < LAUNCH:
        raise ArgumentTypeError(f"the plan starts on {LAUNCH}: give that day or a later one")
    if parsed > LATEST:
        raise ArgumentTypeError(f"working days are not known so far ahead: at most {LATEST}")
    return parsed


class Command(BaseCommand):
    help = "Load the demo school with its whole history, as it would be on a date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=day, help="YYYY-MM-DD, default today")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if is_loaded():
                self.stdout.write("The demo is loaded already; nothing was changed.")
                return
        except OtherData as error:
            raise CommandError(
                "This database holds people, units or movements of its own. "
                "Load the demo into an empty one."
            ) from error
        now = timezone.now()
        as_of = options["as_of"] or local_day(now)
        self._load(as_of, now if as_of == local_day(now) else _end_of(as_of))

    def _load(self, as_of: date, until: datetime) -> None:
        shown = -1
        for done in load(as_of, until):
            percent = int(done * 100)
            if percent // 10 > shown // 10:
                shown = percent
                self.stdout.write(f"Loading the demo… {percent}%")
        self.stdout.write(f"The demo is loaded as of {as_of}.")


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, ZONE) - INSTANT
