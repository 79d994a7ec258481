"""The staff as the model sees it: who holds which post on which day, and who stands in for whom.

Written from the rules, with names instead of rows: nothing of the product is imported.
"""

from dataclasses import dataclass, field

Post = tuple[str, str]

# role → where its work goes: to the deputy while its holders are away, and one role up.
DEPUTY = {"head": "deputy_head", "principal": "vice_principal"}
ABOVE = {
    "deputy_head": "head",
    "head": "principal",
    "council": "principal",
    "vice_principal": "principal",
    "principal": "superior",
}
SEAT = {"principal": "school", "superior": "authority"}
"""Where a role above is held, when not at the same unit."""

DECIDES = {"head", "deputy_head", "council", "vice_principal", "principal", "superior"}
OPENS_EVALUATION = {"head", "secretary", "principal"}
WITHDRAWS = {"head", "principal"}
REOPENS = {"principal"}


def above(post: Post) -> Post | None:
    role = ABOVE.get(post[1])
    return (SEAT.get(role, post[0]), role) if role else None


@dataclass
class Loan:
    """A delegation, from a day to a day."""

    delegator: str
    delegate: str
    post: Post
    first: int
    last: int
    taken_back: bool = False


@dataclass
class Staff:
    """Days are whole numbers; an office ends with the day before `left`."""

    offices: dict[str, Post]
    today: int = 0
    left: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    loans: list[Loan] = field(default_factory=list)
    absences: list[tuple[str, int, int]] = field(default_factory=list)

    def own(self, who: str) -> Post | None:
        gone = who in self.closed or self.left.get(who, self.today + 1) <= self.today
        return None if gone else self.offices[who]

    def lent(self, who: str) -> list[Loan]:
        """The loans that `who` may use today, in the order of the delegators."""
        names = list(self.offices)
        loans = [loan for loan in self.loans if loan.delegate == who and self._runs(loan)]
        return sorted(loans, key=lambda loan: names.index(loan.delegator))

    def _runs(self, loan: Loan) -> bool:
        in_time = loan.first <= self.today <= loan.last and not loan.taken_back
        return (
            in_time and loan.delegate not in self.closed and self.own(loan.delegator) == loan.post
        )

    def capacities(self, who: str) -> list[tuple[Post, str | None]]:
        """Every post somebody can act for: their own, then those they stand in for."""
        own = self.own(who)
        mine: list[tuple[Post, str | None]] = [(own, None)] if own else []
        return mine + [(loan.post, loan.delegator) for loan in self.lent(who)]

    def holders(self, post: Post) -> set[str]:
        return {who for who in self.offices if any(one == post for one, _ in self.capacities(who))}

    def own_holders(self, post: Post) -> set[str]:
        return {who for who in self.offices if self.own(who) == post}

    def away(self, who: str) -> bool:
        return any(
            who == name and first <= self.today <= last for name, first, last in self.absences
        )

    def may(self, who: str, roles: set[str], units: set[str]) -> bool:
        return any(role in roles and unit in units for (unit, role), _ in self.capacities(who))
