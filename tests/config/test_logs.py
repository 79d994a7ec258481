"""What the logs say, and what they must never say."""

import io
import json
import logging

import pytest

from config import logs


@pytest.fixture
def lines():
    """Our configuration on a handler of its own, and what it wrote."""
    configured = logs.configuration(json=True)
    formatter = configured["formatters"]["line"]
    handler = logging.StreamHandler(written := io.StringIO())
    factory = formatter.pop("()")
    handler.setFormatter(factory(**formatter))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)

    def read() -> list[dict[str, object]]:
        return [json.loads(line) for line in written.getvalue().splitlines()]

    yield read
    root.removeHandler(handler)


def finished(lines) -> dict[str, object]:
    return next(line for line in lines if line["event"] == "request_finished")


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_number_and_the_persons_key(lines, client, world):
    client.force_login(world.author)
    client.get("/initiatives/?q=Nguyen")
    line = finished(lines())
    assert line["user_id"] == world.author.pk
    assert line["request_id"]
    assert line["request"] == "GET /initiatives/"
    assert "ip" not in line


@pytest.mark.django_db
def test_a_signed_link_is_logged_by_its_route(lines, client):
    client.get("/from-mail/a-long-secret-that-opens-a-page/")
    written = json.dumps(lines())
    assert "secret" not in written
    assert "/from-mail/<" in written


@pytest.mark.django_db
def test_an_unknown_page_is_not_repeated(lines, client):
    client.get("/nguyen@example.test/")
    assert finished(lines())["request"] == "GET (no such page)"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no mailbox van.nguyen@phuhoa.example here", "no mailbox [address] here"),
        ("GET /from-mail/eyJhbGciOiJIUzI1NiJ9.abc:def-1/ fails", "GET /from-mail/[secret]/ fails"),
        ("duplicate\nDETAIL:  Failing row contains (7, Nguyễn Văn A).", "duplicate\nDETAIL: [row]"),
        ("Task approvals.tasks.sweep succeeded", "Task approvals.tasks.sweep succeeded"),
    ],
)
def test_personal_data_is_taken_out_of_any_line(lines, said, kept):
    logging.getLogger("anything").warning(said)
    assert [line["event"] for line in lines()] == [kept]


def test_a_traceback_is_cleaned_too(lines):
    try:
        raise ValueError("van.nguyen@phuhoa.example")
    except ValueError:
        logging.getLogger("anything").exception("it broke")
    (line,) = lines()
    assert "ValueError: [address]" in str(line["exception"])
    assert "phuhoa" not in json.dumps(line)
