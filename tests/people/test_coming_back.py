"""A form that comes too late leads back to the page it was on."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User

pytestmark = pytest.mark.django_db
PAGE = "/initiatives/7/"
HERE, ELSEWHERE = f"http://testserver{PAGE}?show=1", "https://evil.example/initiatives/7/"


def asked_next(answer):
    return answer["Location"].removeprefix(f"{reverse('account_login')}?next=")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HERE, "/initiatives/7/%3Fshow%3D1"),
        (ELSEWHERE, "/initiatives/7/comments/"),
        ("http://testserver//evil.example/", "/initiatives/7/comments/"),
        ("", "/initiatives/7/comments/"),
    ],
)
def test_after_the_sign_in_the_page_of_the_form_follows(before, after, client):
    answer = client.post(f"{PAGE}comments/", {"text": "x"}, headers={"referer": before})
    assert answer.status_code == 302
    assert asked_next(answer) == after


def test_a_page_that_was_only_asked_for_is_the_one_that_follows(client):
    answer = client.get("/dashboard/", headers={"referer": HERE})
    assert asked_next(answer) == "/dashboard/"


@pytest.mark.parametrize(("before", "link"), [(HERE, True), (ELSEWHERE, False)])
def test_an_expired_form_offers_its_page_again(before, link):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("teacher@example.test", full_name="Giáo viên"))
    answer = client.post(f"{PAGE}comments/", {"text": "x"}, headers={"referer": before})
    assert answer.status_code == 403
    assert (f'href="{PAGE}?show=1"' in answer.content.decode()) is link
    assert "evil.example" not in answer.content.decode()


ABOVE = {
    "/initiatives/7/comments/": "/initiatives/7/",
    "/documents/7/take-back/": "/documents/7/",
    "/notifications/calendar/": "/notifications/",
    "/delegations/7/end/": "/delegations/",
}


@pytest.mark.parametrize("address", ABOVE)
def test_opening_what_only_takes_forms_leads_to_the_page_above(address, client):
    answer = client.get(address, headers={"accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer["Location"]) == (302, ABOVE[address])
    assert client.get(address).status_code == 405  # for programs it stays what it is
