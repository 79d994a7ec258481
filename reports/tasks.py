import subprocess
import sys

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports.exporting.asking import expire
from reports.exporting.claims import claimable


@shared_task(soft_time_limit=7200, time_limit=7260)
def make_exports() -> None:
    """In a process of its own: the typesetter has threads, which no fork survives, and the work is
    to give way to everything else."""
    now = timezone.now()
    expire(now)
    if claimable(now):
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_exports"]
        subprocess.run(command, check=True)
