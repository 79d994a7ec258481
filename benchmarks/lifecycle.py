"""Whole lives per second: raw SQL, the plain ORM and ours, interleaved on one PostgreSQL.

Run by `bin/bench lifecycle`. 100,000 open work items of other initiatives lie in the tables.
"""

import argparse
import json
import logging
import os
import time
from concurrent.futures import ProcessPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, connections  # noqa: E402 (Django must be set up first)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.backlog import fill  # noqa: E402
from benchmarks.models import MODELS, Allowed  # noqa: E402
from benchmarks.variants import ACTIONS, VARIANTS  # noqa: E402
from tests.world import World, build  # noqa: E402

BACKLOG = 100_000
PROCESSES = 4


def prepare() -> World:
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    world = build()
    Allowed.objects.create(user=world.author, action="move")
    fill(world, BACKLOG)
    return world


def one_client(world: World, lives: int) -> dict[str, float]:
    """Lives per second of each variant, taken in turns so that noise meets all alike."""
    live = {name: make(world) for name, make in VARIANTS.items()}
    spent = dict.fromkeys(VARIANTS, 0.0)
    for warm in (True, False):
        for _life in range(10 if warm else lives):
            for name in VARIANTS:
                begin = time.perf_counter()
                live[name]()
                spent[name] += 0 if warm else time.perf_counter() - begin
    return {name: lives / seconds for name, seconds in spent.items()}


def many_clients(world: World, lives: int) -> dict[str, float]:
    """The same from four processes, each with an initiative of its own at a time."""
    connections.close_all()
    each = max(lives // PROCESSES, 1)
    rates = {}
    with ProcessPoolExecutor(PROCESSES) as pool:
        for name in VARIANTS:
            list(pool.map(_live_many, [(name, world, 2)] * PROCESSES))
            begin = time.perf_counter()
            list(pool.map(_live_many, [(name, world, each)] * PROCESSES))
            rates[name] = each * PROCESSES / (time.perf_counter() - begin)
    return rates


def _live_many(task: tuple[str, World, int]) -> None:
    name, world, lives = task
    connections.close_all()
    live = VARIANTS[name](world)
    for _life in range(lives):
        live()


def sql_per_action(world: World) -> float:
    with CaptureQueriesContext(connection) as queries:
        VARIANTS["ours"](world)()
    return round(len(queries) / ACTIONS, 1)


def measure(lives: int) -> dict[str, object]:
    world = prepare()
    single = one_client(world, lives)
    together = many_clients(world, lives)
    return {
        **{name: round(rate, 1) for name, rate in single.items()},
        "ratio_to_floor": round(single["ours"] / single["floor"], 3),
        "ratio_to_orm": round(single["ours"] / single["orm"], 3),
        "orm_to_floor": round(single["orm"] / single["floor"], 3),
        "four_processes": {name: round(rate, 1) for name, rate in together.items()},
        "sql_per_action": sql_per_action(world),
        "lives": lives,
        "open_items": BACKLOG,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lives", type=int, default=300)
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    result = measure(given.lives)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
