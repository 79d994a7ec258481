"""The product without its row lock, and with time between reading and writing: the control."""

import os
import time
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from approvals import actions  # noqa: E402 (Django must be set up first)
from approvals.case import Case  # noqa: E402
from approvals.gather import open_case  # noqa: E402


def _open_without_lock(*args: Any, lock: bool, **kwargs: Any) -> Case:
    case = open_case(*args, lock=False, **kwargs)
    time.sleep(0.02)
    return case


actions.open_case = _open_without_lock  # type: ignore[attr-defined]
