"""Entering what a unit reached: one more row, unless somebody was faster."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from approvals.vault import Upload
from people.models import Unit, User
from workflow.models import Target, TargetEntry, TargetFile, TargetFileStrike

WORDS = ("value", "met", "note", "proof", "initiative")


class Superseded(Exception):
    """Somebody entered another figure since the form was opened."""

    def __init__(self, newest: TargetEntry | None) -> None:
        super().__init__(newest)
        self.newest = newest


@dataclass(frozen=True)
class Place:
    """What an entry is about."""

    target: Target
    unit: Unit
    year: int

    @property
    def entries(self) -> Any:
        return TargetEntry.objects.filter(target=self.target, unit=self.unit, year=self.year)


def enter(
    place: Place,
    person: User,
    now: datetime,
    seen: int,
    words: dict[str, Any],
    uploads: Iterable[Upload] = (),
    care: dict[str, str] | None = None,
) -> TargetEntry:
    """`seen`: the number of the newest entry that the person had before them, 0 for none; `care`:
    caption of the files and the basis on which they show pupils. The same form sent twice enters
    once.
    """
    try:
        with transaction.atomic():
            newest = place.entries.first()
            if (newest.number if newest else 0) != seen:
                return _again(newest, person, seen, words)
            entry = TargetEntry.objects.create(
                target=place.target, unit=place.unit, year=place.year, number=seen + 1,
                entered_by=person, entered_at=now, **words,
            )  # fmt: skip
            TargetFile.objects.bulk_create(
                TargetFile(
                    entry=entry, name=one.name, kind=one.kind, size=one.size, sha256=one.sha256,
                    stored=one.stored, **(care or {}),
                )
                for one in uploads
            )  # fmt: skip
            return entry
    except IntegrityError:  # in the same instant
        return _again(place.entries.first(), person, seen, words)


def _again(
    newest: TargetEntry | None, person: User, seen: int, words: dict[str, Any]
) -> TargetEntry:
    mine = newest and newest.entered_by_id == person.pk and newest.number == seen + 1
    if newest and mine and all(getattr(newest, name) == words[name] for name in WORDS):
        return newest
    raise Superseded(newest)


def strike(file: TargetFile, person: User, now: datetime, reason: str) -> None:
    """The file proves nothing from now on. Whoever struck it first is the one who is named."""
    said = {"reason": reason, "struck_by": person, "struck_at": now}
    TargetFileStrike.objects.get_or_create(file=file, defaults=said)
