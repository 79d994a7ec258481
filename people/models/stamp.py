import uuid
from typing import Any

from django.db import models
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce


class Stamp(models.Model):
    """One row whose word every change replaces, and which never comes again.

    A process keeps what it has read under the word it read with it. The word is one more column of
    a statement that is made anyway, so it costs nothing to know whether what is kept still holds.
    A counter would do worse: the number of a change that was rolled back comes again with the next.
    """

    ONLY = 1
    word = models.CharField(max_length=32)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.word

    @classmethod
    def renew(cls) -> None:
        """In the transaction of the change; whoever changes at the same time waits for it."""
        cls._default_manager.update_or_create(pk=cls.ONLY, defaults={"word": uuid.uuid4().hex})

    @classmethod
    def current(cls) -> str:
        """The word, by a statement of its own; empty before the first change."""
        return cls._default_manager.values_list("word", flat=True).first() or ""

    @classmethod
    def column(cls) -> Any:
        """The word as one more column of a statement that is made anyway; empty when none is."""
        return Coalesce(Subquery(cls._default_manager.values("word")[:1]), Value(""))


class RosterStamp(Stamp):
    """Of who holds what, lends what and is away: triggers renew it, whoever writes the rows."""
