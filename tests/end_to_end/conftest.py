import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

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


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[SignIn]:
    """Sign a person in by the form, each in a browser profile of their own."""
    opened = []

    def enter(url: str, office: str, **context: object) -> Page:
        page = browser.new_context(base_url=url, **context).new_page()  # type: ignore[arg-type]
        opened.append(page.context)
        page.goto("/")
        page.fill("[name=login]", f"{office}@example.test")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{url}/")
        return page

    yield enter
    for context in opened:
        context.close()
