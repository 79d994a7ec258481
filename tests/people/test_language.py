"""The person's choice, else the device's, else Vietnamese; never the browser's wish."""

import pytest
from django.urls import reverse

LOGIN = "/accounts/login/"


def language_of(response) -> str:
    return str(response.headers["Content-Language"])


def test_a_stranger_reads_vietnamese_even_if_the_browser_asks_for_english(client, db):
    assert language_of(client.get(LOGIN, HTTP_ACCEPT_LANGUAGE="en-US,en")) == "vi"


def test_a_choice_before_the_sign_in_is_kept_on_the_device(client, db):
    client.post(reverse("people:language"), {"language": "en", "next": LOGIN})
    assert language_of(client.get(LOGIN)) == "en"


def test_a_choice_on_the_page_of_the_sign_in_leads_back_there(client, db):
    page = f"{LOGIN}?next=/"
    headers = {"referer": f"http://testserver{page}"}
    form = {"language": "en", "next": page}
    answer = client.post(reverse("people:language"), form, headers=headers)
    assert answer["Location"] == page
    assert language_of(client.get(page)) == "en"


def test_the_cookie_of_a_choice_is_for_us_alone(client, db, settings):
    settings.LANGUAGE_COOKIE_SECURE = True
    client.post(reverse("people:language"), {"language": "en", "next": LOGIN})
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_a_choice_is_kept_on_the_person_for_pages_and_mail(client, world):
    client.force_login(world.author)
    client.post(reverse("people:language"), {"language": "en", "next": "/"})
    world.author.refresh_from_db()
    assert world.author.language == "en"
    client.cookies.clear()
    client.force_login(world.author)
    assert language_of(client.get("/")) == "en"


@pytest.mark.parametrize("language", ["de", "", "../vi", "vi\n"])
def test_a_language_we_do_not_speak_changes_nothing(language, client, world):
    client.force_login(world.author)
    client.post(reverse("people:language"), {"language": language, "next": "/"})
    world.author.refresh_from_db()
    assert world.author.language == "vi"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_the_way_back_never_leads_to_another_site(address, client, db):
    answer = client.post(reverse("people:language"), {"language": "en", "next": address})
    assert answer["Location"] == "/"


def test_a_get_changes_nothing(client, db):
    assert client.get(reverse("people:language"), {"language": "en"}).status_code == 405
