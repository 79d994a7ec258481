"""A mail as bytes, quickly: text and HTML in base64, headers that are encoded once.

Django's and Python's own way folds and checks every header several times, which costs as much as
everything else that is done for a mail. Base64 needs no server that takes 8-bit bodies, no line
of it is too long, and none begins with a dot.
"""

from base64 import b64encode
from collections.abc import Mapping
from email import message_from_bytes
from email.utils import formataddr, formatdate, parseaddr
from functools import cache
from typing import Any

from django.core.mail import BadHeaderError, EmailMessage
from django.utils.encoding import punycode

BOUNDARY = "=_thidua_alternative_="
"""`=_` is in no base64 text (RFC 2045, 6.7), so that it need not be looked for."""
LINE = 76
LETTERS = 9
"""Of at most four bytes each, they fit into one line beside the header's name."""


class Mail(EmailMessage):
    """Text and HTML to one person. Goes through every mail backend of Django's."""

    def __init__(
        self, subject: str, text: str, html: str, to: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(subject, text, to=[_ascii(to)], headers=dict(headers))
        written, self.sender = _sender(self.from_email)
        values = {"From": written, "To": self.to[0], "Subject": subject, **headers}
        if any("\n" in value or "\r" in value for value in values.values()):
            raise BadHeaderError("A header may not contain a line break.")
        self.content = _assembled({**values, "Subject": _encoded(subject)}, text, html)

    def message(self, **_policy: Any) -> Any:
        return message_from_bytes(self.content)


def _assembled(headers: Mapping[str, str], text: str, html: str) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers.items()]
    lines += [
        f"Date: {formatdate()}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{BOUNDARY}"',
        "",
    ]
    for kind, words in (("plain", text), ("html", html)):
        lines += [
            f"--{BOUNDARY}",
            f'Content-Type: text/{kind}; charset="utf-8"',
            "Content-Transfer-Encoding: base64",
            "",
            _base64(words),
        ]
    return "\r\n".join([*lines, f"--{BOUNDARY}--", ""]).encode("ascii")


def _base64(words: str) -> str:
    """In lines of 76 letters (RFC 2045, 6.8)."""
    text = b64encode(words.encode()).decode("ascii")
    return "".join([f"{text[start : start + LINE]}\r\n" for start in range(0, len(text), LINE)])


def _encoded(subject: str) -> str:
    """In encoded words of one line each, none of which cuts a letter (RFC 2047, 2)."""
    if subject.isascii():
        return subject
    pieces = [subject[start : start + LETTERS] for start in range(0, len(subject), LETTERS)]
    encoded = (b64encode(piece.encode()).decode("ascii") for piece in pieces)
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in encoded)


def _ascii(address: str) -> str:
    """A domain with letters of other scripts goes out in its ASCII form (RFC 3490)."""
    name, _at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{name}@{punycode(domain)}"


@cache
def _sender(written: str) -> tuple[str, str]:
    """DEFAULT_FROM_EMAIL for the header, and its bare address for the envelope."""
    name, address = parseaddr(written)
    return formataddr((name, address)), address
