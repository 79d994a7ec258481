"""Random people do random things to the school's report of a year, and the model tells what comes
of it.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from approvals.create_report import draft_report
from tests.model import yearly
from tests.model.machine import COUNCIL, LENDERS, PEOPLE, PRINCIPAL, VALUE, School, lay
from tests.model.people import Staff
from tests.model.rules import Deed, Step
from tests.model.yearly import NEVER, WRITES, Report
from tests.world import OFFICES
from workflow.models import GENERAL, Duty, Initiative, WorkItem

SIGNS = Step(2, PRINCIPAL, twice=True)
VICE = ("school", "vice_principal")
YEARLY: dict[str, list[Step]] = {
    "default": [Step(1, PRINCIPAL)],
    "the vice principal first": [Step(1, VICE), SIGNS],
    "kept": [Step(1, VICE, keeps=True), replace(SIGNS, keeps=True)],
    "two of the council": [Step(1, COUNCIL, one_by_one=True, needed=2), SIGNS],
    "the secretary by name": [Step(1, names=("secretary", "colleague")), SIGNS],
}
WRITERS = [who for who, (_unit, role) in OFFICES.items() if role in WRITES]
ACTIONS = sorted({*yearly.TABLE, *NEVER})
FIRST = dict.fromkeys(GENERAL, "Theo báo cáo của các tổ.")
LAST_SECTION = GENERAL[-1]


class SchoolReport(School):
    """`initiatives` of the world's year, all of which have reported: most are hidden at first."""

    initiatives: list[int]
    table = yearly.TABLE
    allowed = staticmethod(yearly.allowed)
    do = staticmethod(yearly.do)
    onwards = {"write_yearly", "submit_yearly", "approve", "gather"}

    @initialize(
        lead=st.sampled_from(WRITERS), route=st.sampled_from(sorted(YEARLY)),
        loan=st.sampled_from(["", "clerk principal", "secretary vice_principal",
                              "principal secretary", "vice_principal principal"]),
    )  # fmt: skip
    def begin(self, lead: str, route: str, loan: str) -> None:
        """Often who writes stands in for who decides, or the other way round."""
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now, self.minute = self.world.now, 0
        self.staff = Staff({who: (unit, str(role)) for who, (unit, role) in OFFICES.items()})
        lay(self.world, "yearly", YEARLY[route])
        self._have_reported(1)
        movement, year = self.world.movement.pk, self.world.round.year
        words = FIRST | {LAST_SECTION: ""}
        made = draft_report(movement, year, self.world.people[lead], self.now, words)
        self.initiative = Initiative.dossiers.get(pk=made.initiative.pk)
        self.dossier = Report(lead, {lead}, {"yearly": YEARLY[route]})
        if loan:
            lender, delegate = loan.split()
            self.lend(lender, delegate, 2)

    def _have_reported(self, count: int) -> None:
        for place, pk in enumerate(self.initiatives):
            state = "reported" if place < count else "in_progress"
            Initiative.objects.filter(pk=pk).update(state=state)

    @rule(who=st.sampled_from([*PEOPLE, None]), action=st.sampled_from(ACTIONS),
          ask=st.integers(0, 2), value=VALUE)  # fmt: skip
    def anybody_tries_anything(self, who: str | None, action: str, ask: int, value: str) -> None:
        self.tries(Deed(who, action, self.minute, self._open(ask), value))

    @rule(who=st.sampled_from([*WRITERS, *LENDERS]), action=st.sampled_from(sorted(yearly.TABLE)),
          value=VALUE)  # fmt: skip
    def an_office_of_the_school_tries(self, who: str, action: str, value: str) -> None:
        self.tries(Deed(who, action, self.minute, 0, value))

    @rule()
    def one_more_initiative_reports(self) -> None:
        assert isinstance(self.dossier, Report)
        self.dossier.reported = min(self.dossier.reported + 1, len(self.initiatives))
        self._have_reported(self.dossier.reported)

    def payload(self, deed: Deed) -> dict[str, Any]:
        if deed.action == "write_yearly":
            return {"sections": {LAST_SECTION: deed.value}}
        return super().payload(deed)

    def compare(self, after: object) -> None:
        super().compare(after)
        report = self.dossier
        assert isinstance(report, Report)
        real = Initiative.dossiers.get(pk=self.initiative.pk)
        names = {user.pk: who for who, user in self.world.people.items()}
        authors = {names[pk] for pk in real.authorships.values_list("user", flat=True)}
        assert authors == report.authors, f"after {after}: who is an author?"
        assert len(real.school_report.solutions) == report.gathered, f"after {after}: gathered?"
        owes = WorkItem.objects.open().filter(initiative=real, duty=Duty.REPORT)
        assert owes.exists() == bool(report.owed), f"after {after}: what is owed?"
