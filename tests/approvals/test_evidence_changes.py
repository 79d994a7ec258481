"""Whoever decides again is told which files came, went, were replaced or described anew."""

import pytest

from approvals.changes import changes, labels
from tests.files import kept, picture


def attach(world, initiative, *uploads, **payload):
    world.do("author", "attach", initiative, files=list(uploads), **payload)


def since_return(world, initiative) -> list[tuple[str, str]]:
    world.do("author", "submit", initiative)
    before, after = initiative.submissions.all()
    found = {change.name: change for change in changes(before, after, labels(initiative))}
    return [run for run in found["evidence"].words if run[0] != "kept"] if found else []


@pytest.fixture
def returned(world):
    """Returned with two files: one is going to change."""
    initiative = world.draft()
    attach(world, initiative, kept(), kept(picture(), "bieu-do.png"))
    world.do("author", "submit", initiative)
    world.do("head", "return", initiative, comment="Số liệu chưa rõ.")
    return initiative


def test_an_added_file_is_named_as_added(returned, world):
    attach(world, returned, kept(b"moi", "moi.txt"), caption="Phiếu hỏi")
    ((kind, words),) = since_return(world, returned)
    assert kind == "new"
    assert "moi.txt – Phiếu hỏi" in words


def test_a_removed_file_is_named_as_removed(returned, world):
    world.do("author", "detach", returned, evidence=returned.evidence.first().pk)
    ((kind, words),) = since_return(world, returned)
    assert kind == "gone"
    assert "bien-ban.txt" in words


def test_another_file_of_the_same_name_is_named_as_replaced(returned, world):
    old = returned.evidence.first()
    world.do("author", "detach", returned, evidence=old.pk)
    attach(world, returned, kept(b"sua lai"))
    ((kind, words),) = since_return(world, returned)
    assert kind == "new"
    assert old.sha256[:12] in words
    assert returned.evidence.last().sha256[:12] in words


def test_the_same_file_with_another_caption_is_named(returned, world):
    world.do("author", "detach", returned, evidence=returned.evidence.first().pk)
    attach(world, returned, kept(), caption="Biên bản ngày 3/3")
    ((_kind, words),) = since_return(world, returned)
    assert "Biên bản ngày 3/3" in words


def test_the_same_files_again_change_nothing(returned, world):
    assert since_return(world, returned) == []
