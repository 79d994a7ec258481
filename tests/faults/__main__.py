"""Run by `bin/faults`: one line per test, and a history beside the logs."""

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from lib.environment import PYTHON
from lib.machine import stop_on_signals
from lib.postgres import Postgres
from lib.processes import Child, Command, require

DRAFTS = 120
NAMES = (
    "child-kills", "group-kills", "broker-kills", "broker-flushes", "broker-frozen",
    "database-stops", "mail-answers", "poison", "beats", "rollbacks", "sqlite",
)  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, short intervals")
    parser.add_argument("--controls", choices=("with", "only", "without"), default="with")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path, help="a new folder for histories and logs")
    given = parser.parse_args()
    if wrong := set(given.names) - set(NAMES):
        parser.error(f"no test is called {', '.join(sorted(wrong))}; there are: {', '.join(NAMES)}")
    return given


def set_up(postgres: Postgres, folder: Path) -> None:
    """One migrated database with the school in it; each test gets a copy under one name."""
    os.environ |= {
        "DATABASE_URL": f"{postgres.url.rpartition('/')[0]}/faults",
        "CACHE_URL": "dbcache://cache",
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "THIDUA_VAR": str(folder),
        "SECRET_KEY": "only-for-faults",
    }
    school = os.environ | {"DATABASE_URL": f"{postgres.url.rpartition('/')[0]}/school"}
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE school")
    seed = Child("seed", [PYTHON, "-m", "tests.faults.seed", str(DRAFTS)], school)
    require(seed, "Seeding the school")
    import django

    django.setup()
    logging.disable()  # the sink's dialogue, and ours with a broker that is away


def renew(postgres: Postgres) -> None:
    from django.db import connection

    connection.close()
    with psycopg.connect(postgres.url, autocommit=True) as server:
        server.execute("ALTER SYSTEM RESET ALL")
        server.execute("SELECT pg_reload_conf()")
        server.execute("DROP DATABASE IF EXISTS faults WITH (FORCE)")
        server.execute("CREATE DATABASE faults TEMPLATE school")


def run(
    name: str, postgres: Postgres, folder: Path, given: argparse.Namespace, control: bool
) -> bool:
    """A control passes when the test does not hold."""
    from tests.faults.lab import lab
    from tests.faults.plan import TESTS

    test = TESTS[name]
    quick = given.quick or control
    size = test.controlled if control else test.quick if given.quick else test.full
    changed = (test.quickly if quick else test.settings) | (test.control if control else {})
    place = folder / (f"{name}-control" if control else name)
    begin = time.monotonic()
    renew(postgres)
    with lab(postgres, place, given.seed, quick=quick, **changed) as bed:
        outcome = test.run(bed, size, control=control)
    passed = outcome.holds is not control
    title = f"{name}, control" if control else name
    verdict = "ok    " if passed else "FAILED"
    seconds = time.monotonic() - begin
    print(f"{verdict} {title}: {outcome.words}; seed {given.seed}; {seconds:.0f} s", flush=True)
    return passed


def in_shares(given: argparse.Namespace) -> int:
    """A quick run mostly waits: three at a time, each with servers of its own."""
    words = [f"--seed={given.seed}", f"--controls={given.controls}", "--quick"]
    words += [f"--keep={given.keep}"] if given.keep else []
    command: Command = [PYTHON, "-m", "tests.faults", *words]
    shares = [Child("faults", [*command, *NAMES[share::3]], patience=30) for share in range(3)]
    try:
        for share in shares:
            share.start()
        return max([share.process.wait() for share in shares if share.process])
    finally:
        for share in shares:
            share.stop()


def main() -> int:
    given = arguments()
    stop_on_signals()
    if given.quick and not given.names:
        return in_shares(given)
    controls = {"with": (False, True), "only": (True,), "without": (False,)}[given.controls]
    with tempfile.TemporaryDirectory(prefix="thidua-faults-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o711)  # PostgreSQL's account must pass through it to its own folder
        postgres = Postgres(folder / "postgres", durable=True)
        try:
            postgres.start()
            set_up(postgres, folder)
            kept = given.keep.resolve() if given.keep else folder / "kept"
            passed = [
                run(name, postgres, kept, given, control)
                for name in given.names or NAMES
                for control in controls
            ]
        finally:
            postgres.child.stop()
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
