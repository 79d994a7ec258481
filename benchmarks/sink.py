"""An SMTP server in a process of its own that counts what it takes and keeps nothing."""

import logging
import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


class _Counting:
    def __init__(self, taken: "Synchronized[int]") -> None:
        self.taken = taken

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, said: list[str]
    ) -> list[str]:
        """It says what Postfix and Exim say: that commands may come in a row (RFC 2920)."""
        session.host_name = hostname
        return [*said[:-1], "250-PIPELINING", said[-1]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.value += 1
        return "250 OK"


def _serve(port: int, taken: "Synchronized[int]", ready: Event) -> None:
    logging.disable()
    Controller(_Counting(taken), hostname=LOOPBACK, port=port).start()
    ready.set()
    threading.Event().wait()


@contextmanager
def counting_sink(port: int) -> "Iterator[Synchronized[int]]":
    """Yields the number of mails taken so far."""
    spawn = multiprocessing.get_context("spawn")
    taken, ready = spawn.Value("i", 0), spawn.Event()
    server = spawn.Process(target=_serve, args=(port, taken, ready), daemon=True)
    server.start()
    try:
        assert ready.wait(30), "the sink did not start"
        yield taken
    finally:
        server.kill()
        server.join()
