"""The Celery application. It only wakes the rooms up; the database decides what there is to do.

Every setting here was measured with killed workers and a frozen broker: acknowledging late is
not enough without rejecting on a lost worker, and the default redelivery takes 100 s.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("thi_dua")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
