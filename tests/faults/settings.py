"""The product's settings, with what a fault test shortens or takes away (see `Lab`).

`FAULTS` is JSON: `every` (seconds between two wakings by the beat, by entry; null removes it),
`lease`, `retry` and `mail_timeout` (seconds), `transaction_mode`, and `modules` to load.
"""

import json
import os
from datetime import timedelta
from typing import Any

from config.settings import *  # noqa: F403
from config.settings import CELERY_BEAT_SCHEDULE, DATABASES

CHANGED: dict[str, Any] = json.loads(os.environ.get("FAULTS", "{}"))

for entry, seconds in CHANGED.get("every", {}).items():
    if seconds is None:
        del CELERY_BEAT_SCHEDULE[entry]
    else:
        expires = {"expires": seconds * 0.9}
        CELERY_BEAT_SCHEDULE[entry] |= {"schedule": seconds, "options": expires}
if "lease" in CHANGED:
    MAIL_LEASE = timedelta(seconds=CHANGED["lease"])
if "retry" in CHANGED:
    MAIL_FIRST_RETRY = timedelta(seconds=CHANGED["retry"])
if "mail_timeout" in CHANGED:
    EMAIL_TIMEOUT = CHANGED["mail_timeout"]
if "transaction_mode" in CHANGED:
    DATABASES["default"]["OPTIONS"]["transaction_mode"] = CHANGED["transaction_mode"]
QUIET_HOURS = ""  # a test must not depend on the time of day
CELERY_IMPORTS = CHANGED.get("modules", [])
