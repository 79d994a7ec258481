from collections.abc import Callable

from approvals.reading import Reading
from approvals.refusal import Refusal

Rule = Callable[[Reading], Refusal | None]
"""None, or why not. It is given what can be read, so it cannot change the case."""
