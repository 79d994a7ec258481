"""Mails to send, and a clock that stands still."""

from datetime import datetime

from notifications.delivery import Clock
from tests.world import World


def stopped_at(now: datetime) -> Clock:
    return lambda: now


def write(world: World, count: int) -> None:
    for _number in range(count):
        world.at("with_head")
