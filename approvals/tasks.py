from celery import shared_task
from django.utils import timezone

from approvals import sweep as sweeping
from approvals import vault


@shared_task
def sweep() -> None:
    sweeping.sweep(timezone.now())


@shared_task
def tidy() -> None:
    """Files left by a process that died between writing them and its commit."""
    vault.discard(vault.forgotten(timezone.now()))
