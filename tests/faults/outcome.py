"""What came of a test: one line for people, and whether it holds."""

from dataclasses import dataclass, replace

from tests.faults.lab import Lab
from tests.faults.school import told, undelivered, write_down_mails, write_down_rungs

SETTLED = 3.0
"""Seconds of quiet in which a late double would still show."""


@dataclass(frozen=True)
class Outcome:
    holds: bool
    words: str

    def but(self, holds: bool, words: str = "") -> "Outcome":
        """Only if this holds as well."""
        joined = f"{self.words}; {words}" if words else self.words
        return replace(self, holds=self.holds and holds, words=joined)


def everything_told(
    lab: Lab, items: list[int], *, doubles: int = 0, facts: str = "", wait: bool = True
) -> Outcome:
    """Wait until every item has climbed and every mail has gone; then read tables and mailbox."""

    def done() -> bool:
        return not undelivered() and told(items) == len(items)

    if wait:
        lab.until(done, lab.settling, 1)
        lab.wait(SETTLED)
    write_down_rungs(lab.history, items)
    write_down_mails(lab.history)
    rungs, mails = lab.history.verdict("rung"), lab.history.verdict("mail")
    words = f"rungs: {rungs}; mails: {mails}"
    whole = rungs.holds() and mails.holds(doubles=doubles)
    return Outcome(whole, f"{facts}; {words}" if facts else words)
