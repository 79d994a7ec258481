"""Keys set aside are those the database would have given, and are given once."""

import pytest
from django.db import connection

from people.keys import NextKey
from people.models import User
from people.rows import Insert, store
from workflow.models import Initiative, Submission, WorkItem

MODELS = (Initiative, Submission, WorkItem)


def next_key(model):
    return User.objects.annotate(key=NextKey(model)).values_list("key", flat=True)[:1].get()


@pytest.mark.parametrize("model", MODELS)
def test_the_sequence_is_the_one_behind_the_column(model, db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no sequences")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        assert cursor.fetchone() == (f"public.{NextKey(model).sequence}",)


@pytest.mark.both_databases
def test_two_keys_set_aside_differ_and_neither_is_given_to_another_row(world):
    first, second = next_key(User), next_key(User)
    if connection.vendor != "postgresql":
        assert (first, second) == (None, None)
        return
    row = User(email="moi@example.test", full_name="Người mới")
    store(Insert([row]))
    assert first < second < row.pk


@pytest.mark.both_databases
def test_a_row_keeps_the_key_that_was_set_aside_for_it(world):
    free = (next_key(User) or User.objects.latest("pk").pk) + 1000
    row = User(pk=free, email="moi@example.test", full_name="Người mới")
    store(Insert([row]))
    assert row.pk == free == User.objects.get(email="moi@example.test").pk
