"""Deliver the outbox: claim with a lease, send over one connection, mark each before the next.

At least once: a sender that dies between sending and marking repeats that one mail, with the same
Message-ID. Many senders may run at the same time. Results as in the design: sent, snoozed,
cancelled.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings

from notifications import failures
from notifications.claims import claim, give_back, load
from notifications.composing import compose
from notifications.line import Line
from notifications.marks import Marks
from notifications.mime import Mail
from notifications.models import Message
from notifications.preferences import sort_out

logger = logging.getLogger(__name__)
SHIFT = timedelta(minutes=1)
"""After it a sender claims nothing more and the next one goes on: the sweep wants its turn too."""
ANSWERS = 12
"""What one mail may wait for, opening the connection included, at most EMAIL_TIMEOUT each."""
Clock = Callable[[], datetime]
Ready = tuple[Message, Mail, list[Message]]
Mails = Iterator[Ready]


def deliver_waiting(clock: Clock) -> int:
    """Send what waits, for the length of a shift; returns the number of mails sent."""
    sender, end = _Sender(clock), clock() + SHIFT
    try:
        while not sender.away and clock() < end and (keys := claim(clock())):
            sender.deliver(sort_out(load(keys), clock()))
    finally:
        sender.finish()
    return sender.sent


class _Sender:
    """One connection, opened when the first mail is ready. `away`: the server is out of reach.

    The mark of a mail is on its way as soon as the server has it, and committed before the dot of
    the next: a sender that dies leaves at most one mail that was sent and not marked. Meanwhile the
    server reads the content of the next, and the one after that is composed.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.line = Line()
        self.marks = Marks()
        self.away = False
        self.sent = 0

    def deliver(self, batch: list[Message]) -> None:
        """Begin no mail that could outlast the lease: another sender might have it by then."""
        mails = self._mails(batch)
        ready = next(mails, None)
        while ready:
            message, mail, rest = ready
            slowest = timedelta(seconds=ANSWERS * settings.EMAIL_TIMEOUT)
            if message.lease_until is None or self.clock() + slowest > message.lease_until:
                self.finish()
                give_back(rest)
                break
            if error := self._unreachable():
                self.marks.wait()
                later = self.clock() + failures.until_back()
                give_back(rest, not_before=later, error=failures.words(error))
                break
            ready = self._send(message, mail, mails)
        self.marks.wait()

    def _mails(self, batch: list[Message]) -> Mails:
        """Each with what is left of the batch, itself included. What cannot be sent ends here."""
        for number, message in enumerate(batch):
            if mail := self._composed(message):
                yield message, mail, batch[number:]
            else:
                self.marks.put(message)

    def _composed(self, message: Message) -> Mail | None:
        """None when it cannot be sent, and why is noted in the row."""
        try:
            failures.require_official(message.recipient.email)
            return compose(message)
        except Exception as error:
            self._failed(message, error)
            return None

    def _unreachable(self) -> Exception | None:
        """Opening fails for all rows alike, whatever the reason: a wrong password is not theirs."""
        try:
            self.line.open()
        except Exception as error:
            logger.warning("the mail server is out of reach: %s", type(error).__name__)
            self.away = True
            return error
        return None

    def _send(self, message: Message, mail: Mail, mails: Mails) -> Ready | None:
        message.attempts += 1
        offered = self._tried(message, lambda: self.line.offer(mail))
        following = next(mails, None)
        self.marks.wait()
        upcoming = following[1] if following else None
        if offered and self._tried(message, lambda: self.line.hand_over(upcoming)):
            message.sent_at, message.error = self.clock(), ""
            self.sent += 1
        self.marks.put(message)
        return following

    def _tried(self, message: Message, step: Callable[[], None]) -> bool:
        """Whatever goes wrong with a row stays with it."""
        try:
            step()
        except Exception as error:
            self.close()
            self._failed(message, error)
            return False
        return True

    def _failed(self, message: Message, error: Exception) -> None:
        failures.judge(message, error, self.clock())
        logger.warning("message %s: %s", message.pk, type(error).__name__)

    def finish(self) -> None:
        try:
            self.marks.close()
        finally:
            self.close()

    def close(self) -> None:
        """Without a word: a broken connection may not stop the rows after it."""
        try:
            self.line.close()
        except OSError:
            logger.debug("the mail connection was already gone")
