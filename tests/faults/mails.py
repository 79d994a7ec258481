"""The mail server refuses, hangs and drops; one message cannot be written."""

from datetime import timedelta

from django.db.models import F

from notifications.models import Message
from tests.faults.lab import Lab
from tests.faults.outcome import Outcome
from tests.faults.school import owe, undelivered, write_down_mails

STUCK = timedelta(minutes=10)


def mail_answers(lab: Lab, count: int, *, control: bool) -> Outcome:
    """A tenth each of 421, 452, 550, silence and a dropped line. The control tries once."""
    written = _write(count)
    lab.sink.unkind = True
    lab.worker()
    lab.beat()
    lab.until(lambda: not undelivered(), 20 if control else STUCK.total_seconds(), 1)
    refused = {key for key, answer in lab.sink.answers.items() if answer == "550"}
    write_down_mails(lab.history, refused)
    verdict = lab.history.verdict("mail")
    given_up = Message.objects.with_status("given_up").filter(error__contains="550")
    shown = set(map(str, given_up.values_list("message_id", flat=True)))
    late = Message.objects.filter(sent_at__gt=F("created_at") + STUCK).count()
    words = (
        f"{written} mails: {verdict}; 550 shown {len(shown & refused)} of {len(refused)}, "
        f"later than 10 minutes {late}, left {undelivered()}"
    )
    return Outcome(verdict.holds() and shown == refused and not late and not undelivered(), words)


def poison(lab: Lab, count: int, *, control: bool) -> Outcome:
    """One row that cannot be composed among many; the control sends row by row without care."""
    written = _write(count)
    poisoned = Message.objects.order_by("pk")[written // 2]
    Message.objects.filter(pk=poisoned.pk).update(facts={"due_at": "not a date"})
    lab.worker()
    lab.beat()
    lab.until(lambda: undelivered() <= 1 and len(lab.sink.accepted) >= written - 1, 60)
    write_down_mails(lab.history, {str(poisoned.message_id)})
    verdict = lab.history.verdict("mail")
    sent = len(lab.sink.accepted)
    words = f"{sent} of {written} sent; mails: {verdict}"
    return Outcome(verdict.holds() and sent == written - 1, words)


def _write(count: int) -> int:
    """So many messages of a sweep; one item tells its holder and their head."""
    from approvals.tasks import sweep

    owe(count // 2)
    sweep()
    return Message.objects.count()
