"""Whose turn it is, as the dossier's page shows it."""

from dataclasses import dataclass
from typing import Any

from approvals.case import Case
from people.models import User
from workflow.models import Duty, WorkItem


@dataclass(frozen=True)
class Turn:
    """An open work item, the people who can answer it, and whether the reader is one of them."""

    item: WorkItem
    people: list[User]
    mine: bool
    request: dict[str, Any] | None = None


def turns(case: Case, may_decide: bool) -> list[Turn]:
    """What is open, item by item; those of a vote stand together, the reader's own first."""
    found = [_turn(case, item, may_decide) for item in case.items]
    of_vote = [one for one in found if one.item in case.vote_items]
    if len(of_vote) < 2:
        return found
    first = next((one for one in of_vote if one.mine), of_vote[0])
    people = list({person.pk: person for one in of_vote for person in one.people}.values())
    together = Turn(first.item, people, first.mine)
    return [together, *(one for one in found if one not in of_vote)]


def _turn(case: Case, item: WorkItem, may_decide: bool) -> Turn:
    people = case.owing(item)
    mine = case.person in people and (item.duty != Duty.DECIDE or may_decide)
    return Turn(item, people, mine, case.request if item == case.extension else None)
