"""The product as it runs: web server and worker processes, their databases, and an SMTP sink."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from lib import services
from lib.broker import Broker
from lib.machine import LOOPBACK, free_port
from lib.processes import Child, require
from tests import templates
from tests.mailbox import Mailbox
from tests.own_broker import own_broker
from tests.templates import with_path

KINDS = ("postgresql-redis", "sqlite-embedded")


@dataclass
class Stack:
    url: str
    environment: dict[str, str]
    mailbox: Mailbox
    worker: Child


@contextmanager
def running(
    kind: str,
    folder: Path,
    *situations: str,
    seed: tuple[str, ...] = ("tests.end_to_end.seed",),
    application: str = services.APPLICATION,
) -> Iterator[Stack]:
    """A fresh database with the small school in it, served until the end of the block.

    For each situation the school has an initiative at that point of its life. `seed` is the
    program that fills the database, with its words.
    """
    with ExitStack() as stack:
        mailbox = stack.enter_context(Mailbox.open())
        port = free_port()
        places = _servers(kind, folder, stack)
        environment = os.environ | places | {
            "BASE_URL": f"http://{LOOPBACK}:{port}",
            "EMAIL_HOST": LOOPBACK,
            "EMAIL_PORT": str(mailbox.port),
            "THIDUA_VAR": str(folder),
        }  # fmt: skip
        fill = [sys.executable, "-m", *seed, *situations]
        require(Child("seed", fill, environment, folder / "setup.log"), "Seeding")
        web = services.web(environment, folder / "web.log", port, application)
        worker = services.worker(environment, folder / "worker.log")
        for child in (web, worker):
            stack.callback(child.stop)
            child.start()
        services.wait_for_web(web, port)
        yield Stack(environment["BASE_URL"], environment, mailbox, worker)


def _servers(kind: str, folder: Path, stack: ExitStack) -> dict[str, str]:
    if kind == "sqlite-embedded":
        broker = Broker(folder / "broker", folder / "broker.log")
        stack.callback(broker.child.stop)
        broker.start()
        file = folder / "thidua.sqlite3"
        shutil.copy(templates.sqlite(), file)
        return {"DATABASE_URL": f"sqlite:///{file}", "CELERY_BROKER_URL": broker.url}
    name = f"thidua_{folder.name.replace('-', '_')}_{os.getpid()}"
    server = os.environ["TEST_POSTGRES_URL"]
    template = templates.postgresql()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return {
        "DATABASE_URL": with_path(server, name),
        "CELERY_BROKER_URL": own_broker(),
    }
