"""A step can be passed on to a peer of the same role, for a reason; from then on it is theirs."""

import pytest
from django.urls import reverse

from approvals.models import Decision
from approvals.refusal import Refused
from notifications.models import Message
from workflow.deadlines import local_day
from workflow.models import WorkItem


@pytest.fixture
def passed_on(world):
    initiative = world.at("scoring")
    world.do("council", "reassign", initiative, person=world.council_peer.pk, comment="Đi vắng.")
    return initiative


def awaits(world, who):
    return WorkItem.objects.awaiting(world.people[who], local_day(world.now)).count()


def test_the_step_waits_for_the_peer_alone(passed_on, world):
    assert (awaits(world, "council"), awaits(world, "council_peer")) == (0, 1)
    with pytest.raises(Refused):
        world.do("council", "return", passed_on, comment="Thiếu.")
    world.do("council_peer", "return", passed_on, comment="Thiếu.")
    assert Decision.objects.latest("pk").actor == world.council_peer


def test_the_time_it_had_stays(passed_on):
    before, after = passed_on.work_items.filter(duty="decide", step=1).order_by("pk")[2:]
    assert after.due_at == before.due_at


def test_the_peer_is_told_and_the_reason_stands_in_the_audit(passed_on, world):
    told = Message.objects.filter(recipient=world.council_peer, kind="decision_wanted")
    assert told.filter(initiative=passed_on).count() == 2
    facts = passed_on.audit.latest("seq").facts
    assert (facts["person"], facts["comment"]) == (world.council_peer.pk, "Đi vắng.")


@pytest.mark.parametrize(
    ("to", "comment"),
    [("council_peer", " "), ("head", "Đi vắng."), ("council", "Đi vắng."), (None, "Đi vắng.")],
    ids=["no reason", "another role", "oneself", "nobody"],
)
def test_what_makes_no_sense_is_refused(to, comment, world):
    initiative = world.at("scoring")
    person = world.people[to].pk if to else None
    with pytest.raises(Refused):
        world.do("council", "reassign", initiative, person=person, comment=comment)
    assert awaits(world, "council") == 1


def test_an_author_is_not_offered(world):
    initiative = world.at("scoring", co_authors=("council_peer",))
    with pytest.raises(Refused):
        world.do("council", "reassign", initiative, person=world.council_peer.pk, comment="Bận.")


def test_the_page_offers_the_peers_and_takes_the_choice(world, client):
    initiative = world.at("scoring")
    client.force_login(world.council)
    address = reverse("approvals:act", args=[initiative.pk, "reassign"])
    page = client.get(address)
    assert "Council Peer" in page.content.decode()
    assert client.post(address, {"person": world.council_peer.pk}).status_code == 422
    form = {"person": world.council_peer.pk, "comment": "Đi vắng."}
    assert client.post(address, form).status_code == 302
    assert awaits(world, "council_peer") == 1
