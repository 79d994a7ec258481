"""Every initiative has a code of its movement and year, and numbers that run on."""

import pytest

from approvals.refusal import Refused
from workflow.models import Movement

pytestmark = pytest.mark.both_databases


def codes(world, count):
    return [world.draft().code for _draft in range(count)]


def test_numbers_run_on_within_the_year(world):
    assert codes(world, 3) == ["CCHC-2025-001", "CCHC-2025-002", "CCHC-2025-003"]


def test_numbers_grow_beyond_three_digits(world):
    Movement.objects.update(numbers={"2025": 998})
    assert codes(world, 2) == ["CCHC-2025-999", "CCHC-2025-1000"]


def test_numbers_run_on_when_the_movement_is_called_otherwise(world):
    codes(world, 2)
    Movement.objects.update(code="CCHC-M")
    assert codes(world, 1) == ["CCHC-M-2025-003"]


def test_a_draft_that_is_refused_takes_no_number(world):
    with pytest.raises(Refused):
        world.draft(lead="other_teacher", co_authors=())
    assert codes(world, 1) == ["CCHC-2025-001"]
