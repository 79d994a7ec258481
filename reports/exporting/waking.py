"""Wake a worker up, without making a request wait for the broker: a frozen one held it for 40 s."""

import logging
import threading

logger = logging.getLogger(__name__)


def wake() -> None:
    threading.Thread(target=_publish, name="wake-exports", daemon=True).start()


def _publish() -> None:
    from reports.tasks import make_exports

    try:
        make_exports.apply_async(retry=False, expires=55)
    except Exception as error:
        logger.warning("no worker was woken for an export, the beat will: %s", error)
