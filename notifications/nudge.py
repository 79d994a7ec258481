"""Wake the delivery after a commit without ever making a request wait for the broker.

A frozen Redis blocked a publish for 40 s when it was on the request's path. So a thread of its
own publishes, nudges that come meanwhile or shortly after melt into one, and a failed one is only
logged: the beat delivers within half a minute anyway.
"""

import os
import threading
import time

from people.waking import publish

PAUSE = 0.25
"""Seconds between two nudges: on a busy day each would cost the process more than it brings."""
EXPIRES = 25
"""Seconds after which the beat has woken the delivery anyway."""
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
    while True:
        _wanted.wait()
        _wanted.clear()
        publish("notifications.tasks.deliver", EXPIRES)
        time.sleep(PAUSE)
