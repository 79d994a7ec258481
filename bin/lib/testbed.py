"""The servers and settings of one test run, all in a temporary folder."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lib import machine
from lib.broker import Broker
from lib.environment import VENV
from lib.postgres import Postgres

# A developer's shell must not decide what the tests see.
SETTINGS = ("BASE_URL", "ALLOWED_HOSTS", "DEBUG", "EMAIL_HOST", "EMAIL_PORT", "CACHE_URL")


@dataclass(frozen=True)
class Testbed:
    folder: Path
    postgres_url: str
    redis_url: str

    def environment(self, *, sqlite: bool) -> dict[str, str]:
        shell = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        var = self.folder / "var"
        return shell | {
            "DATABASE_URL": f"sqlite:///{var / 'thidua.sqlite3'}" if sqlite else self.postgres_url,
            "CELERY_BROKER_URL": self.redis_url,
            "TEST_POSTGRES_URL": self.postgres_url,
            "TEST_REDIS_URL": self.redis_url,
            "CHROMIUM": machine.chromium() or "",
            "QUIET_HOURS": "",  # or tests of mail would fail at night
            "SECRET_KEY": secrets.token_urlsafe(50),
            "THIDUA_VAR": str(var),
            "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        }


@contextlib.contextmanager
def testbed(*, durable: bool = False) -> Iterator[Testbed]:
    """Start PostgreSQL and Redis; whatever happens, stop them and remove the folder.

    `durable` is for measuring: each commit reaches the disk, as in production.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="thidua-test-")))
        folder.chmod(0o711)  # PostgreSQL's account must pass through it to its own folder
        (folder / "var").mkdir(mode=0o700)
        (folder / "var" / "static").mkdir()  # where a collectstatic would have put files
        postgres = Postgres(folder / "postgres", durable=durable)
        redis = machine.redis_server()  # what production runs; a trial's broker is the wheel's
        broker = Broker(folder / "redis", folder / "redis.log", durable=False, program=redis)
        for server in (postgres, broker):
            stack.callback(server.child.stop)
            server.start()
        yield Testbed(folder, postgres.url, broker.url)
