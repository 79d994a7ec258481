"""A year's dossier of many documents by the real job, while somebody reads the worklist.

Web server and worker are the processes of production, the client speaks HTTP. The answer at rest
is measured before and after the job, so that a machine which others use meets both alike.
"""

import http.client
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import Client
from django.utils import timezone

from reports.exporting.asking import ask
from reports.models import Export
from reports.models.export import Part, Status
from tests.world import World

sys.path.insert(0, str(Path(__file__).parents[1] / "bin"))
from lib import services
from lib.machine import LOOPBACK, free_port

AT_REST = 15.0
"""Seconds of each measurement without the job."""
PAUSE = 0.02
"""Seconds between two requests: somebody who hurries."""
WAITING = 25
TARGET = 2.0
PATIENCE = 1200.0


@contextmanager
def served() -> Iterator[int]:
    """The port of a web server that runs beside a worker."""
    port = free_port()
    environment = os.environ | {"BASE_URL": f"http://{LOOPBACK}:{port}"}
    with tempfile.TemporaryDirectory() as folder:
        web = services.web(environment, Path(folder) / "web.log", port)
        worker = services.worker(environment, Path(folder) / "worker.log")
        try:
            web.start()
            worker.start()
            services.wait_for_web(web, port)
            yield port
        finally:
            worker.stop()
            web.stop()


def reader(world: World, port: int) -> Callable[[], float]:
    """Milliseconds of one answer of the worklist, over a connection that stays open."""
    browser = Client()
    browser.force_login(world.head)
    cookie = {"Cookie": f"sessionid={browser.cookies['sessionid'].value}"}
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=30)

    def read() -> float:
        begin = time.perf_counter()
        line.request("GET", "/", headers=cookie)
        answer = line.getresponse()
        answer.read()
        spent = (time.perf_counter() - begin) * 1000
        assert answer.status == 200, answer.status
        time.sleep(PAUSE)
        return spent

    return read


def at_rest(read: Callable[[], float]) -> list[float]:
    end, found = time.monotonic() + AT_REST, []
    while time.monotonic() < end:
        found.append(read())
    return found


def under_load(read: Callable[[], float], export: Export) -> list[float]:
    end, found = time.monotonic() + PATIENCE, []
    while time.monotonic() < end:
        found.append(read())
        if len(found) % 20 == 0:
            export.refresh_from_db()
            if not export.living:
                break
    assert export.status == Status.DONE, export.status
    return found


def p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 1)


def measure(world: World, documents: int) -> dict[str, object]:
    """Two documents, a docx and a PDF, for each initiative."""
    while world.movement.initiatives.filter(state="evaluated").count() * 2 < documents:
        world.at("evaluated")
    for _item in range(WAITING):
        world.at("with_head")
    with served() as port:
        read = reader(world, port)
        at_rest(read)  # both web processes have loaded what they need
        rest = at_rest(read)
        parts = [str(Part.REPORTS)]
        export = ask(world.clerk, world.movement, world.round.year, parts, timezone.now())
        load = under_load(read, export)
        rest += at_rest(read)
    assert export.finished_at
    assert export.started_at
    seconds = (export.finished_at - export.started_at).total_seconds()
    return {
        "zip_documents": export.total,
        "zip_megabytes": round(export.size / 2**20, 1),
        "zip_seconds": round(seconds, 1),
        "zip_documents_per_second": round(export.total / seconds, 1),
        "worklist_p95_ms_at_rest": p95(rest),
        "worklist_p95_ms_meanwhile": p95(load),
        "worklist_ratio": round(p95(load) / p95(rest), 2),
        "worklist_answers": len(rest) + len(load),
        "load_average": round(os.getloadavg()[0], 1),
    }
