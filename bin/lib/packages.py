"""What the tests need from the machine beside Python, and how to get it on Debian."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from lib import machine
from lib.machine import Refusal
from lib.processes import Child, require

# Debian starts a service as it installs it; the policy file is its own way to be asked not to.
INSTALL = """\
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\\nexit 101\\n' > "$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends "$@"
"""


@dataclass(frozen=True)
class Need:
    name: str
    package: str
    is_here: Callable[[], bool]


def _has_gettext() -> bool:
    return all(map(shutil.which, ("xgettext", "msgfmt")))


def _has_libatomic() -> bool:
    """Playwright's driver is a Node of its own, linked with it; a bare Debian does not have it."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


NEEDS = (
    Need("PostgreSQL's server programs", "postgresql", lambda: bool(machine.postgres_programs())),
    Need("a Redis server", "redis-server", lambda: bool(machine.redis_server())),
    Need("Chromium", "chromium", lambda: bool(machine.chromium())),
    Need("libatomic", "libatomic1", _has_libatomic),
    Need("gettext", "gettext", _has_gettext),
    Need("strace", "strace", lambda: bool(shutil.which("strace"))),
)


def provide() -> None:
    """Use what is there, install what is missing if we may, otherwise say what is missing."""
    missing = _missing()
    if missing and (prefix := _administrator()) is not None:
        packages = [need.package for need in missing]
        print(f"Installing Debian's packages {' '.join(packages)}…", flush=True)
        command = [*prefix, "sh", "-c", INSTALL, "install", *packages]
        require(Child("apt-get", command, patience=60), f"Installing {' '.join(packages)}")
        missing = _missing()
    if missing:
        raise Refusal(_sentence(missing))


def _missing() -> list[Need]:
    return [need for need in NEEDS if not need.is_here()]


def _administrator() -> list[str] | None:
    """The words before a command of root: none as root, sudo if it asks for no password."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _sentence(missing: list[Need]) -> str:
    names = ", ".join(need.name for need in missing)
    packages = " ".join(need.package for need in missing)
    return (
        f"The tests need {names}: install with 'apt-get install --no-install-recommends "
        f"{packages}' as root, then run bin/test again."
    )
