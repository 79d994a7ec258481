"""What needs a reason needs it in the form and at the door, and both name the same reader."""

import pytest
from django.urls import reverse

from approvals.reasons import LONGEST, NEEDED, TOO_LONG
from approvals.refusal import Refused

ASKED = {
    "return": ("with_head", "head"),
    "reject": ("with_head", "head"),
    "reassign": ("scoring", "council"),
    "withdraw": ("with_head", "head"),
    "reopen": ("evaluated", "principal"),
    "ask_extension": ("in_progress", "author"),
}
ELSEWHERE = {"refuse_extension", "reopen_yearly"}
"""Refused without a reason in `test_extensions` and `test_school_report`."""


@pytest.mark.parametrize("action", ASKED)
def test_an_action_without_its_reason_is_refused_in_the_same_words(action, world, client):
    situation, who = ASKED[action]
    initiative = world.at(situation)
    with pytest.raises(Refused) as refused:
        world.do(who, action, initiative, person=world.council_peer.pk)
    client.force_login(world.people[who])
    page = client.post(reverse("approvals:act", args=[initiative.pk, action]))
    assert page.status_code == 422
    assert page.context["form"].errors["comment"] == [str(refused.value)] == [str(NEEDED[action])]


@pytest.mark.parametrize(("who", "said"), [("head", True), ("author", False)])
def test_the_page_says_beforehand_who_must_give_a_reason(who, said, world, client):
    initiative = world.at("with_head")
    client.force_login(world.people[who])
    form = client.get(reverse("approvals:act", args=[initiative.pk, "withdraw"])).context["form"]
    assert form["comment"].help_text == (str(NEEDED["withdraw"]) if said else "")


def test_whoever_is_in_charge_withdraws_without_a_reason(world):
    """The control: the comment is what is missing above."""
    assert world.do("author", "withdraw", world.at("draft")).changed


def test_a_comment_that_is_too_long_is_refused_in_the_same_words(world, client):
    initiative, comment = world.at("with_head"), "x" * (LONGEST + 1)
    with pytest.raises(Refused, match=str(TOO_LONG)):
        world.do("head", "approve", initiative, comment=comment)
    client.force_login(world.head)
    page = client.post(
        reverse("approvals:act", args=[initiative.pk, "approve"]), {"comment": comment}
    )
    assert page.context["form"].errors["comment"] == [str(TOO_LONG)]


def test_the_longest_comment_stands_whole(world):
    """The control: one letter less is taken."""
    initiative, comment = world.at("with_head"), "x" * LONGEST
    world.do("head", "approve", initiative, comment=comment)
    assert initiative.submissions.get().decisions.get().comment == comment


def test_every_action_that_needs_a_reason_is_tried():
    assert set(ASKED) | ELSEWHERE == set(NEEDED)
