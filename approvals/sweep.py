"""One pass over everything that time brings about. Safe to run many times and in many places."""

from dataclasses import dataclass
from datetime import datetime

from approvals.absences import cover
from approvals.rounds import start_due
from notifications.daily import send_daily
from notifications.digests import send_weekly
from notifications.sweep import climb


@dataclass(frozen=True)
class Pass:
    started: int
    covered: int
    climbed: int
    digests: int


def sweep(now: datetime) -> Pass:
    return Pass(
        started=start_due(now),
        covered=cover(now),
        climbed=climb(now),
        digests=send_weekly(now) + send_daily(now),
    )
