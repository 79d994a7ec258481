"""Every kind of letter reads well in both languages and gives away no dossier."""

import re
from datetime import datetime
from email import message_from_bytes, policy

import pytest
from django.utils import translation

from approvals.absences import cover
from approvals.delegating import delegate, take_back
from approvals.sweep import sweep
from notifications.composing import compose, words
from notifications.letters import LETTERS
from notifications.models import LadderRung, MailHours, Message
from people.models import Absence, Delegation
from reports.exporting.asking import ask
from reports.exporting.work import make_waiting
from tests.reports.exports import made
from tests.world import WORDS
from workflow.calendar import ZONE

SECRET = "Bí mật nội bộ."
SECTIONS_WRITTEN = {"Đã thực hiện."}
LINK = re.compile(
    r"https?://\S+/(initiatives/\d+/(#comments)?|from-mail/[\w:-]+/|dashboard/|delegations/|exports/|)\s"
)
PLACEHOLDER = re.compile(r"%\(|\{\{|None|%s")


@pytest.fixture
def every_kind(world) -> dict[str, Message]:
    """One message of each kind, written by the product itself."""
    for situation, who, action in (
        ("evaluated", "principal", "reopen"), ("with_head", "head", "return"),
        ("with_head", "head", "reject"), ("with_head", "author", "recall"),
        ("in_progress", "principal", "withdraw"), ("with_head", None, None),
        ("in_progress", None, None),
    ):  # fmt: skip
        initiative = world.at(situation)
        if action:
            world.do(who, action, initiative, comment=SECRET)
    report = world.school_report("approved")
    world.do("principal", "reopen_yearly", report, comment=SECRET)
    postponed = world.at("in_progress")
    for answer in ("refuse_extension", "grant_extension"):
        wish = {"until": "2025-12-20", "comment": SECRET}
        world.do("author", "ask_extension", postponed, **wish)
        world.do("head", answer, postponed, comment=SECRET)
    later = world.at("in_progress")
    world.movement.rounds.update(report_before="2025-11-30")
    world.do("administrator", "reschedule", later, comment="Đợt 1")
    world.movement.rounds.update(report_before="2025-10-31")
    world.do("administrator", "reschedule", later, comment="Đợt 1")
    world.do("head", "comment", initiative, text=SECRET, mentions=[world.principal.pk])
    world.do("head", "chase", world.at("in_progress"))
    LadderRung.objects.filter(name="day_before").update(head=True)
    taken_back = world.at("with_head")
    world.do("head", "return", taken_back, comment=SECRET)
    world.do("head", "undo", taken_back)
    lent = Delegation(
        delegator=world.head, delegate=world.deputy, unit=world.units["maths"], role="head",
        starts_on=world.now.date(), ends_on=world.now.date(), reason="Đi công tác",
    )  # fmt: skip
    delegate(lent, world.now)
    take_back(lent, world.now)
    today = world.now.date()
    Absence.objects.create(user=world.head, starts_on=today, ends_on=today, reason="Ốm")
    cover(world.now)
    MailHours.objects.create(user=world.head, digest=True)
    for day in ("2025-03-12", "2025-10-24", "2025-10-30", "2025-10-31", "2025-11-10"):
        sweep(datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=ZONE))
    made(world, parts=["records"])
    ask(world.clerk, world.movement, 1999, ["records"], world.now)  # there is nothing in it
    make_waiting(lambda: world.now)
    return {message.kind: message for message in Message.objects.order_by("-pk")}


def said(message: Message) -> tuple[str, str, str]:
    """Subject, text and HTML, as a mail program reads them."""
    sent = message_from_bytes(compose(message).message().as_bytes(), policy=policy.default)
    text, html = (part.get_content() for part in sent.iter_parts())
    return sent["Subject"], text, html


def test_every_kind_is_there(every_kind):
    assert set(every_kind) == set(LETTERS)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_letter_is_complete_in_the_recipients_language(language, every_kind):
    for kind, message in every_kind.items():
        message.recipient.language = language
        subject, body, html = said(message)
        for text in (subject, body, html):
            assert not PLACEHOLDER.search(text), f"{kind}: {text}"
        assert "\n" not in subject
        assert f'lang="{language}"' in html
        assert message.recipient.full_name in body
        assert LINK.search(body), kind


def test_the_two_languages_differ(every_kind):
    for kind, message in every_kind.items():
        subjects = set()
        for language in ("vi", "en"):
            with translation.override(language):
                subjects.add(words(message)["subject"])
        assert len(subjects) == 2, kind


def test_a_letter_carries_a_title_and_a_link_and_not_the_dossier(every_kind):
    secrets = [*WORDS.values(), *SECTIONS_WRITTEN, SECRET]
    for kind, message in every_kind.items():
        content = "".join(said(message))
        assert not [secret for secret in secrets if secret in content], kind


def test_the_last_day_in_a_letter_is_the_last_that_is_in_time(every_kind):
    message = every_kind["registered"]
    assert message.facts["due_at"].startswith("2025-10-31T00:00:00")
    assert "30/10/2025" in str(compose(message).body)


def test_a_mail_says_that_a_machine_wrote_it_and_keeps_its_id(every_kind):
    message = every_kind["registered"]
    first, again = (compose(message).message() for _twice in range(2))
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] == again["Message-ID"]
    assert str(message.message_id) in str(first["Message-ID"])
