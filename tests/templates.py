"""Migrated, empty databases, to be copied: migrating takes seconds every time.

Made once in a run, by whichever process needs one first; the others wait for it.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit, urlunsplit

import psycopg

from lib import services

NAME = "thidua_migrated"


def postgresql() -> str:
    """The name of the database."""
    server = os.environ["TEST_POSTGRES_URL"]

    def make(log: Path) -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{NAME}"')
        _migrate(with_path(server, NAME), log)

    _once("postgresql", make)
    return NAME


def sqlite() -> Path:
    file = _folder() / f"{NAME}.sqlite3"
    _once("sqlite", lambda log: _migrate(f"sqlite:///{file}", log))
    return file


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def _folder() -> Path:
    """Of the whole run: `bin/test` makes it for all of its processes."""
    return Path(os.environ["THIDUA_VAR"])


def _migrate(url: str, log: Path) -> None:
    services.manage(os.environ | {"DATABASE_URL": url}, log, "Migrating", "migrate")


def _once(kind: str, make: Callable[[Path], None]) -> None:
    with _locked(_folder() / f"template-{kind}.lock") as lock:
        if not lock.read():
            make(_folder() / f"template-{kind}.log")
            lock.write("made")


@contextmanager
def _locked(file: Path) -> Iterator[TextIO]:
    with file.open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        yield lock
