"""An administrator lays a route without code: tries it, is warned, and saves the next version."""

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from people.models import Membership
from people.roles import Role
from tests.world import OFFICES
from workflow.models import Route

LIST = reverse("approvals:routes")
HEAD: dict[str, object] = {"role": "head", "level": "own"}
PRINCIPAL = {"role": "principal", "level": "school"}
VICE: dict[str, object] = {"role": "vice_principal", "level": "school"}


def editor(world, gate="register"):
    return reverse("approvals:route", args=[world.movement.pk, gate])


def form(*steps, button="preview", base=1, initiative=""):
    """What the browser would send for these steps."""
    data = {
        "steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": 0,
        "base": base, "initiative": initiative, button: "",
    }  # fmt: skip
    for index, step in enumerate(steps):
        defaults = {"position": index + 1, "quorum": "any", "asks": "agreement", "working_days": 3}
        for name, value in (defaults | step).items():
            data[f"steps-{index}-{name}"] = value
    return data


@pytest.fixture
def admin(client, world):
    client.force_login(world.administrator)
    return client


@pytest.mark.parametrize("office", [*OFFICES, "anonymous"])
def test_only_the_administrator_comes_in(office, client, world):
    if office != "anonymous":
        client.force_login(world.people[office])
    expected = {"administrator": 200, "anonymous": 302}.get(office, 404)
    assert client.get(LIST).status_code == expected
    assert client.get(editor(world)).status_code == expected
    data = form(HEAD, button="save")
    expected = 302 if office in ("administrator", "anonymous") else 404
    assert client.post(editor(world), data).status_code == expected
    assert Route.objects.filter(gate="register").count() == 1 + (office == "administrator")


def test_the_list_shows_every_version(admin, world):
    world.route("register", {"role": Role.VICE_PRINCIPAL, "level": "school"})
    page = admin.get(LIST).content.decode()
    for role in (Role.VICE_PRINCIPAL, Role.HEAD):
        assert capfirst(str(role.label)) in page


def test_trying_names_the_people_in_order_and_saves_nothing(admin, world):
    initiative = world.draft()
    answer = admin.post(editor(world), form(HEAD, VICE, initiative=initiative.pk))
    asked = [[user.full_name for user in one.people] for one in answer.context["trial"].questions]
    assert asked == [["Head"], ["Vice Principal"]]
    assert Route.objects.filter(gate="register").count() == 1


def test_trying_shows_where_an_author_makes_a_step_give_way(admin, world):
    initiative = world.draft(lead="head", co_authors=())
    answer = admin.post(editor(world), form(HEAD, initiative=initiative.pk))
    (question,) = answer.context["trial"].questions
    assert question.gave_way
    assert question.people == [world.principal]


def test_saving_adds_a_version_and_keeps_the_one_before(admin, world):
    running = world.at("with_head")
    assert admin.post(editor(world), form(VICE, button="save")).status_code == 302
    newest = Route.objects.filter(gate="register").latest("number")
    assert (newest.number, newest.saved_by) == (2, world.administrator)
    assert [step.role for step in Route.objects.get(gate="register", number=1).steps.all()] == [
        "head", "principal",
    ]  # fmt: skip
    world.do("head", "approve", running)
    world.do("principal", "approve", running)
    assert running.state == "registered"
    following = world.at("with_head")
    world.do("vice_principal", "approve", following)
    assert following.state == "registered"


REFUSED: dict[str, list[dict[str, object]]] = {
    "nobody asked": [],
    "a grade at the registration": [HEAD | {"asks": "grade"}],
    "more than there are": [VICE | {"quorum": "some", "needed": 2}],
    "the same person twice": [VICE, VICE | {"position": 2}],
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_route_that_nobody_could_complete_is_refused_with_the_reason(name, admin, world):
    answer = admin.post(editor(world), form(*REFUSED[name], button="save"))
    assert answer.status_code == 200
    assert answer.context["trial"].refusal in answer.content.decode()
    assert Route.objects.filter(gate="register").count() == 1


INVALID = {
    "a role nowhere": HEAD | {"level": ""},
    "a role that does not decide": HEAD | {"role": "teacher"},
    "so many without a number": HEAD | {"quorum": "some", "needed": ""},
    "no time": HEAD | {"working_days": 0},
    "no position": HEAD | {"position": ""},
    "a stranger by name": {"people": [999_999]},
}


@pytest.mark.parametrize("name", INVALID)
def test_a_step_that_makes_no_sense_is_shown_again(name, admin, world):
    answer = admin.post(editor(world), form(INVALID[name], button="save"))
    assert answer.status_code == 422
    assert Route.objects.filter(gate="register").count() == 1


def test_the_same_role_twice_at_the_same_time_is_refused(admin, world):
    answer = admin.post(editor(world), form(HEAD, HEAD | {"position": 1}, button="save"))
    assert answer.status_code == 422


def test_a_unit_that_could_not_pass_is_named_and_the_rest_may_go_on(admin, world):
    Membership.objects.filter(role=Role.SUPERIOR).delete()
    world.join("other_head", "school", Role.PRINCIPAL)
    Membership.objects.filter(user=world.principal).delete()
    answer = admin.post(editor(world), form(HEAD, PRINCIPAL))
    stuck = [unit.name for unit, _why in answer.context["trial"].stuck]
    assert stuck == ["Tổ Ngữ văn"]
    assert not answer.context["trial"].refusal


def test_a_version_saved_meanwhile_is_not_overwritten(admin, world):
    world.route("register", {"role": Role.VICE_PRINCIPAL, "level": "school"})
    answer = admin.post(editor(world), form(HEAD, button="save", base=1))
    assert answer.status_code == 200
    assert answer.context["overtaken"]
    assert Route.objects.filter(gate="register").latest("number").number == 2


def test_one_more_step_keeps_what_was_typed(admin, world):
    answer = admin.post(editor(world), form(HEAD | {"working_days": 7}, button="more"))
    first, second = answer.context["steps"].forms
    assert first["working_days"].value() == "7"
    assert second["position"].value() == "2"
    assert "errorlist" not in answer.content.decode()


@pytest.mark.parametrize("posted", [{}, {"steps-TOTAL_FORMS": "x"}, {"base": "-1"}])
def test_a_broken_form_is_no_error_page(posted, admin, world):
    assert admin.post(editor(world), posted).status_code == 422


def test_a_gate_that_does_not_exist_is_not_found(admin, world):
    assert admin.get(editor(world, "nonsense")).status_code == 404
