"""A council's vote, counted: how many are needed, what has come in, and what follows from it.

Everything is a whole number. Percentages are compared by multiplying, so that exactly 70 % is 70 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workflow.models.route_choices import Asks, Base

VOTES = (Asks.VOTE, Asks.BOTH)
SCORED = (Asks.SCORES, Asks.BOTH)
OPEN, PASSED, FAILED = "open", "passed", "failed"


@dataclass(frozen=True)
class Tally:
    """`members` may vote: authors among the council are `excluded` and counted nowhere.

    `threshold` and `attendance` are percentages: of votes for among the base, and of members who
    must have voted. `early`: the vote ends once the rest cannot change it. `closed`: the secretary
    has ended it; whoever has not voted by then is absent.
    """

    members: int
    votes_for: int
    votes_against: int
    threshold: int
    base: str = Base.MEMBERS
    attendance: int = 0
    excluded: int = 0
    early: bool = True
    closed: bool = False

    @property
    def cast(self) -> int:
        return self.votes_for + self.votes_against

    @property
    def absent(self) -> int:
        return self.members - self.cast

    @property
    def counted(self) -> int:
        """What the percentage is of."""
        return self.members if self.base == Base.MEMBERS else self.cast

    @property
    def needed(self) -> int:
        """The fewest votes for that reach the threshold, if everybody takes part."""
        return _at_least(self.threshold, self.members)

    @property
    def attended(self) -> bool:
        return self.cast >= self.must_attend

    @property
    def must_attend(self) -> int:
        return max(_at_least(self.attendance, self.members), 1)

    @property
    def reached(self) -> bool:
        return self.votes_for > 0 and 100 * self.votes_for >= self.threshold * self.counted

    @property
    def certain(self) -> bool:
        """Whatever those say who have not voted, the outcome stays: on either base, because each
        of them may still take part.
        """
        beyond = self.members - self.votes_against < self.needed
        return self.votes_for >= self.needed or beyond

    @property
    def ended(self) -> bool:
        return self.closed or not self.absent or (self.early and self.attended and self.certain)

    @property
    def outcome(self) -> str:
        if not self.ended:
            return OPEN
        return PASSED if self.reached and self.attended else FAILED

    @property
    def share(self) -> float:
        """Votes for among the base, in percent, for people to read."""
        return 100 * self.votes_for / self.counted if self.counted else 0.0

    def facts(self) -> dict[str, Any]:
        """As the audit and the record keep it."""
        return {
            "members": self.members,
            "excluded": self.excluded,
            "for": self.votes_for,
            "against": self.votes_against,
            "absent": self.absent,
            "threshold": self.threshold,
            "base": str(self.base),
            "attendance": self.attendance,
            "outcome": self.outcome,
        }


def _at_least(percent: int, whole: int) -> int:
    """The smallest whole number that is at least so many percent of another."""
    return -(-percent * whole // 100)


def tally(step: dict[str, Any], verdicts: Iterable[str]) -> Tally:
    """Count the standing votes of a step of a pinned route."""
    rule, cast = step["vote"], list(verdicts)
    return Tally(
        members=len(step["people"]),
        votes_for=cast.count("for"),
        votes_against=cast.count("against"),
        threshold=rule["threshold"],
        base=rule["base"],
        attendance=rule["attendance"],
        excluded=len(rule["excluded"]),
        early=step["asks"] == Asks.VOTE,
        closed=rule["closed"],
    )
