"""The product with its protections taken off: the controls, which must fail.

Loaded by workers through `modules` in tests.faults.settings.
"""

from celery import shared_task
from django.utils import timezone

from notifications.composing import compose
from notifications.models import Message
from notifications.tasks import deliver


def _send_all() -> None:
    """No lease, no care for the single row, nothing tried again."""
    for message in list(Message.objects.filter(sent_at=None).order_by("pk")):
        compose(message).send()
        message.sent_at = timezone.now()
        message.save(update_fields=("sent_at",))


deliver.run = _send_all  # type: ignore[method-assign]


@shared_task
def send_one(pk: int) -> None:
    """A mail that exists only as a task in the broker."""
    compose(Message.objects.get(pk=pk)).send()
    Message.objects.filter(pk=pk).update(sent_at=timezone.now())
