"""Whoever sees an initiative can comment and mention others who see it; nobody else is told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals.mentions import MOST, typed
from approvals.refusal import Refused
from approvals.viewers import viewers
from notifications.models import Message
from tests.files import kept
from tests.world import PATH
from workflow.canonical import digest
from workflow.deadlines import local_day
from workflow.models import Comment, Initiative


def address(initiative):
    return reverse("approvals:comment", args=[initiative.pk])


def told(*kinds):
    rows = Message.objects.filter(kind__in=kinds).select_related("recipient").order_by("pk")
    return [(row.recipient.email.partition("@")[0], row.kind) for row in rows]


def agree(world, initiative):
    today = local_day(world.now)
    found = set(viewers(initiative, today))
    for who, user in world.people.items():
        visible = Initiative.objects.visible_to(user, today).filter(pk=initiative.pk).exists()
        assert (user in found) is visible, who


@pytest.mark.parametrize("situation", PATH)
def test_the_viewers_are_exactly_those_to_whom_it_is_visible(situation, world):
    agree(world, world.at(situation))


def test_who_is_asked_by_name_is_a_viewer_too(world):
    world.route("register", {"people": [world.other_teacher]})
    initiative = world.draft()
    world.do("author", "submit", initiative)
    assert world.other_teacher in viewers(initiative, local_day(world.now))
    agree(world, initiative)


def test_a_comment_is_told_to_the_person_in_charge_and_to_whom_it_mentions(world):
    initiative = world.at("with_head")
    world.do("head", "comment", initiative, text="Số liệu?", mentions=[world.principal.pk])
    assert told("mentioned", "commented") == [("principal", "mentioned"), ("author", "commented")]


def test_whoever_is_mentioned_gets_one_letter_and_the_writer_none(world):
    initiative = world.at("with_head")
    everybody = [world.author.pk, world.head.pk]
    world.do("head", "comment", initiative, text="Số liệu?", mentions=everybody)
    assert told("mentioned", "commented") == [("author", "mentioned")]


def test_somebody_who_may_not_see_it_cannot_be_mentioned(world, client):
    initiative = world.at("with_head")
    with pytest.raises(Refused):
        world.do("head", "comment", initiative, text="?", mentions=[world.other_teacher.pk])
    client.force_login(world.head)
    answer = client.post(address(initiative), {"text": "?", "mentions": world.other_teacher.pk})
    assert answer.status_code == 422
    offered = answer.context["comment_form"].fields["mentions"].queryset
    assert world.other_teacher not in offered
    assert not Comment.objects.exists()


def test_a_comment_changes_neither_the_content_nor_whose_turn_it_is(world):
    initiative = world.at("with_head")
    before = initiative.pending.content_hash
    world.do("deputy", "comment", initiative, text="A")
    world.do("head", "approve", initiative)
    assert initiative.pending.content_hash == before


def test_the_audit_keeps_the_hash_of_what_was_said(world):
    initiative = world.at("with_head")
    world.do("head", "comment", initiative, text="Số liệu?")
    assert initiative.audit.latest("seq").facts["text"] == digest("Số liệu?")


def test_the_same_form_twice_is_one_comment(world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    form = {"text": "Số liệu?", "key": "8d0c4f5e-6c1e-4b5e-9a57-0d6f0f7a1b11"}
    for _twice in range(2):
        assert client.post(address(initiative), form).status_code == 302
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_nothing_or_too_much_is_shown_again(text, world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    answer = client.post(address(initiative), {"text": text})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("author", 302), ("head", 302), ("other_head", 404), ("administrator", 404)]
)
def test_only_who_sees_it_can_comment(who, status, world, client):
    initiative = world.at("with_head")
    client.force_login(world.people[who])
    assert client.post(address(initiative), {"text": "A"}).status_code == status
    assert client.get(address(initiative)).status_code == 405


def test_the_door_itself_asks_who_sees_it(world):
    initiative = world.at("with_head")
    for stranger in (world.other_head, AnonymousUser(), None):
        world.people["stranger"] = stranger
        with pytest.raises(Refused):
            world.do("stranger", "comment", initiative, text="A")


def test_the_page_shows_it_escaped_with_its_mentions(world, client):
    initiative = world.at("with_head")
    mentions = [world.author.pk]
    world.do("head", "comment", initiative, text="<b>Số liệu?</b>", mentions=mentions)
    client.force_login(world.author)
    page = client.get(reverse("approvals:dossier", args=[initiative.pk])).content.decode()
    assert "&lt;b&gt;Số liệu?" in page
    assert "@Author" in page


def with_file(**values):
    return {
        "text": "Xem tệp.",
        "documents": SimpleUploadedFile("so-lieu.txt", b"1, 2, 3"),
        **values,
    }


def test_a_comment_brings_files_that_are_not_of_the_dossier(world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    assert client.post(address(initiative), with_file(harmless="on")).status_code == 302
    evidence = initiative.evidence.get()
    assert evidence.comment == Comment.objects.get()
    assert not initiative.evidence.of_dossier().exists()
    assert initiative.audit.latest("seq").facts["files"][0]["sha256"] == evidence.sha256
    page = client.get(reverse("approvals:dossier", args=[initiative.pk])).content.decode()
    assert "so-lieu.txt" in page


@pytest.mark.parametrize(("who", "status"), [("author", 200), ("other_head", 404)])
def test_a_file_of_a_comment_is_for_those_who_see_the_initiative(who, status, world, client):
    initiative = world.at("with_head")
    world.do("head", "comment", initiative, text="Xem.", files=[kept()])
    client.force_login(world.people[who])
    file = reverse("approvals:evidence", args=[initiative.pk, initiative.evidence.get().pk])
    assert client.get(file).status_code == status


@pytest.mark.parametrize(
    "values",
    [with_file(), with_file(harmless="on", text=""), with_file(harmless="on", pupils="on")],
)
def test_a_file_of_a_comment_asks_the_same_questions(values, world, client, vault):
    initiative = world.at("with_head")
    client.force_login(world.head)
    values = dict(values, documents=SimpleUploadedFile("so-lieu.txt", b"1, 2, 3"))
    assert client.post(address(initiative), values).status_code == 422
    assert not vault.exists()
    assert not Comment.objects.exists()


def test_a_name_typed_with_an_at_is_a_mention(world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    client.post(address(initiative), {"text": "@Vice Principal và @Co Author xem giúp."})
    assert set(Comment.objects.get().mentions.all()) == {world.vice_principal, world.co_author}


def test_a_name_that_may_not_see_it_or_is_not_whole_mentions_nobody(world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    client.post(address(initiative), {"text": "@Other Head, @Vice, Principal, a@b.test"})
    assert not Comment.objects.get().mentions.exists()


def test_a_name_of_two_people_mentions_nobody(world):
    world.deputy.full_name = world.author.full_name
    world.deputy.save()
    assert typed("@Author", [world.author, world.deputy]) == set()
    assert typed("@Author", [world.author]) == {world.author.pk}


def test_only_people_who_see_it_are_suggested(world, client):
    initiative = world.at("with_head")
    client.force_login(world.head)
    asked = reverse("approvals:mentions", args=[initiative.pk])
    names = [row["name"] for row in client.get(asked, {"q": "auth"}).json()["people"]]
    assert names == ["Author", "Co Author"]
    assert client.get(asked, {"q": "Other"}).json() == {"people": []}
    assert client.get(asked, {"q": world.head.full_name}).json() == {"people": []}
    assert client.get(asked, {"q": "auth\0"}).json() == client.get(asked, {"q": "auth"}).json()
    assert len(client.get(asked).json()["people"]) == MOST
    client.force_login(world.other_head)
    assert client.get(asked).status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize("key", ["0", "abc", "9" * 18, "9" * 20, "9" * 400])
def test_a_key_that_nobody_has_is_refused_with_the_text_still_there(key, world, client):
    client.force_login(world.head)
    answer = client.post(address(world.at("with_head")), {"text": "Số liệu?", "mentions": [key]})
    assert answer.status_code == 422
    assert "Số liệu?" in answer.content.decode()
    assert not Comment.objects.exists()
