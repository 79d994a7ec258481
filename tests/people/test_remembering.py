"""A sign-in ends with the browser unless the person wants this device to remember it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from people.models import User

WORD = "a long enough password"
TWO_WEEKS = timedelta(weeks=2).total_seconds()


@pytest.mark.parametrize(("ticked", "lasts"), [({}, ""), ({"remember": "on"}, TWO_WEEKS)])
def test_a_device_remembers_a_sign_in_when_it_is_asked_to(ticked, lasts, client, db):
    User.objects.create_user("teacher@example.test", WORD)
    sent = {"login": "teacher@example.test", "password": WORD, **ticked}
    client.post(reverse("account_login"), sent)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == lasts
    assert client.get("/").status_code == 200


def test_the_form_asks_and_the_answer_is_no_by_default(client, db):
    answer = client.get(reverse("account_login"))
    assert answer.context["form"]["remember"].value() in (None, False)
    assert 'name="remember"' in answer.content.decode()
    assert "Giữ đăng nhập trên thiết bị này" in answer.content.decode()
