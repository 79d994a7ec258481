"""Wake a worker up, without making a request wait for the broker: a frozen one held it for 40 s."""

import logging
import threading

from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
EXPIRES = 55
"""Seconds after which the beat has woken a worker anyway."""


def wake(task: str) -> None:
    """`task`: where it is imported from, such as `reports.tasks.make_exports`."""
    name = f"wake {task}"
    threading.Thread(target=_publish, args=(task,), name=name, daemon=True).start()


def _publish(task: str) -> None:
    try:
        import_string(task).apply_async(retry=False, expires=EXPIRES)
    except Exception as error:
        logger.warning("no worker was woken for %s, the beat will: %s", task, error)
