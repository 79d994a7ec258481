"""What is let in as evidence: every harmless kind, and none of the hostile ones."""

import resource
import subprocess
import sys
import time
import tracemalloc

import pytest
from PIL import Image

from approvals.intake import Unfit, accept
from approvals.intake.kinds import MEDIA_TYPES, SUFFIXES
from lib.machine import ROOT
from tests.approvals.hostile import HOSTILE, NAMES, bomb
from tests.files import (
    HARMLESS,
    RELATIONS,
    office,
    open_document,
    pdf,
    picture,
    relations,
    sent,
    stream,
)
from workflow.models import FileKind

BOMBS = [name for name in HOSTILE if "bomb" in name or "laugh" in name]
SECOND, MEMORY = 1.0, 50 * 2**20


@pytest.mark.parametrize("kind", FileKind.values)
def test_a_harmless_file_is_let_in_as_what_it_is(kind):
    name = f"minh chứng{SUFFIXES[kind][0]}"
    found = accept(sent(HARMLESS[kind](), name))
    assert (found.kind, found.name) == (kind, name)


def test_every_kind_has_a_sample_an_ending_and_a_media_type():
    assert set(HARMLESS) == set(SUFFIXES) == set(MEDIA_TYPES) == set(FileKind.values)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(what):
    name, make = HOSTILE[what]
    with pytest.raises(Unfit) as refused:
        accept(sent(make(), name))
    assert len(str(refused.value)) > 15


def test_the_corpus_holds_at_least_forty_files():
    assert len(HOSTILE) >= 40
    assert len({make() for _name, make in HOSTILE.values()}) >= 40


@pytest.mark.parametrize("given", NAMES)
def test_a_name_that_lies_is_shown_honestly(given):
    found = accept(sent(HARMLESS[FileKind.TXT](), given))
    assert found.name == NAMES[given]


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_within_a_second_and_fifty_megabytes(what):
    name, make = HOSTILE[what]
    upload = sent(make(), name)
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(Unfit):
            accept(upload)
        took, (_now, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{what}: {took:.3f} s, {peak / 2**20:.1f} MB")
    assert took < SECOND
    assert peak < MEMORY


ALONE = """
import resource, sys, time, django
django.setup()
from approvals.intake import Unfit, accept
from django.core.files.uploadedfile import SimpleUploadedFile
upload = SimpleUploadedFile("a.docx", open(sys.argv[1], "rb").read())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
try:
    accept(upload)
except Unfit:
    took = time.perf_counter() - began
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_bomb_of_a_gigabyte_costs_the_process_itself_no_more(tmp_path):
    """The memory as the machine counts it, libraries included, in a process of its own."""
    path = tmp_path / "bomb.docx"
    path.write_bytes(bomb(2**30))
    run = subprocess.run(
        [sys.executable, "-c", ALONE, str(path)], cwd=ROOT, check=True, text=True,
        capture_output=True,
    )  # fmt: skip
    took, kilobytes = map(float, run.stdout.split())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
    assert took < SECOND
    assert kilobytes * 1024 < MEMORY


def test_the_place_where_a_photo_was_taken_stays_behind():
    exif = Image.Exif()
    exif[0x010E] = "Lớp 10A1"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6  # turned by a quarter
    photo = picture("JPEG", exif=exif.tobytes())
    kept = accept(sent(photo, "anh.jpg")).content
    with Image.open(kept) as image:
        assert not image.getexif()
        assert image.size == (30, 40)
    assert "Lớp".encode() not in kept.read()


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_what_hides_behind_a_picture_stays_behind(format_):
    tail = b"<script>alert(1)</script>" + office()
    kept = accept(sent(picture(format_) + tail, f"anh.{format_.lower()}")).content
    kept.seek(0)
    assert b"script" not in kept.read()


def test_of_several_pictures_in_one_the_first_remains():
    """As phones write them: a photo and its depth in one JPEG."""
    whole = picture("MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    kept = accept(sent(whole, "anh.jpg"))
    with Image.open(kept.content) as image:
        assert (kept.kind, image.format, image.size) == (FileKind.JPEG, "JPEG", (40, 30))


def test_a_large_photo_becomes_smaller():
    kept = accept(sent(picture("JPEG", (6000, 1000)), "anh.jpg")).content
    with Image.open(kept) as image:
        assert max(image.size) <= 4096


@pytest.mark.parametrize("target", ["https://thidua.test/", "mailto:a@b.test", "#bookmark"])
def test_a_link_to_click_on_is_no_harm(target):
    links = relations(f'<Relationship Id="r9" Type="{RELATIONS}/hyperlink" Target="{target}" '
                      'TargetMode="External"/>')  # fmt: skip
    made = office(word___rels__document_xml_rels=links)
    assert accept(sent(made, "a.docx")).kind == FileKind.DOCX


def test_a_table_behind_a_chart_is_no_harm():
    made = office(word__embeddings__bang_xlsx=office("xlsx"))
    assert accept(sent(made, "a.docx")).kind == FileKind.DOCX


def test_packed_objects_without_a_script_are_no_harm():
    made = pdf(stream(b"9 0 << /Type /Font >>", b"/Type /ObjStm /N 1 /First 4"))
    assert accept(sent(made, "a.pdf")).kind == FileKind.PDF


def test_an_empty_part_as_libreoffice_writes_it_is_no_harm():
    made = open_document(Configurations2__accelerator__current_xml="")
    assert accept(sent(made, "a.odt")).kind == FileKind.ODT
