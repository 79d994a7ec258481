from celery import shared_task
from django.utils import timezone

from notifications import delivery


@shared_task
def deliver() -> None:
    delivery.deliver_waiting(timezone.now)
