"""Wake the delivery after a commit without ever making a request wait for the broker.

A frozen Redis blocked a publish for 40 s when it was on the request's path. So a thread of its
own publishes, nudges that come meanwhile or shortly after melt into one, and a failed one is only
logged: the beat delivers within half a minute anyway.
"""

import logging
import os
import threading
import time

logger = logging.getLogger(__name__)
PAUSE = 0.25
"""Seconds between two nudges: on a busy day each would cost the process more than it brings."""
_wanted = threading.Event()
_start = threading.Lock()
_publisher: tuple[int, threading.Thread] | None = None


def nudge() -> None:
    global _publisher
    with _start:
        if _publisher is None or _publisher[0] != os.getpid() or not _publisher[1].is_alive():
            thread = threading.Thread(target=_publish_forever, name="nudge", daemon=True)
            _publisher = (os.getpid(), thread)
            thread.start()
    _wanted.set()


def _publish_forever() -> None:
    from notifications.tasks import deliver

    while True:
        _wanted.wait()
        _wanted.clear()
        try:
            deliver.apply_async(retry=False, expires=25)
        except Exception as error:
            logger.warning("the delivery was not nudged, the beat will wake it: %s", error)
        time.sleep(PAUSE)
