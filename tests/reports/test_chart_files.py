"""Charts as the page and as files: the figures of the reader, in a number of statements that does
not grow."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from lxml.etree import fromstring

from people.models import Unit
from reports import outcomes
from reports.charts import Pairs
from reports.dashboard_charts import CHARTS
from reports.figures import Scope
from reports.result_charts import results
from tests.world import REPORT
from workflow.default_targets import give_default_indices
from workflow.models import Measure

pytestmark = pytest.mark.both_databases
FORMS = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def file(client, slug, form, **query):
    return client.get(reverse(f"reports:chart_{form}", args=[slug]), query)


def rows(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("slug", CHARTS)
def test_every_chart_comes_as_every_file(slug, form, client, world):
    world.at("evaluated")
    client.force_login(world.principal)
    answer = file(client, slug, form)
    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMS[form]
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    if form == "svg":
        assert fromstring(answer.content).get("role") == "img"


def test_an_unknown_chart_is_not_found(client, world):
    world.at("registered")
    client.force_login(world.principal)
    assert file(client, "unknown", "csv").status_code == 404


def test_without_anything_to_see_there_is_no_file(client, world):
    world.at("registered")
    client.force_login(world.other_head)
    assert file(client, "funnel", "csv").status_code == 404


def test_without_a_sign_in_there_is_no_file(client, world):
    assert file(client, "funnel", "csv").status_code == 302


def test_a_file_holds_what_its_reader_may_see(client, world):
    world.at("evaluated")
    letters = world.draft(lead="other_teacher", co_authors=(), unit="letters")
    world.do("other_teacher", "submit", letters)
    seen = {}
    for who in ("principal", "head", "other_head", "superior"):
        client.force_login(world.people[who])
        seen[who] = [row[0] for row in rows(file(client, "coverage", "csv"))[1:]]
    assert seen == {
        "principal": ["Tổ Ngữ văn", "Tổ Toán"], "head": ["Tổ Toán"], "other_head": ["Tổ Ngữ văn"],
        "superior": ["Tổ Ngữ văn", "Tổ Toán"],
    }  # fmt: skip
    client.force_login(world.other_head)
    assert len(rows(file(client, "results", "csv"))) == 1  # the head of the columns alone
    client.force_login(world.principal)
    (measured,) = rows(file(client, "results", "csv"))[1:]
    assert measured[2:] == ["Thời gian duyệt", "ngày", "5,00", "2,00", "-3,00", "-60,0"]


def test_a_formula_in_a_report_does_not_reach_the_table(client, world):
    world.at("evaluated")
    Measure.objects.update(indicator="=HYPERLINK(1)", unit="@x")
    client.force_login(world.principal)
    (measured,) = rows(file(client, "results", "csv"))[1:]
    assert measured[2:4] == ["'=HYPERLINK(1)", "'@x"]


def scope(world, who="principal", year=None):
    return Scope(world.movement, year, world.people[who], world.now)


def test_the_years_stand_beside_each_other(world):
    world.at("evaluated")
    world.at("registered")
    (year,) = outcomes.years(scope(world, year=1999))
    assert (year.registered, year.reported, year.recognised, year.covered) == (2, 1, 1, 1)


def test_before_and_after_come_from_what_was_reported(world):
    world.at("in_progress")
    initiative = world.at("in_progress")
    world.do("author", "edit_report", initiative, **REPORT)
    assert results(scope(world)).picture is None  # written, and not yet reported
    world.at("reported")
    chart = results(scope(world))
    assert [row[2:] for row in chart.rows] == [("Thời gian duyệt", "ngày", 5, 2, -3, -60)]


def pairs(world):
    picture = results(scope(world)).picture
    assert isinstance(picture, Pairs)
    return picture.pairs


@pytest.mark.parametrize(
    ("before", "after", "unit", "changed"),
    [
        (26, 4, "giờ", "−84.6%"), (4, 26, "giờ", "+550%"), (0, 5, "lượt", ""), (5, 5, "giờ", "0%"),
        (80, 95, "%", "+15 points"), (0, 78, "%", "+78 points"), (0, 0, "%", "0 points"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_percent_or_in_points(before, after, unit, changed, world):
    world.at("reported")
    Measure.objects.update(before=before, after=after, unit=unit)
    with translation.override("en"):
        (pair,) = pairs(world)
    assert pair.change == changed
    assert all(0 <= share <= 100 for share in pair.shares)


def test_the_picture_shows_some_and_the_saved_table_all(world, client):
    initiative = world.at("reported")
    Measure.objects.bulk_create(
        Measure(initiative=initiative, indicator=f"Chỉ số {number}", unit="giờ", before=2, after=1)
        for number in range(40)
    )
    client.force_login(world.principal)
    assert len(rows(file(client, "results", "csv"))) == 1 + 41
    assert len(pairs(world)) == 12


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


BOUNDS = {"/dashboard/": 24, "/targets/": 22, "/targets/?unit={school}": 24}


@pytest.mark.parametrize("address", BOUNDS)
def test_a_page_asks_no_more_with_more_departments_and_initiatives(address, client, world):
    give_default_indices(world.movement)
    world.at("evaluated")
    who = world.superior if "unit" not in address and "targets" in address else world.principal
    where = address.format(school=world.units["school"].pk)
    client.force_login(who)
    statements(client, where)
    few = statements(client, where)
    for number in range(12):
        Unit.objects.create(
            parent=world.units["school"], kind="department", name=f"Tổ {number}", short_name="Tổ"
        )
        Unit.objects.create(
            parent=world.units["authority"], kind="school", name=f"T {number}", short_name="T"
        )
    for situation in ("registered", "reported", "evaluated", "in_progress"):
        world.at(situation)
    many = statements(client, where)
    print(f"{where}: {few} statements, {many} with more")
    assert many == few <= BOUNDS[address]
