"""One child process: started in a session of its own, stopped without leaving anything behind."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lib.machine import ROOT, Refusal

Command = Sequence[str | Path]
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


def die_with_parent(number: int) -> Callable[[], None]:
    """Runs in the child: a parent that is killed outright cannot stop its children, the kernel can.

    The kernel acts when the *thread* that forked ends, so children are started from the main one.
    """
    parent = os.getpid()

    def arrange() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return arrange


@dataclass
class Child:
    """`log` None means our own output; `user` is for servers that refuse to run as root."""

    name: str
    command: Command
    environment: Mapping[str, str] | None = None
    log: Path | None = None
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM  # sent by the kernel when we are killed
    patience: float = 10.0
    keyboard: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        with contextlib.ExitStack() as stack:
            output = stack.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(
                [str(word) for word in self.command],
                cwd=ROOT,
                env=self.environment,
                stdin=None if self.keyboard else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop the children in order
                preexec_fn=die_with_parent(self.death_signal),
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def stop(self) -> None:
        """Ask the leader, wait, then kill whatever is left of its group."""
        if self.process is not None and self.alive:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        self.kill()

    def kill(self) -> None:
        """Forgets the process too: once it is reaped, its number may become someone else's."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def last_lines(self, count: int = 20) -> str:
        if self.log is None or not self.log.exists():
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
        return "\n".join([f"Last lines of {self.log}:", *(f"  {line}" for line in lines)])


def run(child: Child) -> int:
    """Run to the end; an interruption stops the child before it goes on its way."""
    try:
        child.start()
        assert child.process is not None
        return child.process.wait()
    finally:
        child.stop()


def require(child: Child, purpose: str) -> None:
    """Run a step of the set-up that must succeed."""
    if code := run(child):
        raise Refusal(f"{purpose} failed (exit code {code}).\n{child.last_lines()}".rstrip())


def wait_until(ready: Callable[[], bool], child: Child, seconds: float) -> None:
    """Wait for a server to answer; its death or its silence ends the waiting with its own words."""
    end = time.monotonic() + seconds
    while not ready():
        if not child.alive:
            raise Refusal(f"{child.name} stopped as it started.\n{child.last_lines()}".rstrip())
        if time.monotonic() > end:
            raise Refusal(f"{child.name} gave no answer in {seconds:.0f} s.\n{child.last_lines()}")
        time.sleep(0.1)
