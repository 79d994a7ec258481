"""A change that is rolled back after its messages were written sends nothing."""

from django.core import mail
from django.db import transaction
from django.utils import timezone

from approvals.actions import perform
from approvals.policy import Action
from notifications.models import Message
from people.models import User
from tests.faults.lab import Lab
from tests.faults.outcome import SETTLED, Outcome
from tests.faults.school import write_down_mails
from workflow.models import Initiative


def rollbacks(lab: Lab, count: int, *, control: bool) -> Outcome:
    """The control mails at once, inside the transaction."""
    lab.worker()
    lab.beat()
    author = User.objects.get(email="author@example.test")
    drafts = list(Initiative.objects.filter(state="draft").values_list("pk", flat=True))
    enqueued = 0
    for number in range(count):
        with transaction.atomic():
            perform(Action.SUBMIT, drafts[number % len(drafts)], author, timezone.now())
            written = list(Message.objects.all())
            enqueued += len(written)
            for message in written:
                lab.history.add("mail", "invoke", str(message.message_id))
                lab.history.add("mail", "fail", str(message.message_id))
                if control:
                    _mail_at_once(lab, message)
            transaction.set_rollback(True)
        lab.keeper.tend()
    lab.wait(SETTLED)
    write_down_mails(lab.history)
    verdict = lab.history.verdict("mail")
    sent = len(lab.sink.accepted)
    words = (
        f"{count} rollbacks of {enqueued} messages: {sent} mails, rows {Message.objects.count()}"
    )
    return Outcome(verdict.holds() and not sent and enqueued >= count, words)


def _mail_at_once(lab: Lab, message: Message) -> None:
    connection = mail.get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=lab.sink.port
    )
    headers = {"Message-ID": f"<{message.message_id}@example.test>"}
    mail.EmailMessage(
        message.kind, "", to=[message.recipient.email], headers=headers, connection=connection
    ).send()
