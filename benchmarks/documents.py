"""Documents per second, by back end: the yearly report of twelve solutions, over and over. Then a
year's dossier of so many documents by the real job, and the worklist meanwhile.

bin/bench documents [--json] [--documents N]

The processes are spawned: typst has threads, and a fork of a process that has used it stands still.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmarks import exports  # noqa: E402
from reports.kinds import Kind  # noqa: E402
from reports.papers import pdf, word, word_template  # noqa: E402
from reports.papers.paper import Paper  # noqa: E402
from tests.reports.conftest import School, furnish  # noqa: E402
from tests.world import World, build  # noqa: E402

SOLUTIONS, PROCESSES = 12, 2
RATED = 200
"""Of each form; more would only take longer."""
NOW = datetime(2025, 3, 3, 8, tzinfo=UTC)


def _pdf(paper: Paper) -> int:
    return len(pdf.render(paper, NOW))


def _docx(paper: Paper) -> int:
    return len(word.render(paper, word_template.standard()))


BACK_ENDS: dict[str, Callable[[Paper], int]] = {"pdf": _pdf, "docx": _docx}


def prepare() -> World:
    world = build()
    furnish(world)
    for _solution in range(SOLUTIONS):
        world.at("evaluated")
    return world


def measure(paper: Paper, count: int) -> dict[str, object]:
    result: dict[str, object] = {"rated_documents": count, "solutions": SOLUTIONS}
    for name, render in BACK_ENDS.items():
        render(paper)
        begin = time.perf_counter()
        for _document in range(count):
            render(paper)
        result[f"{name}_per_second"] = round(count / (time.perf_counter() - begin), 1)
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            list(pool.map(render, [paper] * PROCESSES))
            begin = time.perf_counter()
            list(pool.map(render, [paper] * count))
            together = count / (time.perf_counter() - begin)
        result[f"{name}_per_second_{PROCESSES}_processes"] = round(together, 1)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--documents", type=int, default=500)
    given = parser.parse_args()
    world = prepare()
    paper = School(world).paper(Kind.YEARLY_REPORT)
    result = measure(paper, min(given.documents, RATED)) | exports.measure(world, given.documents)
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:32} {value}")
    print(f"{'target':32} worklist_ratio ≤ {exports.TARGET}")


if __name__ == "__main__":
    main()
