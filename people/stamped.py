"""Answers that a process keeps under a stamp (`people.models.Stamp`)."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

KEPT = 4096
"""Answers of a question, per process."""


class Stamped:
    """A question whose rows are asked for once under each word of a stamp.

    The word was read in the caller's transaction, with something else that was read anyway; whoever
    has none at hand asks the database. The rows are shared, so the question answers with tuples.
    """

    def __init__(self, question: Callable[..., list[Any]]) -> None:
        self.question = question
        self._kept = lru_cache(maxsize=KEPT)(self._ask)

    def __call__(self, stamp: str, **values: Any) -> list[Any]:
        return self._kept(stamp, **values) if stamp else self.question(**values)

    def _ask(self, _stamp: str, **values: Any) -> list[Any]:
        return self.question(**values)
