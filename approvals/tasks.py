from celery import shared_task
from django.utils import timezone

from approvals import following
from approvals import sweep as sweeping
from approvals.dates import WORKER
from people.waking import wake


@shared_task
def sweep() -> None:
    sweeping.sweep(timezone.now())


@shared_task
def follow_dates() -> None:
    if following.follow_waiting(timezone.now):
        wake(WORKER)
