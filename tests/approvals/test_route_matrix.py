"""Every route × method × person × object: what the address answers, declared cell by cell.

The routes come from the URL resolver, so one that nobody has thought about fails here. Objects: an
initiative of the person's own unit, of another department, of another school, and mail.
"""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from approvals.create import create
from approvals.policy import Action
from notifications.models import Message
from people.models import Membership, Unit, User
from people.roles import Role
from tests.approvals.route_table import (
    EVERYBODY,
    MAIL,
    METHODS,
    OF_A_MAIL,
    OF_ADMINISTRATORS,
    OF_COMMENTS,
    OF_DOCUMENTS,
    OF_EVIDENCE,
    OF_EXPORTS,
    OF_FIGURES,
    OF_ITS_OWNER,
    OF_ITS_READER,
    OF_ITS_SECRET,
    OF_WATCHERS,
    PLAYS,
    READ,
    REDIRECTS,
    SEES,
    WITH_OBJECT,
    WITHOUT_OBJECT,
    declared,
)
from tests.limits import lacking
from tests.world import WORDS, World
from workflow.default_routes import give_default_routes
from workflow.models import Initiative, Movement, Round


@pytest.fixture
def objects(world: World) -> dict[str, Initiative]:
    foreign = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Khác", short_name="Khác"
    )
    for office, role in (("foreign_teacher", Role.TEACHER), ("foreign_principal", Role.PRINCIPAL)):
        world.people[office] = User.objects.create_user(f"{office}@example.test", full_name=office)
        Membership.objects.create(
            user=world.people[office], unit=foreign, role=role, starts_on=date(2025, 1, 1)
        )
    movement = Movement.objects.create(
        unit=foreign, code="KHAC", name="Phong trào khác",
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    round_ = Round.objects.create(
        movement=movement, year=2025, number=1, name="Đợt 1", opens_on=date(2025, 1, 1)
    )
    give_default_routes(movement)
    words = {"kind": "solution", "scope": "individual", "title": "Của trường khác", **WORDS}
    author = world.people["foreign_teacher"]
    other = create(round_.pk, foreign.pk, author, world.now, words).initiative
    world.do("foreign_teacher", "submit", other)
    world.do("foreign_principal", "approve", other)
    return {
        "mine": world.at("registered"),
        "other_department": _registered_in_letters(world),
        "other_school": other,
    }


def _registered_in_letters(world: World) -> Initiative:
    initiative = world.draft(lead="other_teacher", co_authors=(), unit="letters")
    for who, action in (("other_teacher", "submit"), ("other_head", "approve")):
        world.do(who, action, initiative)
    world.do("principal", "approve", initiative)
    return initiative


def ask(client, method: str, address: str) -> int:
    """Ask for real, then undo what the request did."""
    headers = {"HX-Request": "true"} if method == "fragment" else {}
    verb = "GET" if method == "fragment" else method
    with transaction.atomic():
        answer = client.generic(verb, address, content_type="text/plain", headers=headers)
        transaction.set_rollback(True)
    assert lacking(answer) == [], address
    return int(answer.status_code)


def sees(person: str, kind: str) -> bool:
    return person in SEES[kind]


def expected_of_object(route: str, method: str, person: str, kind: str) -> set[int]:
    """The status of this cell; a POST that is allowed does its work, or lacks its reason."""
    read = route in READ
    if method in ("PUT", "DELETE") or (method == "POST" and read):
        return {405}
    if person == "anonymous":
        return {302}
    if not sees(person, kind):
        return {404}
    if read:
        return {200}
    part = PLAYS.get(kind, {}).get(person, person)
    for status, people in WITH_OBJECT[route].items():
        if part in people.split():
            return {302, 422} if status == 200 and method == "POST" else {status}
    return {403}


def address_of(route: str, initiative: Initiative) -> str:
    if route in READ:
        return reverse(READ[route], args=[initiative.pk])
    name, _slash, action = route.partition("/")
    return reverse(f"approvals:{name}", args=[initiative.pk, *([action] if action else [])])


@pytest.mark.parametrize("person", EVERYBODY)
def test_a_route_of_an_initiative_answers_as_declared(person, client, world, objects):
    if person != "anonymous":
        client.force_login(world.people[person])
    wrong, cells = [], 0
    for kind, route, method in product(objects, (*READ, *WITH_OBJECT), METHODS):
        cells += 1
        status = ask(client, method, address_of(route, objects[kind]))
        allowed = expected_of_object(route, method, person, kind)
        if status not in allowed:
            wrong.append(f"{method} {route} of {kind}: {status}, not {allowed}")
    print(f"{cells} cells")
    assert wrong == []


@pytest.mark.parametrize("person", EVERYBODY)
def test_a_route_without_an_object_answers_as_declared(person, client, world, objects):
    if person != "anonymous":
        client.force_login(world.people[person])
    wrong = []
    for route, methods in WITHOUT_OBJECT.items():
        for method in METHODS:
            status = ask(client, method, reverse(route))
            if method == "fragment":
                wanted = {302} if person == "anonymous" else {200}
                wanted = wanted if "GET" in methods else {405}
            elif method not in methods:
                wanted = {405}
            elif route in REDIRECTS or person == "anonymous":
                wanted = {302}
            else:
                wanted = {200, 422}
            if status not in wanted:
                wrong.append(f"{method} {route}: {status}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("person", EVERYBODY)
def test_mail_is_for_the_administrator_of_its_recipients_alone(person, client, world, objects):
    if person != "anonymous":
        client.force_login(world.people[person])
    message = Message.objects.filter(recipient=world.head).earliest("pk")
    for route, method in MAIL.items():
        address = reverse(route, args=[] if route.endswith("deliveries") else [message.pk])
        other = "POST" if method == "GET" else "GET"
        assert ask(client, other, address) == 405
        status = ask(client, method, address)
        if person == "anonymous":
            assert status == 302
        else:
            assert status == (
                404 if person != "administrator" else 302 if method == "POST" else 200
            )


def test_every_route_of_the_project_is_declared():
    names = {f"approvals:{route.partition('/')[0]}" for route in WITH_OBJECT}
    assert declared() == {
        *names,
        *READ.values(),
        *WITHOUT_OBJECT,
        *MAIL,
        *OF_ITS_OWNER,
        *OF_ITS_READER,
        *OF_ITS_SECRET,
        *OF_A_MAIL,
        *OF_COMMENTS,
        *OF_EVIDENCE,
        *OF_ADMINISTRATORS,
        *OF_WATCHERS,
        *OF_DOCUMENTS,
        *OF_FIGURES,
        *OF_EXPORTS,
    }


ELSEWHERE = {
    Action.EDIT, Action.EDIT_REPORT, Action.COMMENT, Action.ATTACH, Action.DETACH,
    Action.RESCHEDULE, Action.WRITE_YEARLY,
}  # fmt: skip
"""Actions with an address of their own."""


def test_every_action_has_its_address_in_the_matrix():
    actions = {route.partition("/")[2] for route in WITH_OBJECT} - {""}
    assert actions | ELSEWHERE == set(Action.values)
