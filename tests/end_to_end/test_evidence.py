"""Bringing files and naming people in a browser, with our scripts and without any."""

import re

import pytest

from tests.end_to_end.stack import running
from tests.files import HARMLESS, picture
from workflow.models import FileKind

pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.xdist_group("evidence")]
NOTE = {"name": "biên bản.txt", "mimeType": "text/plain", "buffer": HARMLESS[FileKind.TXT]()}
PHOTO = {"name": "anh.png", "mimeType": "image/png", "buffer": picture()}
PROGRAM = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(500)}
HEARD = """
    window.heard = [];
    new MutationObserver(() => window.heard.push(document.querySelector("progress")?.value))
        .observe(document.body, {subtree: true, attributes: true, childList: true});
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evidence-pages")
    with running("sqlite-embedded", folder, "draft", "with_head") as running_stack:
        yield running_stack


def choose(page, *files):
    page.goto("/initiatives/1/evidence/")
    page.set_input_files("#id_documents", list(files))


@pytest.mark.parametrize("scripts", [True, False])
def test_files_are_sent_with_a_bar_and_without_scripts(scripts, stack, sign_in):
    page = sign_in(stack.url, "author", java_script_enabled=scripts)
    files = [NOTE, PHOTO] if scripts else [NOTE | {"name": "khac.txt", "buffer": b"Khac"}]
    choose(page, *files)
    page.click("#attach-form button[type=submit]")
    assert page.locator("#id_harmless:invalid").count() == 1  # the files are still chosen
    page.check("#id_harmless")
    page.click("#attach-form button[type=submit]")
    page.wait_for_url(re.compile(r"/initiatives/1/#evidence$"))
    names = page.locator("#evidence .file-name").all_inner_texts()
    assert {file["name"] for file in files} <= set(names)


def test_the_bar_moves_while_a_large_file_is_sent(stack, sign_in):
    page = sign_in(stack.url, "author")
    choose(page, NOTE | {"name": "lon.txt", "buffer": b"a" * 8_000_000})
    page.check("#id_harmless")
    page.check("#id_pupils")
    page.evaluate(HEARD)
    page.click("#attach-form button[type=submit]")
    page.wait_for_selector("#attach-form .errorlist")
    assert 100 in page.evaluate("window.heard")


def test_a_program_is_named_and_refused(stack, sign_in):
    page = sign_in(stack.url, "author")
    choose(page, PROGRAM)
    page.check("#id_harmless")
    page.click("#attach-form button[type=submit]")
    assert "bao-cao.pdf" in page.locator("#attach-form .errorlist").inner_text()


def test_a_file_is_saved_and_not_opened(stack, sign_in):
    page = sign_in(stack.url, "author")
    choose(page, NOTE | {"name": "tai-ve.txt", "buffer": b"Tai ve"})
    page.check("#id_harmless")
    page.click("#attach-form button[type=submit]")
    page.wait_for_url(re.compile(r"#evidence$"))
    with page.expect_download() as saved:
        page.click("#evidence a:has-text('tai-ve.txt')")
    assert saved.value.suggested_filename == "tai-ve.txt"


def test_names_are_offered_while_one_types(stack, sign_in):
    page = sign_in(stack.url, "head")
    page.goto("/initiatives/2/")
    page.locator("#comment-text").press_sequentially("Nhờ @princ")
    page.wait_for_selector("#mention-names:not([hidden])")
    offered = page.locator("#mention-names li").all_inner_texts()
    assert offered == ["Principal", "Vice Principal"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#comment-text") == "Nhờ @Vice Principal "
    page.locator("#comment-text").press_sequentially("xem giúp.")
    page.click("#comment-form button[type=submit]")
    page.wait_for_url(re.compile(r"#comments$"))
    assert page.locator(".mention").last.inner_text() == "@Vice Principal"
