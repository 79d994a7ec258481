"""Evidence goes through the door: frozen with its hash, removed, never lost."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings

from approvals import vault as store
from approvals.actions import perform
from approvals.policy import Action
from approvals.refusal import Refused
from approvals.vault import receiving
from tests.files import accepted, kept
from workflow.canonical import digest
from workflow.models import Evidence
from workflow.snapshot import snapshot

pytestmark = pytest.mark.both_databases


def files_in(vault) -> int:
    return sum(path.is_file() for path in vault.rglob("*"))


def attach(world, initiative, *uploads, who="author", **payload):
    world.do(who, "attach", initiative, files=list(uploads), **payload)
    return initiative.evidence.last()


def test_a_file_is_in_the_hash_and_in_the_audit_with_its_name(world):
    initiative = world.draft()
    upload = kept()
    attach(world, initiative, upload, caption="Biên bản", basis="")
    assert initiative.audit.latest("seq").facts["files"] == [upload.facts]
    world.do("author", "submit", initiative)
    submission = initiative.submissions.get()
    (row,) = submission.snapshot["evidence"]
    assert (row["name"], row["sha256"], row["caption"]) == (
        "bien-ban.txt", upload.sha256, "Biên bản",
    )  # fmt: skip
    assert digest(submission.content) == submission.content_hash


def test_a_dossier_without_files_has_the_hash_it_always_had(world):
    initiative = world.draft()
    world.do("author", "submit", initiative)
    assert "evidence" not in initiative.submissions.get().snapshot


def test_files_cost_no_statement_of_their_own(committed_world, vault):
    world = committed_world
    costs = []
    for files in (0, 0, 3):  # at the first, the process learns who holds what
        initiative = world.draft()
        for number in range(files):
            attach(world, initiative, kept(f"{number}".encode()))
        cost = []
        for who, action in (("author", "submit"), ("head", "return"), ("author", "edit")):
            with CaptureQueriesContext(connection) as queries:
                world.do(who, action, initiative, comment="Vì sao.", title=f"Tên {files}")
            cost.append(len(queries))
        costs.append(cost)
    assert costs[1] == costs[2]


def test_what_was_submitted_stays_when_it_is_removed(world, vault):
    initiative = world.draft()
    evidence = attach(world, initiative, kept())
    world.do("author", "submit", initiative)
    with pytest.raises(Refused):
        world.do("author", "detach", initiative, evidence=evidence.pk)
    world.do("head", "return", initiative, comment="Thiếu.")
    world.do("author", "detach", initiative, evidence=evidence.pk)
    evidence.refresh_from_db()
    assert evidence.removed_at == world.now
    assert store.path(evidence.stored).exists()
    world.do("author", "submit", initiative)
    assert "evidence" not in initiative.submissions.last().snapshot


def test_what_was_never_submitted_is_deleted_for_good(committed_world, vault):
    world = committed_world
    initiative = world.draft()
    evidence = attach(world, initiative, kept())
    assert files_in(vault) == 1
    world.do("author", "detach", initiative, evidence=evidence.pk)
    assert files_in(vault) == 0
    assert not Evidence.objects.exists()
    assert initiative.audit.latest("seq").facts["sha256"] == evidence.sha256


def test_a_removal_that_is_rolled_back_deletes_nothing(committed_world, vault):
    """The control: the same inside a transaction that comes to nothing."""
    world = committed_world
    initiative = world.draft()
    evidence = attach(world, initiative, kept())
    with transaction.atomic():
        world.do("author", "detach", initiative, evidence=evidence.pk)
        transaction.set_rollback(True)
    assert files_in(vault) == 1


def test_a_file_whose_change_fails_is_cleaned_up(world, vault):
    initiative = world.draft()
    with receiving([accepted()]) as uploads:
        assert files_in(vault) == 1
        with transaction.atomic():
            world.do("author", "attach", initiative, files=uploads)
            transaction.set_rollback(True)
    assert files_in(vault) == 0


def test_a_refused_file_is_cleaned_up(world, vault):
    initiative = world.at("with_head")
    with pytest.raises(Refused), receiving([accepted()]) as uploads:
        world.do("author", "attach", initiative, files=uploads)
    assert files_in(vault) == 0


def test_a_write_that_fails_leaves_nothing(vault, monkeypatch):
    def fail(_number: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("approvals.vault.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"), receiving([accepted()]):
        pass
    assert files_in(vault) == 0


def test_files_that_a_dead_process_left_are_forgotten_after_a_day(world, vault):
    initiative = world.draft()
    tied = attach(world, initiative, kept())
    left = kept(b"rest")
    written = store.path(left.stored).stat().st_mtime
    now = world.now.fromtimestamp(written, tz=world.now.tzinfo)
    assert store.forgotten(now + timedelta(hours=23)) == set()
    assert store.forgotten(now + timedelta(hours=25)) == {left.stored}
    os.utime(store.path(left.stored), (0, 0))
    os.utime(store.path(tied.stored), (0, 0))
    call_command("tidy_evidence")
    assert files_in(vault) == 2
    call_command("tidy_evidence", "--delete")
    assert [path.name for path in vault.rglob("*") if path.is_file()] == [tied.stored]


def test_the_same_form_twice_attaches_once(world, vault):
    initiative = world.draft()
    for _twice in range(2):
        with receiving([accepted()]) as uploads:
            payload = {"files": uploads, "key": "8d0c4f5e-6c1e-4b5e-9a57-0d6f0f7a1b11"}
            perform(Action.ATTACH, initiative.pk, world.author, world.now, payload)
    assert initiative.evidence.count() == files_in(vault) == 1


def test_the_same_key_with_another_file_is_refused(world, vault):
    initiative = world.draft()
    key = "8d0c4f5e-6c1e-4b5e-9a57-0d6f0f7a1b11"
    attach(world, initiative, kept(), key=key)
    with pytest.raises(Refused):
        attach(world, initiative, kept(b"khac"), key=key)


def test_the_same_file_is_not_attached_twice(world):
    initiative = world.draft()
    attach(world, initiative, kept())
    with pytest.raises(Refused):
        attach(world, initiative, kept())


@pytest.mark.parametrize(
    "limit", [{"EVIDENCE_FILES": 1}, {"EVIDENCE_DOSSIER_BYTES": 10}], ids=["files", "bytes"]
)
def test_a_dossier_holds_so_much_and_no_more(limit, world):
    initiative = world.draft()
    attach(world, initiative, kept(b"12345"))
    with override_settings(**limit), pytest.raises(Refused):
        attach(world, initiative, kept(b"67890x"))


def test_a_file_of_another_dossier_cannot_be_removed(world):
    evidence = attach(world, world.draft(), kept())
    with pytest.raises(Refused):
        world.do("author", "detach", world.draft(), evidence=evidence.pk)


REPORT = {"indicator": "Thời gian duyệt", "unit": "ngày", "before": 5, "after": 2}


def test_a_result_that_nothing_proves_keeps_the_report_back(world):
    initiative = world.at("in_progress")
    sections = dict.fromkeys(("solution", "results", "lessons"), "Đã làm.")
    measures = [REPORT | {"evidence": " "}]
    world.do("author", "edit_report", initiative, sections=sections, measures=measures)
    with pytest.raises(Refused, match="Thời gian duyệt"):
        world.do("author", "submit_report", initiative)
    attach(world, initiative, kept(), result="Thời gian duyệt")
    world.do("author", "edit_report", initiative, sections={"lessons": "Sửa."}, measures=measures)
    world.do("author", "submit_report", initiative)
    assert initiative.submissions.last().snapshot["evidence"][0]["result"] == "Thời gian duyệt"


def test_a_file_can_prove_only_a_result_of_the_report(world):
    initiative = world.at("in_progress")
    with pytest.raises(Refused):
        attach(world, initiative, kept(), result="Không có")


def test_the_written_part_knows_nothing_of_files(world):
    """What saving a draft compares, and so what it asks the database, is as before."""
    initiative = world.draft()
    before = snapshot(initiative, "register")
    attach(world, initiative, kept())
    assert snapshot(initiative, "register") == before
