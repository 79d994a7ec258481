"""The score sheet of a movement: edited as a whole without code, and pinned when scoring opens."""

import pytest
from django.urls import reverse

from approvals.refusal import Refused
from tests.world import OFFICES, SCORES
from workflow.canonical import canonical, digest
from workflow.models import Criterion, Movement
from workflow.score_sheet import lines, version

LIST = reverse("approvals:sheets")
NOVELTY: dict[str, object] = {"code": "novelty", "name": "Tính mới", "maximum": 30}
EFFECT: dict[str, object] = {"code": "effect", "name": "Hiệu quả", "maximum": 60}
EVIDENCE: dict[str, object] = {"code": "", "name": "Đủ minh chứng", "maximum": 10}


def editor(world):
    return reverse("approvals:sheet", args=[world.movement.pk])


def form(world, *rows, button="save", **more):
    data = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0, button: ""}
    data["base"] = version(world.movement)
    for index, row in enumerate(rows):
        for name, value in ({"help": ""} | row).items():
            data[f"lines-{index}-{name}"] = value
    return data | more


def kept(world):
    return [(line["code"], line["name"], line["maximum"]) for line in lines(world.movement)]


@pytest.fixture
def secretary(client, world):
    client.force_login(world.secretary)
    return client


@pytest.mark.parametrize("office", [*OFFICES, "anonymous"])
def test_only_the_secretary_and_the_administrator_come_in(office, client, world):
    if office != "anonymous":
        client.force_login(world.people[office])
    allowed = office in ("secretary", "administrator")
    expected = 200 if allowed else 302 if office == "anonymous" else 404
    assert client.get(LIST).status_code == expected
    assert client.get(editor(world)).status_code == expected
    posted = client.post(editor(world), form(world, NOVELTY, EFFECT, EVIDENCE))
    assert posted.status_code == (302 if allowed or office == "anonymous" else 404)
    assert (len(kept(world)) == 3) is allowed


@pytest.mark.both_databases
def test_saving_keeps_codes_gives_new_ones_and_the_order(secretary, world):
    assert secretary.post(editor(world), form(world, EFFECT, EVIDENCE, NOVELTY)).status_code == 302
    assert kept(world) == [
        ("effect", "Hiệu quả", 60), ("du-minh-chung", "Đủ minh chứng", 10),
        ("novelty", "Tính mới", 30),
    ]  # fmt: skip


REFUSED = {
    "99 points": [NOVELTY | {"maximum": 29}, EFFECT, EVIDENCE],
    "101 points": [NOVELTY | {"maximum": 31}, EFFECT, EVIDENCE],
    "nothing": [],
    "the same name twice": [NOVELTY | {"maximum": 40}, EFFECT | {"name": "tính MỚI"}],
    "no points": [NOVELTY | {"maximum": 0}, EFFECT, EVIDENCE | {"maximum": 40}],
    "no number": [NOVELTY | {"maximum": "x"}, EFFECT],
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_sheet_that_does_not_make_100_is_shown_again(name, secretary, world):
    before = kept(world)
    answer = secretary.post(editor(world), form(world, *REFUSED[name]))
    assert answer.status_code == 422
    assert kept(world) == before


def test_the_sentence_says_what_the_points_make(secretary, world):
    page = secretary.post(editor(world), form(world, *REFUSED["99 points"])).content.decode()
    assert "99" in page
    assert "100" in page


@pytest.mark.parametrize("posted", [{}, {"lines-TOTAL_FORMS": "x"}, {"base": "y"}])
def test_a_broken_form_is_no_error_page(posted, secretary, world):
    assert secretary.post(editor(world), posted).status_code == 422


def test_a_code_of_another_movement_is_not_taken_over(secretary, world):
    rows = (NOVELTY | {"code": "foreign", "maximum": 40}, EFFECT)
    secretary.post(editor(world), form(world, *rows))
    assert [code for code, _name, _points in kept(world)] == ["tinh-moi", "effect"]


def test_a_sheet_saved_meanwhile_is_not_overwritten(secretary, world):
    data = form(world, NOVELTY, EFFECT, EVIDENCE)
    Criterion.objects.filter(code="effect").update(name="Hiệu quả hơn")
    answer = secretary.post(editor(world), data)
    assert answer.context["overtaken"]
    assert len(kept(world)) == 2


def test_one_more_row_keeps_what_was_typed(secretary, world):
    answer = secretary.post(editor(world), form(world, NOVELTY, button="more"))
    first, second = answer.context["rows"].forms
    assert (first["maximum"].value(), second["name"].value()) == ("30", None)


def another(world, unit):
    movement = Movement.objects.create(
        unit=world.units[unit], code=f"K-{unit}", name=f"Phong trào {unit}",
        starts_on=world.now.date(), ends_on=world.now.date(),
    )  # fmt: skip
    Criterion.objects.create(
        movement=movement, position=1, code="all", name="Tất cả", maximum=100, help="Xem kỹ."
    )
    return movement


@pytest.mark.parametrize("unit", ["school", "authority"])
def test_copying_fills_the_form_and_stores_nothing(unit, secretary, world):
    source = another(world, unit)
    before = kept(world)
    answer = secretary.post(editor(world), form(world, button="copy", source=source.pk))
    (row,) = answer.context["rows"].forms
    assert (row["name"].value(), row["help"].value()) == ("Tất cả", "Xem kỹ.")
    assert kept(world) == before


def test_a_stranger_movement_is_no_source(secretary, world):
    from people.models import Unit

    foreign = Unit.objects.create(
        parent=world.units["authority"], kind="school", name="Khác", short_name="Khác"
    )
    world.units["foreign"] = foreign
    source = another(world, "foreign")
    answer = secretary.post(editor(world), form(world, button="copy", source=source.pk))
    assert len(answer.context["rows"].forms) == 2


@pytest.mark.both_databases
def test_an_open_scoring_keeps_the_sheet_it_began_with(secretary, world):
    running = world.at("scoring")
    secretary.post(editor(world), form(world, EFFECT | {"maximum": 50}, EVIDENCE | {"maximum": 50}))
    world.do("council", "approve", running, scores=SCORES)
    assert str(running.score) == "85.00"
    later = world.at("scoring")
    with pytest.raises(Refused, match="50"):
        world.do("council", "approve", later, scores=SCORES)


def test_the_chain_names_the_sheet_by_its_hash(world):
    initiative = world.at("scoring")
    facts = initiative.audit.latest("seq").facts
    assert facts["sheet"] == digest(canonical(initiative.pending.sheet))
    assert initiative.pending.sheet == lines(world.movement)


@pytest.mark.parametrize("points", [{}, {"novelty": 39}])
def test_no_scoring_opens_without_a_whole_sheet(points, world):
    initiative = world.at("reported")
    if points:
        Criterion.objects.filter(code="novelty").update(maximum=39)
    else:
        Criterion.objects.all().delete()
    with pytest.raises(Refused, match="100"):
        world.do("secretary", "open_evaluation", initiative)


def test_points_that_are_on_no_sheet_are_not_kept(world):
    initiative = world.at("scoring")
    world.do("council", "approve", initiative, scores=SCORES | {"bonus": 50})
    assert str(initiative.score) == "85.00"
