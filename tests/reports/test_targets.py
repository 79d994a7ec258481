"""Met, not met, or not yet: a table of what is required and what was reached."""

from decimal import Decimal

import pytest

from reports.ratios import Ratio
from reports.targets import Line, Reached, sheets, tally
from workflow.default_targets import INDICES, give_default_indices
from workflow.models import Audience, Target, TargetEntry

M, N, F, X = Reached.MET, Reached.NOT_MET, Reached.FOLLOWED, Reached.MISSING
SHARE = {"measure": "%", "required": 90}
INDEX = {"audience": Audience.INDEX, "measure": "điểm"}
COMPUTED = {"measure": "%", "required": 100, "computed": "coverage"}

# target, entered value or verdict, the year before, what is computed → state
CASES = [
    (SHARE, None, None, None, X),
    (SHARE, "89.99", None, None, N),
    (SHARE, "90", None, None, M),
    (SHARE, "0", None, None, N),
    (SHARE | {"higher_is_better": False}, "90", None, None, M),
    (SHARE | {"higher_is_better": False}, "90.01", None, None, N),
    ({}, None, None, None, X),
    ({}, True, None, None, M),
    ({}, False, None, None, N),
    ({"measure": "%"}, "12", None, None, F),
    ({"measure": "%"}, "12", "99", None, F),
    (INDEX, None, "80", None, X),
    (INDEX, "80", None, None, F),
    (INDEX, "80", "80", None, N),
    (INDEX, "80.01", "80", None, M),
    (INDEX | {"higher_is_better": False}, "79", "80", None, M),
    (INDEX | {"required": 85}, "84", "80", None, N),
    (COMPUTED, None, None, Ratio(9, 9), M),
    (COMPUTED, None, None, Ratio(8, 9), N),
    (COMPUTED, None, None, Ratio(0, 0), X),
    (COMPUTED, "100", None, Ratio(8, 9), N),
    (COMPUTED | {"required": None}, None, None, Ratio(8, 9), F),
]


def line(given, entered, before, ratio):
    given = given | {"required": Decimal(given["required"])} if given.get("required") else given
    entry = None
    if entered is not None:
        verdict = entered if isinstance(entered, bool) else None
        entry = TargetEntry(met=verdict, value=None if verdict is not None else Decimal(entered))
    return Line(Target(**given), entry, None if before is None else Decimal(before), ratio)


@pytest.mark.parametrize(("given", "entered", "before", "ratio", "state"), CASES)
def test_a_line_says_how_it_stands(given, entered, before, ratio, state):
    assert line(given, entered, before, ratio).state == state


def test_the_table_names_every_state():
    assert {case[-1] for case in CASES} == set(Reached)


def test_an_entry_that_was_taken_back_counts_as_not_yet_entered():
    assert Line(Target(**INDEX), TargetEntry(value=None, met=None)).state == X


def test_the_tally_counts_each_line_once():
    lines = [line(*case[:-1]) for case in CASES]
    assert sum(tally(lines).values()) == len(CASES)


def test_the_five_indices_are_rows(world):
    give_default_indices(world.movement)
    rows = world.movement.targets.filter(audience=Audience.INDEX)
    assert [row.code for row in rows] == ["PAR", "PCI", "PAPI", "SIPAS", "DTI"]
    assert all(row.higher_is_better and row.maximum and row.measure for row in rows)
    assert len(INDICES) == 5


def target(world, code, audience, **more):
    return Target.objects.create(
        movement=world.movement, code=code, audience=audience, short=code, text=code, **more
    )


@pytest.mark.both_databases
def test_a_unit_has_the_targets_that_it_answers_for(world):
    target(world, "TT", Audience.COLLECTIVE)
    target(world, "CN", Audience.INDIVIDUAL)
    target(world, "PT", Audience.MOVEMENT)
    target(world, "PAR", Audience.INDEX, measure="điểm")
    target(world, "PT1", Audience.MOVEMENT, measure="%", computed="participation")
    school, maths = world.units["school"], world.units["maths"]

    def codes(unit):
        lines = sheets({unit: world.movement}, world.now.year, world.now)[unit.pk]
        return [one.target.code for one in lines]

    assert codes(school) == ["TT", "CN", "PT", "PAR", "PT1"]
    assert codes(maths) == ["TT", "CN", "PT1"]


@pytest.mark.both_databases
def test_the_newest_entry_of_unit_and_year_holds(world):
    one = target(world, "TT", Audience.COLLECTIVE, **SHARE)
    year, maths, letters = world.now.year, world.units["maths"], world.units["letters"]
    for unit, of, number, value in (
        (maths, year, 1, 50), (maths, year, 2, 95), (letters, year, 1, 10), (maths, year - 1, 1, 7),
    ):  # fmt: skip
        TargetEntry.objects.create(
            target=one, unit=unit, year=of, number=number, value=value,
            entered_by=world.head, entered_at=world.now,
        )  # fmt: skip
    found = sheets(dict.fromkeys((maths, letters), world.movement), year, world.now)
    ((mine,), (theirs,)) = found[maths.pk], found[letters.pk]
    assert [mine.value, mine.before, mine.state] == [95, 7, M]
    assert [theirs.value, theirs.before, theirs.state] == [10, None, N]
