"""What watchers are told, and who may look at the parts."""

import signal
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from approvals.tasks import sweep
from config import monitoring
from config.celery import app
from config.heartbeat import note
from config.models import Heartbeat, HeartbeatQuerySet
from lib.broker import Broker
from lib.machine import redis_server
from notifications.models import Message

pytestmark = pytest.mark.both_databases
TOKEN = {"Authorization": "Bearer a secret"}


@pytest.fixture
def well(db, settings, monkeypatch):
    settings.MONITORING_TOKEN = "a secret"
    monkeypatch.setattr(monitoring, "broker_answers", lambda: True)
    for name in (Heartbeat.BEAT, Heartbeat.SWEEP):
        note(name)


class NoDatabase:
    def cursor(self):
        raise DatabaseError


def parts(client) -> dict[str, bool]:
    answer = client.get("/health/", headers=TOKEN).json()
    return {name: part["ok"] for name, part in answer["checks"].items()}


def test_all_is_well(client, well):
    answer = client.get("/health/", headers=TOKEN)
    assert answer.status_code == 200
    assert parts(client) == dict.fromkeys(("database", "broker", "beat", "sweep", "mail"), True)


@pytest.mark.parametrize("name", [Heartbeat.BEAT, Heartbeat.SWEEP])
def test_a_beat_or_sweep_that_is_silent_for_too_long_shows(client, well, name):
    Heartbeat.objects.note(name, timezone.now() - monitoring.AWAKE - timedelta(seconds=1))
    assert client.get("/health/").status_code == 503
    assert [part for part, ok in parts(client).items() if not ok] == [name]


@pytest.mark.parametrize("name", [Heartbeat.BEAT, Heartbeat.SWEEP])
def test_a_beat_or_sweep_that_never_was_shows(client, well, name):
    Heartbeat.objects.filter(name=name).delete()
    assert not parts(client)[name]


def write(world, waiting: timedelta, **fields) -> None:
    world.at("with_head")
    then = timezone.now() - waiting
    Message.objects.update(created_at=then, not_before=then, **fields)


def test_a_message_that_waits_for_too_long_shows(client, well, world):
    write(world, monitoring.STUCK + timedelta(seconds=1))
    assert not parts(client)["mail"]


def test_a_snoozed_message_counts_from_when_it_was_written(client, well, world):
    write(world, monitoring.STUCK + timedelta(seconds=1), attempts=3)
    Message.objects.update(not_before=timezone.now() + timedelta(hours=1))
    assert not parts(client)["mail"]


def test_a_message_for_later_is_not_late(client, well, world):
    write(world, timedelta(hours=1))
    Message.objects.update(not_before=timezone.now() + timedelta(hours=1))
    assert parts(client)["mail"]


def test_what_was_sent_or_given_up_does_not_wait(client, well, world):
    write(world, timedelta(hours=1), sent_at=timezone.now())
    assert parts(client)["mail"]


def test_the_broker_answers_frozen_or_gone_it_does_not(tmp_path, monkeypatch):
    broker = Broker(tmp_path, tmp_path / "log", durable=False, program=redis_server())
    monkeypatch.setenv("CELERY_BROKER_URL", broker.url)
    assert not monitoring.broker_answers()
    broker.start()
    try:
        assert monitoring.broker_answers()
        assert broker.child.process
        broker.child.process.send_signal(signal.SIGSTOP)
        assert not monitoring.broker_answers()
    finally:
        broker.child.kill()
    assert not monitoring.broker_answers()


def test_without_the_database_the_page_says_so_and_stays_up(client, well, monkeypatch):
    monkeypatch.setattr(monitoring, "connection", NoDatabase())
    for name, status in (("health", 503), ("health_ready", 503), ("health_live", 200)):
        assert client.get(reverse(name)).status_code == status


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}]
)
def test_without_the_token_only_one_word_is_told(client, well, header):
    assert client.get("/health/", headers=header).json() == {"status": "ok"}
    assert client.get("/metrics", headers=header).status_code == 404


def test_without_a_token_in_the_settings_nobody_may_look(client, well, settings):
    settings.MONITORING_TOKEN = ""
    assert "checks" not in client.get("/health/", headers={"Authorization": "Bearer "}).json()
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_the_figures_are_those_of_the_tables(client, well, world):
    write(world, timedelta(minutes=2))
    text = client.get("/metrics", headers=TOKEN).content.decode()
    found = dict(line.split() for line in text.splitlines() if not line.startswith("#"))
    assert float(found["thidua_outbox_depth"]) == Message.objects.count() == 1
    assert 120 <= float(found["thidua_oldest_waiting_message_seconds"]) < 180
    assert float(found["thidua_overdue_items"]) >= 0
    assert float(found["thidua_sweep_last_timestamp_seconds"]) > 1e9
    assert "example.test" not in text


def test_the_sweep_leaves_a_sign_of_life_and_how_long_it_took(db):
    app.conf.task_always_eager = True
    try:
        sweep.delay()
    finally:
        app.conf.task_always_eager = False
    assert Heartbeat.objects.get(name=Heartbeat.SWEEP).seconds > 0


def test_a_sign_of_life_that_cannot_be_written_stops_nothing(db, monkeypatch):
    def refuse(*_args):
        raise DatabaseError

    monkeypatch.setattr(HeartbeatQuerySet, "note", refuse)
    note(Heartbeat.BEAT)
    assert not Heartbeat.objects.exists()
