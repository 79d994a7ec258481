"""LibreOffice opens the docx and the xlsx, and finds in them what was written."""

import shutil
import subprocess
from io import BytesIO

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from reports.kinds import MAKERS, Kind
from reports.papers import word, word_template, xlsx

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]


def converted(folder, name, content, form):
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        name,
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
    return (folder / name).with_suffix(f".{form}").read_bytes()


def test_it_lays_the_docx_out_as_a_document(school, more, tmp_path):
    more(3)
    content = word.render(school.paper(Kind.YEARLY_REPORT), word_template.standard())
    with pdfplumber.open(BytesIO(converted(tmp_path, "a.docx", content, "pdf"))) as book:
        first, second = (page.extract_text() for page in book.pages[:2])
        assert (round(book.pages[0].width), round(book.pages[0].height)) == (595, 842)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "I. ĐẶC ĐIỂM TÌNH HÌNH" in first
    assert (first.splitlines()[0] == "1", second.splitlines()[0]) == (False, "2")


def test_it_reads_the_table(school, tmp_path):
    draft = school.draft(Kind.REGISTRATION_LIST)
    rows = draft.in_vietnamese(MAKERS[Kind.REGISTRATION_LIST].sheet)
    content = converted(tmp_path, "a.xlsx", xlsx.render("Danh sách", *rows), "ods")
    read = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][0][2] in [row[2] for row in read]
