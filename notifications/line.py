"""One connection to the mail server, on which a mail is first offered and then handed over.

A mail is the server's with the dot that ends its content and not before (RFC 5321, 4.1.1.4). So
the dot is sent apart: while the server reads the content, the sender does its own work.
"""

import smtplib
import socket
from typing import cast

from django.core.mail import get_connection

from notifications.mime import Mail

DOT = b".\r\n"


class Line:
    def __init__(self) -> None:
        self.backend = get_connection()
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
        """Everything but the dot. Raises what smtplib's own `sendmail` would."""
        self.offered = mail
        if smtp := self.smtp:
            size = [f"size={len(mail.content)}"] if smtp.has_extn("size") else []
            code, words = smtp.mail(mail.sender, size)
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, words, mail.sender)
            code, words = smtp.rcpt(mail.to[0])
            if code not in (250, 251):
                raise smtplib.SMTPRecipientsRefused({mail.to[0]: (code, words)})
            code, words = smtp.docmd("data")
            if code != 354:
                raise smtplib.SMTPDataError(code, words)
            smtp.send(mail.content)

    def hand_over(self) -> None:
        """The dot. Without an error the mail is the server's."""
        assert self.offered
        if smtp := self.smtp:
            smtp.send(DOT)
            code, words = smtp.getreply()
            if code != 250:
                raise smtplib.SMTPDataError(code, words)
        else:
            self.backend.send_messages([self.offered])
        self.offered = None

    def close(self) -> None:
        """Without a word when something went wrong: a QUIT would be read as content."""
        if self.offered and self.smtp:
            self.smtp.close()
        self.offered = None
        self.backend.close()
