"""An administrator's site ends where their units end: lists, pages, forms, deletions."""

from itertools import product

import pytest
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin

from approvals.demo.people import let_administer
from people.administering import Administered
from people.roles import Role
from tests.config.administrators import BY_WHOM, SHARED, address, person, posted
from workflow.models import GradeBand

pytestmark = pytest.mark.both_databases

CHANGES = {
    "people.User": "full_name",
    "people.Unit": "name",
    "people.Delegation": "reason",
    "people.Absence": "reason",
    "workflow.Movement": "name",
    "reports.Letterhead": "place",
}
"""Every model that has a page, with a field that an administrator changes."""
KINDS = tuple(CHANGES)
DELETABLE = ("people.Delegation", "people.Absence", "workflow.Movement", "reports.Letterhead")


def test_every_page_and_every_row_inside_one_knows_its_bounds():
    pages = list(admin.site._registry.values())
    inside = [inline for page in pages for inline in page.inlines]
    assert [page for page in pages if not isinstance(page, Administered)] == []
    assert [one for one in inside if not issubclass(one, Administered)] == []
    assert all(issubclass(one, InlineModelAdmin) for one in inside)


def test_the_table_names_every_model_that_has_a_page():
    assert {model._meta.label for model in admin.site._registry} == {*KINDS, *SHARED}


@pytest.mark.parametrize(("visitor", "sees"), BY_WHOM, indirect=["visitor"])
def test_a_list_names_what_is_below_and_nothing_else(visitor, sees, own, foreign):
    for kind in KINDS:
        listed = visitor.get(address(kind, "changelist")).context["cl"].queryset
        named = [listed.filter(pk=of.rows[kind].pk).exists() for of in (own, foreign)]
        assert named == [True, sees], kind


@pytest.mark.parametrize(("visitor", "sees"), BY_WHOM, indirect=["visitor"])
def test_a_page_of_a_foreign_row_is_not_there(visitor, sees, own, foreign):
    for kind, page in product(KINDS, ("change", "history", "delete")):
        pages = [address(kind, page, of.rows[kind].pk) for of in (own, foreign)]
        opens = [visitor.get(one).status_code == 200 for one in pages]
        nobodys = page == "delete" and kind == "people.User"
        topmost = page == "delete" and kind == "people.Unit" and not sees
        assert opens == [not (nobodys or topmost), sees and not nobodys], (kind, page)


@pytest.mark.parametrize(("visitor", "sees"), BY_WHOM, indirect=["visitor"])
def test_a_crafted_form_changes_no_foreign_row(visitor, sees, own, foreign):
    for (kind, field), of in product(CHANGES.items(), (own, foreign)):
        row, value = of.rows[kind], f"Changed {of.unit.pk}"
        visitor.post(address(kind, "change", row.pk), posted(row, **{field: value}))
        row.refresh_from_db()
        assert (getattr(row, field) == value) is (of is own or sees), kind


@pytest.mark.parametrize("by", ["page", "action"])
@pytest.mark.parametrize(("visitor", "sees"), BY_WHOM, indirect=["visitor"])
def test_no_foreign_row_is_deleted(by, visitor, sees, own, foreign):
    for kind, of in product(DELETABLE, (own, foreign)):
        row = of.rows[kind]
        if by == "page":
            visitor.post(address(kind, "delete", row.pk), {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
            visitor.post(address(kind, "changelist"), chosen)
        assert type(row).objects.filter(pk=row.pk).exists() is not (of is own or sees), kind


@pytest.mark.parametrize(("visitor", "changes"), BY_WHOM, indirect=["visitor"])
def test_what_all_schools_share_is_the_operators_to_change(visitor, changes):
    band = GradeBand.objects.earliest("pk")
    page = address("workflow.GradeBand", "change", band.pk)
    assert visitor.get(page).status_code == 200
    sent = visitor.post(page, posted(band, legal_basis="Changed"))
    assert sent.status_code == (302 if changes else 403)
    assert (GradeBand.objects.get(pk=band.pk).legal_basis == "Changed") is changes


def test_the_end_of_the_office_empties_the_site(administrator, own, world):
    world.administrator.memberships.update(ends_on="2025-06-30")
    for kind in KINDS:
        assert not administrator.get(address(kind, "changelist")).context["cl"].queryset.exists()


def test_an_administrator_of_the_authority_keeps_all_its_schools(client, foreign, world):
    above = person("above", (world.units["authority"], Role.ADMINISTRATOR))
    let_administer(above)
    client.force_login(above)
    for kind, row in foreign.rows.items():
        assert client.get(address(kind, "change", row.pk)).status_code == 200
