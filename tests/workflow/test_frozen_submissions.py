"""What was put forward stays as it was seen, and takes the route that was in force."""

from workflow.canonical import digest
from workflow.models import RouteStep


def test_a_submission_keeps_its_content_when_the_dossier_changes(world):
    initiative = world.at("with_head")
    submission = initiative.submissions.get()
    frozen = submission.content
    world.do("head", "return", initiative, comment="Thiếu.")
    world.do("author", "edit", initiative, title="Tên khác")
    submission.refresh_from_db()
    assert submission.content == frozen
    assert submission.content_hash == digest(frozen)
    assert submission.snapshot["title"] != initiative.title


def test_a_resubmission_without_a_change_has_the_same_hash(world):
    initiative = world.at("with_head")
    world.do("author", "recall", initiative)
    world.do("author", "submit", initiative)
    first, second = initiative.submissions.all()
    assert first.content_hash == second.content_hash


def test_every_word_of_the_dossier_is_in_the_hash(world):
    initiative = world.at("report_with_head")
    content = initiative.submissions.last().snapshot
    assert content["report"]["results"]
    assert content["measures"][0]["after"] == "2.00"
    assert {author["share"] for author in content["authors"]} == {70, 30}


def test_an_edited_route_does_not_reach_a_running_submission(world):
    initiative = world.at("with_head")
    RouteStep.objects.filter(route__gate="register").delete()
    world.do("head", "approve", initiative)
    world.do("principal", "approve", initiative)
    assert initiative.state == "registered"
