from celery import shared_task
from django.utils import timezone

from approvals import sweep as sweeping


@shared_task
def sweep() -> None:
    sweeping.sweep(timezone.now())
