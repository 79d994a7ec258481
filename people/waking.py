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
    threading.Thread(target=publish, args=(task, EXPIRES), name=name, daemon=True).start()


def publish(task: str, expires: int) -> None:
    """From a thread of its own. A broker that is away is only logged: the beat comes anyway."""
    wanted = import_string(task)
    try:
        wanted.apply_async(retry=False, expires=expires)
    except Exception as error:
        logger.warning("no worker was woken for %s, the beat will: %s", task, error)
