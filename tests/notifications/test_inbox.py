"""The bell shows what was told, whatever became of the mail, and what of it is still unread."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.composing import words
from notifications.inbox import MANY, mark_read, unread_count
from notifications.models import Message
from notifications.outbox import enqueue, message
from notifications.preferences import switch_off

pytestmark = pytest.mark.both_databases
INBOX = reverse("notifications:inbox")


@pytest.fixture
def initiative(world):
    return world.at("with_head")


@pytest.fixture
def as_head(client, world, initiative):
    client.force_login(world.head)
    return client


def tell(world, count: int, who: str = "head") -> None:
    person = world.people[who]
    key = f"event {Message.objects.count()}"
    enqueue(
        message(f"{key}/{number}", "weekly_digest", person, world.now, count=number)
        for number in range(count)
    )


def test_a_message_is_unread_until_its_dossier_is_opened(as_head, world, initiative):
    other = world.at("with_head")
    assert unread_count(world.head) == 2
    as_head.get(reverse("approvals:dossier", args=[initiative.pk]))
    assert unread_count(world.head) == 1
    assert Message.objects.unread(world.head).get().initiative == other


def test_the_page_of_a_mails_link_reads_it_too(as_head, world, initiative):
    written = Message.objects.get(recipient=world.head)
    as_head.get(words(written)["address"].removeprefix("http://127.0.0.1:8000"))
    assert unread_count(world.head) == 0


def test_following_a_message_leads_to_its_dossier_and_reads_it(as_head, world, initiative):
    written = Message.objects.get(recipient=world.head)
    answer = as_head.get(reverse("notifications:follow", args=[written.pk]))
    assert answer["Location"] == f"/initiatives/{initiative.pk}/"
    written.refresh_from_db()
    assert written.read_at


def test_another_persons_dossier_visit_reads_nothing_of_mine(client, world, initiative):
    client.force_login(world.author)
    client.get(reverse("approvals:dossier", args=[initiative.pk]))
    assert unread_count(world.head) == 1


def test_a_message_of_somebody_else_is_not_there(client, world, initiative):
    client.force_login(world.author)
    written = Message.objects.get(recipient=world.head)
    assert client.get(reverse("notifications:follow", args=[written.pk])).status_code == 404
    assert written not in [row for row, _subject in client.get(INBOX).context["rows"]]


def test_reading_all_reads_mine_and_nobody_elses(as_head, world):
    tell(world, 3)
    tell(world, 1, "deputy")
    as_head.post(reverse("notifications:read"))
    assert (unread_count(world.head), unread_count(world.deputy)) == (0, 1)


def test_the_page_shows_all_or_what_is_unread(as_head, world):
    tell(world, 2)
    mark_read(world.head, timezone.now())
    world.at("with_head")
    assert len(as_head.get(INBOX).context["rows"]) == 4
    assert len(as_head.get(f"{INBOX}?show=unread").context["rows"]) == 1


def test_who_wants_no_mail_is_told_under_the_bell(as_head, world, initiative):
    switch_off(world.head, "decision_wanted")
    world.at("with_head")
    assert unread_count(world.head) == 2


@pytest.mark.parametrize("facts", [{"due_at": "not a date"}, {}])
def test_a_row_that_cannot_be_composed_breaks_no_page(facts, as_head, client, world):
    broken = Message.objects.filter(recipient=world.head)
    broken.update(kind="weekly_digest", initiative=None, facts=facts)
    pk = broken.get().pk
    assert as_head.get(INBOX).status_code == 200
    client.force_login(world.administrator)
    for name, args in (("deliveries", []), ("delivery", [pk])):
        assert client.get(reverse(f"notifications:{name}", args=args)).status_code == 200


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, "1"), (MANY, "99"), (MANY + 5, "99+")])
def test_the_bell_counts_up_to_ninety_nine(count, shown, client, world):
    tell(world, count, "clerk")
    client.force_login(world.clerk)
    page = client.get(reverse("approvals:delegations")).content.decode()
    bell = page[page.index('class="bell"') : page.index("<details")]
    assert (f'aria-hidden="true">{shown}</span>' in bell) == (shown is not None)
    assert ("chưa đọc" in bell) == (shown is not None)


def test_the_bell_costs_a_page_one_statement_however_much_there_is(as_head, world):
    address = reverse("approvals:worklist")
    for many in (0, 200):
        tell(world, many)
        with CaptureQueriesContext(connection) as queries:
            as_head.get(address)
        asked = [query for query in queries if "notifications_message" in query["sql"]]
        assert len(asked) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
def test_the_count_is_read_from_the_index_of_what_is_unread(world):
    """As in life: most have been read."""
    tell(world, 500)
    read = Message.objects.order_by("pk").values("pk")[:450]
    Message.objects.filter(pk__in=read).update(read_at=world.now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_message")
        cursor.execute("SET enable_seqscan = off")
        rows = Message.objects.unread(world.head).order_by().values_list("pk")[:100]
        plan = rows.explain()
        cursor.execute("SET enable_seqscan = on")
    assert "message_unread" in plan
