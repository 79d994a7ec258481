"""The worklist costs at most 10 statements, with one row and with a hundred; no page grows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

LIMIT = 10
MANY = 100
PARTS = "workflow_reportsection"
"""The table that says what the parts of a dossier are called."""


def cost(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries), response


def asked_for_parts(send, *request):
    with CaptureQueriesContext(connection) as queries:
        response = send(*request)
    return sum(PARTS in query["sql"] for query in queries), response


@pytest.mark.both_databases
def test_the_worklist_costs_ten_statements_at_most(client, world):
    client.force_login(world.head)
    costs = []
    for rows in (1, MANY):
        while world.made < rows:
            world.at("with_head")
        count, response = cost(client, reverse("approvals:worklist"))
        assert response.context["waiting_count"] == rows
        costs.append(count)
    assert max(costs) <= LIMIT
    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", ["approvals:initiatives", "reports:dashboard"])
def test_a_list_costs_the_same_with_many_rows(name, client, world):
    client.force_login(world.principal)
    costs = []
    for rows in (1, 30):
        while world.made < rows:
            world.at("registered")
        costs.append(cost(client, reverse(name))[0])
    assert costs[0] == costs[1]


def test_a_dossier_costs_the_same_after_many_returns(client, world):
    client.force_login(world.head)
    initiative = world.at("with_head")
    address = reverse("approvals:dossier", args=[initiative.pk])
    client.get(address)  # from now on it is kept who holds what
    costs = []
    for returns in (1, 6):
        while initiative.submissions.count() <= returns:
            world.do("head", "return", initiative, comment="Thiếu số liệu.")
            world.do("author", "edit", initiative, title=f"Lần {initiative.audit_seq}")
            world.do("author", "submit", initiative)
        costs.append(cost(client, address)[0])
    assert costs[0] == costs[1]


def test_what_the_parts_are_called_is_asked_once_for_changes_notes_and_the_form(client, world):
    client.force_login(world.head)
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Xem góp ý.", notes={"title": "Ngắn gọn hơn."})
    world.do("author", "edit", initiative, title="Ngắn hơn")
    world.do("author", "submit", initiative)
    address = reverse("approvals:dossier", args=[initiative.pk])
    count, response = asked_for_parts(client.get, address)
    assert count == 1
    assert response.context["since"].changes
    assert response.context["labels"]
    assert response.context["form"].note_fields


@pytest.mark.parametrize(
    ("action", "notes", "asks"),
    [
        ("approve", {}, False),
        ("reject", {}, False),
        ("return", {}, False),
        ("return", {"note_title": "Ngắn gọn hơn."}, True),
    ],
)
def test_a_verdict_asks_for_the_parts_only_when_a_note_comes_with_it(
    action, notes, asks, client, world
):
    client.force_login(world.head)
    initiative = world.at("with_head")
    address = reverse("approvals:act", args=[initiative.pk, action])
    form = {"comment": "Vì sao.", "note_solution": ""} | notes
    count, response = asked_for_parts(client.post, address, form)
    assert response.status_code == 302
    assert (count > 0) is asks


@pytest.mark.parametrize(("action", "asks"), [("approve", 0), ("reject", 0), ("return", 1)])
def test_a_confirmation_asks_for_the_parts_only_where_notes_are_offered(
    action, asks, client, world
):
    client.force_login(world.head)
    address = reverse("approvals:act", args=[world.at("with_head").pk, action])
    count, response = asked_for_parts(client.get, address)
    assert response.status_code == 200
    assert count == asks
