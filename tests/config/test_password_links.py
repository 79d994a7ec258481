"""Nobody types another's password: a link goes to the person, and it is written down who asked."""

import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import NoReverseMatch, resolve, reverse

from approvals.demo.people import let_administer
from people.models import User
from tests.config.administrators import address, posted

NEW = {
    "email": "new@example.test", "full_name": "Người mới", "language": "vi",
    "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0,
}  # fmt: skip
CHOSEN = {"password1": "quite another word", "password2": "quite another word"}


class Unreachable(BaseEmailBackend):
    def send_messages(self, email_messages) -> int:
        raise smtplib.SMTPServerDisconnected("no mail today")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def link_in(sent):
    return next(word for word in sent.body.split() if "/password/reset/key/" in word)


def link_page(person: User) -> str:
    return reverse("admin:people_user_link", args=[person.pk])


def choose(client, link: str) -> None:
    client.logout()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, CHOSEN)


def test_no_page_takes_a_password_for_somebody_else(administrator, own):
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[own.teacher.pk])
    page = address("people.User", "change", own.teacher.pk)
    assert resolve(f"{page}password/").func != resolve(link_page(own.teacher)).func
    before = own.teacher.password
    crafted = {"password": "mine", "password1": "mine", "password2": "mine"}
    administrator.post(page, posted(own.teacher, **crafted))
    administrator.post(page.replace("change", "password"), CHOSEN)
    own.teacher.refresh_from_db()
    assert own.teacher.password == before


def test_a_link_is_asked_for_by_post_and_written_down(administrator, own, world, committed):
    """The control: reading the page sends nothing."""
    asked = LogEntry.objects.filter(user=world.administrator, object_id=str(own.teacher.pk))
    assert administrator.get(link_page(own.teacher)).status_code == 200
    assert (mail.outbox, asked.count()) == ([], 0)
    with committed():
        administrator.post(link_page(own.teacher))
    assert mail.outbox[0].to == [own.teacher.email]
    assert asked.get().get_change_message().startswith("Yêu cầu gửi liên kết")


@pytest.mark.parametrize(("language", "word"), [("vi", "Quản trị viên trường"), ("en", "asked")])
def test_the_mail_says_who_asked_in_the_persons_language(
    language, word, administrator, own, world, committed
):
    world.administrator.full_name = "Quản trị viên trường"
    world.administrator.save()
    own.teacher.language = language
    own.teacher.set_password("the one they have")
    own.teacher.save()
    with committed():
        administrator.post(link_page(own.teacher))
    assert word in mail.outbox[0].body
    assert world.administrator.email in mail.outbox[0].body


def test_a_person_who_asks_for_themselves_reads_no_other_name(client, own, world):
    client.post(reverse("account_reset_password"), {"email": own.teacher.email})
    assert world.administrator.email not in mail.outbox[0].body


def test_a_new_person_has_no_password_until_they_choose_one(administrator, client, committed):
    with committed():
        administrator.post(address("people.User", "add"), NEW)
    new = User.objects.get(email=NEW["email"])
    assert not new.has_usable_password()
    choose(client, link_in(mail.outbox[0]))
    new.refresh_from_db()
    assert new.check_password(CHOSEN["password1"])


def test_the_present_password_stays_until_the_link_is_used(administrator, own, client, committed):
    own.teacher.set_password("the one they have")
    own.teacher.save()
    with committed():
        administrator.post(link_page(own.teacher))
    own.teacher.refresh_from_db()
    assert own.teacher.check_password("the one they have")
    choose(client, link_in(mail.outbox[0]))
    own.teacher.refresh_from_db()
    assert own.teacher.check_password(CHOSEN["password1"])


@pytest.mark.parametrize("whose", ["foreign", "operator", "left"])
def test_a_link_goes_out_for_an_active_account_that_is_kept_here(
    whose, administrator, own, foreign, committed
):
    person = foreign.teacher if whose == "foreign" else own.teacher
    person.is_superuser, person.is_active = whose == "operator", whose != "left"
    person.save()
    with committed():
        answer = administrator.post(link_page(person))
    assert answer.status_code == (404 if whose == "foreign" else 403)
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_said_and_loses_nobody(committed_world, client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    let_administer(committed_world.administrator)
    client.force_login(committed_world.administrator)
    answer = client.post(address("people.User", "add"), NEW)
    page = client.get(answer["Location"]).content.decode()
    assert "Không gửi được thư" in page
    assert User.objects.filter(email=NEW["email"]).exists()


def test_an_old_address_is_told_and_opens_nothing(administrator, own, client, committed):
    """allauth keeps the addresses it has seen, and would let each of them ask for a link."""
    old = own.teacher.email
    client.post(reverse("account_reset_password"), {"email": old})
    assert EmailAddress.objects.filter(email=old).exists()
    mail.outbox.clear()
    page = address("people.User", "change", own.teacher.pk)
    with committed():
        administrator.post(page, posted(own.teacher, email="changed@example.test"))
    assert mail.outbox[0].to == [old]
    assert "changed@example.test" in mail.outbox[0].body
    client.logout()
    client.post(reverse("account_reset_password"), {"email": old})
    assert "/password/reset/key/" not in mail.outbox[1].body


def test_an_address_is_changed_though_the_old_one_cannot_be_told(committed_world, client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    let_administer(committed_world.administrator)
    client.force_login(committed_world.administrator)
    person = committed_world.head
    page = address("people.User", "change", person.pk)
    answer = client.post(page, posted(person, email="changed@example.test"))
    person.refresh_from_db()
    assert person.email == "changed@example.test"
    assert "Không báo được" in client.get(answer["Location"]).content.decode()


def test_an_account_without_a_password_is_led_to_a_link(client, own):
    client.force_login(own.teacher)
    own.teacher.set_unusable_password()
    own.teacher.save()
    client.force_login(own.teacher)
    answer = client.get(reverse("account_change_password"), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("account_reset_password")


@pytest.mark.parametrize("whose", ["theirs", "nobodys"])
def test_a_forgotten_password_says_that_the_mail_server_is_away(whose, client, own, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    email = own.teacher.email if whose == "theirs" else "nobody@example.test"
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert answer.status_code == 503
    assert "Chưa gửi được thư" in answer.content.decode()
