"""Contribution shares make 100: in the form, at the door, and in the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from approvals.create import create
from approvals.refusal import Refused
from tests.world import WORDS
from workflow.models import Authorship, Initiative

WRONG = {
    "nothing left for the person in charge": [("co_author", 100)],
    "more than there is": [("co_author", 60), ("colleague", 60)],
    "nothing for a co-author": [("co_author", 0)],
    "less than nothing": [("co_author", -5)],
    "the person in charge besides": [("author", 30)],
    "somebody twice": [("co_author", 20), ("co_author", 30)],
}


def rows(world, name):
    return [{"user": world.people[who].pk, "share": share} for who, share in WRONG[name]]


@pytest.mark.parametrize("name", WRONG)
def test_the_door_refuses_shares_that_do_not_make_100(name, world):
    initiative = world.draft()
    with pytest.raises(Refused):
        world.do("author", "edit", initiative, co_authors=rows(world, name))
    words = {"kind": "solution", "scope": "individual", "title": "Mới", **WORDS}
    with pytest.raises(Refused):
        create(world.round.pk, world.units["maths"].pk, world.author, world.now,
               words | {"co_authors": rows(world, name)})  # fmt: skip
    shares = sorted(Authorship.objects.values_list("share", flat=True))
    assert shares == [30, 70]


@pytest.mark.both_databases
def test_the_database_refuses_shares_that_do_not_make_100(committed_world):
    """PostgreSQL at the commit, SQLite when the dossier is put forward."""
    initiative = committed_world.draft()
    wrong = initiative.authorships.filter(share=30)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="100"), transaction.atomic():
            wrong.update(share=31)
    else:
        wrong.update(share=31)
        with pytest.raises(DatabaseError, match="100"):
            initiative.submissions.create(
                gate="register", content="", content_hash="", route=[],
                submitted_by=committed_world.author, submitted_at=committed_world.now,
            )  # fmt: skip


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks for deferred triggers")
def test_within_a_transaction_shares_may_be_changed_one_by_one(committed_world):
    initiative = committed_world.draft()
    with transaction.atomic():
        initiative.authorships.filter(share=30).update(share=20)
        initiative.authorships.filter(share=70).update(share=80)
    assert sorted(initiative.authorships.values_list("share", flat=True)) == [20, 80]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks for deferred triggers")
def test_no_dossier_is_left_without_authors(committed_world):
    initiative = committed_world.draft()
    with pytest.raises(DatabaseError, match="100"), transaction.atomic():
        initiative.authorships.all().delete()
    assert Initiative.objects.get().authorships.count() == 2
