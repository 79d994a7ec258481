"""The trial's three servers: web, worker and beat."""

import http.client
import signal
from collections.abc import Mapping
from pathlib import Path

from lib.environment import PYTHON
from lib.machine import LOOPBACK, ROOT, Refusal
from lib.processes import Child, require, run, wait_until

MANAGE = ROOT / "manage.py"
APPLICATION = "config.wsgi:application"


def manage(environment: Mapping[str, str], log: Path, title: str, *words: str) -> None:
    """A step of the set-up: its words go to the log, and to the screen if it fails."""
    print(f"{title}…", flush=True)
    require(Child(words[0], [PYTHON, MANAGE, *words], environment, log), title)


def show(environment: Mapping[str, str], *words: str) -> None:
    """A command whose output is for the person; a failure of it stops nothing."""
    run(Child(words[0], [PYTHON, MANAGE, *words], environment))


def _module(*words: str | Path) -> list[str | Path]:
    """By `python -m`: a console script names its Python by full path and breaks when moved."""
    return [PYTHON, "-m", *words]


def web(
    environment: Mapping[str, str], log: Path, port: int, application: str = APPLICATION
) -> Child:
    command = _module("gunicorn", application)
    command += ["--bind", f"{LOOPBACK}:{port}", "--workers", "2", "--threads", "4"]
    command += ["--graceful-timeout", "5"]
    command += ["--no-control-socket"]  # it would put one into the home folder
    return Child("web server", command, environment, log)


def worker(environment: Mapping[str, str], log: Path) -> Child:
    command = _module("celery", "-A", "config", "worker", "--concurrency", "2")
    command += ["--loglevel", "info", "--without-gossip", "--without-mingle"]  # it is alone
    # Politely it would first finish a task of minutes; a task cut short is delivered again.
    return Child("worker", command, environment, log, death_signal=signal.SIGKILL)


def beat(environment: Mapping[str, str], log: Path, var: Path) -> Child:
    command = _module("celery", "-A", "config", "beat", "--loglevel", "info")
    command += ["--schedule", var / "beat-schedule"]
    return Child("beat", command, environment, log)


def wait_for_web(child: Child, port: int) -> None:
    wait_until(lambda: _status(port) is not None, child, seconds=60)
    status = _status(port)
    if status is None or status >= 500:
        raise Refusal(f"The start page fails (HTTP {status}).\n{child.last_lines()}")


def _status(port: int) -> int | None:
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        line.request("GET", "/")
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
