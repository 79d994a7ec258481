"""Many decide one step at once through HTTP: one effect, the rest are told, nothing breaks."""

import pytest

from tests.races.__main__ import clean, measure

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("races")]
ITEMS = 15


def test_one_of_eight_has_an_effect_and_the_rest_are_told(tmp_path):
    result = measure(tmp_path, ITEMS, locked=True)
    assert clean(result), result
    assert result["told"] == ITEMS * 7


def test_without_the_row_lock_the_race_is_lost(tmp_path):
    """The control: the same race must show what the lock prevents."""
    result = measure(tmp_path, ITEMS, locked=False)
    assert not clean(result), result
