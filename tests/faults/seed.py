"""Run as a program: a migrated database with the school in it and so many complete drafts."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    from tests.faults.school import found

    found(int(sys.argv[1]))
