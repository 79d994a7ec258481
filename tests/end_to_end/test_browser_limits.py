"""Chromium keeps our pages to the limits their headers set: no page breaks them, and what somebody
smuggles into a page is refused."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, FilePayload, Page, Route

from tests.end_to_end.conftest import watched
from tests.end_to_end.stack import running
from tests.files import picture
from tests.limits import EXPECTED

pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.xdist_group("limits")]
PHOTO: FilePayload = {"name": "anh.png", "mimeType": "image/png", "buffer": picture()}
PAGES = {
    "author": ("/", "/initiatives/1/", "/initiatives/1/edit/"),
    "head": ("/initiatives/2/", "/dashboard/"),
    "clerk": ("/exports/", "/documents/", "/targets/", "/initiatives/3/record/"),
    "administrator": (
        "/admin/", "/admin/people/user/", "/admin/people/user/add/", "/admin/people/user/1/link/",
        "/admin/workflow/movement/1/change/", "/admin/workflow/movement/1/delete/",
        "/admin/password_change/",
    ),
}  # fmt: skip
"""One of each kind; all others are watched where somebody signs in, so in test_accessibility.py."""
STRANGERS = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere/",
             "/stop-mails/x/")  # fmt: skip
ELSEWHERE = "https://elsewhere.example"
SMUGGLED = {
    "an inline script": ("script-src-elem", "add('script', {textContent: 'window.ran = 1'})"),
    "a script from elsewhere": ("script-src-elem", f"add('script', {{src: '{ELSEWHERE}/x.js'}})"),
    "a handler in an attribute": (
        "script-src-attr", "document.body.insertAdjacentHTML('beforeend', '<b id=b onclick=1>b')"
    ),
    "words run as a script": ("script-src", "setTimeout('window.ran = 1')"),
    "a style in an attribute": (
        "style-src-attr", "document.body.insertAdjacentHTML('beforeend', '<b style=color:red>b')"
    ),
    "an inline style sheet": ("style-src-elem", "add('style', {textContent: '* {color: red}'})"),
    "a picture from elsewhere": ("img-src", f"add('img', {{src: '{ELSEWHERE}/x.png'}})"),
    "words sent elsewhere": ("connect-src", f"fetch('{ELSEWHERE}/').catch(() => 0)"),
    "a form sent elsewhere": ("form-action", f"add('form', {{action: '{ELSEWHERE}/'}}).submit()"),
    "a page in a frame": ("frame-src", "add('iframe', {src: '/'})"),
    "a program for a plugin": ("object-src", "add('object', {data: '/x'})"),
    "another base of addresses": ("base-uri", f"add('base', {{href: '{ELSEWHERE}/'}})"),
}  # fmt: skip
ADD = (
    "const add = (tag, given) => document.body.appendChild("
    "Object.assign(document.createElement(tag), given));"
)
HEARD = """(directive) => new Promise((heard, silent) => {
    document.addEventListener("securitypolicyviolation", (event) => {
        if (event.effectiveDirective === directive) heard(event.disposition);
    });
    setTimeout(() => heard("nothing"), 3000);
    %s
})"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("limits")
    with running("sqlite-embedded", folder, "draft", "with_head", "evaluated") as running_stack:
        yield running_stack


def faults(page: Page, paths: tuple[str, ...]) -> list[str]:
    """Errors and warnings of scripts and of the console, but for a page that is refused."""
    said = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(f"{page.url}: {message.text}")

    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("console", listen)
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.headers["content-security-policy"] == EXPECTED["Content-Security-Policy"]
    return [words for words in said if "Failed to load resource" not in words]


def attach(page: Page) -> None:
    page.goto("/initiatives/1/evidence/")
    page.set_input_files("#id_documents", [PHOTO])
    page.check("#id_harmless")
    page.click("#attach-form button[type=submit]")
    page.wait_for_url(re.compile(r"/initiatives/1/#evidence$"))
    page.click("#evidence a[href$='/remove/']")


@pytest.mark.parametrize("office", PAGES)
def test_a_page_of_an_office_keeps_to_the_limits(office, stack, sign_in):
    page = sign_in(stack.url, office)
    if office == "author":
        attach(page)
    assert faults(page, PAGES[office]) == []


def test_a_page_before_the_sign_in_keeps_to_the_limits(stack, browser):
    context = browser.new_context(base_url=stack.url)
    assert faults(context.new_page(), STRANGERS) == []
    context.close()


@pytest.mark.parametrize("case", SMUGGLED)
def test_what_is_smuggled_into_a_page_is_refused(case, stack, page):
    directive, script = SMUGGLED[case]
    said = watched(page.context)
    page.goto(f"{stack.url}/accounts/login/")
    assert page.evaluate(HEARD % (ADD + script), directive) == "enforce"
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in words for words in said)


def test_the_same_script_runs_where_the_policy_is_off(stack, browser):
    """The control: nothing but the policy has stopped it."""
    context = browser.new_context(base_url=stack.url, bypass_csp=True)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.evaluate(f"() => {{ {ADD} {SMUGGLED['an inline script'][1]} }}")
    assert page.evaluate("window.ran") == 1
    context.close()


def test_no_other_page_shows_ours_in_a_frame(stack, page):
    said = watched(page.context)
    page.set_content(f"<iframe src='{stack.url}/accounts/login/'></iframe>")
    page.wait_for_timeout(500)
    assert page.frames[1].locator("form").count() == 0
    assert any("frame-ancestors" in words for words in said)


@pytest.mark.parametrize(("policy", "told"), [("", False), ("unsafe-url", True)])
def test_another_site_is_not_told_the_address_of_a_signed_link(policy, told, stack, page):
    """The control: a link that asks for it tells the whole address."""
    heard = []

    def answer(route: Route) -> None:
        heard.append(route.request.all_headers().get("referer", ""))
        route.fulfill(body="elsewhere")

    page.route(f"{ELSEWHERE}/**", answer)
    page.goto(f"{stack.url}/stop-mails/signed/")
    link = f"add('a', {{href: '{ELSEWHERE}/', referrerPolicy: '{policy}'}}).click()"
    page.evaluate(f"() => {{ {ADD} {link} }}")
    page.wait_for_url(f"{ELSEWHERE}/")
    assert [("/stop-mails/signed/" in address) for address in heard] == [told]
