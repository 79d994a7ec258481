"""What a year's dossier holds, file by file: nothing is made before its turn, or kept after it."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

from approvals import vault
from reports.exporting import official
from reports.exporting.entry import Entry, Folder, Missing
from reports.exporting.names import safe, safe_file
from reports.exporting.scope import Scope
from reports.issuing import Draft, as_docx
from reports.kinds import Kind
from reports.models.export import Part
from reports.papers import pdf
from reports.papers.content.desk import Signer, signers
from reports.papers.wording import HEAD_OFFICE
from reports.record import record
from reports.subjects import Subject
from workflow.deadlines import local_day
from workflow.models import REPORTED, Evidence, Initiative

FOLDER = "2. Sáng kiến/"
EVIDENCE = "Minh chứng/"
REPORT = "Báo cáo kết quả áp dụng"
RECORD = "Hồ sơ điện tử"
LONGEST_TITLE = 55


def entries(scope: Scope, folder: Folder, now: datetime) -> Iterator[Entry]:
    if Part.DOCUMENTS in scope.parts:
        yield from official.entries(scope, folder)
    if {Part.REPORTS, Part.RECORDS, Part.EVIDENCE} & set(scope.parts):
        below, signer = folder.below(FOLDER), _signer(scope, now)
        for pk in list(
            scope.initiatives.order_by("unit__name", "code").values_list("pk", flat=True)
        ):
            yield from _of_initiative(pk, scope, below, signer, now)


def _signer(scope: Scope, now: datetime) -> Signer:
    """Of drafts: whoever would sign them today, or the office alone."""
    today = local_day(now)
    return next(signers(scope.movement.unit, today), Signer("", (HEAD_OFFICE,), ""))


def _of_initiative(
    pk: int, scope: Scope, below: Folder, signer: Signer, now: datetime
) -> Iterator[Entry]:
    rows = Initiative.objects.select_related("unit", "lead", "round", "movement__unit__parent")
    one = rows.prefetch_related("authorships__user", "measures").get(pk=pk)
    folder = below.own(safe(f"{one.code} {one.title[:LONGEST_TITLE]}"))
    if Part.REPORTS in scope.parts and one.state in REPORTED:
        yield from _report(one, folder, signer, now)
    if Part.RECORDS in scope.parts:
        yield folder.entry(f"{RECORD}.json", f"{RECORD}: {one.title}", _record(one))
    if Part.EVIDENCE in scope.parts:
        inside = folder.below(EVIDENCE)
        for file in one.evidence.of_dossier():
            what = " – ".join(filter(None, ("Minh chứng", file.caption, file.result)))
            yield inside.entry(safe_file(file.name), what, _kept(file), file.sha256)


def _report(one: Initiative, folder: Folder, signer: Signer, now: datetime) -> Iterator[Entry]:
    """Made anew, without a number: the one that was issued lies among the documents."""
    school = one.movement.unit
    paper = Draft(Kind.OWN_REPORT, Subject(f"i{one.pk}", "", school, one), signer, {}).paper(now)
    yield folder.entry(f"{REPORT}.pdf", paper.abstract, _made(lambda: pdf.render(paper, now)))
    yield folder.entry(
        f"{REPORT}.docx", paper.abstract, _made(lambda: as_docx(paper, school, Kind.OWN_REPORT))
    )


def _made(make: Callable[[], bytes]) -> Iterator[bytes]:
    yield make()


def _record(one: Initiative) -> Iterator[bytes]:
    yield json.dumps(record(one), cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def _kept(file: Evidence) -> Iterator[bytes]:
    try:
        with vault.path(file.stored).open("rb") as source:
            while block := source.read(vault.BLOCK):
                yield block
    except FileNotFoundError as lost:
        raise Missing from lost
