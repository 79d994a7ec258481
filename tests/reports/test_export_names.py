"""Names that people gave, made harmless and told apart."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from reports.exporting.names import LONGEST, MOST_BYTES, NOWHERE, Taken, safe, safe_file
from tests.reports.exports import made, opened, with_file
from workflow.models import Evidence, Initiative

HOSTILE = {
    "../../etc/passwd": "-..-etc-passwd",
    "..": NOWHERE,
    "/etc/passwd": "-etc-passwd",
    "C:\\Windows\\system32\\x.dll": "C--Windows-system32-x.dll",
    'a/b\\c:d*e?f"g<h>i|j.pdf': "a-b-c-d-e-f-g-h-i-j.pdf",
    "CON": "_CON",
    "con.txt": "_con.txt",
    "LPT1.pdf": "_LPT1.pdf",
    "com².txt": "_com².txt",
    "nul.tar.gz": "_nul.tar.gz",
    "Console.txt": "Console.txt",
    "biên bản.pdf. . ": "biên bản.pdf",
    "  .htaccess": "htaccess",
    "a\x00b\x1fc\r\nd\te.txt": "a b c d e.txt",
    "Bao\u202efdp.exe.txt": "Bao fdp.exe.txt",
    "không\u200bthấy\ufeff.txt": "không thấy.txt",
    "Biên bản.txt": "Biên bản.txt",
    unicodedata.normalize("NFD", "Tiếng Việt.txt"): "Tiếng Việt.txt",
    "=cmd|' /C calc'!A0.csv": "=cmd-' -C calc'!A0.csv",
    "half\ud83d.txt": "half.txt",
    "": NOWHERE,
    "...": NOWHERE,
    "\u200b": NOWHERE,
}
LONG = ("ệ" * 300, "ệ" * 300 + ".pdf", "a" * 300 + ".docx", "😀" * 200 + ".png", "x." * 200)


@pytest.mark.parametrize(("name", "wanted"), HOSTILE.items(), ids=ascii)
def test_a_hostile_name_becomes_a_harmless_one(name, wanted):
    assert safe_file(name) == wanted


@pytest.mark.parametrize("name", [*HOSTILE, *LONG], ids=lambda name: ascii(name)[:30])
def test_every_name_is_one_that_every_system_takes(name):
    for made_ in (safe(name), safe_file(name), safe(name, ".json")):
        assert 0 < len(made_) <= LONGEST + 1
        assert len(made_.encode()) <= MOST_BYTES + 1
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', made_)
        assert made_ == made_.strip(". ") == unicodedata.normalize("NFC", made_)
        assert not PureWindowsPath(made_).is_reserved()


@pytest.mark.parametrize("name", LONG[1:4], ids=lambda name: name[-5:])
def test_a_long_name_keeps_its_extension(name):
    assert safe_file(name).endswith(name[-4:])


def test_no_path_is_given_twice():
    taken = Taken()
    decomposed = unicodedata.normalize("NFD", "Tên")
    given = {
        "Tên.pdf": "Tên.pdf",
        "tên.PDF": "tên (2).PDF",
        f"{decomposed}.pdf": f"{decomposed} (3).pdf",
        "Tên (2).pdf": "Tên (2) (2).pdf",
        "Tên": "Tên",
    }
    assert [taken.unique("a/", name) for name in given] == [f"a/{one}" for one in given.values()]
    assert taken.unique("b/", "Tên.pdf") == "b/Tên.pdf"


@pytest.mark.both_databases
def test_an_archive_of_hostile_names_stays_in_its_folder(world):
    initiative = world.at("in_progress")
    for number, name in enumerate(HOSTILE):
        file = with_file(world, initiative, "a.txt", f"{number}".encode())
        if "\x00" not in name and "\ud83d" not in name:
            Evidence.objects.filter(pk=file.pk).update(name=name)
    Initiative.objects.update(title="../../" + "ệ" * 150)
    export = made(world)
    names = opened(export).namelist()
    assert len({name.casefold() for name in names}) == len(names)
    assert sum("Minh chứng/" in name for name in names) == len(HOSTILE)
    for name in names:
        parts = PurePosixPath(name).parts
        assert not name.startswith("/")
        assert ".." not in parts
        assert parts[0] == "Hồ sơ CCHC năm 2025"
        assert len(name) < 230
