"""Four people take one initiative from draft to evaluated in Chromium, a real worker mails.

At every step the next person gets exactly one mail, and nobody who has no business with it gets
any. Once on PostgreSQL with Redis, once as a trial runs: SQLite and the embedded broker.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from lib.machine import ROOT
from tests.end_to_end.stack import KINDS, Stack, running

pytestmark = [pytest.mark.process, pytest.mark.browser]
TITLE = "Nộp và ký số kế hoạch bài dạy theo tuần"
QUIET = 0.7
"""Seconds without a further mail after the expected ones: a doubled one would come in them."""
DRAFT = {
    "draft-field": "Chữ ký số",
    "draft-current_state": "Kế hoạch được in và duyệt trong 5 ngày.",
    "draft-solution": "Nộp tệp, góp ý và ký số.",
    "draft-expected_results": "Duyệt trong 2 ngày.",
}
REPORT = {
    "report-solution": "Tổ đã áp dụng cho cả ba khối.",
    "report-results": "Thời gian duyệt giảm từ 5 ngày xuống còn 2 ngày.",
    "report-lessons": "Hướng dẫn từng thầy cô trong hai tuần đầu.",
    "measures-0-indicator": "Thời gian duyệt",
    "measures-0-unit": "ngày",
    "measures-0-before": "5",
    "measures-0-after": "2",
    "measures-0-evidence": "Sổ theo dõi duyệt hồ sơ của tổ",
}


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def open_dossier(page: Page) -> None:
    page.goto("/initiatives/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url("**/initiatives/*/")


def from_worklist(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url("**/initiatives/*/")


def confirm(page: Page, action: str) -> None:
    page.wait_for_url(f"**/act/{action}/")
    page.click(f"form[action$='/act/{action}/'] button")
    page.wait_for_url("**/initiatives/*/")


def start_and_submit(page: Page) -> None:
    page.goto("/initiatives/new/")
    page.fill("[name=title]", TITLE)
    page.press("[name=title]", "Enter")
    page.wait_for_url("**/edit/")
    fill(page, DRAFT)
    page.click("[name=submit]")
    confirm(page, "submit")


def revise_and_submit(page: Page) -> None:
    from_worklist(page)
    assert "Thiếu số liệu." in page.content()
    page.click("a[href$='/edit/']")
    fill(page, {"draft-current_state": "Mỗi tuần in 310 trang, duyệt trong 5 ngày."})
    page.click("[name=submit]")
    confirm(page, "submit")


def decide(verdict: str, **values: str) -> Callable[[Page], None]:
    def take(page: Page) -> None:
        from_worklist(page)
        fill(page, values)
        page.click(f"[formaction$='/act/{verdict}/']")
        page.wait_for_load_state()

    return take


def act(action: str) -> Callable[[Page], None]:
    def take(page: Page) -> None:
        open_dossier(page)
        page.click(f"a[href$='/act/{action}/']")
        confirm(page, action)

    return take


def report(page: Page) -> None:
    from_worklist(page)
    page.click("a[href$='/report/']")
    fill(page, REPORT)
    page.click("[name=submit]")
    confirm(page, "submit_report")


STEPS: list[tuple[str, Callable[[Page], None], list[str]]] = [
    ("author", start_and_submit, ["head"]),
    ("head", decide("return", comment="Thiếu số liệu."), ["author"]),
    ("author", revise_and_submit, ["head"]),
    ("head", decide("approve"), ["principal"]),
    ("principal", decide("approve"), ["author"]),
    ("author", act("start"), []),
    ("author", report, ["head"]),
    ("head", decide("approve"), ["author", "secretary"]),
    ("head", act("open_evaluation"), ["council", "council_peer"]),
    ("council", decide("approve", score_novelty="30", score_effect="55"), ["principal"]),
    ("principal", decide("approve"), ["author"]),
]


def recipients(stack: Stack, already: int, expected: int) -> list[str]:
    stack.mailbox.wait_for(already + expected)
    time.sleep(QUIET)
    return sorted(mail["To"].partition("@")[0] for mail in stack.mailbox.mails[already:])


@pytest.mark.parametrize("kind", KINDS)
def test_four_people_take_an_initiative_from_draft_to_evaluated(kind, tmp_path, sign_in):
    with running(kind, tmp_path) as stack:
        pages: dict[str, Page] = {}
        for number, (office, take, told) in enumerate(STEPS):
            if office not in pages:
                pages[office] = sign_in(stack.url, office)
            already = len(stack.mailbox.mails)
            take(pages[office])
            assert recipients(stack, already, len(told)) == told, f"step {number}: {office}"
        assert len(pages) == 4
        open_dossier(pages["author"])
        assert pages["author"].locator(".state-evaluated, [aria-current=step]").count() > 0
        assert_mails_belong_together(stack)
        verified = subprocess.run(
            [sys.executable, ROOT / "manage.py", "verify_audit"], env=stack.environment, check=False
        )
        assert verified.returncode == 0


def assert_mails_belong_together(stack: Stack) -> None:
    mails = stack.mailbox.mails
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    for mail in mails:
        text, html = (part.get_content() for part in mail.iter_parts())
        link = rf"{stack.url}/(initiatives/\d+|from-mail/[\w:-]+)/"
        assert re.search(link, text)
        assert re.search(link, html)
        assert DRAFT["draft-solution"] not in text + html
