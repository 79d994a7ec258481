"""The trial's own folder: data, secret and logs in var/, held by one bin/dev at a time."""

import contextlib
import fcntl
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from lib.machine import LOOPBACK, ROOT, Refusal

# By name, so that a THIDUA_VAR that points at the wrong folder costs nothing else.
DATA = ("thidua.sqlite3*", "broker", "mail", "evidence", "log", "beat-schedule*", "secret_key")


def folder() -> Path:
    """Closed to other accounts of the machine: it holds people's data and the secret key."""
    var = Path(os.environ.get("THIDUA_VAR") or ROOT / "var").resolve()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return var


@contextlib.contextmanager
def claim(var: Path) -> Iterator[None]:
    """The kernel drops the lock with the process, so a killed bin/dev leaves no stale one."""
    with (var / "dev.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refusal(
                f"bin/dev already runs with the data in {var} (process {lock.read().strip()}): "
                "stop that one, or set THIDUA_VAR to another folder for a second trial."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def make_logs(var: Path) -> Path:
    """Each start begins its logs anew: they tell about this run and never fill the disk."""
    logs = var / "log"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    return logs


def forget(var: Path, *, agreed: bool) -> None:
    """--fresh: the one thing here that cannot be taken back, so it asks."""
    if os.environ.get("DATABASE_URL"):
        raise Refusal("--fresh empties var/, but DATABASE_URL keeps the data elsewhere: unset it.")
    if not agreed:
        if sys.stdin is None or not sys.stdin.isatty():
            raise Refusal("--fresh asks before it deletes: in a script say --fresh --yes.")
        if not _yes(f"Delete the trial's data in {_shown(var)}? [y/N] "):
            raise Refusal("nothing was deleted. Start without --fresh to keep the data.")
    for pattern in DATA:
        for path in var.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    print(f"Deleted the trial's data in {_shown(var)}.", flush=True)


def _yes(question: str) -> bool:
    try:
        return input(question).strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def _shown(var: Path) -> str:
    return "var/" if var == ROOT / "var" else str(var)


def make_secret_key(var: Path) -> None:
    """Made once, or every start would sign everybody out; the settings read it from here."""
    with contextlib.suppress(FileExistsError):
        handle = os.open(var / "secret_key", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))


def environment(var: Path, port: int, broker_url: str) -> dict[str, str]:
    """What the settings cannot know by themselves; an address that the shell names wins."""
    make_secret_key(var)
    fixed = {"THIDUA_VAR": str(var), "CELERY_BROKER_URL": broker_url, "PYTHONUNBUFFERED": "1"}
    own = {"BASE_URL": f"http://{LOOPBACK}:{port}", "QUIET_HOURS": ""}
    return own | os.environ | fixed
