"""A real SMTP server that keeps what it is sent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from lib.machine import LOOPBACK, free_port

ACCEPTED = "250 OK"


class Mailbox:
    """`answer` is what the server says to the next DATA: change it to make it refuse; `known` to
    the next recipient. With `in_a_row` it announces that commands need not wait for each other.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = ACCEPTED
        self.known = ACCEPTED
        self.in_a_row = False
        self.connections = 0
        self.port = free_port()

    @classmethod
    @contextmanager
    def open(cls) -> "Iterator[Mailbox]":
        mailbox = cls()
        controller = Controller(mailbox, hostname=LOOPBACK, port=mailbox.port)
        controller.start()
        try:
            yield mailbox
        finally:
            controller.stop()

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.in_a_row else responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.known == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return self.known

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer == ACCEPTED:
            content = envelope.original_content or b""
            self.mails.append(message_from_bytes(content, policy=policy.default))
        return self.answer

    def wait_for(self, count: int, seconds: float = 20) -> list[EmailMessage]:
        """The mails once there are `count`; fails by time. More than that shows in the result."""
        end = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < end:
            time.sleep(0.05)
        return list(self.mails)
