"""SQLite with eight writers, a worker and a beat: nobody is told that the database is locked."""

import json
import sys
import time

import django

WRITERS = 8


def write_for(seconds: float, author: str, drafts: list[int]) -> dict[str, int]:
    """Submit and recall through the door; returns how often that worked, and what went wrong."""
    from django.db import OperationalError
    from django.utils import timezone

    from approvals.actions import perform
    from approvals.policy import Action
    from people.models import User

    found = {"done": 0, "locked": 0}
    actor = User.objects.get(email=author)
    end = time.time() + seconds
    while time.time() < end:
        for draft in drafts:
            for action in (Action.SUBMIT, Action.RECALL):
                try:
                    perform(action, draft, actor, timezone.now())
                    found["done"] += 1
                except OperationalError as error:
                    found["locked"] += "locked" in str(error)
                    break
    return found


if __name__ == "__main__":
    django.setup()
    number, seconds = int(sys.argv[1]), float(sys.argv[2])
    from workflow.models import Initiative

    # by key: those written to already would move in any order of time, and be somebody else's too
    drafts = Initiative.objects.filter(state="draft").order_by("pk")
    every = list(drafts.values_list("pk", flat=True))
    result = write_for(seconds, "author@example.test", every[number::WRITERS])
    with open(sys.argv[3], "w", encoding="utf-8") as file:
        json.dump(result, file)
