"""A school with its letterhead, and evaluated initiatives to write documents about."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from reports.issuing import Draft
from reports.kinds import MAKERS, OF_THE_YEAR
from reports.models import Letterhead
from reports.papers.content.desk import signers
from reports.papers.paper import Paper
from tests.world import World
from workflow.canonical import canonical, digest
from workflow.deadlines import local_day
from workflow.models import APPROVED, GENERAL, Initiative, LegalBasis, Measure, Submission
from workflow.snapshot import snapshot


@pytest.fixture(autouse=True)
def _no_running_loop() -> Iterator[None]:
    """pyHanko runs an event loop of its own, as in a web process; the browser that another test of
    this process has opened keeps one running."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


LONG = (
    "Trước khi áp dụng, hồ sơ được in ra giấy và chuyển tay qua từng bộ phận nên mỗi lượt duyệt "
    "mất trung bình năm ngày làm việc, nhiều hồ sơ phải nộp lại vì thiếu chữ ký hoặc sai mẫu."
)


@dataclass
class School:
    """The world, and the document of a kind about whatever there is to write about."""

    world: World

    def draft(self, kind: str, signer: int = 0, **words: Any) -> Draft:
        """Of a yearly report, the general sections among `words` are those of its dossier."""
        if kind in OF_THE_YEAR:
            self.approve({code: words.pop(code) for code in GENERAL if code in words})
        school = self.world.units["school"]
        subject = next(iter(MAKERS[kind].subjects([school])))
        by = list(signers(school, local_day(self.world.now), by_order=MAKERS[kind].by_order))
        return Draft(kind, subject, by[signer], words)

    def approve(self, sections: dict[str, str]) -> Initiative:
        """The school's report, approved as it would be now: reopened when it was already."""
        world = self.world
        report = world.school_report("draft")
        if report.state == APPROVED:
            world.do("principal", "reopen_yearly", report, comment="Bổ sung.")
        world.do("clerk", "gather", report)
        world.do("clerk", "write_yearly", report, sections=sections)
        world.do("clerk", "submit_yearly", report)
        world.do("principal", "approve", report)
        return report

    def paper(self, kind: str, **words: Any) -> Paper:
        return self.draft(kind, **words).paper(self.world.now, 5)


def furnish(world: World) -> None:
    school, authority = world.units["school"], world.units["authority"]
    authority.name = "Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh"
    authority.save()
    school.name = "Trường THPT Phú Hòa"
    school.save()
    Letterhead.objects.create(unit=school, abbreviation="THPTPH", place="Thành phố Hồ Chí Minh")
    LegalBasis.objects.create(
        movement=world.movement, number="4455/KH-SGDĐT", issued_on="2023-08-17",
        issuer=authority.name, abstract="phát động phong trào thi đua “Cải cách hành chính”",
    )  # fmt: skip


@pytest.fixture
def school(world: World) -> School:
    furnish(world)
    initiative = world.at("evaluated")
    type(initiative).objects.filter(pk=initiative.pk).update(current_state=LONG)
    return School(world)


@pytest.fixture
def more(school: School) -> Callable[[int], None]:
    """Further initiatives that were evaluated."""

    def add(count: int) -> None:
        for _number in range(count):
            school.world.at("evaluated")

    return add


def rename(world: World, text: str) -> None:
    """Put a text into every field that reaches a document, as if it had been verified so."""
    from people.models import Unit, User

    Initiative.objects.update(
        title=text[:200], field=text[:100], current_state=text, solution=text,
        expected_results=text, report={"solution": text, "results": text, "lessons": text},
    )  # fmt: skip
    Measure.objects.update(indicator=text[:150], unit=text[:30], evidence=text[:300])
    for passed in Submission.objects.filter(gate="report"):
        content = canonical(snapshot(passed.initiative, "report"))
        Submission.objects.filter(pk=passed.pk).update(
            content=content, content_hash=digest(content)
        )
    Unit.objects.filter(kind="department", name="Tổ Toán").update(name=text[:150])
    User.objects.update(full_name=text[:150])
