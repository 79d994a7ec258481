"""Every answer limits what a browser may do with it: of each route, and those of no route."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.templatetags.static import static
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from config import views
from tests.approvals.route_table import declared
from tests.limits import EXPECTED, lacking
from tests.world import World

SAMPLES = {"app_label": "people"}
"""Parts of addresses that cannot be 1."""


def addresses() -> Iterator[tuple[str, str]]:
    """An example of each pattern, checked to lead to its own view, and the full name."""
    for view, pattern, spaces, name in extract_views_from_urlpatterns(get_resolver().url_patterns):
        given = simplify_regex(str(pattern))
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: SAMPLES.get(part[1], "1"), given)
        assert resolve(address).func is view, address
        yield ":".join([*(spaces or ()), name or "-"]), address


@pytest.fixture
def administrator(world: World, client: Client) -> Client:
    world.administrator.is_staff = world.administrator.is_superuser = True
    world.administrator.save()
    client.force_login(world.administrator)
    return client


def test_every_route_answers_with_the_limits(administrator):
    """The pages of an account show themselves to strangers only."""
    asked, wrong = set(), {}
    for name, address in addresses():
        asked.add(name)
        client = Client() if name.startswith("account_") else administrator
        if found := lacking(client.get(address)):
            wrong[name] = found
    assert wrong == {}
    assert declared() <= asked
    assert {"admin:index", "admin:people_user_change", "account_login"} <= asked


def broken(monkeypatch) -> None:
    def fail() -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(views, "database_answers", fail)


ODD: dict[str, tuple[int, Callable[[Client], Any]]] = {
    "a host that is not ours": (400, lambda client: client.get("/", headers={"host": "evil"})),
    "a form without its token": (403, lambda client: client.post(reverse("account_login"))),
    "no such page": (404, lambda client: client.get("/nowhere/")),
    "no such method": (405, lambda client: client.head(reverse("people:language"))),
    "our own fault": (500, lambda client: client.get(reverse("health_ready"))),
    "a redirect": (301, lambda client: client.get("/initiatives")),
}


@pytest.mark.parametrize("case", ODD)
def test_an_answer_of_no_view_has_the_limits(case, world, monkeypatch):
    broken(monkeypatch)
    status, ask = ODD[case]
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.author)
    answer = ask(client)
    assert (answer.status_code, lacking(answer)) == (status, [])


def test_a_file_of_the_product_itself_is_limited_and_may_be_kept(client):
    answer = client.get(static("img/mark.svg"))
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == EXPECTED["Content-Security-Policy"]
    assert "public" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_without_the_layer_is_found(settings, world):
    """The control: Django alone sends no policy and lets caches keep a page."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("config.h")]
    found = lacking(Client().get(reverse("account_signup")))
    assert {line.partition(":")[0] for line in found} >= {
        "Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy",
    }  # fmt: skip


def test_a_request_without_https_is_led_to_it_but_for_the_watchers(settings, db):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    answer = client.get("/accounts/login/")
    assert (answer.status_code, answer["Location"][:8]) == (301, "https://")
    assert client.get(reverse("health_live")).status_code == 200
    assert client.get(reverse("metrics")).status_code == 404
