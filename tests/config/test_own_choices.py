"""An administrator's site ends where their units end: what can be chosen, or crafted."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import ForeignKey
from django.urls import reverse

from people.models import Absence, Delegation, Membership, Unit, User
from people.roles import Role
from reports.models import Letterhead
from tests.config.administrators import BY_WHOM, School, address, person, posted
from workflow.models import Movement

pytestmark = pytest.mark.both_databases


def holders() -> Iterator[tuple[BaseModelAdmin, ForeignKey]]:
    """Every reference that a form of the site can offer, those of rows inside a page included."""
    for page in admin.site._registry.values():
        inside = [inline(page.model, admin.site) for inline in page.inlines]
        for holder in (page, *inside):
            for field in holder.model._meta.get_fields():
                if isinstance(field, ForeignKey) and field.editable:
                    yield holder, field


def test_each_reference_offers_what_is_below_alone(administrator, own, foreign, world):
    """Read off the fields as they are built for the administrator, and for the operator."""
    request = administrator.get(reverse("admin:index")).wsgi_request
    root = User.objects.create_superuser("root@example.test", full_name="Root")
    for asker, sees in ((world.administrator, False), (root, True)):
        request.user = asker
        for holder, field in holders():
            label = field.related_model._meta.label
            offered: Any = holder.formfield_for_dbfield(field, request)
            found = [
                offered.queryset.filter(pk=of.rows[label].pk).exists() for of in (own, foreign)
            ]
            assert found == [True, sees], f"{holder} {field.name}"


def crafted(own: School, foreign: School) -> dict[str, tuple[Any, dict[str, Any]]]:
    """A new row here that reaches for the other school, one for each reference of a page."""
    days = {"starts_on": "2026-01-01", "ends_on": "2099-01-01", "reason": "Ốm"}
    lent = {"unit": own.unit.pk, "delegator": own.principal.pk, "delegate": own.teacher.pk,
            "role": "principal", **days}  # fmt: skip
    movement = {"code": "MOI", "name": "Mới", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
                "extended_by": "head"}  # fmt: skip
    unit = {"kind": "department", "name": "Tổ", "short_name": "Tổ", **posted(own.teacher)}
    return {
        "unit": (Unit, {**unit, "parent": foreign.unit.pk}),
        "root": (Unit, unit),
        "delegation of": (Delegation, {**lent, "delegator": foreign.principal.pk,
                                       "unit": foreign.unit.pk}),
        "delegation to": (Delegation, {**lent, "delegate": foreign.teacher.pk}),
        "absence": (Absence, {**days, "user": foreign.principal.pk}),
        "movement": (Movement, {**movement, "unit": foreign.unit.pk}),
        "letterhead": (Letterhead, {"unit": foreign.unit.pk, "abbreviation": "X", "place": "X"}),
    }  # fmt: skip


CRAFTED = ("unit", "root", "delegation of", "delegation to", "absence", "movement", "letterhead")


@pytest.mark.parametrize("name", CRAFTED)
@pytest.mark.parametrize(("visitor", "made"), BY_WHOM, indirect=["visitor"])
def test_a_new_row_reaches_for_no_other_school(name, visitor, made, own, foreign):
    Letterhead.objects.all().delete()
    model, form = crafted(own, foreign)[name]
    before = model.objects.count()
    answer = visitor.post(address(model._meta.label, "add"), form)
    assert (model.objects.count() == before + 1) is made
    assert answer.status_code == (302 if made else 200)


def office(unit: Unit, user: User, **more: object) -> dict[str, object]:
    row = {"unit": unit.pk, "user": user.pk, "role": "principal", "starts_on": "2026-01-01", **more}
    return {f"memberships-0-{name}": value for name, value in row.items()} | {
        "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1 if "id" in more else 0,
    }  # fmt: skip


@pytest.mark.parametrize(("visitor", "made"), BY_WHOM, indirect=["visitor"])
def test_nobody_is_given_an_office_at_another_school(visitor, made, own, foreign):
    person = own.teacher
    page = address("people.User", "change", person.pk)
    visitor.post(page, posted(person, **office(foreign.unit, person)))
    assert person.memberships.filter(unit=foreign.unit).exists() is made


@pytest.mark.parametrize(("visitor", "made"), BY_WHOM, indirect=["visitor"])
def test_nobody_of_another_school_is_given_an_office_here(visitor, made, own, foreign):
    page = address("people.Unit", "change", own.unit.pk)
    visitor.post(page, posted(own.unit, **office(own.unit, foreign.teacher)))
    assert foreign.teacher.memberships.filter(unit=own.unit).exists() is made


@pytest.mark.parametrize(("visitor", "made"), BY_WHOM, indirect=["visitor"])
def test_an_office_elsewhere_is_neither_shown_nor_changed(visitor, made, own, foreign):
    """Of somebody who left that school, and works here now."""
    moved = person("moved", (own.unit, Role.TEACHER))
    there = Membership.objects.create(
        user=moved, unit=foreign.unit, role=Role.TEACHER,
        starts_on="2024-01-01", ends_on="2024-12-31",
    )  # fmt: skip
    page = address("people.User", "change", moved.pk)
    rows = visitor.get(page).context["inline_admin_formsets"][0].formset.queryset
    assert rows.filter(pk=there.pk).exists() is made
    visitor.post(page, posted(moved, **office(foreign.unit, moved, id=there.pk)))
    there.refresh_from_db()
    assert (there.role == Role.PRINCIPAL) is made


@pytest.mark.parametrize(("visitor", "sees"), BY_WHOM, indirect=["visitor"])
def test_the_search_for_a_choice_finds_nobody_of_another_school(visitor, sees, own, foreign):
    asked = {
        "app_label": "people",
        "model_name": "absence",
        "field_name": "user",
        "term": "Teacher",
    }
    found = visitor.get(reverse("admin:autocomplete"), asked).json()["results"]
    names = {one["text"] for one in found}
    assert str(own.teacher) in names
    assert (str(foreign.teacher) in names) is sees


@pytest.mark.parametrize("kind", ["people.User", "people.Delegation", "workflow.Movement"])
@pytest.mark.parametrize(("visitor", "sees"), BY_WHOM, indirect=["visitor"])
def test_a_filter_beside_a_list_names_no_other_school(kind, visitor, sees, foreign):
    page = visitor.get(address(kind, "changelist")).content.decode()
    assert (foreign.unit.name in page) is sees


def test_an_administrator_lends_no_office_to_themselves(administrator, own, world):
    form = crafted(own, own)["delegation to"][1]
    for delegate, made in ((world.administrator, False), (world.clerk, True)):
        administrator.post(address("people.Delegation", "add"), form | {"delegate": delegate.pk})
        assert Delegation.objects.filter(delegate=delegate).exists() is made
