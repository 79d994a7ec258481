"""The official documents of a year: what was issued about it, signed or not, and what is owed."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from reports.exporting.entry import Entry, Folder, piece
from reports.exporting.names import safe
from reports.exporting.scope import Scope
from reports.issuing import Draft, as_docx
from reports.kinds import MAKERS, Kind
from reports.models import OfficialDocument, SignedFile
from reports.models.document import OfficialDocumentQuerySet
from reports.papers import xlsx
from reports.papers.content.desk import Signer
from reports.papers.content.matter import initiatives
from reports.subjects import Subject
from workflow.models import Round

FOLDER = "1. Văn bản của nhà trường/"
OWED = {
    Kind.REGISTRATION_LIST: "Danh sách đăng ký",
    Kind.YEARLY_REPORT: "Báo cáo năm của nhà trường",
    Kind.DECISION: "Quyết định công nhận sáng kiến",
    Kind.MINUTES: "Biên bản họp hội đồng",
}
"""What the plan asks of a year; of the yearly report either form will do."""
SAME = {Kind.YEARLY_REPORT_30: Kind.YEARLY_REPORT}
LIST = "Danh sách đăng ký (để tổng hợp)"
NOBODY = Signer("", (), "")


def documents(scope: Scope) -> OfficialDocumentQuerySet:
    """Issued about the year, its rounds, or its initiatives that the person may see."""
    if not scope.official:
        return OfficialDocument.objects.none()
    subjects = {f"y{scope.movement.pk}-{scope.year}"}
    rounds = scope.movement.rounds.filter(year=scope.year)
    subjects |= {f"r{pk}" for pk in rounds.values_list("pk", flat=True)}
    subjects |= {f"i{pk}" for pk in scope.initiatives.values_list("pk", flat=True)}
    final = Q(subject=f"m{scope.movement.pk}", year=scope.year)
    return OfficialDocument.objects.filter(
        final | Q(subject__in=subjects), unit=scope.movement.unit
    ).order_by("issued_at", "pk")


def signed(scope: Scope) -> QuerySet[SignedFile]:
    return SignedFile.objects.filter(document__in=documents(scope)).order_by("pk")


def lists(scope: Scope) -> list[Round]:
    """The rounds whose registration list is given as a spreadsheet too: those that have one."""
    if not scope.official:
        return []
    registered = initiatives(scope.movement, [scope.year]).order_by().values("round")
    return list(scope.movement.rounds.filter(pk__in=registered).order_by("number"))


def entries(scope: Scope, folder: Folder) -> Iterator[Entry]:
    inside = folder.below(FOLDER)
    for pk in documents(scope).values_list("pk", flat=True):
        one = OfficialDocument.objects.select_related("unit__parent").get(pk=pk)
        name = safe(f"{one.file_name} {one.abstract}")
        yield inside.entry(f"{name}.pdf", one.abstract, piece(one.pdf), sha256=one.pdf_hash)
        yield inside.entry(f"{name}.docx", one.abstract, _docx(one))
        yield from _signed(one, name, inside)
    for round_ in lists(scope):
        subject = Subject(f"r{round_.pk}", "", scope.movement.unit, round_)
        title = f"{LIST}, {round_.name}"
        yield inside.entry(f"{safe(title)}.xlsx", title, _sheet(subject, title))


def _docx(one: OfficialDocument) -> Iterator[bytes]:
    yield as_docx(one.paper, one.unit, one.kind)


def _signed(one: OfficialDocument, name: str, inside: Folder) -> Iterator[Entry]:
    for file in one.signed.order_by("pk"):
        title = f"{one.abstract}, đã ký số: {file.signer}"
        yield inside.entry(
            f"{name} (đã ký).pdf", title, piece(file.content), sha256=file.content_hash
        )


def _sheet(subject: Subject, title: str) -> Iterator[bytes]:
    sheet = MAKERS[Kind.REGISTRATION_LIST].sheet
    assert sheet
    draft = Draft(Kind.REGISTRATION_LIST, subject, NOBODY, {})
    yield xlsx.render(title, *draft.in_vietnamese(sheet))


def not_issued(scope: Scope) -> list[str]:
    """What the year still owes."""
    if not scope.official:
        return []
    kinds = set(documents(scope).values_list("kind", flat=True))
    made = {SAME.get(Kind(kind), kind) for kind in kinds}
    return [name for kind, name in OWED.items() if kind not in made]
