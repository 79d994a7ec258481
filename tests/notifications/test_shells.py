"""A mail filled into its kept shell is the mail that the template makes."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from notifications.shells import fill

TEMPLATES = ("notifications/mail.txt", "notifications/mail.html")
HOSTILE = """<script>alert('x')</script> & "Sáng kiến" {{ 1 }} %s \\0"""
WORDS = {
    "subject": "Subject", "title": "Title", "body": "Body", "rows": [], "seal": "ab12",
    "button": "Open", "address": "https://example.test/1/?a=1&b=2", "recipient": "Cô Lan",
    "language": "vi", "stop": "https://example.test/stop/1/",
}  # fmt: skip
CASES = {
    "everything": {},
    "without a title": {"title": ""},
    "nothing to stop": {"stop": ""},
    "no seal and no title": {"seal": "", "title": ""},
    "hostile": dict.fromkeys(("subject", "title", "body", "recipient"), HOSTILE),
    "a table": {"rows": [(HOSTILE, 3), ("Tổ Văn", 0)]},
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("change", CASES.values(), ids=CASES)
def test_it_reads_as_if_the_template_had_been_rendered(change, template, language):
    words = WORDS | change
    with translation.override(language):
        for _again in range(2):
            assert fill(template, words) == render_to_string(template, words)


def test_words_in_html_are_escaped():
    assert "<script" not in fill("notifications/mail.html", WORDS | {"title": HOSTILE})


def test_one_persons_words_are_not_kept_for_the_next():
    fill("notifications/mail.txt", WORDS)
    assert "Cô Lan" not in fill("notifications/mail.txt", WORDS | {"recipient": "Thầy Minh"})
