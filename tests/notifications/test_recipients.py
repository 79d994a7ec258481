"""Every step of a life tells the next person, and nobody else."""

import pytest

from notifications.letters import LETTERS
from notifications.models import Message
from tests.world import PATH, REPORT

DURING = {
    "draft": {("head", "decision_wanted")},
    "with_head": {("principal", "decision_wanted")},
    "with_principal": {("author", "registered")},
    "registered": set(),
    "in_progress": {("head", "decision_wanted")},
    "report_with_head": {("author", "report_accepted"), ("secretary", "evaluation_wanted")},
    "reported": {("council", "decision_wanted"), ("council_peer", "decision_wanted")},
    "scoring": {("principal", "decision_wanted")},
    "signing_off": {("author", "evaluated")},
    "evaluated": set(),
}
BESIDE = {
    ("with_head", "head", "return"): {("author", "returned")},
    ("with_head", "head", "reject"): {("author", "rejected")},
    ("with_head", "author", "recall"): {("head", "called_off")},
    ("with_head", "author", "withdraw"): {("head", "called_off")},
    ("with_principal", "principal", "return"): {("author", "returned")},
    ("with_principal", "head", "undo"): {("principal", "called_off")},
    ("signing_off", "council", "undo"): {("principal", "called_off")},
    ("with_principal", "head", "withdraw"): {("author", "withdrawn"), ("principal", "called_off")},
    ("in_progress", "principal", "withdraw"): {("author", "withdrawn")},
    ("report_with_head", "head", "return"): {("author", "returned")},
    ("report_with_head", "author", "recall"): {("head", "called_off")},
    ("scoring", "council", "reject"): {("author", "rejected"), ("secretary", "evaluation_wanted")},
    ("signing_off", "principal", "return"): {("author", "returned")},
    ("evaluated", "principal", "reopen"): {
        ("author", "reopened"), ("secretary", "evaluation_wanted"),
    },
}  # fmt: skip
BY_UNDOING = {"undone"}
"""Written by tests/approvals/test_undo.py."""
BY_DELEGATION = {"delegated", "delegation_ended"}
"""Written by tests/approvals/test_delegations.py."""
BY_COMMENTS = {"mentioned", "commented"}
"""Written by tests/approvals/test_comments.py."""
BY_CHASING = {"chased"}
"""Written by tests/approvals/test_chasing.py."""
BY_ABSENCE = {"stand_in_wanted"}
"""Written by tests/approvals/test_absences.py."""
BY_TIME = {"due_soon", "due_soon_below", "overdue", "overdue_below", "escalated", "weekly_digest"}
BY_EXTENSION = {"extension_wanted", "extension_granted", "extension_refused"}
"""Written by tests/approvals/test_extensions.py."""
BY_DATES = {"rescheduled"}
"""Written by tests/approvals/test_round_pages.py."""
BY_EXPORTING = {"export_done", "export_failed"}
"""Who asked for a file: tests/reports/test_export_work.py."""
BY_CHOICE = {"daily_digest"}
"""Written by tests/notifications/test_daily_digest.py."""

BY_SCHOOL_REPORT = {"report_approved", "report_reopened"}
"""Written by tests/approvals/test_school_report.py."""


def written_by(step) -> list[tuple[str, str]]:
    before = set(Message.objects.values_list("pk", flat=True))
    step()
    return [
        (message.recipient.email.partition("@")[0], message.kind)
        for message in Message.objects.exclude(pk__in=before).select_related("recipient")
    ]


@pytest.mark.parametrize("situation", DURING)
def test_a_step_on_the_way_tells_the_next_person_once(situation, world):
    initiative = world.at(situation)
    told = written_by(lambda: PATH[situation](world, initiative))
    assert sorted(told) == sorted(DURING[situation])


@pytest.mark.parametrize(("situation", "who", "action"), BESIDE)
def test_a_step_off_the_way_tells_whom_it_concerns_once(situation, who, action, world):
    initiative = world.at(situation)
    told = written_by(lambda: world.do(who, action, initiative, comment="Vì sao."))
    assert sorted(told) == sorted(BESIDE[situation, who, action])


def test_saving_a_draft_tells_nobody(world):
    initiative = world.at("in_progress")
    assert written_by(lambda: world.do("author", "edit_report", initiative, **REPORT)) == []


def test_every_kind_of_letter_is_written_by_some_event():
    written = {kind for told in (*DURING.values(), *BESIDE.values()) for _who, kind in told}
    beside = (
        BY_TIME
        | BY_DELEGATION
        | BY_UNDOING
        | BY_ABSENCE
        | BY_COMMENTS
        | BY_CHASING
        | BY_CHOICE
        | BY_EXTENSION
        | BY_DATES
        | BY_EXPORTING
        | BY_SCHOOL_REPORT
    )
    assert written | beside == set(LETTERS)
    assert set(DURING) == set(PATH)


def test_an_inactive_author_gets_no_mail(world):
    initiative = world.at("with_head")
    world.author.is_active = False
    world.author.save()
    assert written_by(lambda: world.do("head", "return", initiative, comment="Thiếu.")) == []
