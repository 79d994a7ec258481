"""A year's dossier is asked for in a browser and made by a real worker, on both stacks: with the
bar that moves by itself, and without any script."""

import re
import time
from datetime import date
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.end_to_end.stack import KINDS, running

pytestmark = [pytest.mark.process, pytest.mark.browser]
MINUTES = 2
SCRIPTS = {"postgresql-redis": True, "sqlite-embedded": False}


def look_again(page: Page, scripts: bool) -> None:
    """The bar moves by itself after a reload too; without scripts a link asks again."""
    page.reload()
    end = time.monotonic() + MINUTES * 60
    while not scripts and page.locator("#cancel").count() and time.monotonic() < end:
        page.click("noscript a, .export .actions a")
        time.sleep(1)
    page.wait_for_selector("a[href$='/file/']", timeout=MINUTES * 60_000)


def check(page: Page, scripts: bool) -> None:
    """Everybody can use the page, with its bar and without."""
    if scripts:
        assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_dossier_is_made_in_the_background_and_downloaded(kind, tmp_path, sign_in):
    with running(kind, tmp_path, "evaluated", "with_head") as stack:
        page = sign_in(stack.url, "clerk", java_script_enabled=SCRIPTS[kind])
        page.goto("/exports/")
        page.click("form.export-parts button[type=submit]")
        page.wait_for_url(re.compile(r"/exports/\d+/$"))
        check(page, SCRIPTS[kind])
        look_again(page, SCRIPTS[kind])
        check(page, SCRIPTS[kind])
        with page.expect_download() as begun:
            page.click("a[href$='/file/']")
        file = tmp_path / "dossier.zip"
        begun.value.save_as(file)
        assert begun.value.suggested_filename == f"Hồ sơ CCHC năm {date.today().year}.zip"
        with ZipFile(file) as archive:
            assert archive.testzip() is None
            assert any(name.endswith(".docx") for name in archive.namelist())
        page.goto("/notifications/")
        assert page.get_by_text("Hồ sơ CCHC năm").count() == 1
        page.goto("/exports/")
        assert page.locator(".export-done").count() == 1
