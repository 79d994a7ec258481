"""What is typed into a long form comes back as it was meant: a title on one line, plain figures."""

from decimal import Decimal

import pytest
from django.urls import reverse

from approvals.forms.report import FigureInput, MeasureFormSet

AUTHORS = {"authors-TOTAL_FORMS": "0", "authors-INITIAL_FORMS": "0"}
FIGURES = {
    "a whole one": (Decimal("55.00"), "55"),
    "tens, not 4E+1": (Decimal("40.00"), "40"),
    "nothing": (Decimal("0.00"), "0"),
    "a part": (Decimal("99.20"), "99.2"),
    "below nothing": (Decimal("-1.50"), "-1.5"),
    "as typed when it was wrong": ("5,,5", "5,,5"),
    "none": (None, None),
}


def test_a_title_written_over_several_lines_is_kept_as_one(world, client):
    initiative = world.draft()
    client.force_login(world.author)
    typed = {"draft-title": " Ký số \r\n học bạ ", "draft-kind": "solution"}
    page = reverse("approvals:edit", args=[initiative.pk])
    answer = client.post(page, typed | {"draft-scope": "individual"} | AUTHORS)
    assert answer.status_code == 302
    initiative.refresh_from_db()
    assert initiative.title == "Ký số học bạ"


@pytest.mark.parametrize("case", FIGURES)
def test_a_figure_shows_no_more_places_than_it_has(case):
    kept, shown = FIGURES[case]
    assert FigureInput().format_value(kept) == shown


def test_leaving_a_result_out_is_said_in_words_of_the_school():
    row = MeasureFormSet(initial=[{"indicator": "Số lượt"}]).forms[0]
    assert row.fields["DELETE"].label == "bỏ kết quả này"
