from datetime import datetime
from typing import ClassVar

from django.db import models


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def note(self, name: str, now: datetime, seconds: float = 0) -> None:
        self.update_or_create(name=name, defaults={"at": now, "seconds": seconds})


class Heartbeat(models.Model):
    """When the beat last woke something, and when the last sweep ended and how long it took."""

    BEAT: ClassVar[str] = "beat"
    SWEEP: ClassVar[str] = "sweep"

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
