"""Run as a program: the small school of the tests, as of today, with a password for everybody."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.utils import timezone

    from tests.world import PASSWORD, build

    build(timezone.now(), PASSWORD)
