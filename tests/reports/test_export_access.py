"""Who may ask for a year's dossier, what they then get, and who may take the file, and when."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from approvals.views.evidence import INERT
from people.models import Membership, Unit, User
from people.roles import Role
from reports.exporting import store
from reports.exporting.work import make_waiting
from reports.models import Download, Export
from reports.models.export import Part, Status
from tests.reports.exports import ALL, made, paths, wanted
from tests.world import OFFICES

pytestmark = pytest.mark.both_databases
OVERSEE = {
    "deputy": False, "head": False, "other_head": False, "council": False, "council_peer": False,
    "superior": False, "clerk": True, "secretary": True, "vice_principal": True, "principal": True,
}  # fmt: skip
"""Who oversees a unit, and whether they handle the school's documents too."""
PEOPLE = (*OFFICES, "foreign_clerk", "anonymous")
OWN = ("export", "cancel_export", "export_file")


@pytest.fixture
def two(school):
    """An evaluated initiative of maths, a registered one of letters, and another school."""
    world = school.world
    foreign = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Khác", short_name="Khác"
    )
    clerk = User.objects.create_user("foreign@example.test", full_name="Foreign")
    Membership.objects.create(user=clerk, unit=foreign, role=Role.CLERK, starts_on=date(2025, 1, 1))
    world.people["foreign_clerk"] = clerk
    other = world.draft(lead="other_teacher", co_authors=(), unit="letters")
    for who, action in (("other_teacher", "submit"), ("other_head", "approve")):
        world.do(who, action, other)
    world.do("principal", "approve", other)
    return world


@pytest.fixture
def visit(client, two, monkeypatch):
    """Ask as a person, on the world's day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: two.now)

    def ask(person, name, *words, method="get", **data):
        client.logout()
        if person != "anonymous":
            client.force_login(two.people[person])
        return getattr(client, method)(reverse(f"reports:{name}", args=words), data)

    return ask


def of(world):
    return f"{world.movement.pk}-{world.round.year}"


@pytest.mark.parametrize("person", PEOPLE)
def test_whoever_oversees_a_unit_may_ask(person, visit, two):
    status = 302 if person == "anonymous" else 200 if person in OVERSEE else 404
    assert visit(person, "exports").status_code == status
    asked = visit(person, "exports", method="post", of=of(two), parts=ALL)
    assert asked.status_code == (302 if status != 404 else 404)
    assert Export.objects.filter(asked_by__email=f"{person}@example.test").exists() == (
        person in OVERSEE
    )


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_reaches_the_export_of_another(person, visit, two):
    export = made(two, parts=[Part.RECORDS])
    for name in OWN:
        for method in ("get", "post"):
            status = visit(person, name, export.pk, method=method).status_code
            allowed = (name == "cancel_export") == (method == "post")
            mine = 200 if name != "cancel_export" else 302
            wanted_ = (
                405 if not allowed
                else 302 if person == "anonymous"
                else mine if person == "clerk"
                else 404
            )  # fmt: skip
            assert status == wanted_, (name, method)
    assert Export.objects.get().status == Status.DONE


@pytest.mark.parametrize("person", OVERSEE)
def test_it_holds_what_the_asker_sees_and_no_more(person, two):
    found = paths(made(two, person))
    assert any(one.startswith("1. ") for one in found) == OVERSEE[person]
    records = [one for one in found if one.endswith(".json")]
    seen = {"head": 1, "deputy": 1, "other_head": 1}.get(person, 2)
    assert len(records) == seen
    if person == "other_head":
        assert "Sáng kiến 2" in records[0]


def test_documents_cannot_be_had_by_typing_their_name(visit, two):
    asked = visit("head", "exports", method="post", of=of(two), parts=["documents"])
    assert asked.status_code == 422
    assert not Export.objects.exists()


@pytest.mark.parametrize("data", [{"of": "9-2025"}, {"of": "x"}, {"of": "'; --"}])
def test_a_year_of_nobody_is_not_found(data, visit):
    assert visit("clerk", "exports", method="post", parts=ALL, **data).status_code == 404
    assert visit("clerk", "exports", **data).status_code == 404


@pytest.mark.parametrize("parts", [[], ["all"], ["evidence"]])
def test_a_choice_with_nothing_in_it_is_refused_in_words(parts, visit, two):
    answer = visit("clerk", "exports", method="post", of=of(two), parts=parts)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def end_membership(world, office):
    Membership.objects.filter(user=world.people[office]).update(
        ends_on=world.now.date() - timedelta(days=1)
    )


def test_access_that_ended_before_the_work_gives_nothing(two):
    export = wanted(two, "head")
    end_membership(two, "head")
    make_waiting(lambda: two.now)
    export.refresh_from_db()
    assert (export.status, export.reason) == (Status.FAILED, "nothing")


def test_the_official_documents_close_with_the_right_to_handle_them(visit, two):
    export = made(two, "clerk", [Part.DOCUMENTS])
    Membership.objects.filter(user=two.clerk).update(role=Role.COUNCIL)
    call_command("regrant")
    assert visit("clerk", "exports").status_code == 200
    assert visit("clerk", "export_file", export.pk).status_code == 404


@pytest.mark.parametrize("office", ["head", "clerk"])
def test_access_that_ended_before_the_download_gives_nothing(office, visit, two):
    export = made(two, office, [Part.RECORDS])
    assert visit(office, "export_file", export.pk).status_code == 200
    end_membership(two, office)
    assert visit(office, "export_file", export.pk).status_code == 404
    assert visit(office, "export", export.pk).status_code == 404


def test_one_initiative_out_of_sight_closes_the_whole_file(visit, two):
    """A principal who became head of letters no longer sees the maths that lie in the file."""
    export = made(two, "principal", parts=[Part.RECORDS])
    Membership.objects.filter(user=two.principal).update(unit=two.units["letters"], role=Role.HEAD)
    call_command("regrant")
    assert visit("principal", "exports").status_code == 200
    assert visit("principal", "export_file", export.pk).status_code == 404


def test_the_file_comes_inert_whole_and_is_noted(visit, two):
    export = made(two, parts=[Part.RECORDS])
    answer = visit("clerk", "export_file", export.pk)
    assert b"".join(answer.streaming_content) == store.path(export.holder).read_bytes()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Type"] == "application/zip"
    assert all(answer[name] == value for name, value in INERT.items())
    taken = Download.objects.get()
    assert (taken.user, taken.export, taken.at) == (two.clerk, export, two.now)


def test_an_expired_or_lost_file_leads_to_the_page_that_offers_it_again(visit, two):
    export = made(two, parts=[Part.RECORDS])
    two.later(hours=73)
    assert visit("clerk", "export_file", export.pk).status_code == 302
    two.later(hours=-73)
    store.path(export.holder).unlink()
    assert visit("clerk", "export_file", export.pk).status_code == 302
    export.refresh_from_db()
    assert export.status == Status.EXPIRED
    assert f"?of={of(two)}" in visit("clerk", "export", export.pk).text
    assert not Download.objects.exists()


def test_a_second_one_is_refused_in_words(client, visit, two):
    wanted(two)
    asked = visit("clerk", "exports", method="post", of=of(two), parts=ALL)
    assert asked.status_code == 302
    assert Export.objects.count() == 1
    assert "note-error" in client.get(asked.url).text


@pytest.mark.parametrize("status", Status)
def test_the_page_of_a_status_looks_again_only_while_it_lives(status, visit, two):
    export = made(two, parts=[Part.RECORDS])
    Export.objects.update(status=status, total=512, done=123)
    page = visit("clerk", "export", export.pk).text
    living = status in (Status.WAITING, Status.RUNNING)
    assert ("<noscript>" in page) == ('hx-trigger="every 2s"' in page) == living
    assert ("<progress" in page) == living
    assert (reverse("reports:cancel_export", args=[export.pk]) in page) == living
    assert (reverse("reports:export_file", args=[export.pk]) in page) == (status == Status.DONE)


def test_the_bar_says_how_many_and_how_long(visit, two):
    export = made(two, parts=[Part.RECORDS])
    Export.objects.update(status=Status.RUNNING, total=512, done=128, started_at=two.now)
    two.later(seconds=60)
    two.clerk.language = "en"
    two.clerk.save()
    page = " ".join(visit("clerk", "export", export.pk).text.split())
    assert "128 of 512 · about 3 minutes left" in page
    assert 'max="512" value="128"' in page


def test_calling_it_off_ends_it_at_once(visit, two):
    export = wanted(two)
    assert visit("clerk", "cancel_export", export.pk, method="post").status_code == 302
    export.refresh_from_db()
    assert export.status == Status.CANCELLED
