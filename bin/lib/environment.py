"""The virtual environment in .venv: made once, changed only when a lock changes."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from lib.machine import ROOT, Refusal
from lib.processes import Child, Command, require

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
QUIETLY = ("-qq", "--no-input", "--disable-pip-version-check")
CONTAINS = {"runtime": ("runtime",), "dev": ("dev", "runtime")}


def program(name: str) -> Path:
    return VENV / "bin" / name


def prepare(kind: str) -> None:
    """Make .venv hold the packages of requirements/<kind>.lock; quick when it already does."""
    with _one_at_a_time():
        wanted = _fingerprint(kind)
        installed = json.loads(STAMP.read_text()) if STAMP.exists() and PYTHON.exists() else {}
        if installed.get(kind) == wanted:
            return
        _install(kind)
        STAMP.write_text(json.dumps({name: _fingerprint(name) for name in CONTAINS[kind]}))


def _fingerprint(kind: str) -> str:
    """The lock, and the Python that the packages were chosen for."""
    digest = hashlib.sha256(_lock(kind).read_bytes())
    digest.update(f"{sys.version_info[:2]}".encode())
    return digest.hexdigest()


def _lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.lock"


def _install(kind: str) -> None:
    if importlib.util.find_spec("pip") is None:
        raise Refusal("python3 has no pip: install Debian's package python3-pip and try again.")
    if not _matches_our_python():
        print("Creating the virtual environment in .venv…", flush=True)
        # Without pip, because Debian keeps ensurepip in a package of its own (python3-venv).
        venv: Command = [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
        require(Child("venv", venv), "Creating .venv")
    STAMP.unlink(missing_ok=True)  # an install that is interrupted counts as none
    print(f"Installing requirements/{kind}.lock (only when it changes)…", flush=True)
    pip: Command = [sys.executable, "-m", "pip", "--python", PYTHON, "install", *QUIETLY]
    # A lock is complete, but for what requirements/left-out.txt leaves out on purpose.
    lock: Command = ["--no-deps", "--require-hashes", "-r", _lock(kind)]
    require(Child("pip", [*pip, *lock]), "Installing the packages")


def _matches_our_python() -> bool:
    """A venv of another minor version would look for its packages in another folder."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return PYTHON.exists() and (VENV / "lib" / version).is_dir()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two set-ups at once would install over each other: the second waits for the first."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this repository is at work; waiting for it…", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def compile_catalogues() -> None:
    """Compiled catalogues are not in git: make those that are older than their source."""
    sources = list((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    if all(_is_newer(source.with_suffix(".mo"), source) for source in sources):
        return
    print("Compiling the message catalogues…", flush=True)
    pybabel: Command = [program("pybabel"), "-q", "compile", "-d", ROOT / "locale", "-D", "django"]
    require(Child("pybabel", pybabel), "Compiling the message catalogues")


def _is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime
