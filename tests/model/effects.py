"""What comes of an action that is allowed, by the model."""

from collections.abc import Callable

from tests.model.people import Post, Staff
from tests.model.rules import (
    PASSED,
    RECOGNISES,
    SUBMITS,
    Ask,
    Deed,
    Dossier,
    Owed,
    Pending,
    Step,
    Vote,
    answering_post,
    ballot,
    chaseable,
    ended,
    pin,
    seat,
    snapshot,
    stand_in,
)

DECISIONS = ("approve", "return", "reject", "for", "against")


Effect = Callable[[Dossier, Staff, Deed], bool | None]


def do(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    """Change the dossier as the action would. The caller has asked whether it is allowed."""
    carry_out(EFFECTS[deed.action], dossier, staff, deed)


def carry_out(effect: Effect, dossier: Dossier, staff: Staff, deed: Deed) -> None:
    before = snapshot(dossier)
    last = dossier.last
    state = dossier.state
    changed = effect(dossier, staff, deed)
    if deed.action == "undo":
        assert last
        _restore(dossier, last[2])
    if changed is not False:
        decided = deed.action in DECISIONS and state == dossier.state
        dossier.last = (str(deed.who), deed.minute, before) if decided else None


def _restore(dossier: Dossier, before: Dossier) -> None:
    still_open = _raised(dossier)
    request = dossier.request
    for name in ("state", "pending", "came_back", "owed", "request"):
        setattr(dossier, name, getattr(before, name))
    for ask in dossier.pending.asks if dossier.pending else ():
        address = (ask.step, ask.post, ask.person)
        if address in still_open:
            ask.raised = still_open[address]  # somebody may have gone away meanwhile
        else:
            ask.chased = None  # it is asked anew
    if request and dossier.request:
        dossier.request.raised = request.raised


def _raised(dossier: Dossier) -> dict[tuple[object, ...], Post | None]:
    """Who stands in, by the address of what is asked."""
    asks = dossier.pending.asks if dossier.pending else []
    return {(ask.step, ask.post, ask.person): ask.raised for ask in asks}


def _opener(dossier: Dossier, staff: Staff) -> Owed:
    """The secretary opens the scoring, else the head, else the principal: who is no author."""
    posts = [("school", "secretary"), ("maths", "head"), ("school", "principal")]
    staffed = (post for post in posts if staff.holders(post) - dossier.authors)
    return Owed(next(staffed, posts[-1]))


def _edit(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    changed, dossier.title = dossier.title != deed.value, deed.value
    return changed


def _edit_report(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    changed, dossier.results = dossier.results != deed.value, deed.value
    return changed


def _submit(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    gate = SUBMITS[deed.action]
    results = "" if gate == "register" else dossier.results
    submit(dossier, staff, gate, (dossier.title, results, tuple(dossier.files)))


def submit(dossier: Dossier, staff: Staff, gate: str, content: tuple[object, ...]) -> None:
    route = pin(dossier.routes[gate], dossier, staff)
    assert route
    dossier.pending = Pending(gate, content, route)
    dossier.owed = dossier.request = None
    before = dossier.came_back.get(gate)
    if before and before.content == content:
        _keep(dossier.pending, before)
    _open(dossier, staff, 0)


def _keep(pending: Pending, before: Pending) -> None:
    for number, step in enumerate(pending.route):
        for earlier, old in enumerate(before.route):
            same = (old.position, old.post, old.names, old.needed) == (
                step.position, step.post, step.names, step.needed,
            )  # fmt: skip
            if step.keeps and same:
                votes = [vote for vote in before.votes if vote.step == earlier]
                votes += before.kept.get(earlier, [])
                if len(votes) >= step.needed:
                    pending.kept[number] = votes


def _open(dossier: Dossier, staff: Staff, position: int) -> None:
    """Ask the next position; at the end of the route the gate is passed."""
    pending = dossier.pending
    assert pending
    later = sorted({step.position for step in pending.route if step.position > position})
    for place in later:
        for number, step in enumerate(pending.route):
            if step.position == place and number not in pending.kept:
                pending.asks += _asks(number, step)
        if pending.asks:
            for ask in pending.asks:
                ask.raised = stand_in(ask, dossier, staff)
            return
    dossier.state = PASSED[pending.gate]
    if pending.gate in ("register", "report"):
        dossier.owed = Owed() if pending.gate == "register" else _opener(dossier, staff)
    dossier.pending, dossier.came_back[pending.gate] = None, None


def _asks(number: int, step: Step) -> list[Ask]:
    people: list[str | None] = list(step.names) or [None]
    return [Ask(number, step.post, person) for person in people]


def _approve(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    pending, found = dossier.pending, seat(dossier, staff, deed)
    assert pending
    assert found
    ask, behalf = found
    pending.votes.append(Vote(ask.step, str(deed.who), behalf))
    pending.asks.remove(ask)
    step = pending.route[ask.step]
    if step.grades:
        dossier.recognised = deed.value == RECOGNISES
    if sum(vote.step == ask.step for vote in pending.votes) >= step.needed:
        pending.asks = [one for one in pending.asks if one.step != ask.step]
        if not pending.asks:
            _open(dossier, staff, step.position)


def _vote(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    pending, found = dossier.pending, seat(dossier, staff, deed)
    assert pending
    assert found
    pending.votes.append(Vote(found[0].step, str(deed.who), None, deed.action == "against"))
    pending.asks.remove(found[0])
    if ended(pending):
        _close_vote(dossier, staff, deed)


def _close_vote(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    pending = dossier.pending
    assert pending
    found = ballot(pending)
    assert found
    pending.asks = [ask for ask in pending.asks if ask.step != found[0]]
    if not pending.asks:
        _open(dossier, staff, found[1].position)


def _return(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    assert dossier.pending
    if dossier.pending.gate == "evaluate":
        dossier.state = "in_progress"
    _close(dossier, came_back=True)
    dossier.owed = Owed()


def _recall(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    _close(dossier, came_back=True)
    dossier.owed = Owed()


def _reject(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    """A rejected registration is owed no more."""
    assert dossier.pending
    gate = dossier.pending.gate
    _close(dossier, came_back=False)
    if gate != "register":
        dossier.owed = Owed() if gate == "report" else _opener(dossier, staff)


def _chase(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    for thing in chaseable(dossier, staff, deed.who):
        thing.chased = staff.today


def _ask_for_time(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    dossier.request = Ask(-1, answering_post(dossier, staff), None)
    dossier.request.raised = stand_in(dossier.request, dossier, staff)


def _answer(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    dossier.request = None


def _close(dossier: Dossier, *, came_back: bool) -> None:
    pending = dossier.pending
    assert pending
    pending.asks = []
    dossier.pending, dossier.came_back[pending.gate] = None, pending if came_back else None


def _reassign(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    found = seat(dossier, staff, deed)
    assert found
    assert dossier.pending
    dossier.pending.asks.remove(found[0])
    dossier.pending.asks.append(Ask(found[0].step, found[0].post, deed.value, found[0].raised))


def _becomes(state: str) -> Callable[[Dossier, Staff, Deed], None]:
    def move(dossier: Dossier, staff: Staff, deed: Deed) -> None:
        if dossier.pending:
            _close(dossier, came_back=True)
        dossier.state = state
        if state == "withdrawn":
            dossier.owed = dossier.request = None
        elif state == "reported":
            dossier.recognised = False
            dossier.owed = _opener(dossier, staff)

    return move


def _attach(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    """In the order they came: a file that goes and comes again is another content."""
    dossier.files.append(deed.value)


def _detach(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    dossier.files.remove(deed.value)


EFFECTS: dict[str, Effect] = {
    "edit": _edit,
    "submit": _submit,
    "recall": _recall,
    "approve": _approve,
    "for": _vote,
    "against": _vote,
    "close_vote": _close_vote,
    "return": _return,
    "reject": _reject,
    "reassign": _reassign,
    "undo": lambda dossier, staff, deed: None,
    "start": _becomes("in_progress"),
    "edit_report": _edit_report,
    "submit_report": _submit,
    "open_evaluation": _submit,
    "withdraw": _becomes("withdrawn"),
    "reopen": _becomes("reported"),
    "attach": _attach,
    "detach": _detach,
    "ask_extension": _ask_for_time,
    "grant_extension": _answer,
    "refuse_extension": _answer,
    "chase": _chase,
}
