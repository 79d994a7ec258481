"""Rows stored by SQL made once are what the ORM would have stored, alone and together."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from people.models import User
from people.rows import Insert, Update, changed, store

pytestmark = pytest.mark.both_databases


def test_inserted_rows_have_their_keys_and_every_column(world):
    rows = [
        User(email=f"moi{number}@example.test", full_name=f"Người mới {number}", language="en")
        for number in range(3)
    ]
    store(Insert(rows))
    kept = {user.pk: user for user in User.objects.filter(email__startswith="moi")}
    assert [row.pk for row in rows] == sorted(kept)
    for row in rows:
        assert [getattr(row, field.attname) for field in User._meta.concrete_fields] == [
            getattr(kept[row.pk], field.attname) for field in User._meta.concrete_fields
        ]


def test_a_row_that_is_there_already_is_left_out(world):
    before = User.objects.count()
    twin = User(email=world.head.email, full_name="Người khác")
    added = User(email="moi@example.test", full_name="Người mới")
    store(Insert([twin, added], once=True))
    assert User.objects.count() == before + 1
    world.head.refresh_from_db()
    assert world.head.full_name != "Người khác"


def test_only_the_named_fields_are_stored(world):
    world.head.full_name, world.head.email = "Tên mới", "moi@example.test"
    store(Update(world.head, ("full_name",)))
    kept = User.objects.get(pk=world.head.pk)
    assert (kept.full_name, kept.email) == ("Tên mới", "head@example.test")


def test_several_changes_are_stored_in_one_statement_where_the_database_can(world):
    new = [User(email=f"moi{number}@example.test", full_name="Người mới") for number in range(2)]
    world.head.full_name, world.deputy.full_name = "Tên một", "Tên hai"
    changes = (Update(world.head, ("full_name",)), Insert(new), Update(world.deputy))
    with CaptureQueriesContext(connection) as queries:
        store(*changes)
    assert len(queries) == (1 if connection.vendor == "postgresql" else 3)
    kept = dict(User.objects.values_list("pk", "full_name"))
    assert (kept[world.head.pk], kept[world.deputy.pk]) == ("Tên một", "Tên hai")
    assert [kept[row.pk] for row in new] == ["Người mới"] * 2


def test_one_change_that_cannot_be_stored_leaves_none(world):
    world.head.full_name = "Tên mới"
    twin = User(email=world.deputy.email, full_name="Người khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        store(Update(world.head, ("full_name",)), Insert([twin]))
    world.head.refresh_from_db()
    assert world.head.full_name != "Tên mới"


def test_two_changes_of_one_row_are_both_stored(world):
    world.head.full_name, world.head.language = "Tên mới", "en"
    store(Update(world.head, ("full_name",)), Update(world.head, ("language",)))
    kept = User.objects.get(pk=world.head.pk)
    assert (kept.full_name, kept.language) == ("Tên mới", "en")


def test_nothing_to_store_asks_nothing(world):
    with CaptureQueriesContext(connection) as queries:
        store(Insert([]), Insert([], once=True))
    assert len(queries) == 0


def test_changed_names_the_fields_that_differ(world):
    before = dict(world.head.__dict__)
    assert changed(world.head, before) == ()
    world.head.full_name = "Tên mới"
    world.head.language = "en"
    assert changed(world.head, before) == ("full_name", "language")
