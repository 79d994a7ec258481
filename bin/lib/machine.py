"""The machine under the product: where the repository is, what is on PATH, which ports are free."""

import os
import shutil
import signal
import socket
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Refusal(Exception):
    """A reason to stop that the person at the keyboard can do something about."""


def stop_on_signals() -> None:
    """A closing terminal or a supervisor must stop us as Ctrl-C does: `finally` blocks run."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def ignore_signals() -> None:
    """While stopping: a second Ctrl-C must not leave half of the processes behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def redis_server() -> str | None:
    return shutil.which("redis-server")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers themselves do
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def chromium() -> str | None:
    """The browser that the tests drive; CHROMIUM names another one."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, which Debian keeps off PATH.

    initdb on PATH may be a link or a wrapper, so its folder counts only with the server beside it.
    """
    on_path = shutil.which("initdb")
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    folders = [Path(on_path).resolve().parent] if on_path else []
    for folder in folders + newest_first:
        if all((folder / program).exists() for program in ("initdb", "postgres", "pg_isready")):
            return folder
    return None
