"""The same for the school's report of a year: what may be done with it, and what comes of it."""

from dataclasses import dataclass

from tests.model import effects
from tests.model.effects import EFFECTS, Effect, submit
from tests.model.people import REOPENS, WITHDRAWS, Staff
from tests.model.rules import (
    Deed,
    Dossier,
    Owed,
    Rule,
    agrees,
    chases,
    decides,
    other,
    pin,
    reassigns,
    undoes,
)

LINE = {"school", "authority"}
"""It is the school's own: an office of a department does not count."""
WRITES = {"clerk", "secretary"}


@dataclass
class Report(Dossier):
    """`results` are its words: the last general section. `reported`: how many initiatives of the
    year have reported by now; `gathered`: how many of them stand in it.
    """

    reported: int = 1
    gathered: int = 1


def office(roles: set[str]) -> Rule:
    return lambda report, staff, deed: bool(deed.who) and staff.may(str(deed.who), roles, LINE)


_WRITE = ("draft", False, (office(WRITES),))
# action → the state, whether something must be pending (None: either), and the rules.
TABLE: dict[str, tuple[str, bool | None, tuple[Rule, ...]]] = {
    "gather": _WRITE,
    "write_yearly": _WRITE,
    "submit_yearly": _WRITE,
    "recall": ("draft", True, (office(WRITES),)),
    "approve": ("draft", True, (decides, agrees)),
    "return": ("draft", True, (decides, agrees)),
    "reassign": ("draft", True, (other, reassigns)),
    "undo": ("draft", None, (undoes,)),
    "chase": ("draft", None, (office(WITHDRAWS), chases)),
    "reopen_yearly": ("approved", False, (other, office(REOPENS))),
}
NEVER = {
    "edit", "submit", "reject", "start", "edit_report", "submit_report", "open_evaluation",
    "withdraw", "reopen", "attach", "detach", "ask_extension", "grant_extension",
    "refuse_extension", "for", "against", "close_vote",
}  # fmt: skip
"""Whoever tries it, and whenever: that is for initiatives."""


def allowed(dossier: Dossier, staff: Staff, deed: Deed) -> bool:
    if deed.action in NEVER or deed.who in staff.closed:
        return False
    state, pending, rules = TABLE[deed.action]
    if dossier.state != state or pending not in (None, dossier.pending is not None):
        return False
    if not all(rule(dossier, staff, deed) for rule in rules):
        return False
    if deed.action != "submit_yearly":
        return True
    return bool(dossier.results) and pin(dossier.routes["yearly"], dossier, staff) is not None


def do(dossier: Dossier, staff: Staff, deed: Deed) -> None:
    effects.carry_out(OF_REPORT.get(deed.action) or EFFECTS[deed.action], dossier, staff, deed)


def _write(report: Dossier, staff: Staff, deed: Deed) -> bool:
    """Whoever has changed a word is an author from then on."""
    if report.results == deed.value:
        return False
    report.results = deed.value
    report.authors.add(str(deed.who))
    return True


def _gather(report: Dossier, staff: Staff, deed: Deed) -> bool:
    assert isinstance(report, Report)
    if report.gathered == report.reported:
        return False
    report.gathered = report.reported
    report.authors.add(str(deed.who))
    return True


def _submit(report: Dossier, staff: Staff, deed: Deed) -> None:
    assert isinstance(report, Report)
    content = (report.results, report.gathered, frozenset(report.authors))
    submit(report, staff, "yearly", content)


def _reopen(report: Dossier, staff: Staff, deed: Deed) -> None:
    report.state, report.owed = "draft", Owed()


OF_REPORT: dict[str, Effect] = {
    "write_yearly": _write,
    "gather": _gather,
    "submit_yearly": _submit,
    "reopen_yearly": _reopen,
}
