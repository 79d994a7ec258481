"""Could anybody complete this route? Asked before a route is saved, not when it is too late."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from people.models import Unit
from workflow.models import Asks, Base, Gate, Quorum, RouteStep
from workflow.routing import Asked, Holders, Unstaffed, asked
from workflow.voting import SCORED, VOTES


def mistake(gate: str, steps: list[RouteStep]) -> str:
    """What is wrong with the route whoever holds which role; empty when nothing is."""
    if not steps:
        return _("A route needs at least one step.")
    extra = [step for step in steps if step.asks != Asks.AGREEMENT]
    if gate != Gate.EVALUATE:
        return _("Scores and grades are given at the evaluation only.") if extra else ""
    grades = [step for step in steps if step.asks == Asks.GRADE]
    scores = [step for step in steps if step.asks in SCORED]
    votes = [step for step in steps if step.asks in VOTES]
    if len(grades) != 1 or not scores:
        return _("An evaluation needs a step that scores, and after it one that grades.")
    if max(step.position for step in scores + votes) >= grades[0].position:
        return _("The grade follows from the scores: its step must come after them.")
    if len(votes) > 1:
        return _("The council votes once: leave one step with a vote.")
    if any(step.base == Base.PRESENT and not step.attendance for step in votes):
        return _("Say how many of the members must vote: the percentage is of those who do.")
    if grades[0].quorum != Quorum.ANY:
        return _("One person gives the grade: choose “any one of them” for this step.")
    return ""


def obstacle(steps: list[RouteStep], unit: Unit, holders: Holders, authors: set[int]) -> str:
    """Why no dossier of this unit could pass; empty when it could."""
    try:
        route = asked(steps, unit, authors, holders)
    except Unstaffed as problem:
        return unstaffed(problem.step)
    if completable(route):
        return ""
    return _(
        "The same few people would have to take several steps, which the route does not allow."
    )


def unstaffed(step: RouteStep) -> str:
    """Why nobody can be asked, in words that say what to do."""
    if not step.role:
        return _("None of the named people can decide: ask the administrator to name others.")
    return _("Too few hold the role “%(role)s”: ask the administrator to name somebody.") % {
        "role": step.get_role_display()
    }


def completable(route: Iterable[Asked]) -> bool:
    """Is there somebody for every voice, when nobody takes two steps unless a step allows it?

    Whoever takes a step that allows nobody twice must not have taken one before it. So the voices
    of any step and those of all such steps after it need as many different people. Nothing else
    is looked for: what is refused is impossible, and what is allowed may still be tight.
    """
    ordered = sorted(route, key=lambda one: (one.step.position, one.step.same_person))
    voices = [[one.people] * min(one.needed, len(one.people)) for one in ordered]
    for number, one in enumerate(voices):
        later = zip(ordered[number + 1 :], voices[number + 1 :], strict=True)
        strict = [voice for step, said in later if not step.step.same_person for voice in said]
        if not _different(one + strict):
            return False
    return True


def _different(voices: list[frozenset[int]]) -> bool:
    """Can each voice have a person of its own? (Augmenting paths, H. W. Kuhn 1955.)"""
    speaks: dict[int, int] = {}

    def find(voice: int, tried: set[int]) -> bool:
        for person in voices[voice] - tried:
            tried.add(person)
            if person not in speaks or find(speaks[person], tried):
                speaks[person] = voice
                return True
        return False

    return all(find(voice, set()) for voice in range(len(voices)))
