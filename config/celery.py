"""The Celery application. It only wakes the rooms up; the database decides what there is to do.

Every setting here was measured with killed workers and a frozen broker: acknowledging late is
not enough without rejecting on a lost worker, and the default redelivery takes 100 s.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("thi_dua", task_cls="config.heartbeat:Noted")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Asked by Celery before it would lay its own lines over those of the settings."""
