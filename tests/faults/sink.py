"""An SMTP server that writes down what it accepts, and misbehaves when it is told to."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from lib.machine import LOOPBACK, free_port
from tests.faults.history import History

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)
ANSWERS = ("421", "452", "550", "hang", "drop")
"""A tenth of the mails each, in the order in which they first come."""


class Sink:
    """With `unkind`, every mail of the first five tenths gets its answer: a 550 each time, the
    others once."""

    def __init__(self, history: History) -> None:
        self.history, self.port = history, free_port()
        self.accepted: list[tuple[float, str]] = []
        self.unkind = False
        self.tries: Counter[str] = Counter()
        self.answers: dict[str, str] = {}

    @classmethod
    @contextmanager
    def open(cls, history: History) -> "Iterator[Sink]":
        sink = cls(history)
        controller = Controller(sink, hostname=LOOPBACK, port=sink.port)
        controller.start()
        try:
            yield sink
        finally:
            controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        found = MESSAGE_ID.search(envelope.original_content or b"")
        key = found[1].decode() if found else "without a Message-ID"
        answer = self._answer(key) if self.unkind else ""
        if answer == "hang":
            await asyncio.sleep(3600)  # the client gives up and this task ends with its connection
        line = server.transport
        assert isinstance(line, asyncio.Transport)
        if answer == "drop":
            line.abort()
        elif answer == "421":
            asyncio.get_running_loop().call_later(0.05, line.close)
        if answer:
            return f"{answer} on purpose"
        self.accepted.append((time.time(), key))
        self.history.add("mail", "seen", key)
        return "250 OK"

    def _answer(self, key: str) -> str:
        self.tries[key] += 1
        number = len(self.answers) % 10
        answer = self.answers.setdefault(key, ANSWERS[number] if number < len(ANSWERS) else "")
        return answer if self.tries[key] == 1 or answer == "550" else ""
