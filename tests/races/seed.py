"""Run as a program: a department with four heads, and steps that wait for any of them."""

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.utils import timezone

    from people.roles import Role
    from tests.races.race import HEADS, PASSWORD
    from tests.world import build

    world = build(timezone.now(), PASSWORD)
    for who in HEADS[1:]:
        world.join(who, "maths", Role.HEAD)
    items = []
    for _item in range(int(sys.argv[1])):
        initiative = world.at("with_head")
        items.append((initiative.pk, initiative.work_items.get(closed_at=None).pk))
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(items, file)
