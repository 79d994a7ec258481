"""One cursor serves a connection; statements and values reach the database as they are meant."""

import pytest
from django.db import IntegrityError, transaction

from people.kept_cursor import kept_cursor

pytestmark = pytest.mark.both_databases
MANY = 60


def test_the_cursor_is_kept_while_its_connection_lives(db):
    assert kept_cursor() is kept_cursor()


def test_a_percent_sign_in_a_statement_is_one_and_no_place(db):
    cursor = kept_cursor()
    cursor.execute("SELECT 'a%%s', %s", ["50%s %"])
    assert tuple(cursor.fetchall()[0]) == ("a%s", "50%s %")


def test_many_values_keep_their_order(db):
    cursor = kept_cursor()
    values = [f"giá trị {number}" for number in range(MANY)]
    cursor.execute(f"SELECT {', '.join(['%s'] * MANY)}", values)
    assert list(cursor.fetchall()[0]) == values


def test_what_the_database_refuses_is_an_error_of_django(world):
    insert = "INSERT INTO people_rosterstamp (id, word) VALUES (%s, %s)"
    kept_cursor().execute(insert, [7, "x"])
    with pytest.raises(IntegrityError), transaction.atomic():
        kept_cursor().execute(insert, [7, "x"])
