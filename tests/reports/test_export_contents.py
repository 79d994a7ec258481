"""What lies in a year's dossier, under which names, and what the index says of it."""

import hashlib
import json
import subprocess
from io import BytesIO

import pytest
from django.core.management import call_command
from docx import Document
from python_calamine import CalamineWorkbook

from approvals import vault
from reports.exporting.archive import CHANGED, INDEX, LOST, OWED, SUMS
from reports.exporting.estimate import estimates, total
from reports.exporting.scope import scope
from reports.issuing import issue
from reports.kinds import Kind
from reports.models import SignedFile
from reports.models.export import Part, Status
from tests.reports.exports import ALL, made, opened, paths, with_file
from workflow.deadlines import local_day
from workflow.models import Evidence

pytestmark = pytest.mark.both_databases


@pytest.fixture
def full(school):
    """An evaluated initiative with a file, one that is only registered, an issued decision that
    came back signed."""
    world = school.world
    with_file(world, world.at("in_progress"), "ảnh lớp.txt")
    world.at("registered")
    document = issue(school.draft(Kind.DECISION), world.clerk, world.now, "key")
    content = b"%PDF signed"
    SignedFile.objects.create(
        document=document, content=content, content_hash=hashlib.sha256(content).hexdigest(),
        verdict="valid", signer="A", authority="B", uploaded_by=world.clerk, uploaded_at=world.now,
    )  # fmt: skip
    return school


def sheet(export):
    content = opened(export).read(_whole(export, INDEX))
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def _whole(export, path):
    return next(one for one in opened(export).namelist() if one.endswith(f"/{path}"))


def test_it_holds_every_part(full):
    export = made(full.world)
    assert export.status == Status.DONE
    found = paths(export)
    documents = [one for one in found if one.startswith("1. Văn bản của nhà trường/")]
    assert [one.rpartition(".")[2] for one in documents] == ["pdf", "docx", "pdf", "xlsx"]
    assert sum(one.endswith("/Báo cáo kết quả áp dụng.pdf") for one in found) == 1
    assert sum(one.endswith("/Báo cáo kết quả áp dụng.docx") for one in found) == 1
    assert sum(one.endswith("/Hồ sơ điện tử.json") for one in found) == 3
    assert sum(one.endswith("/Minh chứng/ảnh lớp.txt") for one in found) == 1
    assert found[-2:] == [INDEX, SUMS]


@pytest.mark.parametrize("parts", [[part] for part in ALL] + [ALL], ids=str)
def test_the_estimate_counts_what_is_made(parts, full):
    world = full.world
    asked = scope(world.clerk, local_day(world.now), world.movement, world.round.year, tuple(parts))
    export = made(world, parts=parts)
    assert len(paths(export)) - 2 == export.total == export.done == total(asked).count
    assert [one.part for one in estimates(asked)] == list(Part)


def test_a_round_in_which_nothing_was_registered_has_no_list(full):
    world = full.world
    day = world.round.opens_on
    world.movement.rounds.create(year=world.round.year, number=2, name="Đợt 2", opens_on=day)
    export = made(world)
    assert export.status == Status.DONE
    assert [one for one in paths(export) if one.endswith("Đợt 1.xlsx")]
    assert not [one for one in paths(export) if "Đợt 2" in one]


def test_the_sums_hold_for_what_was_unpacked(full, tmp_path):
    export = made(full.world)
    opened(export).extractall(tmp_path)
    (root,) = tmp_path.iterdir()
    check = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(check, cwd=root, check=False).returncode == 0
    listed = {row[1].partition("/")[2]: row[4] for row in sheet(export)[3:] if row[1]}
    assert set(listed) == set(paths(export)) - {INDEX, SUMS}
    for path, sha256 in listed.items():
        assert hashlib.sha256((root / path).read_bytes()).hexdigest() == sha256


def test_records_check_themselves_and_documents_open(full, tmp_path):
    export = made(full.world)
    archive = opened(export)
    for path in archive.namelist():
        content = archive.read(path)
        if path.endswith(".json"):
            file = tmp_path / "record.json"
            file.write_bytes(content)
            call_command("verify_audit", record=file)
            assert json.loads(content)["audit"]
        elif path.endswith(".docx"):
            assert Document(BytesIO(content)).paragraphs
        elif path.endswith(".pdf"):
            assert content.startswith(b"%PDF")


def test_the_index_names_what_the_year_still_owes(full):
    rows = sheet(made(full.world))
    owed = [row[2] for row in rows if row[-1] == OWED]
    assert owed == ["Danh sách đăng ký", "Báo cáo năm của nhà trường", "Biên bản họp hội đồng"]


@pytest.mark.parametrize("fault", [LOST, CHANGED])
def test_a_file_that_the_store_lost_or_changed_is_named(fault, full):
    file = vault.path(Evidence.objects.get().stored)
    if fault == LOST:
        file.unlink()
    else:
        file.write_bytes(b"another")
    export = made(full.world)
    assert export.status == Status.DONE
    assert export.missing == 1
    assert [row[-1] for row in sheet(export) if row[-1] in (LOST, CHANGED)] == [fault]


def test_a_removed_file_and_one_of_a_comment_stay_out(full):
    Evidence.objects.update(removed_at=full.world.now)
    assert not any("Minh chứng" in path for path in paths(made(full.world)))
