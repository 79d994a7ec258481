"""Every page, on a phone and on a desk, in both languages: no axe violation, nothing sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.end_to_end.stack import running

pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.xdist_group("accessibility")]
SITUATIONS = (
    "draft", "with_head", "with_principal", "in_progress", "reported", "scoring", "signing_off",
    "evaluated",
)  # fmt: skip
NUMBER = {situation: number for number, situation in enumerate(SITUATIONS, start=1)}
PAGES = {
    "author": (
        "/", "/initiatives/", "/initiatives/new/", "/dashboard/",
        f"/initiatives/{NUMBER['draft']}/edit/", f"/initiatives/{NUMBER['draft']}/act/submit/",
        f"/initiatives/{NUMBER['in_progress']}/report/", f"/initiatives/{NUMBER['evaluated']}/",
        f"/initiatives/{NUMBER['in_progress']}/evidence/",
        f"/initiatives/{NUMBER['with_head']}/act/approve/", "/initiatives/999/",
        f"/initiatives/{NUMBER['evaluated']}/record/",
        "/accounts/password/change/", "/accounts/logout/",
    ),
    "head": (
        "/preferences/", "/chase/?item=1",
        "/delegations/", "/delegations/new/", "/absences/new/", "/?show=unit", "/from-mail/x/",
        "/notifications/", "/targets/",
        f"/initiatives/{NUMBER['with_head']}/",
        f"/initiatives/{NUMBER['reported']}/",
    ),
    "council": (
        f"/initiatives/{NUMBER['scoring']}/", f"/initiatives/{NUMBER['scoring']}/act/reassign/",
    ),
    "principal": (
        "/", "/together/?" + "&".join(f"item={number}" for number in range(1, 20)),
        "/dashboard/", "/targets/", f"/initiatives/{NUMBER['signing_off']}/",
        f"/initiatives/{NUMBER['with_principal']}/act/reject/",
        "/exports/",
    ),
    "administrator": ("/", "/deliveries/", "/deliveries/1/", "/routes/", "/routes/1/evaluate/",
        "/ladder/", "/ladder/1/new/", "/ladder/rungs/1/", "/ladder/rungs/1/retire/"),
}  # fmt: skip
STRANGERS = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/",
             "/accounts/password/reset/done/", "/accounts/password/reset/key/done/")  # fmt: skip
WIDTHS = (390, 1280)
AXE_READS = {"vi": 390, "en": 1280}
"""It takes longest by far: each language and each width once. The rest is looked at in all four."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running("postgresql-redis", tmp_path_factory.mktemp("axe"), *SITUATIONS) as running_stack:
        yield running_stack


def faults(page, path, language) -> list[str]:
    page.goto(path)
    found = []
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"{path}: not in {language}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            found.append(f"{path} {language}: scrolls sideways at {width}")
        if AXE_READS[language] == width:
            found += violations(page, path)
    return found


def violations(page, path) -> list[str]:
    return [
        f"{path}: {violation['id']} {violation['nodes'][0]['html'][:120]}"
        for violation in Axe().run(page).response["violations"]
    ]


def every_fault(page, paths) -> list[str]:
    found = []
    for language in AXE_READS:
        page.goto("/")
        page.click(f"button[name=language][value={language}]")
        page.wait_for_selector(f"html[lang={language}]")
        found += [fault for path in paths for fault in faults(page, path, language)]
    return found


@pytest.mark.parametrize("office", PAGES)
def test_a_page_of_an_office_has_no_fault(office, stack, sign_in):
    assert every_fault(sign_in(stack.url, office), PAGES[office]) == []


def test_a_page_before_the_sign_in_has_no_fault(stack, browser):
    context = browser.new_context(base_url=stack.url)
    found = every_fault(context.new_page(), STRANGERS)
    context.close()
    assert found == []


def test_axe_finds_a_fault_where_there_is_one(stack, page):
    """The control: a label and a language taken away are found."""
    page.goto(f"{stack.url}/accounts/login/")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    assert {"html-has-lang", "label"} <= found
