"""Voting in the browser: buttons, the live tally, closing, and what the signer is told."""

import pytest
from django.urls import reverse

from tests.approvals.routes import BOTH, COUNCIL, GRADE, PRINCIPAL
from tests.approvals.test_route_editor import editor, form
from tests.world import SCORES
from workflow.models import Route

POINTS = {f"score_{code}": points for code, points in SCORES.items()}


@pytest.fixture
def voting(world):
    """A council of three, one of whom wrote the dossier: two vote."""
    world.join("co_author", "school", "council")
    world.route("evaluate", COUNCIL | BOTH | {"attendance": 50}, PRINCIPAL | GRADE)
    return world.at("scoring")


def act(initiative, action):
    return reverse("approvals:act", args=[initiative.pk, action])


def page(client, world, who, initiative):
    client.force_login(world.people[who])
    return client.get(reverse("approvals:dossier", args=[initiative.pk])).content.decode()


def test_a_member_has_two_buttons_and_no_other_verdict(voting, world, client):
    text = page(client, world, "council", voting)
    assert act(voting, "for") in text
    assert act(voting, "against") in text
    assert act(voting, "return") not in text


def test_the_tally_is_live_and_says_who_is_not_counted(voting, world, client):
    world.do("council", "for", voting, scores=SCORES)
    text = page(client, world, "author", voting)
    assert 'data-outcome="open"' in text
    assert "1 trên 2 thành viên có quyền biểu quyết: 50%. Cần đạt: 70%." in text
    assert "Tác giả không biểu quyết và không được tính: Co Author." in text


def test_those_who_have_not_voted_are_named_together(voting, world, client):
    client.force_login(world.council)
    answer = client.get(reverse("approvals:dossier", args=[voting.pk]))
    (turn,) = answer.context["turns"]
    assert {str(person) for person in turn.people} == {"Council", "Council Peer"}
    assert turn.mine


@pytest.mark.parametrize("action", ["for", "against"])
def test_a_vote_without_its_score_sheet_is_shown_again(action, voting, world, client):
    client.force_login(world.council)
    assert client.post(act(voting, action), {"comment": ""}).status_code == 422
    assert client.post(act(voting, action), POINTS).status_code == 302
    assert voting.pending.decisions.get().verdict == action


def test_closing_asks_first_and_then_closes(voting, world, client):
    world.do("council", "for", voting, scores=SCORES)
    client.force_login(world.secretary)
    assert "vắng" not in client.get(act(voting, "close_vote")).content.decode()
    answer = client.post(act(voting, "close_vote"), {"comment": "Một thành viên ốm."}, follow=True)
    assert "được tính là vắng" in answer.content.decode()
    assert 'data-outcome="failed"' in answer.content.decode()


def test_the_signer_sees_why_nothing_can_be_recognised(voting, world, client):
    for who in ("council", "council_peer"):
        world.do(who, "against", voting, scores=SCORES)
    client.force_login(world.principal)
    answer = client.get(reverse("approvals:dossier", args=[voting.pk]))
    assert "0 đồng ý, 2 không đồng ý" in answer.content.decode()
    assert answer.context["form"].fields["recognised"].disabled
    assert client.post(act(voting, "approve"), {"recognised": "on"}).status_code == 302
    voting.refresh_from_db()
    assert (voting.state, voting.recognised) == ("evaluated", False)


VOTE: dict[str, object] = {
    "role": "council", "level": "school", "asks": "both", "threshold": 70, "base": "members",
}  # fmt: skip
SIGN: dict[str, object] = {"role": "principal", "level": "school", "asks": "grade", "position": 2}


@pytest.fixture
def admin(client, world):
    client.force_login(world.administrator)
    return client


def test_an_administrator_lays_a_vote_without_code(admin, world):
    step = VOTE | {"attendance": 66, "pass_mark": 70}
    data = form(step, SIGN, button="save")
    assert admin.post(editor(world, "evaluate"), data).status_code == 302
    laid = Route.objects.get(gate="evaluate", number=2).steps.get(position=1)
    assert (laid.quorum, laid.threshold, laid.base, laid.attendance, laid.pass_mark) == (
        "all", 70, "members", 66, 70,
    )  # fmt: skip
    assert "đồng ý ít nhất 70%" in admin.get(reverse("approvals:routes")).content.decode()


INVALID = {
    "no threshold": VOTE | {"threshold": ""},
    "no base": VOTE | {"base": ""},
    "nothing for": VOTE | {"threshold": 0},
    "more than all": VOTE | {"threshold": 101},
    "more than all there": VOTE | {"attendance": 101},
}


@pytest.mark.parametrize("name", INVALID)
def test_a_vote_that_makes_no_sense_is_shown_again(name, admin, world):
    answer = admin.post(editor(world, "evaluate"), form(INVALID[name], SIGN, button="save"))
    assert answer.status_code == 422
    assert Route.objects.filter(gate="evaluate").count() == 1


def test_a_vote_among_those_present_needs_attendance(admin, world):
    data = form(VOTE | {"base": "present"}, SIGN, button="save")
    answer = admin.post(editor(world, "evaluate"), data)
    assert answer.context["trial"].refusal
    assert Route.objects.filter(gate="evaluate").count() == 1


def test_a_step_without_a_vote_keeps_no_threshold(admin, world):
    step = VOTE | {"asks": "scores", "pass_mark": 50}
    assert admin.post(editor(world, "evaluate"), form(step, SIGN, button="save")).status_code == 302
    laid = Route.objects.get(gate="evaluate", number=2).steps.get(position=1)
    assert (laid.threshold, laid.base, laid.pass_mark) == (None, "", 50)
