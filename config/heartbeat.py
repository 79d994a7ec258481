"""The beat and the sweep leave a sign of life in the database, where every watcher can read it.

A sign that cannot be written is logged and stops nothing: work goes before watching.
"""

import logging
import time
from typing import Any

from celery import Task
from celery.beat import PersistentScheduler
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)
SWEEP = "approvals.tasks.sweep"


def note(name: str, seconds: float = 0) -> None:
    from config.models import Heartbeat  # Celery is set up before Django's models are

    try:
        Heartbeat.objects.note(name, timezone.now(), seconds)
    except DatabaseError as error:
        logger.warning("no sign of life of %s: %s", name, type(error).__name__)


class Noted(Task):
    """The class of every task; of the sweep it notes each end that was no failure."""

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        self.began = time.monotonic()  # a process runs one task at a time

    def on_success(self, retval: Any, task_id: str, args: Any, kwargs: Any) -> None:
        if self.name == SWEEP:
            note("sweep", time.monotonic() - self.began)


class Scheduler(PersistentScheduler):
    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        close_old_connections()  # a database that was started again cut the line
        note("beat")
        return super().apply_async(*args, **kwargs)
