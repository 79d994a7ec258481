"""By which right somebody may answer an open work item."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.holdings import Holding
from people.models import User
from workflow.models import Submission, WorkItem


@dataclass
class Seat:
    """A work item, and the holding by which somebody answers it."""

    item: WorkItem
    holding: Holding


def seats(person: User | None, mine: Iterable[Holding], items: Iterable[WorkItem]) -> list[Seat]:
    """Those of the items that the person may answer, in their own name rather than for another.

    `mine`: what the person holds. Whoever is asked by name needs no role for it.
    """
    if person is None or not person.is_active:
        return []
    deciding = [held for held in mine if held.permission == "decide"]
    deciding.sort(key=lambda held: held.on_behalf_of_id or 0)
    found = []
    for item in items:
        named = Holding(person, "", item.unit_id, "decide", None)
        rights = [named, *deciding] if not item.role else deciding
        if right := next((held for held in rights if answers(held, item)), None):
            found.append(Seat(item, right))
    return found


def answers(held: Holding, item: WorkItem) -> bool:
    """Does this holding answer the item: as it was asked, or by the post it was raised to?"""
    raised = item.raised_role and (item.raised_unit_id, item.raised_role)
    return is_asked(held, item) or (held.unit_id, held.role) == raised


def is_asked(held: Holding, item: WorkItem) -> bool:
    """An item for one person waits for them or for their delegate, not for others of the role."""
    same_post = (held.unit_id, held.role) == (item.unit_id, item.role)
    return same_post and item.person_id in (None, held.on_behalf_of_id or held.user.pk)


def is_asked_in_person(seat: Seat) -> bool:
    """Asked for themselves, rather than standing in or being next up."""
    return seat.holding.on_behalf_of_id is None and is_asked(seat.holding, seat.item)


def kept_steps(submission: Submission | None, person_id: int | None) -> set[int]:
    """The numbers of the steps for which this person's earlier approval was kept."""
    if submission is None or person_id is None:
        return set()
    return {
        step["number"]
        for step in submission.route
        if any(person_id in (one["actor"], one["on_behalf_of"]) for one in step["kept"])
    }
