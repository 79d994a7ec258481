"""What a usual django-fsm application would have: the peer that ours is measured against."""

from typing import Any, ClassVar

from django.db import models
from django_fsm import FSMField, transition

from people.models import User


class Item(models.Model):
    title = models.CharField(max_length=200)
    state = FSMField(default="s0")
    updated_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source="*", target="moving")
    def move(self) -> None: ...


class Allowed(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    action = models.CharField(max_length=30)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        app_label = "benchmarks"
        indexes = (models.Index(fields=("user", "action")),)

    def __str__(self) -> str:
        return self.action


class Log(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    action = models.CharField(max_length=30)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.action


class Mail(models.Model):
    item = models.ForeignKey(Item, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.CharField(max_length=30)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.kind


MODELS = (Item, Allowed, Log, Mail)
