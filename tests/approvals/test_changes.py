"""Whoever decides again is shown what changed since what they last decided on, in words."""

import pytest
from django.urls import reverse

from approvals.changes import LONGEST, changes, labels
from approvals.gather import open_case
from approvals.since import since_seen
from tests.approvals.routes import HEAD, PRINCIPAL, VICE_PRINCIPAL
from workflow.models import Initiative
from workflow.snapshot import FIELDS


def submissions(initiative):
    return list(initiative.submissions.prefetch_related("decisions"))


def since(world, who, initiative):
    case = open_case(initiative.pk, world.people[who], world.now, lock=False)
    return since_seen(case, submissions(initiative))


def revise(world, initiative, **words):
    world.do("author", "edit", initiative, **words)
    world.do("author", "submit", initiative)


@pytest.fixture
def thrice(world):
    """Submitted three times. The head saw all of it, the principal the first and third,
    the vice principal only the third."""
    world.route("register", HEAD, PRINCIPAL, VICE_PRINCIPAL)
    initiative = world.at("with_principal")
    world.do("principal", "return", initiative, comment="Thiếu số liệu.")
    revise(world, initiative, current_state="Hồ sơ in giấy, duyệt trong 7 ngày.")
    world.do("head", "return", initiative, comment="Rõ hơn.")
    revise(world, initiative, title="Tên mới")
    return initiative


@pytest.mark.parametrize(
    ("who", "names", "decided"),
    [
        ("head", ["title"], True),
        ("principal", ["title", "current_state"], True),
        ("vice_principal", ["title"], False),
    ],
)
def test_each_reader_sees_the_changes_since_their_own_decision(who, names, decided, thrice, world):
    found = since(world, who, thrice)
    assert [change.name for change in found.changes] == names
    assert (found.decision is not None) is decided


def test_a_delegators_reading_counts_as_theirs(thrice, world):
    """What a delegate decided in the head's name, the head is taken to have on record."""
    decision = thrice.submissions.all()[1].decisions.get()
    decision.actor, decision.on_behalf_of = world.deputy, world.head
    decision.save()
    found = since(world, "head", thrice)
    assert found.decision == decision


def test_the_words_are_marked_one_by_one(thrice, world):
    (change,) = [one for one in since(world, "principal", thrice).changes if one.name != "title"]
    assert ("gone", "5") in change.words
    assert ("new", "7") in change.words
    assert change.label == str(Initiative._meta.get_field("current_state").verbose_name)


def test_a_first_submission_has_nothing_to_compare_with(world):
    assert since(world, "head", world.at("with_head")) is None


def test_the_same_content_again_is_said_to_be_the_same(world, client):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Chờ họp.")
    world.do("author", "submit", initiative)
    assert since(world, "head", initiative).changes == []
    client.force_login(world.head)
    page = client.get(reverse("approvals:dossier", args=[initiative.pk])).content.decode()
    assert 'id="changes"' in page
    assert "<ins>" not in page


def test_the_page_escapes_what_was_written(world, client):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Rõ hơn.")
    revise(world, initiative, solution="<script>alert(1)</script>")
    client.force_login(world.head)
    page = client.get(reverse("approvals:dossier", args=[initiative.pk])).content.decode()
    assert "<ins>&lt;script&gt;" in page
    assert "<script>alert" not in page


CHANGED = {
    "kind": "initiative", "scope": "collective", "title": "Khác", "field": "Khác",
    "current_state": "Khác", "solution": "Khác", "expected_results": "Khác",
}  # fmt: skip


def test_every_word_of_the_form_can_change_and_is_named(world):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Rõ hơn.")
    shares = [{"user": world.colleague.pk, "share": 10}]
    revise(world, initiative, co_authors=shares, **CHANGED)
    found = since(world, "head", initiative).changes
    assert {change.name for change in found} == {*FIELDS, "authors"} - {"code"}
    authors = next(change for change in found if change.name == "authors")
    assert "Colleague: 10%" in "".join(words for kind, words in authors.words if kind != "gone")
    assert all(label != name for name, label in ((one.name, one.label) for one in found))


def test_measured_results_are_compared_as_lines(world):
    initiative = world.at("report_with_head")
    world.do("head", "return", initiative, comment="Sai số.")
    measures = [{"indicator": "Thời gian duyệt", "unit": "ngày", "before": 5, "after": 3,
                 "evidence": "Sổ theo dõi"}]  # fmt: skip
    world.do("author", "edit_report", initiative, measures=measures)
    world.do("author", "submit_report", initiative)
    (change,) = since(world, "head", initiative).changes
    assert change.name == "measures"
    assert [words for kind, words in change.words if kind != "kept"] == ["2.00", "3.00"]


def test_a_very_long_text_is_shown_before_and_after(world):
    initiative = world.at("with_head")
    world.do("head", "return", initiative, comment="Rõ hơn.")
    revise(world, initiative, solution="từ " * LONGEST)
    (change,) = since(world, "head", initiative).changes
    assert [kind for kind, _words in change.words] == ["gone", "new"]


def test_what_is_the_same_has_no_changes(world):
    submission = world.at("with_head").pending
    assert changes(submission, submission, labels(submission.initiative)) == []
