"""A session that ends in the middle of a form costs nothing that was typed."""

import pytest

from tests.end_to_end.stack import running
from tests.world import PASSWORD

pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.xdist_group("kept-words")]
TYPED = "Câu gõ sau khi phiên đã hết."
EDIT, DOSSIER, HEADS = "/initiatives/1/edit/", "/initiatives/1/", "/initiatives/2/"
FORMS = {
    "a draft": ("author", EDIT, "#id_draft-solution", ".save-bar button:not([name])"),
    "a comment": ("author", DOSSIER, "#comment-form textarea", "#comment-form .actions button"),
    "a decision": ("head", HEADS, "#decision-form textarea", ".verdict-return"),
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept-words")
    with running("sqlite-embedded", folder, "draft", "with_head") as running_stack:
        yield running_stack


def sign_in_again(page, office):
    page.fill("[name=login]", f"{office}@example.test")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


@pytest.mark.parametrize("form", FORMS)
def test_words_are_in_the_form_again_after_the_sign_in(form, stack, sign_in):
    office, address, field, button = FORMS[form]
    page = sign_in(stack.url, office)
    page.goto(address)
    page.context.clear_cookies(name="sessionid")
    page.fill(field, TYPED)
    page.click(button)
    page.wait_for_url("**/accounts/login/**")
    sign_in_again(page, office)
    page.wait_for_url(f"**{address}*")
    page.wait_for_selector(".note-kept")
    assert page.input_value(field) == TYPED
    page.click(button)
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('kept:'))") == []


def test_words_that_arrived_are_not_offered_again(stack, sign_in):
    page = sign_in(stack.url, "author")
    page.goto(EDIT)
    page.fill("#id_draft-expected_results", "Nhanh hơn.")
    page.wait_for_selector("#saved svg")
    page.goto(EDIT)
    assert page.input_value("#id_draft-expected_results") == "Nhanh hơn."
    assert page.locator(".note-kept").count() == 0


def test_signing_out_forgets_what_was_typed(stack, sign_in):
    page = sign_in(stack.url, "author")
    page.goto(DOSSIER)
    page.fill("#comment-form textarea", TYPED)
    page.click(".menu summary")
    page.click("[data-forget] button")
    page.wait_for_url("**/accounts/**")
    sign_in_again(page, "author")
    page.goto(DOSSIER)
    assert page.input_value("#comment-form textarea") == ""
