"""One door in, by e-mail, for people of the staff list; and out again."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.models import User

WORD = "a long enough password"


@pytest.fixture
def teacher(db) -> User:
    return User.objects.create_user("Teacher@Example.test", WORD, full_name="Giáo viên")


def sign_in(client, word: str, email: str = "teacher@example.test"):
    return client.post(reverse("account_login"), {"login": email, "password": word})


def test_the_right_password_leads_to_the_worklist(client, teacher):
    assert sign_in(client, WORD)["Location"] == "/"


def test_the_case_of_an_address_does_not_matter(client, teacher):
    assert sign_in(client, WORD, "TEACHER@example.TEST")["Location"] == "/"


@pytest.mark.parametrize("email", ["teacher@example.test", "nobody@example.test"])
def test_a_wrong_password_and_an_unknown_address_say_the_same_in_vietnamese(email, client, teacher):
    page = sign_in(client, "wrong", email).content.decode()
    assert "Thư điện tử hoặc mật khẩu không đúng." in page


def test_somebody_who_left_does_not_get_in(client, teacher):
    teacher.is_active = False
    teacher.save()
    sign_in(client, WORD)
    assert client.get("/").status_code == 302


def test_nobody_signs_up_from_outside(client, db):
    answer = client.post(
        reverse("account_signup"), {"email": "new@example.test", "password1": WORD}
    )
    assert not User.objects.exists()
    assert "nhà trường cấp" in answer.content.decode()


def test_a_get_does_not_sign_out(client, teacher):
    sign_in(client, WORD)
    client.get(reverse("account_logout"))
    assert client.get("/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/").status_code == 302


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client, teacher):
    client.post(reverse("account_reset_password"), {"email": teacher.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "quite another word", "password2": "quite another word"})
    assert sign_in(client, "quite another word")["Location"] == "/"


def test_an_unknown_address_learns_nothing_from_the_page(client, teacher):
    known = client.post(reverse("account_reset_password"), {"email": teacher.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.test"})
    assert known["Location"] == unknown["Location"]


def test_guessing_is_slowed_down(client, teacher):
    for _guess in range(6):
        answer = sign_in(client, "wrong")
    assert "quá nhiều lần" in answer.content.decode()
    assert sign_in(client, WORD).status_code == 200


@pytest.mark.parametrize(("proxies", "let_in"), [(1, True), (0, False)])
def test_guesses_count_for_the_device_behind_the_proxy(proxies, let_in, teacher, settings):
    """The control: counted for the proxy's own address, those of one person shut out everybody."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1/5m/ip"}
    cache.clear()

    def devices(number: int) -> Client:
        return Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")

    for _guess in range(2):
        sign_in(devices(1), "wrong", "somebody@example.test")
    assert (sign_in(devices(2), WORD).status_code == 302) is let_in
