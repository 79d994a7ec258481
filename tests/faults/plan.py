"""Every fault test: how large, what is shortened for it, and what its control takes away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.beats import beats
from tests.faults.brokers import broker_flushes, broker_frozen, broker_kills
from tests.faults.databases import database_stops
from tests.faults.mails import mail_answers, poison
from tests.faults.outcome import Outcome
from tests.faults.rollbacks import rollbacks
from tests.faults.sqlite import sqlite
from tests.faults.workers import child_kills, group_kills

OFTEN = {"every": {"sweep": 1.5, "deliver": 1}}
"""The beat wakes so often (in seconds) that faults meet work; production has 60 and 30."""
SOON = OFTEN | {"lease": 5, "retry": 1, "mail_timeout": 0.3}
UNPROTECTED: dict[str, Any] = {"modules": ["tests.faults.unprotected"]}


@dataclass(frozen=True)
class Test:
    """`full`, `quick` and `controlled` are sizes; the settings are those of tests.faults.settings,
    and `durable` False is a broker without its log."""

    run: Callable[..., Outcome]
    full: float
    quick: float
    controlled: float
    settings: dict[str, Any] = field(default_factory=lambda: OFTEN)
    quickly: dict[str, Any] = field(default_factory=lambda: SOON)
    control: dict[str, Any] = field(default_factory=dict)


TESTS = {
    "child-kills": Test(child_kills, 200, 8, 8, control=UNPROTECTED),
    "group-kills": Test(group_kills, 50, 2, 1, settings={}),
    "broker-kills": Test(broker_kills, 20, 2, 1, control=UNPROTECTED | {"durable": False}),
    "broker-flushes": Test(broker_flushes, 10, 1, 1, control=UNPROTECTED | {"durable": False}),
    "broker-frozen": Test(broker_frozen, 120, 5, 5),
    "database-stops": Test(database_stops, 20, 2, 3),
    "mail-answers": Test(
        mail_answers,
        *(2000, 100, 100),
        settings=OFTEN | {"mail_timeout": 1},
        quickly=SOON | {"lease": 20},
        control={"retry": 86400},
    ),
    "poison": Test(poison, 1000, 200, 200, control=UNPROTECTED),
    "beats": Test(beats, 10, 0.1, 0.1, settings={}),
    "rollbacks": Test(rollbacks, 500, 50, 50, settings={}),
    "sqlite": Test(sqlite, 5, 0.1, 0.1),
}
