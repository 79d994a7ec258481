"""An administrator's site ends where their units end: the tree of units."""

import pytest

from tests.config.administrators import address, posted


def test_the_unit_of_an_administrator_stays_where_it_stands(administrator, own, world):
    page = address("people.Unit", "change", own.unit.pk)
    administrator.post(page, posted(own.unit, parent="", name="Đổi tên"))
    own.unit.refresh_from_db()
    assert (own.unit.parent, own.unit.name) == (world.units["authority"], "Đổi tên")
    assert administrator.post(address("people.Unit", "delete", own.unit.pk)).status_code == 403


@pytest.mark.parametrize(("below", "moved"), [(False, True), (True, False)])
def test_a_unit_is_put_under_none_of_its_own(below, moved, administrator, own, world):
    maths, letters = world.units["maths"], world.units["letters"]
    parent = maths if below else letters
    page = address("people.Unit", "change", maths.pk)
    administrator.post(page, posted(maths, parent=parent.pk))
    maths.refresh_from_db()
    assert (maths.parent == letters) is moved
