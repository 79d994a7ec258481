"""One connection to the mail server, on which a mail is first offered and then handed over.

A mail is the server's with the dot that ends its content and not before (RFC 5321, 4.1.1.4). So
the dot is sent apart: while the server reads the content, the sender does its own work.
"""

import smtplib
import socket
from collections.abc import Callable, Container
from typing import cast

from django.core.mail import get_connection

from notifications.mime import Mail

DOT = b".\r\n"
Refusal = Callable[[int, bytes], Exception]


class Line:
    """`announced`: the mail whose envelope was sent and is not answered; `offered`: the one whose
    content was sent and is not ended.
    """

    def __init__(self) -> None:
        self.backend = get_connection()
        self.announced: Mail | None = None
        self.offered: Mail | None = None

    @property
    def smtp(self) -> smtplib.SMTP | None:
        """None for the backends that keep mails in files or in memory."""
        return cast("smtplib.SMTP | None", getattr(self.backend, "connection", None))

    def open(self) -> None:
        """Nothing happens when it is open already."""
        if self.backend.open() and self.smtp:
            self.smtp.ehlo_or_helo_if_needed()
            if self.smtp.sock:  # or the dot would wait until the content is acknowledged
                self.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def offer(self, mail: Mail) -> None:
        """Everything but the dot. Raises what smtplib's own `sendmail` would.

        A server that takes commands in a row gets the whole envelope at once (RFC 2920).
        """
        self.offered = mail
        if smtp := self.smtp:
            commands = _envelope(smtp, mail)
            in_a_row = smtp.has_extn("pipelining")
            if in_a_row and mail is not self.announced:
                smtp.send("".join(commands))
            self.announced = None
            for command, (accepted, refused) in commands.items():
                if not in_a_row:
                    smtp.send(command)
                code, words = smtp.getreply()
                if code not in accepted:
                    raise refused(code, words)
            smtp.send(mail.content)

    def hand_over(self, following: Mail | None = None) -> None:
        """The dot. Without an error the mail is the server's.

        Where commands may come in a row, the next envelope may come with it (RFC 2920, 3.1).
        """
        assert self.offered
        if smtp := self.smtp:
            commands = ""
            if following and smtp.has_extn("pipelining"):
                commands = "".join(_envelope(smtp, following))
                self.announced = following
            smtp.send(DOT + commands.encode("ascii"))
            code, words = smtp.getreply()
            if code != 250:
                raise smtplib.SMTPDataError(code, words)
        else:
            self.backend.send_messages([self.offered])
        self.offered = None

    def close(self) -> None:
        """Without a word in the midst of a mail: a QUIT would be read as content."""
        if (self.offered or self.announced) and self.smtp:
            self.smtp.close()
        self.offered = self.announced = None
        self.backend.close()


def _envelope(smtp: smtplib.SMTP, mail: Mail) -> dict[str, tuple[Container[int], Refusal]]:
    """The commands before the content: which answers to each are good, and what others mean."""
    size = f" size={len(mail.content)}" if smtp.has_extn("size") else ""
    to = mail.to[0]
    return {
        f"mail FROM:<{mail.sender}>{size}\r\n": (
            (250,),
            lambda code, words: smtplib.SMTPSenderRefused(code, words, mail.sender),
        ),
        f"rcpt TO:<{to}>\r\n": (
            (250, 251),
            lambda code, words: smtplib.SMTPRecipientsRefused({to: (code, words)}),
        ),
        "data\r\n": ((354,), smtplib.SMTPDataError),
    }
