"""The administrator keeps people, movements, routes and ladders here, and nothing that decides."""

import pytest
from django.contrib import admin
from django.urls import reverse

from approvals.demo.people import let_administer
from notifications.default_ladder import DEFAULT_LADDER
from people.models import Membership, User
from people.roles import Role
from workflow.default_routes import DEFAULT_ROUTES
from workflow.models import Movement

DECIDED_ELSEWHERE = {
    "initiative", "submission", "workitem", "decision", "auditentry", "message", "escalation",
    "authorship", "measure", "grant",
}  # fmt: skip


@pytest.fixture
def administrator(world, client):
    let_administer(world.administrator)
    client.force_login(world.administrator)
    return client


def test_nothing_that_is_decided_has_a_page():
    registered = {model._meta.model_name for model in admin.site._registry}
    assert registered & DECIDED_ELSEWHERE == set()
    assert {"user", "unit", "delegation", "movement", "gradeband"} <= registered


@pytest.mark.parametrize(
    "name",
    ["admin:index", "admin:people_user_changelist", "admin:people_unit_changelist",
     "admin:people_delegation_changelist", "admin:workflow_movement_changelist",
     "admin:workflow_movement_add", "admin:workflow_gradeband_changelist"],
)  # fmt: skip
def test_a_page_of_the_site_answers(name, administrator):
    assert administrator.get(reverse(name)).status_code == 200


def test_a_new_movement_starts_with_the_default_routes_and_ladder(administrator, world):
    answer = administrator.post(
        reverse("admin:workflow_movement_add"),
        {"unit": world.units["school"].pk, "code": "MOI", "name": "Phong trào mới",
         "starts_on": "2026-01-01", "ends_on": "2026-12-31", "extended_by": "head"},
    )  # fmt: skip
    movement = Movement.objects.get(code="MOI")
    page = reverse("admin:workflow_movement_change", args=[movement.pk])
    assert answer["Location"] == page
    assert sum(route.steps.count() for route in movement.routes.all()) == len(DEFAULT_ROUTES)
    assert movement.ladder.count() == len(DEFAULT_LADDER)
    assert administrator.get(page).status_code == 200


def test_the_site_asks_a_stranger_to_sign_in_where_everybody_does(client, db):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_person_without_the_office_does_not_get_in(client, world):
    client.force_login(world.principal)
    assert client.get(reverse("admin:index")).status_code in (302, 403)


def test_an_administrator_gives_nobody_more_of_the_site_than_was_given(administrator, world):
    page = reverse("admin:people_user_change", args=[world.administrator.pk])
    form = administrator.get(page).context["adminform"].form
    assert not {"is_superuser", "is_staff", "user_permissions"} & set(form.fields)


@pytest.mark.parametrize(("above", "status"), [(True, 403), (False, 302)])
def test_an_administrator_takes_over_no_superuser(above, status, administrator, world):
    """The control: the address of anybody else is the administrator's to set."""
    person = User.objects.create_user("operator@example.test", is_superuser=above)
    teacher = {"user": person, "unit": world.units["maths"], "role": Role.TEACHER}
    Membership.objects.create(**teacher, starts_on="2025-01-01")
    form = {
        "email": "mine@example.test", "full_name": "Mine", "language": "vi", "is_active": "on",
        "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = administrator.post(reverse("admin:people_user_change", args=[person.pk]), form)
    assert answer.status_code == status
    assert (User.objects.get(pk=person.pk).email == person.email) is above
