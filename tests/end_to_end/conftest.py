import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.world import PASSWORD


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The Chromium of the machine; it refuses its sandbox to root."""
    words = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        words.append("--no-sandbox")
    return {"executable_path": os.environ["CHROMIUM"], "args": words}


# Playwright's event loop stays on this thread, where Django's ORM then refuses other tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

SignIn = Callable[..., Page]
POLICY = ("Content Security Policy", "Permissions-Policy", "Permissions policy")


def watched(context: BrowserContext) -> list[str]:
    """What the browser says on its console about our own limits, from now on."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if any(word in message.text for word in POLICY):
            said.append(f"{message.page and message.page.url}: {message.text}")

    context.on("console", listen)
    return said


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[SignIn]:
    """Sign a person in by the form, each in a browser profile of their own.

    Wherever they then go, no page may break the limits that its headers set.
    """
    opened, broken = [], []

    def enter(url: str, office: str, **context: object) -> Page:
        page = browser.new_context(base_url=url, **context).new_page()  # type: ignore[arg-type]
        opened.append(page.context)
        broken.append(watched(page.context))
        page.goto("/")
        page.fill("[name=login]", f"{office}@example.test")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{url}/")
        return page

    yield enter
    for context in opened:
        context.close()
    assert [said for found in broken for said in found] == []
