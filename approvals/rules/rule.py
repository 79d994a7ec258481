from collections.abc import Callable

from approvals.case import Case
from approvals.refusal import Refusal

Rule = Callable[[Case], Refusal | None]
