"""Why something is not done, in words for the person who asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why not. `conflict`: the person might have, but the dossier has moved on meanwhile."""

    reason: str
    conflict: bool = False


class Refused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal
