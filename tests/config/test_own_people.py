"""Whom an administrator finds, and whose account they keep: nobody's who has offices elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from approvals.demo.people import let_administer
from people.models import Membership, User
from people.roles import Role
from tests.config.administrators import address, person, posted

pytestmark = pytest.mark.both_databases

TODAY = timezone.localdate()
PAST = {"starts_on": TODAY - timedelta(days=900), "ends_on": TODAY - timedelta(days=1)}
PRESENT = {"starts_on": TODAY - timedelta(days=900), "ends_on": TODAY}
TO_COME = {"starts_on": TODAY + timedelta(days=1), "ends_on": None}
NEITHER, FOUND, KEPT = "neither", "found", "kept"
OFFICES: dict[str, tuple[dict[str, Any], str]] = {
    "works here": ({"here": PRESENT}, KEPT),
    "comes here": ({"here": TO_COME}, KEPT),
    "worked here and nowhere since": ({"here": PAST}, KEPT),
    "came from elsewhere": ({"there": PAST, "here": PRESENT}, KEPT),
    "left for elsewhere": ({"here": PAST, "there": PRESENT}, FOUND),
    "leaves for elsewhere": ({"here": PRESENT, "there": TO_COME}, FOUND),
    "serves at both": ({"here": PRESENT, "there": PRESENT}, FOUND),
    "serves the authority too": ({"here": PRESENT, "above": PRESENT}, FOUND),
    "works elsewhere": ({"there": PRESENT}, NEITHER),
    "works above": ({"above": PRESENT}, NEITHER),
    "holds no office": ({}, NEITHER),
}


@pytest.mark.parametrize("case", OFFICES)
def test_an_account_is_kept_where_all_its_offices_are(case, administrator, own, foreign, world):
    places = {"here": own.unit, "there": foreign.unit, "above": world.units["authority"]}
    offices, wanted = OFFICES[case]
    somebody = person("somebody")
    for place, days in offices.items():
        Membership.objects.create(user=somebody, unit=places[place], role=Role.COUNCIL, **days)
    page = address("people.User", "change", somebody.pk)
    assert (administrator.get(page).status_code == 200) is (wanted != NEITHER)
    administrator.post(page, posted(somebody, email="taken@example.test"))
    taken = User.objects.get(pk=somebody.pk).email == "taken@example.test"
    assert taken is (wanted == KEPT)
    link = administrator.get(reverse("admin:people_user_link", args=[somebody.pk])).status_code
    assert link == {KEPT: 200, FOUND: 403, NEITHER: 404}[wanted]
    absences = administrator.get(address("people.Absence", "add")).context["adminform"].form
    assert (somebody in absences.fields["user"].queryset) is (wanted == KEPT)


def test_a_page_that_cannot_be_changed_says_who_can(administrator, own, foreign):
    both = person("both", (own.unit, Role.TEACHER), (foreign.unit, Role.TEACHER))
    page = administrator.get(address("people.User", "change", both.pk)).content.decode()
    assert "cả hai đơn vị" in page


def test_somebody_entered_a_moment_ago_is_found_by_who_entered_them(administrator, own, client):
    added = {"email": "New@Example.test", "full_name": "Người mới", "language": "vi",
             "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}  # fmt: skip
    administrator.post(address("people.User", "add"), added)
    new = User.objects.get(email="new@example.test")
    page = address("people.User", "change", new.pk)
    assert administrator.get(page).status_code == 200
    new_administrator = person("second", (own.unit, Role.ADMINISTRATOR))
    let_administer(new_administrator)
    client.force_login(new_administrator)
    assert client.get(page).status_code == 302


def test_an_address_that_is_taken_says_what_to_do(administrator, foreign):
    form = {"email": foreign.teacher.email.upper(), "full_name": "X", "language": "vi",
            "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}  # fmt: skip
    page = administrator.post(address("people.User", "add"), form)
    assert "trường khác" in page.content.decode()


def test_the_list_says_what_each_does_here_today_and_nothing_elsewhere(administrator, own, foreign):
    somebody = person("somebody")
    held = ((own, Role.HEAD, PRESENT), (own, Role.CLERK, PAST), (foreign, Role.COUNCIL, PRESENT))
    for school, role, days in held:
        Membership.objects.create(user=somebody, unit=school.unit, role=role, **days)
    page = administrator.get(address("people.User", "changelist"))
    row = next(one for one in page.context["cl"].result_list if one.pk == somebody.pk)
    shown = page.context["cl"].model_admin.offices(row)
    assert shown == f"{Role.HEAD.label} · {own.unit.short_name}"
    assert shown in page.content.decode()


def test_the_list_asks_as_many_questions_for_many_people_as_for_few(administrator, own):
    asked = []
    for few in ("a", "b"):
        for number in range(3):
            person(f"{few}{number}", (own.unit, Role.TEACHER))
        with CaptureQueriesContext(connection) as queries:
            administrator.get(address("people.User", "changelist"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
