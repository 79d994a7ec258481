"""Who comes to which page of documents: every office × page, and another school's people."""

from datetime import date

import pytest
from django.urls import reverse

from people.models import Membership, Unit, User
from people.roles import Role
from reports.issuing import issue
from reports.kinds import Kind
from reports.models import DocumentTemplate, OfficialDocument
from tests.world import OFFICES

DRAFTERS = {"clerk", "secretary", "vice_principal", "principal"}
ISSUERS = {"clerk", "principal"}
PEOPLE = (*OFFICES, "foreign_clerk", "foreign_administrator", "anonymous")


@pytest.fixture
def issued(school):
    world = school.world
    foreign = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Khác", short_name="Khác"
    )
    for office, role in (
        ("foreign_clerk", Role.CLERK),
        ("foreign_administrator", Role.ADMINISTRATOR),
    ):
        user = User.objects.create_user(f"{office}@example.test", full_name=office)
        Membership.objects.create(user=user, unit=foreign, role=role, starts_on=date(2025, 1, 1))
        world.people[office] = user
    return issue(school.draft(Kind.DECISION), world.clerk, world.now, "key")


def sign_in(client, school, person):
    if person != "anonymous":
        client.force_login(school.world.people[person])


def draft_of(kind):
    return reverse("reports:draft", args=[kind])


@pytest.mark.parametrize("person", PEOPLE)
def test_documents_are_for_those_who_handle_them(person, client, school, issued):
    sign_in(client, school, person)
    inside = 302 if person == "anonymous" else 200 if person in DRAFTERS else 404
    for name in ("document", "pdf", "docx"):
        assert client.get(reverse(f"reports:{name}", args=[issued.pk])).status_code == inside
        assert client.post(reverse(f"reports:{name}", args=[issued.pk])).status_code in (405, 302)
    own = 200 if person == "foreign_clerk" else inside
    assert client.get(reverse("reports:documents")).status_code == own
    assert client.get(draft_of(Kind.DECISION)).status_code == own
    back = client.post(reverse("reports:take_back", args=[issued.pk]))
    assert back.status_code == (422 if person in DRAFTERS else inside)
    signed = client.get(reverse("reports:signed_file", args=[issued.pk, 1]))
    assert signed.status_code == (302 if person == "anonymous" else 404)


@pytest.mark.parametrize("person", PEOPLE)
def test_only_clerk_and_principal_issue(person, client, school, issued):
    sign_in(client, school, person)
    draft = school.draft(Kind.DECISION)
    data = {
        "subject": draft.subject.key,
        "signer": draft.signer.key,
        "key": "k2",
        "do": "confirmed",
    }
    status = client.post(draft_of(Kind.DECISION), data).status_code
    wanted = (
        302 if person in ISSUERS or person == "anonymous" else 403 if person in DRAFTERS else 404
    )
    assert status == wanted
    assert OfficialDocument.objects.count() == 1 + (person in ISSUERS)


@pytest.mark.parametrize("person", PEOPLE)
def test_templates_are_for_the_administrator(person, client, school, issued):
    sign_in(client, school, person)
    mine = person in ("administrator", "foreign_administrator")
    status = 302 if person == "anonymous" else 200 if mine else 404
    assert client.get(reverse("reports:templates")).status_code == status
    assert client.get(reverse("reports:template", args=[Kind.DECISION])).status_code == status
    put_back = client.post(reverse("reports:put_back", args=[Kind.DECISION])).status_code
    assert put_back == (302 if mine or person == "anonymous" else 404)
    assert DocumentTemplate.objects.filter(unit=school.world.units["school"]).count() == (
        person == "administrator"
    )
