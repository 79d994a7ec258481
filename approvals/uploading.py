"""How much one request may bring: the rest is not even written to the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_AT_ONCE = 10
"""Files in one request."""


class Bounded(FileUploadHandler):
    """Stops reading once a request brought more than its files may hold together.

    The form's other values come before its files, so the page can still say what is wrong.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MOST_AT_ONCE * settings.EVIDENCE_FILE_BYTES:
            assert self.request is not None
            self.request.too_much = True  # type: ignore[attr-defined]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
        return
