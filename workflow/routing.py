"""From a route as data to the steps one submission will take."""

from collections.abc import Callable, Iterable
from typing import Any

from people.colleagues import SCHOOL_DEPTH
from people.grants import Post
from people.models import Unit
from people.roles import NEXT_UP, Role
from workflow.models import Level, RouteStep

Holders = Callable[[Post], set[int]]


class Unstaffed(Exception):
    """Nobody who may decide holds the role of a step, nor any role above it."""

    def __init__(self, step: RouteStep) -> None:
        super().__init__(str(step))
        self.step = step


def level_unit(unit: Unit, level: str) -> int:
    """The key of the unit at this level of the line above (and including) `unit`."""
    if level == Level.OWN:
        return unit.pk
    return _from_root(unit.line, SCHOOL_DEPTH if level == Level.SCHOOL else 0)


def next_up(unit_line: list[int], post: Post) -> Post | None:
    """Who decides when this post cannot or does not: head → principal → the Sở."""
    unit_id, role = post
    above = NEXT_UP.get(role)
    if above is None:
        return None
    if above == Role.PRINCIPAL:
        return _from_root(unit_line, SCHOOL_DEPTH), above
    return (_from_root(unit_line, 0) if above == Role.SUPERIOR else unit_id), above


def _from_root(unit_line: list[int], depth: int) -> int:
    return unit_line[::-1][min(depth, len(unit_line) - 1)]


def pinned(
    steps: Iterable[RouteStep], unit: Unit, authors: set[int], holders: Holders
) -> list[dict[str, Any]]:
    """The route as a submission keeps it: every step with the post that will be asked.

    A post held only by authors gives way to the next role up (segregation of duties). When that
    is the post of a later step, the later step answers for both: nobody is asked twice.
    """
    route = [_pin(step, unit, authors, holders) for step in steps]
    return [
        step
        for index, step in enumerate(route)
        if not any(_post(step) == _post(later) for later in route[index + 1 :])
    ]


def _post(step: dict[str, Any]) -> Post:
    return step["unit"], step["role"]


def _pin(step: RouteStep, unit: Unit, authors: set[int], holders: Holders) -> dict[str, Any]:
    post: Post | None = (level_unit(unit, step.level), step.role)
    while post and not holders(post) - authors:
        post = next_up(unit.line, post)
    if post is None:
        raise Unstaffed(step)
    return {
        "position": step.position,
        "unit": post[0],
        "role": post[1],
        "asks": step.asks,
        "working_days": step.working_days,
        "same_person": step.same_person,
    }
