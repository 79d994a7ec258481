"""The council votes: in person, with a threshold, without the authors; and what follows from it."""

from typing import Any

import pytest

from approvals.models import Decision
from approvals.refusal import Refused
from approvals.tally import ballots, of_decisions
from people.models import Membership
from tests.approvals.routes import BOTH, COUNCIL, GRADE, PRESENT, PRINCIPAL, SCORES, VOTE
from tests.approvals.test_quorum import asked, lend
from tests.world import REPORT
from tests.world import SCORES as POINTS
from workflow.models import RouteStep, State, WorkItem

MEMBERS = ("council", "council_peer", "secretary", "vice_principal", "other_head")


@pytest.fixture
def council(world):
    """A council of five, whose secretary is one of them."""
    for name in MEMBERS[2:]:
        world.join(name, "school", "council")
    return world


def voting(world, **rule):
    """An initiative that the council votes on, scores included."""
    world.route("evaluate", COUNCIL | BOTH | rule, PRINCIPAL | GRADE)
    return world.at("scoring")


def plain(world, **rule):
    """Scored by one member first, then voted on without scores."""
    world.route("evaluate", COUNCIL | SCORES, COUNCIL | VOTE | {"same_person": True} | rule,
                PRINCIPAL | GRADE)  # fmt: skip
    initiative = world.at("scoring")
    world.do("council", "approve", initiative, scores=POINTS)
    return initiative


def vote(world, initiative, *names, against=()):
    for name in (*names, *against):
        action = "against" if name in against else "for"
        world.do(name, action, initiative, scores=POINTS)


def counted(initiative):
    tally = of_decisions(initiative.pending, ballots(initiative.pending))
    assert tally
    return tally.votes_for, tally.votes_against, tally.absent, tally.outcome


@pytest.mark.both_databases
def test_every_member_is_asked_and_nobody_else(council):
    initiative = voting(council)
    assert asked(initiative) == {council.people[name].full_name for name in MEMBERS}


@pytest.mark.both_databases
def test_a_vote_that_passes_goes_on_to_the_signer_who_may_recognise(council):
    initiative = voting(council)
    vote(council, initiative, *MEMBERS[:4], against=MEMBERS[4:])
    assert asked(initiative) == {"principal"}
    assert counted(initiative) == (4, 1, 0, "passed")
    council.do("principal", "approve", initiative, recognised=True)
    assert initiative.state == State.EVALUATED
    assert (initiative.recognised, str(initiative.score)) == (True, "85.00")


def test_a_vote_that_fails_goes_on_and_the_signer_cannot_recognise(council):
    initiative = voting(council)
    vote(council, initiative, *MEMBERS[:3], against=MEMBERS[3:])
    assert counted(initiative) == (3, 2, 0, "failed")
    with pytest.raises(Refused, match="70%"):
        council.do("principal", "approve", initiative, recognised=True)
    council.do("principal", "approve", initiative, recognised=False, replicated=True)
    assert (initiative.recognised, initiative.replicated) == (False, True)
    assert initiative.state == State.EVALUATED


@pytest.mark.both_databases
def test_a_plain_vote_ends_when_it_is_decided(council):
    initiative = plain(council)
    vote(council, initiative, *MEMBERS[:3])
    assert counted(initiative) == (3, 0, 2, "open")
    vote(council, initiative, MEMBERS[3])
    assert counted(initiative) == (4, 0, 1, "passed")
    assert asked(initiative) == {"principal"}


def test_a_plain_vote_ends_when_the_threshold_is_out_of_reach(council):
    initiative = plain(council)
    vote(council, initiative, against=MEMBERS[:2])
    assert counted(initiative) == (0, 2, 3, "failed")
    assert asked(initiative) == {"principal"}


def test_a_vote_with_scores_waits_for_every_sheet(council):
    initiative = voting(council)
    vote(council, initiative, *MEMBERS[:4])
    assert counted(initiative)[3] == "open"
    assert asked(initiative) == {council.other_head.full_name}


def test_an_author_does_not_vote_and_is_counted_nowhere(council):
    council.route("evaluate", COUNCIL | BOTH | {"threshold": 75}, PRINCIPAL | GRADE)
    initiative = council.draft(lead="author", co_authors=("council_peer",))
    for who, action in (
        ("author", "submit"), ("head", "approve"), ("principal", "approve"), (None, "start"),
    ):  # fmt: skip
        council.do(who, action, initiative)
    council.do("author", "edit_report", initiative, **REPORT)
    council.do("author", "submit_report", initiative)
    council.do("head", "approve", initiative)
    council.do("secretary", "open_evaluation", initiative)
    step = initiative.pending.route[0]
    assert len(step["people"]) == 4
    assert step["vote"]["excluded"] == [council.council_peer.pk]
    with pytest.raises(Refused):
        council.do("council_peer", "for", initiative, scores=POINTS)
    vote(council, initiative, "council", "secretary", "vice_principal", against=("other_head",))
    assert counted(initiative) == (3, 1, 0, "passed")


def test_one_person_has_one_vote(council):
    initiative = voting(council)
    vote(council, initiative, "council")
    with pytest.raises(Refused):
        vote(council, initiative, against=("council",))


def test_a_delegate_does_not_vote_for_a_member(council):
    lend(council, "council", "head", "council", "school")
    initiative = voting(council)
    with pytest.raises(Refused):
        vote(council, initiative, "head")


def test_the_next_role_up_does_not_vote_for_a_member_who_is_late(council):
    initiative = voting(council)
    school = council.units["school"]
    WorkItem.objects.open().update(raised_unit=school, raised_role="principal")
    with pytest.raises(Refused):
        vote(council, initiative, "principal")


ALONE = ("approve", "return", "reject", "reassign")


@pytest.mark.parametrize("action", ALONE)
def test_one_member_alone_does_not_end_the_vote(action, council):
    initiative = voting(council)
    with pytest.raises(Refused):
        council.do("council", action, initiative, comment="Vì sao.", scores=POINTS,
                   person=council.other_head.pk)  # fmt: skip


@pytest.mark.parametrize("action", ["for", "against"])
def test_a_step_that_is_no_vote_takes_none(action, council):
    initiative = council.at("with_head")
    with pytest.raises(Refused):
        council.do("head", action, initiative)


def test_the_signer_may_still_return_what_was_voted_on(council):
    initiative = voting(council)
    vote(council, initiative, *MEMBERS)
    council.do("principal", "return", initiative, comment="Thiếu.")
    assert (initiative.state, initiative.score) == (State.IN_PROGRESS, None)


@pytest.mark.both_databases
def test_taking_a_vote_back_counts_again_and_asks_those_it_spared(council):
    initiative = plain(council)
    vote(council, initiative, *MEMBERS[:4])
    council.do("vice_principal", "undo", initiative)
    assert counted(initiative) == (3, 0, 2, "open")
    assert asked(initiative) == {"Vice Principal", "Other Head"}
    vote(council, initiative, against=("vice_principal", "other_head"))
    assert counted(initiative) == (3, 2, 0, "failed")


def test_the_sheet_of_a_vote_that_is_taken_back_is_gone(council):
    initiative = voting(council)
    vote(council, initiative, "council")
    council.do("council_peer", "for", initiative, scores={"novelty": 20, "effect": 45})
    assert str(initiative.score) == "75.00"
    council.do("council_peer", "undo", initiative)
    assert str(initiative.score) == "85.00"


CLOSED: dict[str, tuple[dict[str, Any], tuple[str, ...], tuple[str, ...], str]] = {
    "of those present": (PRESENT, MEMBERS[:3], MEMBERS[3:4], "passed"),
    "of all members": ({"attendance": 66}, MEMBERS[:3], MEMBERS[3:4], "failed"),
}


@pytest.mark.parametrize("name", CLOSED)
def test_the_secretary_closes_the_vote_and_the_absent_count_by_the_base(name, council):
    rule, votes_for, against, outcome = CLOSED[name]
    initiative = voting(council, **rule)
    vote(council, initiative, *votes_for, against=against)
    council.do("secretary", "close_vote", initiative)
    assert counted(initiative) == (3, 1, 1, outcome)
    assert asked(initiative) == {"principal"}
    with pytest.raises(Refused):
        vote(council, initiative, "other_head")


def test_a_vote_is_not_closed_before_enough_have_voted(council):
    initiative = voting(council, **PRESENT)
    vote(council, initiative, *MEMBERS[:3])
    with pytest.raises(Refused, match="4"):
        council.do("secretary", "close_vote", initiative)


def test_a_vote_whose_members_have_left_can_be_closed_and_has_failed(council):
    initiative = voting(council, **PRESENT)
    vote(council, initiative, *MEMBERS[:3])
    left = [council.people[name] for name in MEMBERS[3:]]
    Membership.objects.filter(user__in=left, role="council").delete()
    council.do("secretary", "close_vote", initiative)
    assert counted(initiative) == (3, 0, 2, "failed")
    with pytest.raises(Refused, match="3 trên 5"):
        council.do("principal", "approve", initiative, recognised=True)


def test_a_vote_is_decided_only_with_enough_members(council):
    initiative = plain(council, threshold=40, attendance=80)
    vote(council, initiative, *MEMBERS[:3])
    assert counted(initiative)[3] == "open"
    vote(council, initiative, MEMBERS[3])
    assert counted(initiative)[3] == "passed"


@pytest.mark.parametrize("who", ["author", "council", "clerk", "other_teacher", "administrator"])
def test_nobody_closes_a_vote_but_who_may_open_one(who, council):
    initiative = voting(council)
    vote(council, initiative, *MEMBERS[:4])
    with pytest.raises(Refused):
        council.do(who, "close_vote", initiative)


@pytest.mark.parametrize(("mark", "may"), [(85, True), (86, False)])
def test_below_the_pass_mark_nothing_is_recognised(mark, may, world):
    world.route("evaluate", COUNCIL | SCORES | {"pass_mark": mark}, PRINCIPAL | GRADE)
    initiative = world.at("signing_off")
    if may:
        world.do("principal", "approve", initiative, recognised=True)
        assert initiative.recognised
    else:
        with pytest.raises(Refused, match="86"):
            world.do("principal", "approve", initiative, recognised=True)


def test_the_audit_says_how_the_vote_stood(council):
    initiative = voting(council)
    vote(council, initiative, *MEMBERS[:4], against=MEMBERS[4:])
    facts = initiative.audit.get(action="against").facts["tally"]
    assert facts == {
        "members": 5, "excluded": 0, "for": 4, "against": 1, "absent": 0, "threshold": 70,
        "base": "members", "attendance": 0, "outcome": "passed",
    }  # fmt: skip


@pytest.mark.both_databases
def test_a_later_route_does_not_change_the_threshold_of_a_running_vote(council):
    initiative = voting(council)
    RouteStep.objects.filter(asks="both").update(threshold=100)
    vote(council, initiative, *MEMBERS[:4], against=MEMBERS[4:])
    assert counted(initiative)[3] == "passed"


def test_a_remark_with_a_vote_is_kept_and_not_needed(council):
    initiative = voting(council)
    council.do("council", "against", initiative, scores=POINTS, comment="Trùng với năm trước.")
    council.do("council_peer", "against", initiative, scores=POINTS)
    remarks = list(Decision.objects.ballots().values_list("comment", flat=True))
    assert remarks == ["Trùng với năm trước.", ""]
