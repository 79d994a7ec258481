"""A throwaway PostgreSQL: a cluster in a temporary folder, gone after the tests."""

import os
import pwd
import signal
import subprocess
from pathlib import Path

from lib.machine import LOOPBACK, Refusal, free_port, postgres_programs
from lib.processes import Child, require, wait_until

# Nothing of a test has to survive a crash.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
OPTIONS = {
    "max_connections": "200",  # every xdist worker and server process connects
    "unix_socket_directories": "",
    "listen_addresses": LOOPBACK,
}


class Postgres:
    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        programs = postgres_programs()
        if programs is None:
            raise Refusal("PostgreSQL's server programs are missing.")
        self.programs = programs
        self.user = _account()
        self.port = free_port()
        self.folder = folder
        self.data = folder / "data"
        self.child = self._child("PostgreSQL", "postgres", "-D", self.data, "-p", str(self.port))
        self.child.command = [*self.child.command, *_options(durable)]

    @property
    def url(self) -> str:
        return f"postgres://postgres@{LOOPBACK}:{self.port}/postgres"

    def start(self) -> None:
        self.folder.mkdir(mode=0o700)
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        # C.UTF-8, not C: in C no letter beyond ASCII has an upper case, and đ must find Đ.
        words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        initdb = self._child("initdb", "initdb", "--no-sync", "-D", self.data, *words)
        require(initdb, "Making a throwaway PostgreSQL cluster")
        self.child.start()
        wait_until(self.answers, self.child, seconds=30)

    def answers(self) -> bool:
        command = [str(self.programs / "pg_isready"), "-q", "-h", LOOPBACK, "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def _child(self, name: str, program: str, *words: str | Path) -> Child:
        return Child(
            name,
            [self.programs / program, *words],
            log=self.folder.parent / "postgres.log",
            user=self.user,
            stop_signal=signal.SIGQUIT,  # at once: there is nothing to keep
            death_signal=signal.SIGQUIT,
        )


def _options(durable: bool) -> list[str]:
    chosen = OPTIONS if durable else OPTIONS | CARELESS
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]


def _account() -> str | None:
    """PostgreSQL refuses to run as root: Debian's postgres account, or nobody."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
