"""What the environment alone decides, and what must stop a start."""

import os
import subprocess
import sys
from secrets import token_urlsafe
from typing import Any

import pytest
from django.conf import settings

from config.celery import app
from lib.machine import ROOT

LOAD = "import django; django.setup(); from django.conf import settings; print(settings.{})"


def load(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key != "SECRET_KEY"}
    return subprocess.run(
        [sys.executable, "-c", LOAD.format(name)],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_behind_https_without_a_secret_key_does_not_start():
    refused = load("SECRET_KEY", BASE_URL="https://thidua.example")
    assert refused.returncode != 0
    assert "Set SECRET_KEY" in refused.stderr


def test_a_trial_keeps_the_key_it_made(tmp_path):
    first, second = (load("SECRET_KEY", THIDUA_VAR=str(tmp_path)) for _twice in range(2))
    assert first.stdout == second.stdout
    assert len(first.stdout.strip()) > 40
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("address", "secure"), [("https://thidua.example", "True"), ("http://127.0.0.1", "False")]
)
def test_cookies_are_secure_behind_https(address, secure):
    names = "SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE"
    answer = load(names, BASE_URL=address, SECRET_KEY="x" * 50)
    assert answer.stdout.split() == [secure] * 3


def test_the_check_for_production_finds_nothing():
    """But for what the tests of the browser say to their own processes."""
    place = {key: value for key, value in os.environ.items() if "ASYNC_UNSAFE" not in key}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=place | {"BASE_URL": "https://thidua.example", "SECRET_KEY": token_urlsafe(50)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_a_server_for_mail_is_used_when_one_is_named():
    assert "smtp" in load("EMAIL_BACKEND", EMAIL_HOST="mail.example").stdout
    assert "filebased" in load("EMAIL_BACKEND").stdout


def test_every_task_that_beat_wakes_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_what_beat_wakes_expires_before_it_is_woken_again():
    schedule: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    for entry in schedule.values():
        assert entry["options"]["expires"] < entry["schedule"]


def test_a_task_ends_before_the_broker_gives_it_to_another_worker():
    visible: int = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < visible


def test_a_task_of_a_dead_worker_is_given_to_another():
    """Acknowledging late alone lost 7 of 60 tasks."""
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
