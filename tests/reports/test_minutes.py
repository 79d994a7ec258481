"""The minutes of the council carry each vote as the decree writes figures."""

import pytest

from tests.approvals.routes import BOTH, COUNCIL, GRADE, PRINCIPAL
from tests.world import SCORES


def texts(paper):
    return " ".join(block.text for block in paper.body)


def rows(paper):
    return [row for block in paper.body for row in block.rows]


@pytest.fixture
def voted(school):
    """A second initiative: three of four are for it, and the fifth of the council wrote it."""
    world = school.world
    for name in ("secretary", "vice_principal", "co_author"):
        world.join(name, "school", "council")
    world.route("evaluate", COUNCIL | BOTH, PRINCIPAL | GRADE)
    initiative = world.at("scoring")
    for name in ("council", "council_peer", "secretary"):
        world.do(name, "for", initiative, scores=SCORES)
    world.do("vice_principal", "against", initiative, scores=SCORES)
    world.do("principal", "approve", initiative, recognised=True)
    return initiative


def test_the_minutes_give_the_vote_with_its_share_and_threshold(voted, school):
    paper = school.paper("minutes")
    line = ("1", voted.title, "4", "3", "1", "1", "75%", "Thông qua")
    assert line in rows(paper)
    assert "ít nhất 70% tổng số thành viên được tính đồng ý" in texts(paper)
    assert "đồng tác giả không biểu quyết" in texts(paper)


def test_without_a_vote_the_minutes_speak_of_none(school):
    assert "biểu quyết" not in texts(school.paper("minutes"))
