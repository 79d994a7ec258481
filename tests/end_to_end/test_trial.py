"""bin/dev as a newcomer runs it: one command, an address that answers, and nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from lib.machine import LOOPBACK, ROOT, free_port

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("trial")]
PATIENCE = 240
CLEAN = ("DATABASE_URL", "CELERY_BROKER_URL", "BASE_URL", "EMAIL_HOST", "SECRET_KEY")


class Trial:
    def __init__(self, var: Path, *words: str) -> None:
        self.port = free_port()
        shell = {name: value for name, value in os.environ.items() if name not in CLEAN}
        self.output = var.with_suffix(".out")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "bin" / "dev", "--port", str(self.port), *words],
                env=shell | {"THIDUA_VAR": str(var)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def words(self) -> str:
        return self.output.read_text()

    def wait_until_up(self) -> None:
        end = time.monotonic() + PATIENCE
        while "Ctrl-C" not in self.words:
            assert self.process.poll() is None, self.words
            assert time.monotonic() < end, self.words
            time.sleep(0.2)

    def page(self, path: str = "/") -> tuple[int, str]:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def stop(self) -> int:
        """What Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def session_of(leader: int) -> list[int]:
    """Processes that name this bin/dev as their parent, or as their parent's parent."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = {int(pid): int(parent) for pid, parent in map(str.split, listed.stdout.splitlines())}
    children = {pid for pid, parent in parents.items() if parent == leader}
    return sorted(children | {pid for pid, parent in parents.items() if parent in children})


def still_running(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_trial_starts_answers_keeps_its_data_and_leaves_no_process(tmp_path):
    trial = Trial(tmp_path / "var")
    try:
        trial.wait_until_up()
        status, page = trial.page()
        assert status == 200
        assert 'lang="vi"' in page
        assert "@" in trial.words  # the demo accounts
        processes = session_of(trial.process.pid)
        assert len(processes) >= 6  # broker, web with two workers, worker with two, beat
        second = Trial(tmp_path / "var")
        assert second.process.wait(PATIENCE) == 1
        assert "already runs" in second.words
    finally:
        code = trial.stop()
    assert code == 0, trial.words
    assert still_running(processes) == []

    again = Trial(tmp_path / "var")
    try:
        begin = time.monotonic()
        again.wait_until_up()
        assert time.monotonic() - begin < PATIENCE / 4
    finally:
        again.stop()


def test_fresh_without_a_keyboard_asks_for_a_word_more(tmp_path):
    refused = Trial(tmp_path / "var", "--fresh")
    assert refused.process.wait(60) == 1
    assert "--fresh --yes" in refused.words


def test_a_port_in_use_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, ROOT / "bin" / "dev", "--port", str(port)],
            env=os.environ | {"THIDUA_VAR": str(tmp_path / "var")},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert answer.returncode == 1
    assert str(port) in answer.stderr
