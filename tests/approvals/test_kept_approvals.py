"""A step may keep its approval when the very same content comes back; a change voids it."""

import pytest

from approvals.refusal import Refused
from tests.approvals.routes import HEAD, KEEPS, PRINCIPAL
from workflow.models import WorkItem


def asked(initiative):
    items = WorkItem.objects.open().filter(initiative=initiative)
    return list(items.values_list("role", flat=True))


def came_back(world, keeps, **changes):
    """Approved by the head, returned by the principal, and submitted again."""
    world.route("register", HEAD | keeps, PRINCIPAL)
    initiative = world.at("with_principal")
    world.do("principal", "return", initiative, comment="Chờ họp.")
    if changes:
        world.do("author", "edit", initiative, **changes)
    world.do("author", "submit", initiative)
    return initiative


@pytest.mark.parametrize(
    ("keeps", "changes", "expected"),
    [
        (KEEPS, {}, "principal"),
        (KEEPS, {"solution": "Khác hẳn."}, "head"),
        ({}, {}, "head"),
    ],
    ids=["unchanged", "changed", "not kept by the route"],
)
def test_who_is_asked_after_a_return(keeps, changes, expected, world):
    assert asked(came_back(world, keeps, **changes)) == [expected]


def test_a_change_that_was_changed_back_voids_nothing(world):
    """Hashes decide, not how often somebody saved."""
    world.route("register", HEAD | KEEPS, PRINCIPAL)
    initiative = world.at("with_principal")
    world.do("author", "recall", initiative)
    title = initiative.title
    for words in ("Tên khác", title):
        world.do("author", "edit", initiative, title=words)
    world.do("author", "submit", initiative)
    assert asked(initiative) == ["principal"]


def test_the_audit_says_which_approval_was_kept(world):
    initiative = came_back(world, KEEPS)
    assert initiative.audit.latest("seq").facts["kept"] == [1]
    decision = initiative.submissions.first().decisions.get(verdict="approve")
    kept = initiative.pending.route[0]["kept"]
    assert [one["decision"] for one in kept] == [decision.pk]


def test_an_approval_is_kept_over_several_returns(world):
    initiative = came_back(world, KEEPS)
    world.do("principal", "return", initiative, comment="Chờ thêm.")
    world.do("author", "submit", initiative)
    assert asked(initiative) == ["principal"]


def test_an_approval_that_was_taken_back_is_not_kept(world):
    world.route("register", HEAD | KEEPS, PRINCIPAL)
    initiative = world.at("with_principal")
    world.do("head", "undo", initiative)
    world.do("author", "recall", initiative)
    world.do("author", "submit", initiative)
    assert asked(initiative) == ["head"]


def test_a_kept_approval_counts_as_a_step_of_the_same_person(world):
    initiative = came_back(world, KEEPS)
    world.join("head", "school", "principal")
    with pytest.raises(Refused):
        world.do("head", "approve", initiative)
