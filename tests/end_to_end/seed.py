"""Run as a program: the small school of the tests, as of today, with a password for everybody.

Each word on the command line is a point of a life (tests.world.PATH) to put an initiative at.
"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.utils import timezone

    from approvals.demo.people import let_administer
    from tests.world import PASSWORD, build

    world = build(timezone.now(), PASSWORD)
    let_administer(world.administrator)
    for situation in sys.argv[1:]:
        world.at(situation)
