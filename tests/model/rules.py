"""An independent model of the rules of approval: what may be done, and what comes of it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.model.people import (
    DEPUTY,
    OPENS_EVALUATION,
    REOPENS,
    WITHDRAWS,
    Post,
    Staff,
    above,
)

LINE = {"maths", "school", "authority"}
LIVE = {"draft", "registered", "in_progress"}
UNDO_MINUTES = 10
RECOGNISES = "1"
"""The value of a deed by which the signer recognises."""
PASSED = {
    "register": "registered", "report": "reported", "evaluate": "evaluated", "yearly": "approved",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """`needed`: a number, or 0 for all who are asked. With `names` it asks people, not a post.

    With a `threshold` in percent it is a vote: of all who are asked, or of those `present`, of whom
    `attendance` percent must be there; one with `sheets` waits for everybody's score sheet.
    """

    position: int
    post: Post | None = None
    names: tuple[str, ...] = ()
    one_by_one: bool = False
    needed: int = 1
    twice: bool = False
    keeps: bool = False
    threshold: int = 0
    present: bool = False
    attendance: int = 0
    sheets: bool = False
    grades: bool = False


@dataclass
class Ask:
    """Somebody is asked for a step: one person, or whoever holds the post."""

    step: int
    post: Post | None
    person: str | None
    raised: Post | None = None
    chased: int | None = None
    """The day of the last reminder."""


@dataclass
class Owed:
    """What is owed while nothing is pending: by the person in charge, or by a post."""

    post: Post | None = None
    chased: int | None = None


@dataclass(frozen=True)
class Vote:
    step: int
    actor: str
    behalf: str | None
    against: bool = False

    @property
    def voices(self) -> set[str]:
        return {self.actor, self.behalf or self.actor}


@dataclass
class Pending:
    gate: str
    content: tuple[object, ...]
    route: list[Step]
    votes: list[Vote] = field(default_factory=list)
    kept: dict[int, list[Vote]] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)


@dataclass
class Dossier:
    lead: str
    authors: set[str]
    routes: dict[str, list[Step]]
    state: str = "draft"
    title: str = "0"
    results: str = ""
    files: list[str] = field(default_factory=list)
    pending: Pending | None = None
    came_back: dict[str, Pending | None] = field(default_factory=dict)
    recognised: bool = False
    owed: Owed | None = field(default_factory=Owed)
    request: Ask | None = None
    """Somebody is asked for more time."""
    last: tuple[str, int, "Dossier"] | None = None
    """Who decided last, in which minute, and how things were before: while nothing followed."""


@dataclass
class Deed:
    """What somebody tries. `ask` is the index of the step they saw, among the open ones."""

    who: str | None
    action: str
    minute: int
    ask: int = 0
    value: str = ""


def seat(dossier: Dossier, staff: Staff, deed: Deed) -> tuple[Ask, str | None] | None:
    """The ask this person answers, and for whom; their own name goes before another's."""
    pending = dossier.pending
    if pending is None or deed.who is None or deed.who in staff.closed:
        return None
    if not deed.ask < len(pending.asks):
        return None
    ask = pending.asks[deed.ask]
    return _answers(ask, staff, deed.who)


def _answers(ask: Ask, staff: Staff, who: str) -> tuple[Ask, str | None] | None:
    if ask.post is None:
        return (ask, None) if ask.person == who else None
    for post, behalf in staff.capacities(who):
        asked = post == ask.post and ask.person in (None, behalf or who)
        if asked or post == ask.raised:
            return ask, behalf
    return None


def decides(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    """Segregation of duties: no author, nobody for an author, nobody twice."""
    found = seat(dossier, staff, deed)
    if found is None or dossier.pending is None or deed.who in dossier.authors:
        return False
    ask, behalf = found
    if behalf in dossier.authors:
        return False
    said = _said(dossier.pending, {deed.who, behalf or deed.who})
    if ask.step in said:
        return False
    return not said or dossier.pending.route[ask.step].twice


def agrees(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    """Anything but a vote; and who grades cannot recognise what the council has not."""
    found = seat(dossier, staff, deed)
    if found is None or dossier.pending is None:
        return False
    step = dossier.pending.route[found[0].step]
    if step.threshold:
        return False
    recognises = deed.action == "approve" and step.grades and deed.value == RECOGNISES
    return not (recognises and passed(dossier.pending) is False)


def votes(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    """In person: the very one who was asked, by the post of their own."""
    found = seat(dossier, staff, deed)
    if found is None or dossier.pending is None:
        return False
    ask, behalf = found
    in_person = behalf is None and ask.person == deed.who and staff.own(str(deed.who)) == ask.post
    return in_person and bool(dossier.pending.route[ask.step].threshold)


def ballot(pending: Pending) -> tuple[int, Step, list[Vote]] | None:
    """The vote of this route, and what has been cast."""
    for number, step in enumerate(pending.route):
        if step.threshold:
            return number, step, [vote for vote in pending.votes if vote.step == number]
    return None


def attended(step: Step, cast: list[Vote]) -> bool:
    share = Fraction(len(cast), len(step.names))
    return bool(cast) and share >= Fraction(step.attendance, 100)


def passed(pending: Pending) -> bool | None:
    """As it stands: None where there is no vote."""
    found = ballot(pending)
    if found is None:
        return None
    _number, step, cast = found
    votes_for = sum(not vote.against for vote in cast)
    whole = len(cast) if step.present else len(step.names)
    return bool(votes_for) and Fraction(votes_for, whole) >= Fraction(step.threshold, 100)


def ended(pending: Pending) -> bool:
    """Everybody has voted; or nobody needs to any more, and no sheet is waited for."""
    found = ballot(pending)
    assert found
    _number, step, cast = found
    members, needed = len(step.names), Fraction(step.threshold, 100)
    if len(cast) == members:
        return True
    if step.sheets or not attended(step, cast):
        return False
    votes_for = sum(not vote.against for vote in cast)
    rest = members - len(cast)
    return Fraction(votes_for, members) >= needed or Fraction(votes_for + rest, members) < needed


def closes(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    """A vote that is open, once enough have taken part or nobody is left who could."""
    found = dossier.pending and ballot(dossier.pending)
    if not found or not dossier.pending:
        return False
    number, step, cast = found
    waits = [ask for ask in dossier.pending.asks if ask.step == number]
    could = [ask for ask in waits if ask.post and ask.person in staff.own_holders(ask.post)]
    return bool(waits) and (attended(step, cast) or not could)


def _said(pending: Pending, voices: set[str | None]) -> set[int]:
    votes = pending.votes + [vote for kept in pending.kept.values() for vote in kept]
    kept = {number for number, some in pending.kept.items() if any(v.voices & voices for v in some)}
    return {vote.step for vote in votes[: len(pending.votes)] if vote.voices & voices} | kept


def peers(dossier: Dossier, staff: Staff, deed: Deed) -> set[str]:
    found = seat(dossier, staff, deed)
    if found is None or found[0].post is None or dossier.pending is None:
        return set()
    asked = {ask.person for ask in dossier.pending.asks if ask.step == found[0].step}
    return staff.own_holders(found[0].post) - dossier.authors - asked - {deed.who}


def is_new(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    return deed.value not in dossier.files


def is_there(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    return deed.value in dossier.files


Rule = Callable[[Dossier, Staff, Deed], bool]


def lead(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    return deed.who == dossier.lead


def author(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    return deed.who in dossier.authors


def other(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    return deed.who not in dossier.authors


def office(roles: set[str]) -> Rule:
    return lambda dossier, staff, deed: bool(deed.who) and staff.may(str(deed.who), roles, LINE)


def undoes(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    last = dossier.last
    return bool(last) and last[0] == deed.who and deed.minute - last[1] < UNDO_MINUTES  # type: ignore[index]


def reassigns(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    found = seat(dossier, staff, deed)
    if found and dossier.pending and dossier.pending.route[found[0].step].threshold:
        return False
    speaks_for_author = found is not None and found[1] in dossier.authors
    return not speaks_for_author and deed.value in peers(dossier, staff, deed)


def may_ask_for_time(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    """For what the person in charge owes, while nobody has been asked yet."""
    free = dossier.owed and not dossier.owed.post and dossier.request is None
    return bool(free) and answering_post(dossier, staff) is not None


def answering_post(dossier: Dossier, staff: Staff) -> Post | None:
    """The head, or whoever is above while only authors are heads."""
    post: Post | None = ("maths", "head")
    while post and not staff.own_holders(post) - dossier.authors:
        post = above(post)
    return post


def answers_request(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    """Never for oneself, nor in the name of an author."""
    if dossier.request is None or deed.who is None or deed.who in dossier.authors:
        return False
    found = _answers(dossier.request, staff, deed.who)
    return found is not None and found[1] not in dossier.authors


def owing(dossier: Dossier, staff: Staff, thing: Ask | Owed) -> set[str]:
    """Who can do what is open: no author decides, and only the person in charge writes."""
    if isinstance(thing, Owed):
        return staff.holders(thing.post) - dossier.authors if thing.post else {dossier.lead}
    people = {thing.person} if thing.person else staff.holders(thing.post) if thing.post else set()
    raised = staff.holders(thing.raised) if thing.raised else set()
    return (people | raised) - dossier.authors


def chaseable(dossier: Dossier, staff: Staff, who: str | None) -> list[Ask | Owed]:
    """What somebody else owes and was not reminded of today."""
    things: list[Ask | Owed] = list(dossier.pending.asks) if dossier.pending else []
    things += [one for one in (dossier.owed, dossier.request) if one]
    return [
        thing
        for thing in things
        if owing(dossier, staff, thing) - {who} and thing.chased != staff.today
    ]


def chases(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    return bool(chaseable(dossier, staff, deed.who))


# action → the states, whether something must be (True), must not be (False) or may be pending
# (None), and the rules of which all must hold.
TABLE: dict[str, tuple[set[str], bool | None, tuple[Rule, ...]]] = {
    "edit": ({"draft"}, False, (author,)),
    "submit": ({"draft"}, False, (lead,)),
    "recall": ({"draft", "in_progress"}, True, (lead,)),
    "approve": (LIVE | {"reported"}, True, (decides, agrees)),
    "return": (LIVE | {"reported"}, True, (decides, agrees)),
    "reject": (LIVE | {"reported"}, True, (decides, agrees)),
    "for": ({"reported"}, True, (decides, votes)),
    "against": ({"reported"}, True, (decides, votes)),
    "close_vote": ({"reported"}, True, (other, office(OPENS_EVALUATION), closes)),
    "reassign": (LIVE | {"reported"}, True, (other, reassigns)),
    "undo": (LIVE | {"reported"}, None, (undoes,)),
    "start": ({"registered"}, None, (lambda d, s, deed: deed.who in (None, d.lead),)),
    "edit_report": ({"in_progress"}, False, (author,)),
    "submit_report": ({"in_progress"}, False, (lead,)),
    "open_evaluation": ({"reported"}, False, (other, office(OPENS_EVALUATION))),
    "withdraw": (
        LIVE,
        None,
        (lambda d, s, deed: lead(d, s, deed) or office(WITHDRAWS)(d, s, deed),),
    ),
    "reopen": ({"evaluated"}, None, (other, office(REOPENS))),
    "attach": ({"draft", "in_progress"}, False, (author, is_new)),
    "detach": ({"draft", "in_progress"}, False, (author, is_there)),
    "ask_extension": (LIVE, False, (lead, may_ask_for_time)),
    "grant_extension": (LIVE, False, (answers_request,)),
    "refuse_extension": (LIVE, False, (answers_request,)),
    "chase": (LIVE | {"reported"}, None, (office(WITHDRAWS), chases)),
}
SUBMITS = {"submit": "register", "submit_report": "report", "open_evaluation": "evaluate"}


def allowed(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    states, pending, rules = TABLE[deed.action]
    if deed.who in staff.closed or dossier.state not in states:
        return False
    if pending is not None and pending is not (dossier.pending is not None):
        return False
    if not all(rule(dossier, staff, deed) for rule in rules):
        return False
    if deed.action == "submit_report" and not dossier.results:
        return False
    gate = SUBMITS.get(deed.action)
    return gate is None or pin(dossier.routes[gate], dossier, staff) is not None


def pin(route: list[Step], dossier: Dossier, staff: Staff) -> list[Step] | None:
    """The route for this dossier; None when too few people could be asked."""
    pinned: list[tuple[Step, bool]] = []
    for step in route:
        found = _pin(step, dossier, staff)
        if found is None:
            return None
        pinned.append((found, found.post != step.post))
    return [
        step
        for number, (step, gave_way) in enumerate(pinned)
        if not (gave_way and any(step.post == later.post for later, _ in pinned[number + 1 :]))
    ]


def _pin(step: Step, dossier: Dossier, staff: Staff) -> Step | None:
    if step.post is None:
        names = tuple(who for who in step.names if who not in dossier.authors | staff.closed)
        return replace(step, names=names) if names else None
    post: Post | None = step.post
    while post and not staff.own_holders(post) - dossier.authors:
        post = above(post)
    if post is None:
        return None
    people = sorted(staff.own_holders(post) - dossier.authors, key=list(staff.offices).index)
    needed = step.needed or len(people)
    if needed > len(people):
        if post == step.post:
            return None
        needed = len(people)
    names = tuple(people) if step.one_by_one else ()
    return replace(step, post=post, names=names, needed=needed)


def stand_in(ask: Ask, dossier: Dossier, staff: Staff) -> Post | None:
    """While all who were asked are away: their deputy, else one role up, if somebody is there."""
    if ask.post is None:
        return None
    asked = {
        who
        for who in set(staff.offices) - dossier.authors
        for post, behalf in staff.capacities(who)
        if post == ask.post and ask.person in (None, behalf or who)
    }
    if not asked or not all(staff.away(who) for who in asked):
        return None
    unit, role = ask.post
    chain: list[Post] = [(unit, DEPUTY[role])] if role in DEPUTY else []
    up = above(ask.post)
    while up:
        chain.append(up)
        up = above(up)
    there = {who for who in set(staff.offices) - dossier.authors if not staff.away(who)}
    return next((post for post in chain if staff.holders(post) & there), None)


def cover(dossier: Dossier, staff: Staff) -> None:
    asks = list(dossier.pending.asks) if dossier.pending else []
    for ask in asks + ([dossier.request] if dossier.request else []):
        ask.raised = stand_in(ask, dossier, staff)


def snapshot(dossier: Dossier) -> Dossier:
    return deepcopy(replace(dossier, last=None))
