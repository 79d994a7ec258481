"""The worklist by keyboard, and the switch that turns single keys off (WCAG 2.1.4)."""

import re

import pytest

from tests.end_to_end.stack import running

pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.xdist_group("keyboard")]
FOCUSED = "document.activeElement.textContent.trim()"


def test_keys_walk_the_list_tick_and_lead_to_the_decision(tmp_path, sign_in):
    with running("sqlite-embedded", tmp_path, "with_head", "with_head", "with_head") as stack:
        page = sign_in(stack.url, "head")
        titles = page.locator("#worklist h2 a").all_inner_texts()
        for key, expected in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
            page.keyboard.press(key)
            assert page.evaluate(FOCUSED) == titles[expected], key
        page.keyboard.press("x")
        assert page.locator("#worklist > li").nth(1).locator(".tick").is_checked()
        for key, address in (("r", r"/act/return/$"), ("a", r"/act/approve/$"), ("o", r"/\d+/$")):
            page.goto("/")
            page.keyboard.press("j")
            page.keyboard.press(key)
            page.wait_for_url(re.compile(address))
        page.goto("/")
        page.check("#tick-all input")
        assert page.locator("#worklist .tick:checked").count() == len(titles)
        page.click(".keyboard summary")
        page.uncheck("#keyboard-on")
        page.reload()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.tagName") == "BODY"
        page.click(".keyboard summary")
        assert not page.is_checked("#keyboard-on")
