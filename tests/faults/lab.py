"""The product as it runs, to be broken: PostgreSQL, Redis, workers, beats, web and an SMTP sink."""

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lib import services
from lib.broker import Broker
from lib.environment import PYTHON
from lib.machine import LOOPBACK, free_port, redis_server
from lib.postgres import Postgres
from lib.processes import Child, Command, wait_until
from tests.faults.history import History
from tests.faults.keeper import Keeper
from tests.faults.sink import Sink


@dataclass
class Lab:
    folder: Path
    postgres: Postgres
    broker: Broker
    sink: Sink
    history: History
    random: random.Random
    stack: ExitStack
    changed: dict[str, Any]
    quick: bool
    database_url: str
    keeper: Keeper = field(default_factory=Keeper)

    @property
    def settling(self) -> float:
        """Seconds in which everything must have gone out: twice the longest lease, and some."""
        return 2 * float(self.changed.get("lease", 300)) + 60

    def patience(self, seconds: float) -> float:
        """A promise of so many seconds, shortened as the beat's intervals are in a quick run."""
        return seconds / 6 if self.quick else seconds

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "CELERY_BROKER_URL": self.broker.url,
            "CACHE_URL": "dbcache://cache",  # as in compose.yaml
            "EMAIL_HOST": LOOPBACK,
            "EMAIL_PORT": str(self.sink.port),
            "FAULTS": json.dumps(self.changed),
            "PYTHONUNBUFFERED": "1",
        }

    def worker(self) -> Child:
        return self._start(services.worker(self.environment, self.folder / "worker.log"))

    def beat(self, name: str = "beat") -> Child:
        place = self.folder / name
        place.mkdir(exist_ok=True)
        return self._start(services.beat(self.environment, self.folder / "beat.log", place))

    def web(self, application: str = services.APPLICATION) -> str:
        """Serve the pages; returns their address."""
        port = free_port()
        environment = self.environment | {"BASE_URL": f"http://{LOOPBACK}:{port}"}
        child = services.web(environment, self.folder / "web.log", port, application)
        self._start(child)
        services.wait_for_web(child, port)
        return environment["BASE_URL"]

    def program(self, *words: str) -> Child:
        """One of our own programs, which ends by itself."""
        command: Command = [PYTHON, "-m", *words]
        child = Child(words[0], command, self.environment, self.folder / "own.log")
        self.stack.callback(child.stop)
        child.start()
        return child

    def _start(self, child: Child) -> Child:
        self.stack.callback(child.kill)
        self.keeper.start(child)
        return child

    def stop(self, child: Child) -> None:
        self.keeper.stop(child)

    def wait(self, seconds: float) -> None:
        self.until(lambda: False, seconds)

    def until(self, done: Callable[[], bool], seconds: float, every: float = 0.2) -> bool:
        """Tend the processes until something holds; False when it never did."""
        end = time.monotonic() + seconds
        while not done():
            self.keeper.tend()
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(every, left))
        return True

    def stop_postgres_at_once(self) -> None:
        """SIGQUIT: no checkpoint, every connection cut; then recovery from the log."""
        self.postgres.child.stop()
        self.postgres.child.start()
        wait_until(self.postgres.answers, self.postgres.child, seconds=60)

    def kill_broker(self, down: float) -> None:
        self.broker.child.kill()
        self.wait(down)
        self.broker.start()

    def freeze_broker(self, frozen: bool) -> None:
        assert self.broker.child.process
        self.broker.child.process.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)


@contextmanager
def lab(
    postgres: Postgres,
    folder: Path,
    seed: int,
    *,
    quick: bool,
    durable: bool = True,
    **changed: Any,
) -> Iterator[Lab]:
    """`durable` False takes the broker's log away; `changed` is for tests.faults.settings."""
    with ExitStack() as stack:
        folder.mkdir(parents=True)
        history = History(folder / "history.jsonl")
        sink = stack.enter_context(Sink.open(history))
        broker = Broker(
            folder / "redis", folder / "redis.log", durable=durable, program=redis_server()
        )
        stack.callback(broker.child.kill)
        broker.start()
        chance = random.Random(seed)
        yield Lab(
            folder, postgres, broker, sink, history, chance, stack, changed, quick,
            os.environ["DATABASE_URL"],
        )  # fmt: skip
