"""Drafts of documents, and the one way to issue: the number is given once, under a lock."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from people.models import Unit, User
from reports.kinds import MAKERS, Sheet
from reports.models import DocumentTemplate, OfficialDocument
from reports.papers import pdf, word, word_template
from reports.papers.content.desk import Desk, Signer
from reports.papers.paper import Paper
from reports.signing import with_field
from reports.subjects import Subject
from reports.yearly import Yearly
from workflow.canonical import canonical, digest
from workflow.deadlines import local_day
from workflow.models import Submission

PAPER_LANGUAGE = "vi"
"""Whoever asks: names of grades and kinds stand on paper in Vietnamese."""


class NumberTaken(Exception):
    """Another document of the series has it."""


@dataclass(frozen=True)
class Draft:
    """A document before it has a number: what, about what, signed by whom, with which words."""

    kind: str
    subject: Subject
    signer: Signer
    words: dict[str, Any]

    @property
    def symbol(self) -> str:
        return MAKERS[self.kind].symbol

    def desk(self, now: datetime, number: int | None = None) -> Desk:
        """With a number it carries the day of `now`; a draft leaves room for both."""
        today = local_day(now)
        day = today if number else None
        return Desk(self.subject.school, today, self.signer, number, day, self.words)

    def paper(self, now: datetime, number: int | None = None) -> Paper:
        with translation.override(PAPER_LANGUAGE):
            return MAKERS[self.kind].build(self.subject.matter, self.desk(now, number))

    def source(self) -> Submission | None:
        """The frozen dossier it is made from, locked against being reopened meanwhile; none for
        what follows from the initiatives.
        """
        matter = self.subject.matter
        return matter.locked() if isinstance(matter, Yearly) else None

    def in_vietnamese(self, sheet: Sheet) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        with translation.override(PAPER_LANGUAGE):
            return sheet(self.subject.matter)


def next_number(school: Unit, symbol: str, now: datetime) -> int:
    return OfficialDocument.objects.series(school, symbol, local_day(now).year).last_number() + 1


def issue(
    draft: Draft, actor: User, now: datetime, key: str, wanted: int | None = None
) -> OfficialDocument:
    """Give the next number, or the one the clerk's register has come to; make the file; keep both.

    The same `key` again answers with the same document. The school's row is the lock of its
    series; the constraint on numbers stands behind it.
    """
    school, year = draft.subject.school, local_day(now).year
    with transaction.atomic():
        _lock(school)
        if made := OfficialDocument.objects.filter(key=key).first():
            return made
        series = OfficialDocument.objects.series(school, draft.symbol, year)
        number = wanted or next_number(school, draft.symbol, now)
        if series.filter(number=number).exists():
            raise NumberTaken
        return _keep(draft, actor, now, key, number)


def _lock(school: Unit) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=school.pk)


def _keep(draft: Draft, actor: User, now: datetime, key: str, number: int) -> OfficialDocument:
    source = draft.source()
    paper = draft.paper(now, number)
    content, day = canonical(paper.as_data()), local_day(now)
    file = with_field(pdf.render(paper, now))
    return OfficialDocument.objects.create(
        unit=draft.subject.school, kind=draft.kind, subject=draft.subject.key,
        symbol=draft.symbol, year=day.year, number=number, code=paper.number.partition(": ")[2],
        abstract=paper.abstract, issued_on=day, content=content, content_hash=digest(content),
        pdf=file, pdf_hash=hashlib.sha256(file).hexdigest(), issued_by=actor,
        issued_at=now, key=key, source=source,
        source_hash=source.content_hash if source else "",
    )  # fmt: skip


def as_docx(paper: Paper, school: Unit, kind: str) -> bytes:
    """By the school's own template if it has one."""
    return word.render(paper, template_of(school, kind))


def template_of(school: Unit, kind: str) -> bytes:
    own = DocumentTemplate.objects.filter(unit=school, kind=kind).first()
    return bytes(own.content) if own and own.content else word_template.standard()
