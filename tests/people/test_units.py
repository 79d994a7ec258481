"""The path of a unit tells its line upwards without a query, and moves with it."""

from people.models import Unit


def test_the_line_leads_from_the_unit_to_the_root(world):
    maths = world.units["maths"]
    expected = [maths.pk, world.units["school"].pk, world.units["authority"].pk]
    assert Unit.objects.get(pk=maths.pk).line == expected


def test_a_unit_that_moves_takes_its_subtree_along(world):
    other = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="THPT Khác", short_name="Khác"
    )
    maths = world.units["maths"]
    child = Unit.objects.create(parent=maths, kind="department", name="Nhóm", short_name="Nhóm")
    maths.parent = other
    maths.save()
    assert Unit.objects.get(pk=child.pk).line == [
        child.pk, maths.pk, other.pk, world.units["authority"].pk,
    ]  # fmt: skip


def test_a_key_that_begins_like_another_is_no_part_of_its_subtree(world):
    """The control of the prefix: /1/ must not hold /11/."""
    assert all(unit.path.endswith("/") for unit in Unit.objects.all())
