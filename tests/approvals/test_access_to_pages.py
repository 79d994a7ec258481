"""What a page answers to whom: sign in first, 404 for the foreign, 403 and 409 with words."""

import uuid

import pytest
from django.urls import reverse

from approvals.models import Decision
from tests.world import OFFICES
from workflow.models import WorkItem

PAGES = ("approvals:worklist", "approvals:initiatives", "approvals:new", "reports:dashboard")
SEES = {
    "author": 200, "co_author": 200, "colleague": 200, "employee": 200, "deputy": 200,
    "head": 200, "clerk": 200, "secretary": 200, "council": 200, "council_peer": 200,
    "vice_principal": 200, "principal": 200, "superior": 200,
    "other_teacher": 404, "other_head": 404, "administrator": 404,
}  # fmt: skip


def dossier(initiative):
    return reverse("approvals:dossier", args=[initiative.pk])


def act(initiative, action):
    return reverse("approvals:act", args=[initiative.pk, action])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_a_stranger_to_sign_in(name, client, db):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("name", PAGES)
def test_every_office_has_every_common_page(name, office, client, world):
    client.force_login(world.people[office])
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("office", OFFICES)
def test_a_dossier_answers_to_those_it_concerns(office, client, world):
    initiative = world.at("registered")
    client.force_login(world.people[office])
    assert client.get(dossier(initiative)).status_code == SEES[office]


def test_the_table_of_offices_is_complete():
    assert set(SEES) == set(OFFICES)


def test_a_foreign_dossier_and_one_that_never_was_look_the_same(client, world):
    initiative = world.at("registered")
    client.force_login(world.other_head)
    foreign = client.post(act(initiative, "approve"), {})
    missing = client.post(reverse("approvals:act", args=[initiative.pk + 1, "approve"]), {})
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_a_forbidden_decision_is_a_403_that_says_why(client, world):
    initiative = world.at("with_head")
    client.force_login(world.author)
    client.cookies["django_language"] = "en"
    world.author.language = "en"
    world.author.save()
    response = client.post(act(initiative, "approve"), {"comment": "Đồng ý"})
    assert response.status_code == 403
    assert "You are an author of this dossier" in response.content.decode()
    assert not Decision.objects.exists()


def test_a_step_somebody_was_faster_at_is_a_409_that_names_them(client, world):
    initiative = world.at("with_head")
    seen = WorkItem.objects.open().get(initiative=initiative).pk
    world.do("head", "return", initiative, comment="Thiếu số liệu.")
    client.force_login(world.head)
    response = client.post(act(initiative, "approve"), {"work_item": seen, "key": uuid.uuid4()})
    assert response.status_code == 409
    assert world.head.full_name in response.content.decode()
    assert Decision.objects.count() == 1


def test_a_get_of_an_action_changes_nothing(client, world):
    initiative = world.at("with_head")
    client.force_login(world.head)
    assert client.get(act(initiative, "approve")).status_code == 200
    assert not Decision.objects.exists()


def test_an_unknown_action_is_a_404(client, world):
    initiative = world.at("with_head")
    client.force_login(world.head)
    assert client.post(act(initiative, "explode"), {}).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["state=none", "unit=abc", "unit=999999", "round=-1", "page=zero", "page=9999", "q=%00",
     "overdue=maybe", "q=" + "%F0%9F%98%80" * 50],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_no_error(query, client, world):
    world.at("registered")
    client.force_login(world.principal)
    assert client.get(f"{reverse('approvals:initiatives')}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["movement=abc", "movement=999", "year=20x5", "year=1900"])
def test_a_dashboard_address_that_makes_no_sense_is_no_error(query, client, world):
    world.at("registered")
    client.force_login(world.principal)
    assert client.get(f"{reverse('reports:dashboard')}?{query}").status_code == 200
