"""The school's report lies in the table of initiatives and shows in no list or figure of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.forms import BaseForm as Form
from django.test import Client
from django.urls import reverse

from approvals.forms import InitiativeFilter
from approvals.forms.draft import DraftForm
from approvals.forms.route import TryOutForm
from reports.figures import Scope, by_department, funnel
from reports.kinds import MAKERS, OF_THE_YEAR
from reports.papers.content import matter
from reports.papers.content.registration_list import sheet
from reports.papers.paper import laid_out
from reports.subjects import reported
from tests.reports.conftest import School
from tests.world import OF_SCHOOL_REPORT, World
from workflow.models import Initiative
from workflow.solutions import MISSING, of_year, solutions

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "reports", "approvals", "notifications", "workflow", "people", "benchmarks")
BOTH = {
    "approvals/gather.py", "approvals/rules/people.py", "approvals/views/found.py",
    "approvals/views/from_mail.py", "approvals/views/together.py", "notifications/digests.py",
    "reports/yearly.py", "workflow/audit.py", "workflow/management/commands/verify_audit.py",
    "workflow/snapshot.py",
}  # fmt: skip
"""Where initiatives and reports are the same: gates, worklist, audit, and the report's own."""


def filter_of(world: World, who: str = "principal") -> InitiativeFilter:
    return InitiativeFilter({}, user=world.people[who], now=world.now)


def offered(form: Form, name: str) -> Any:
    """What a field lets one choose from."""
    field: Any = form.fields[name]
    return list(getattr(field, "queryset", field.choices))


def settled(found: Any) -> Any:
    """Initiatives of one instant have no order among themselves."""
    if isinstance(found, dict):
        return {key: settled(value) for key, value in found.items()}
    if isinstance(found, list) and all(isinstance(one, Initiative) for one in found):
        return sorted(found, key=lambda one: one.pk)
    return found


def page(world: World, name: str) -> dict[str, Any]:
    client = Client()
    client.force_login(world.principal)
    context = client.get(reverse(name)).context
    keys = {"approvals:initiatives": ("page",), "reports:dashboard": ("total", "covered", "funnel")}
    return {key: list(context[key]) if key == "page" else context[key] for key in keys[name]}


LISTS: dict[str, Callable[[World], Any]] = {
    "every initiative": lambda w: list(Initiative.objects.all()),
    "of the movement": lambda w: list(w.movement.initiatives.all()),
    "of the round": lambda w: list(w.round.initiatives.all()),
    "of the school itself": lambda w: list(w.units["school"].initiatives.all()),
    "led by the clerk": lambda w: list(w.clerk.leads.all()),
    "by the clerk": lambda w: list(w.clerk.authored.all()),
    "the list": lambda w: list(filter_of(w).found()),
    "the clerk's own list": lambda w: list(filter_of(w, "clerk").found()),
    "units to filter by": lambda w: offered(filter_of(w), "unit"),
    "states to filter by": lambda w: offered(filter_of(w), "state"),
    "kinds to choose from": lambda w: offered(DraftForm(), "kind"),
    "dossiers to try a route on": lambda w: offered(TryOutForm(movement=w.movement), "initiative"),
    "the page of initiatives": lambda w: page(w, "approvals:initiatives"),
    "the dashboard": lambda w: page(w, "reports:dashboard"),
    "the funnel": lambda w: funnel(Scope(w.movement, None, w.principal, w.now)),
    "by department": lambda w: by_department(Scope(w.movement, 2025, w.principal, w.now)),
    "overdue": lambda w: list(Initiative.objects.overdue(w.now.replace(year=2030))),
    "what documents are about": lambda w: list(matter.initiatives(w.movement, [2025])),
    "subjects of reports": lambda w: [one.key for one in reported([w.units["school"]])],
    "the registration sheet": lambda w: sheet(w.round),
    "the documents": lambda w: [
        laid_out(School(w).paper(kind)) for kind in MAKERS if kind not in OF_THE_YEAR
    ],
    "what is gathered": lambda w: solutions(w.movement.pk, 2025),
    "what is missing": lambda w: list(of_year(w.movement.pk, 2025).filter(state__in=MISSING)),
}


@pytest.fixture
def furnished(school: School) -> World:
    school.world.at("in_progress")
    school.world.at("draft")
    return school.world


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_the_same_with_and_without_the_schools_report(name, furnished):
    before = settled(LISTS[name](furnished))
    report = furnished.school_report("draft")
    for situation, step in OF_SCHOOL_REPORT.items():
        assert settled(LISTS[name](furnished)) == before, situation
        step(furnished, report)
    assert report.state == "approved"


def test_the_worklist_and_the_dossiers_do_know_it(furnished):
    """The control: the report is there to be met."""
    report = furnished.school_report("pending")
    assert report in Initiative.dossiers.visible_to(furnished.principal, furnished.now.date())
    client = Client()
    client.force_login(furnished.principal)
    assert report.title in client.get(reverse("approvals:worklist")).content.decode()


def test_both_are_asked_for_only_where_both_are_meant():
    found = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if ".dossiers" in path.read_text(encoding="utf-8")
    }
    assert found == BOTH


def test_the_next_initiative_has_the_next_code(furnished):
    codes = [one.code for one in Initiative.objects.order_by("code")]
    furnished.school_report("draft")
    assert furnished.draft().code == f"CCHC-2025-{len(codes) + 1:03d}"
