"""A long form that was not saved says above it what is wrong, and leads there."""

import re

import pytest
from django.urls import reverse

FORMSET = {"authors-TOTAL_FORMS": "2", "authors-INITIAL_FORMS": "0"}
WRONG = {
    "a field": ({"draft-title": ""}, "id_draft-title"),
    "a field of a row": ({"authors-0-share": "120"}, "id_authors-0-share"),
    "a row": ({"authors-1-share": "20"}, "id_authors-1-user"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_and_linked(case, world, client):
    typed, place = WRONG[case]
    initiative = world.draft()
    client.force_login(world.author)
    filled = {"draft-title": "Tên", "draft-kind": "solution", "draft-scope": "individual"}
    address = reverse("approvals:edit", args=[initiative.pk])
    answer = client.post(address, filled | FORMSET | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    linked = set(re.findall(r'<li>\s*<a href="#(id_[^"]+)"', page))
    assert place in linked
    assert all(f'id="{one}"' in page for one in linked)
