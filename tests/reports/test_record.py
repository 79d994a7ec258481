"""The record answers an auditor on one page, and its JSON checks itself without our database."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lib.machine import ROOT
from notifications.sweep import climb
from people.models import Delegation
from reports.record import record
from tests.approvals.routes import BOTH, COUNCIL, GRADE, PRINCIPAL
from tests.files import kept
from tests.world import SCORES
from workflow.canonical import digest
from workflow.exported import faults
from workflow.models import WorkItem


@pytest.fixture
def revised(world):
    """Returned once, revised, then agreed by a delegate and, late, by the next role up."""
    Delegation.objects.create(
        delegator=world.head, delegate=world.deputy, unit=world.units["maths"], role="head",
        starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 5), reason="Đi công tác",
    )  # fmt: skip
    initiative = world.at("with_head")
    world.do("deputy", "return", initiative, comment="Thiếu số liệu.")
    world.do("author", "edit", initiative, current_state="Duyệt trong 5 ngày, 310 trang một tuần.")
    world.do("author", "submit", initiative)
    world.now = WorkItem.objects.open().get(initiative=initiative).due_at
    climb(world.later(days=5))
    world.do("principal", "approve", initiative)
    world.do("principal", "approve", initiative)
    return initiative


@pytest.fixture
def spoken(world):
    """Commented on with a file and a mention; one file removed after it was submitted."""
    initiative = world.draft()
    world.do("author", "attach", initiative, files=[kept(), kept(b"thua", "thua.txt")])
    world.do("author", "submit", initiative)
    mentions = [world.principal.pk]
    said = {"text": "Số liệu lấy từ đâu?", "mentions": mentions, "files": [kept(b"1", "so.txt")]}
    world.do("head", "comment", initiative, **said)
    world.do("deputy", "comment", initiative, text="Từ sổ theo dõi.")
    world.do("head", "return", initiative, comment="Bỏ tệp thừa.")
    world.do("author", "detach", initiative, evidence=initiative.evidence.get(name="thua.txt").pk)
    return initiative


def copy(initiative) -> dict:
    exported: dict = json.loads(json.dumps(record(initiative)))
    return exported


def test_it_says_who_decided_for_whom_and_why_it_was_theirs(revised):
    decisions = [row for one in record(revised)["submissions"] for row in one["decisions"]]
    assert [(row["actor"], row["on_behalf_of"], row["right"]) for row in decisions] == [
        ("Deputy", "Head", "delegation"),
        ("Principal", None, "escalation"),
        ("Principal", None, "post"),
    ]


def test_it_says_what_changed_between_two_submissions(revised):
    first, second = record(revised)["submissions"]
    assert first["changes"] == {}
    assert list(second["changes"]) == ["current_state"]
    assert "310 trang" in second["changes"]["current_state"]["after"]


def test_it_names_every_mail(revised):
    assert len(record(revised)["messages"]) == revised.messages.count() > 5


def test_the_page_carries_names_hashes_and_the_comment(revised, world, client):
    client.force_login(world.author)
    page = client.get(reverse("reports:record", args=[revised.pk])).content.decode()
    for words in ("Deputy", "Head", "Thiếu số liệu.", "310 trang", revised.audit_head[:16]):
        assert words in page


def test_the_page_names_whom_a_route_asked_by_name(world, client):
    world.route("register", {"people": [world.other_teacher]}, PRINCIPAL)
    initiative = world.at("with_head")
    client.force_login(world.author)
    page = client.get(reverse("reports:record", args=[initiative.pk]))
    assert page.context["parts"][0]["route"] == [
        ("Other Teacher", ""),
        ("hiệu trưởng", "THPT Phú Hòa"),
    ]
    assert "Other Teacher" in page.content.decode()


def test_the_page_costs_the_same_after_many_returns(world, client):
    client.force_login(world.head)
    initiative, costs = world.at("with_head"), []
    for returns in (1, 5):
        while initiative.submissions.count() <= returns:
            world.do("head", "return", initiative, comment="Thiếu.")
            world.do("author", "submit", initiative)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:record", args=[initiative.pk]))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_an_untouched_record_holds(revised):
    assert list(faults(copy(revised))) == []


def reword(text: str) -> str:
    return text.replace("duyệt", "không duyệt")


def exchange(exported) -> None:
    """A content exchanged together with every hash that speaks of it, but not the chain."""
    one = exported["submissions"][1]
    one["content"] = one["content"].replace("310 trang", "31 trang")
    one["hash"] = digest(one["content"])
    for decision in one["decisions"]:
        decision["seen_hash"] = one["hash"]


TAMPERED = {
    "a content": lambda r: r["submissions"][0].update(content="{}"),
    "a content with its hashes": exchange,
    "what an approver saw": lambda r: r["submissions"][1]["decisions"][0].update(seen_hash="0"),
    "an approver's comment": lambda r: r["submissions"][0]["decisions"][-1].update(comment="Tốt."),
    "a note on a part": lambda r: r["submissions"][0]["decisions"][-1].update(notes={"title": "?"}),
    "a verdict": lambda r: r["submissions"][0]["decisions"][-1].update(verdict="approve"),
    "a decision left out": lambda r: r["submissions"][0]["decisions"].pop(),
    "an entry's actor": lambda r: r["audit"][3].update(actor_id=0),
    "an entry's time": lambda r: r["audit"][3].update(at="0.000000"),
    "an entry left out": lambda r: r["audit"].pop(2),
    "the last entry left out": lambda r: r["audit"].pop(),
    "two entries exchanged": lambda r: r["audit"].reverse(),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_record_is_found(what, revised):
    exported = copy(revised)
    TAMPERED[what](exported)
    assert list(faults(exported))


def test_it_carries_comments_with_their_mentions_and_files(spoken):
    exported = copy(spoken)
    first, second = exported["comments"]
    assert (first["author"], first["text"]) == ("Head", "Số liệu lấy từ đâu?")
    assert first["mentions"] == ["Principal"]
    assert [file["name"] for file in first["files"]] == ["so.txt"]
    assert second["files"] == []
    removed = {file["name"]: bool(file["removed"]) for file in exported["evidence"]}
    assert removed == {"bien-ban.txt": False, "thua.txt": True}
    assert list(faults(exported)) == []


def test_the_page_carries_comments_and_files(spoken, world, client):
    client.force_login(world.author)
    page = client.get(reverse("reports:record", args=[spoken.pk])).content.decode()
    for words in ("Từ sổ theo dõi.", "@Principal", "so.txt", "thua.txt"):
        assert words in page


MISQUOTED = {
    "a comment's text": lambda r: r["comments"][0].update(text="Không có gì."),
    "a comment left out": lambda r: r["comments"].pop(),
    "a comment added": lambda r: r["comments"].append(r["comments"][0] | {"id": 0}),
    "a comment's file": lambda r: r["comments"][0]["files"][0].update(sha256="0" * 64),
    "a comment's file left out": lambda r: r["comments"][0]["files"].clear(),
    "a file exchanged": lambda r: r["evidence"][0].update(sha256="0" * 64),
    "a file renamed": lambda r: r["evidence"][0].update(name="khac.txt"),
    "a file left out": lambda r: r["evidence"].pop(),
    "a file added": lambda r: r["evidence"].append(r["evidence"][0]),
}


@pytest.mark.parametrize("what", MISQUOTED)
def test_a_misquoted_record_is_found(what, spoken):
    exported = copy(spoken)
    MISQUOTED[what](exported)
    assert len(list(faults(exported))) == 1


def test_a_file_deleted_before_it_was_submitted_is_not_missed(world):
    initiative = world.draft()
    world.do("author", "attach", initiative, files=[kept()])
    world.do("author", "detach", initiative, evidence=initiative.evidence.get().pk)
    world.do("author", "attach", initiative, files=[kept()])
    assert list(faults(copy(initiative))) == []


def verify(path) -> subprocess.CompletedProcess[str]:
    """In a process whose database does not exist."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    return subprocess.run(
        [sys.executable, "manage.py", "verify_audit", "--record", str(path)],
        cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_downloaded_file_is_checked_without_a_database(revised, world, client, tmp_path):
    client.force_login(world.author)
    answer = client.get(reverse("reports:record_json", args=[revised.pk]))
    path = tmp_path / "record.json"
    path.write_bytes(answer.content)
    assert verify(path).returncode == 0
    path.write_text(reword(path.read_text()))
    broken = verify(path)
    assert broken.returncode != 0
    assert "submission" in broken.stderr


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"submissions": 3}', "\x00"])
def test_a_file_that_is_no_record_is_named_as_such(content, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="is not a record"):
        call_command("verify_audit", record=path)


@pytest.fixture
def voted(world):
    """A council of two voted, one of them twice; the vote passed."""
    world.route("evaluate", COUNCIL | BOTH, PRINCIPAL | GRADE)
    initiative = world.at("scoring")
    world.do("council", "for", initiative, scores=SCORES)
    world.do("council_peer", "against", initiative, scores=SCORES)
    world.do("council_peer", "undo", initiative)
    world.do("council_peer", "for", initiative, scores=SCORES)
    world.do("principal", "approve", initiative, recognised=True)
    return initiative


def test_it_carries_the_vote_the_sheet_and_what_came_of_them(voted):
    exported = copy(voted)
    scoring = exported["submissions"][-1]
    assert scoring["vote"] == {
        "members": 2, "excluded": 0, "for": 2, "against": 0, "absent": 0, "threshold": 70,
        "base": "members", "attendance": 0, "outcome": "passed",
    }  # fmt: skip
    assert [line["maximum"] for line in scoring["sheet"]] == [40, 60]
    assert exported["evaluation"] == {
        "score": "85.00", "grade": "good", "recognised": "2025-03-03", "replicated": None,
    }  # fmt: skip
    assert list(faults(exported)) == []


def test_the_page_carries_the_vote_and_the_scores(voted, world, client):
    client.force_login(world.author)
    page = client.get(reverse("reports:record", args=[voted.pk])).content.decode()
    assert 'data-outcome="passed"' in page
    assert "55 / 60" in page


def decisions_of(exported):
    return exported["submissions"][-1]["decisions"]


MISCOUNTED = {
    "a vote turned round": lambda r: decisions_of(r)[0].update(verdict="against"),
    "a vote left out": lambda r: decisions_of(r).pop(0),
    "a vote called taken back": lambda r: decisions_of(r)[0].update(undone="2025-03-03"),
    "a tally": lambda r: r["submissions"][-1]["vote"].update({"for": 1}),
    "a threshold": lambda r: r["submissions"][-1]["route"][0]["vote"].update(threshold=100),
    "a threshold and its tally": lambda r: (
        r["submissions"][-1]["route"][0]["vote"].update(threshold=60),
        r["submissions"][-1]["vote"].update(threshold=60),
    ),
    "a vote called closed": lambda r: r["submissions"][-1]["route"][0]["vote"].update(closed=True),
    "points of the score sheet": lambda r: r["submissions"][-1]["sheet"][0].update(maximum=60),
}


@pytest.mark.parametrize("what", MISCOUNTED)
def test_a_miscounted_record_is_found(what, voted):
    exported = copy(voted)
    MISCOUNTED[what](exported)
    assert list(faults(exported))
