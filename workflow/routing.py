"""From a route as data to the steps one submission will take."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from people.holdings import Post
from people.models import Unit
from people.models.unit import AUTHORITY_DEPTH, SCHOOL_DEPTH, at_depth
from people.roles import NEXT_UP, Role
from workflow.models import Level, Quorum, RouteStep
from workflow.voting import VOTES

Holders = Callable[[Post], set[int]]


class Unstaffed(Exception):
    """Too few people who may decide hold the role of a step, and nobody a role above it."""

    def __init__(self, step: RouteStep) -> None:
        super().__init__(str(step))
        self.step = step


@dataclass(frozen=True)
class Asked:
    """A step of one dossier: the post or the named people asked, and whether it gave way."""

    step: RouteStep
    post: Post
    people: frozenset[int]
    gave_way: bool = False
    excluded: frozenset[int] = frozenset()
    """Authors who hold the post: they are not asked."""

    @property
    def needed(self) -> int:
        if self.step.quorum == Quorum.ALL:
            return len(self.people)
        return self.step.needed or 1 if self.step.quorum == Quorum.SOME else 1

    @property
    def one_by_one(self) -> bool:
        """Each has a work item of their own; otherwise one is addressed to the post."""
        return not self.post[1] or self.step.quorum != Quorum.ANY


def level_unit(unit: Unit, level: str) -> int:
    """The key of the unit at this level of the line above (and including) `unit`."""
    if level == Level.OWN:
        return unit.pk
    return at_depth(unit.line, SCHOOL_DEPTH if level == Level.SCHOOL else AUTHORITY_DEPTH)


def next_up(unit_line: list[int], post: Post) -> Post | None:
    """Who decides when this post cannot or does not: head → principal → the Sở."""
    unit_id, role = post
    above = NEXT_UP.get(role)
    if above is None:
        return None
    if above == Role.PRINCIPAL:
        return at_depth(unit_line, SCHOOL_DEPTH), above
    if above == Role.SUPERIOR:
        return at_depth(unit_line, AUTHORITY_DEPTH), above
    return unit_id, above


def asked(
    steps: Iterable[RouteStep], unit: Unit, authors: set[int], holders: Holders
) -> list[Asked]:
    """Who would be asked, step by step.

    A post held only by authors gives way to the next role up (segregation of duties). When that
    is the post of a later step, the later step answers for both: nobody is asked twice.
    """
    route = [_ask(step, unit, authors, holders) for step in steps]
    return [
        one
        for index, one in enumerate(route)
        if not (one.gave_way and any(one.post == later.post for later in route[index + 1 :]))
    ]


def _ask(step: RouteStep, unit: Unit, authors: set[int], holders: Holders) -> Asked:
    if not step.role:
        named = {user.pk for user in step.named if user.is_active}
        found = Asked(
            step, (unit.pk, ""), frozenset(named - authors), excluded=frozenset(named & authors)
        )
    else:
        first: Post = (level_unit(unit, step.level), step.role)
        post: Post | None = first
        while post and not holders(post) - authors:
            post = next_up(unit.line, post)
        if post is None:
            raise Unstaffed(step)
        everybody = frozenset(holders(post))
        found = Asked(step, post, everybody - authors, post != first, everybody & authors)
    if not found.people or (found.needed > len(found.people) and not found.gave_way):
        raise Unstaffed(step)
    return found


def pinned(
    steps: Iterable[RouteStep], unit: Unit, authors: set[int], holders: Holders
) -> list[dict[str, Any]]:
    """The route as a submission keeps it: every step with the post or the people to be asked."""
    return [
        {
            "number": number,
            "position": one.step.position,
            "unit": one.post[0],
            "role": one.post[1],
            "people": sorted(one.people) if one.one_by_one else [],
            "needed": min(one.needed, len(one.people)),
            "asks": one.step.asks,
            "working_days": one.step.working_days,
            "same_person": one.step.same_person,
            "keeps_approval": one.step.keeps_approval,
            "kept": [],
            **_conclusion(one),
        }
        for number, one in enumerate(asked(steps, unit, authors, holders), start=1)
    ]


def _conclusion(one: Asked) -> dict[str, Any]:
    """How a step that scores or votes comes to its end; nothing for any other."""
    step = one.step
    found: dict[str, Any] = {}
    if step.pass_mark is not None:
        found["pass_mark"] = step.pass_mark
    if step.asks in VOTES:
        found["vote"] = {
            "threshold": step.threshold,
            "base": step.base,
            "attendance": step.attendance or 0,
            "excluded": sorted(one.excluded),
            "closed": False,
        }
    return found
