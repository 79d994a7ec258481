"""Random people do random things, to the product and to the model; both must agree each time."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from approvals.absences import cover as cover_absences
from approvals.actions import perform
from approvals.delegating import take_back
from approvals.policy import Action
from approvals.refusal import Refused
from approvals.tally import ballots, of_decisions
from approvals.vault import Upload
from people.models import Absence, Delegation, Membership, User
from tests.model import effects
from tests.model.people import DECIDES, Loan, Staff
from tests.model.rules import (
    RECOGNISES,
    TABLE,
    Deed,
    Dossier,
    Pending,
    Step,
    allowed,
    ballot,
    cover,
    passed,
    seat,
)
from tests.world import OFFICES, REPORT, SCORES, World
from workflow import audit
from workflow.models import Duty, Initiative, Route, WorkItem

HEAD, PRINCIPAL = ("maths", "head"), ("school", "principal")
COUNCIL = ("school", "council")
SIGNS = Step(3, PRINCIPAL, twice=True, grades=True)
REGISTER: dict[str, list[Step]] = {
    "default": [Step(1, HEAD), Step(2, PRINCIPAL, twice=True)],
    "side by side": [
        Step(1, HEAD), Step(1, COUNCIL, one_by_one=True, needed=2), Step(2, PRINCIPAL, twice=True),
    ],
    "by name": [Step(1, names=("colleague", "other_teacher")), Step(2, PRINCIPAL)],
    "kept": [Step(1, HEAD, keeps=True), Step(2, PRINCIPAL, keeps=True), Step(3, COUNCIL)],
    "all": [Step(1, COUNCIL, one_by_one=True, needed=0), Step(2, HEAD, twice=True)],
}  # fmt: skip
REPORTING = [Step(1, HEAD)]
BALLOT = Step(1, COUNCIL, one_by_one=True, needed=0, threshold=70)
EVALUATE: dict[str, list[Step]] = {
    "scores": [Step(1, COUNCIL), SIGNS],
    "scores, then a vote": [Step(1, COUNCIL), replace(BALLOT, position=2, twice=True), SIGNS],
    "a vote of half": [Step(1, HEAD), replace(BALLOT, position=2, threshold=50), SIGNS],
    "sheets and a vote": [replace(BALLOT, sheets=True), SIGNS],
    "of those present": [replace(BALLOT, sheets=True, present=True, attendance=50), SIGNS],
}
PEOPLE = list(OFFICES)
LENDERS = [who for who in PEOPLE if OFFICES[who][1] in DECIDES]
VALUES = ["0", "1", "2", "council", "council_peer", "head"]
OF_A_STEP = ("approve", "return", "reject", "for", "against", "reassign")
ONWARDS = {
    "submit", "approve", "start", "edit_report", "submit_report", "open_evaluation", "for",
    "against", "close_vote",
}  # fmt: skip
"""What leads a dossier on; the rest is done one time in four, or its end were hardly reached."""
HAPPENINGS = ["lend", "take_a_loan_back", "go_away", "leave", "minutes_pass", "a_day_passes"]
VALUE = st.sampled_from(VALUES)
outcomes: Counter[tuple[str, bool]] = Counter()


class School(RuleBasedStateMachine):
    """One dossier of a small school. `world` is set by the test that runs it."""

    world: World
    table: Iterable[str] = TABLE
    allowed = staticmethod(allowed)
    do = staticmethod(effects.do)
    onwards = ONWARDS

    @initialize(
        lead=st.sampled_from(["author", "head", "deputy"]),
        others=st.sets(st.sampled_from(["co_author", "council", "vice_principal"]), max_size=2),
        route=st.sampled_from(sorted(REGISTER)),
        scoring=st.sampled_from(sorted(EVALUATE)),
        loan=st.sampled_from(["", "head principal", "principal head", "council head"]),
    )
    def begin(self, lead: str, others: set[str], route: str, scoring: str, loan: str) -> None:
        """Often one of those asked later stands in for another, and could take two steps."""
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = self.world.now
        self.minute = 0
        self.staff = Staff({who: (unit, str(role)) for who, (unit, role) in OFFICES.items()})
        lay(self.world, "register", REGISTER[route])
        lay(self.world, "evaluate", EVALUATE[scoring])
        self.initiative = self.world.draft(lead, tuple(sorted(others)))
        self.world.do(lead, "edit", self.initiative, title="0")
        routes = {"register": REGISTER[route], "report": REPORTING}
        routes["evaluate"] = EVALUATE[scoring]
        self.dossier = Dossier(lead, {lead, *others}, routes)
        if loan:
            lender, delegate = loan.split()
            self.lend(lender, delegate, 2)

    def teardown(self) -> None:
        if hasattr(self, "block"):
            assert audit_holds(self.initiative)
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @rule(
        who=st.sampled_from([*PEOPLE, None]), action=st.sampled_from(sorted(TABLE)),
        ask=st.integers(0, 2), value=st.sampled_from(VALUES),
    )  # fmt: skip
    def anybody_tries_anything(self, who: str | None, action: str, ask: int, value: str) -> None:
        self.tries(Deed(who, action, self.minute, self._open(ask), value))

    @rule(action=st.sampled_from(OF_A_STEP), ask=st.integers(0, 2), pick=st.integers(0, 15),
          value=VALUE)  # fmt: skip
    def somebody_who_holds_the_post_tries(
        self, action: str, ask: int, pick: int, value: str
    ) -> None:
        """Authors, and those who have decided already: whom only a rule about duties keeps out."""
        deeds = [Deed(who, action, self.minute, self._open(ask), value) for who in PEOPLE]
        asked = [deed for deed in deeds if seat(self.dossier, self.staff, deed)]
        if asked:
            self.tries(asked[pick % len(asked)])

    @rule(chance=st.randoms(use_true_random=False), deeds=st.integers(2, 6), value=VALUE)
    def somebody_does_what_they_may(self, chance: Random, deeds: int, value: str) -> None:
        """Or a dossier would hardly ever leave its draft."""
        for _deed in range(deeds):
            may = self._allowed(value)
            onwards = {deed.action for deed in may} & self.onwards
            if self.dossier.results:
                onwards -= {"edit_report"}
            actions = onwards if onwards and chance.random() < 0.75 else {d.action for d in may}
            if actions:
                action = chance.choice(sorted(actions))
                self.tries(chance.choice([deed for deed in may if deed.action == action]))

    def _allowed(self, value: str) -> list[Deed]:
        asks = len(self.dossier.pending.asks) if self.dossier.pending else 0
        deeds = [
            Deed(who, action, self.minute, ask, to)
            for who in [*PEOPLE, None]
            for action in sorted(self.table)
            for ask in range(max(asks, 1) if action in OF_A_STEP else 1)
            for to in (VALUES if action == "reassign" else [value])
        ]
        return [deed for deed in deeds if self.allowed(self.dossier, self.staff, deed)]

    @rule(what=st.sampled_from(HAPPENINGS), who=st.sampled_from(LENDERS),
          to=st.sampled_from(PEOPLE), number=st.integers(0, 2))  # fmt: skip
    def something_else_happens(self, what: str, who: str, to: str, number: int) -> None:
        getattr(self, what)(who, to, number)

    def lend(self, lender: str, to: str, days: int) -> None:
        if lender == to:
            return
        unit, role = OFFICES[lender]
        first = self.now.date()
        Delegation.objects.create(
            delegator=self.world.people[lender], delegate=self.world.people[to],
            unit=self.world.units[unit], role=role, starts_on=first,
            ends_on=first + timedelta(days=days), reason="Đi vắng",
        )  # fmt: skip
        today, post = self.staff.today, (unit, str(role))
        self.staff.loans.append(Loan(lender, to, post, today, today + days))

    def take_a_loan_back(self, _who: str, _to: str, number: int) -> None:
        if number < len(self.staff.loans):
            self.staff.loans[number].taken_back = True
            take_back(Delegation.objects.order_by("pk")[number], self.now)

    def go_away(self, who: str, _to: str, days: int) -> None:
        first = self.now.date()
        Absence.objects.create(
            user=self.world.people[who], starts_on=first, ends_on=first + timedelta(days=days),
            reason="Ốm",
        )  # fmt: skip
        self.staff.absences.append((who, self.staff.today, self.staff.today + days))
        self.sweep()

    def leave(self, _who: str, to: str, number: int) -> None:
        if number == 0:
            User.objects.filter(pk=self.world.people[to].pk).update(is_active=False)
            self.staff.closed.add(to)
        elif number == 1:
            ended = self.now.date() - timedelta(days=1)
            Membership.objects.filter(user=self.world.people[to]).update(ends_on=ended)
            self.staff.left.setdefault(to, self.staff.today)

    def minutes_pass(self, _who: str, _to: str, number: int) -> None:
        self.minute += 5 * number
        self.now += timedelta(minutes=5 * number)

    def a_day_passes(self, _who: str, _to: str, _number: int) -> None:
        self.minute += 24 * 60
        self.staff.today += 1
        self.now += timedelta(days=1)
        self.sweep()

    def sweep(self) -> None:
        cover_absences(self.now)
        cover(self.dossier, self.staff)
        self.compare("a sweep")

    def _open(self, ask: int) -> int:
        asks = self.dossier.pending.asks if self.dossier.pending else []
        return ask % len(asks) if asks else 0

    def tries(self, deed: Deed) -> None:
        expected = self.allowed(self.dossier, self.staff, deed)
        found = self.perform(deed)
        assert found == expected, f"{deed}: the door said {found}, the model {expected}"
        outcomes[deed.action, expected] += 1
        if expected:
            self.do(self.dossier, self.staff, deed)
        self.compare(deed)

    def perform(self, deed: Deed) -> bool:
        actor = User.objects.get(pk=self.world.people[deed.who].pk) if deed.who else None
        try:
            perform(Action(deed.action), self.initiative.pk, actor, self.now, self.payload(deed))
        except Refused:
            return False
        return True

    def payload(self, deed: Deed) -> dict[str, Any]:
        if deed.action == "edit":
            return {"title": deed.value}
        if deed.action == "attach":
            return {"files": [_file(deed.value)]}
        if deed.action == "detach":
            found = self.initiative.evidence.of_dossier().filter(sha256=_file(deed.value).sha256)
            return {"evidence": found.values_list("pk", flat=True).first()}
        if deed.action == "edit_report":
            after = VALUES.index(deed.value) + 1
            return {**REPORT, "measures": [REPORT["measures"][0] | {"after": after}]}  # type: ignore[index]
        values: dict[str, Any] = {"comment": "Vì sao.", "scores": SCORES}
        values["recognised"] = deed.value == RECOGNISES
        if deed.action in ("ask_extension", "grant_extension"):
            longer = self.initiative.audit.filter(action="grant_extension").count()
            values["until"] = str(date(self.now.year, 12, 31) + timedelta(days=longer))
        if deed.action == "reassign":
            person = self.world.people.get(deed.value)
            values["person"] = person.pk if person else None
        asks = self.dossier.pending.asks if self.dossier.pending else []
        if deed.action in OF_A_STEP and asks:
            ask = asks[deed.ask]
            items = WorkItem.objects.open().filter(initiative=self.initiative, duty=Duty.DECIDE)
            person = self.world.people[ask.person] if ask.person else None
            values["work_item"] = items.get(step=ask.step + 1, person=person).pk
        return values

    def compare(self, after: object) -> None:
        real = Initiative.dossiers.select_related("pending").get(pk=self.initiative.pk)
        pending = self.dossier.pending
        modelled = (self.dossier.state, pending and pending.gate, _modelled(self.dossier))
        found = (real.state, real.pending and real.pending.gate, self.asked())
        assert real.recognised == self.dossier.recognised, f"after {after}: recognised?"
        if pending and passed(pending) is not None:
            assert tally_of(real.pending) == _cast(pending), f"after {after}"
        assert found == modelled, f"after {after}: {found}, not {modelled}"

    def asked(self) -> set[Any]:
        names = {user.pk: who for who, user in self.world.people.items()}
        units = {unit.pk: name for name, unit in self.world.units.items()}
        duties = (Duty.DECIDE, Duty.EXTENSION)
        items = WorkItem.objects.open().filter(initiative=self.initiative, duty__in=duties)
        return {
            (
                (item.step or 0) - 1,
                (units[item.unit_id], item.role) if item.role else None,
                names[item.person_id] if item.person_id else None,
                (units[item.raised_unit_id or 0], item.raised_role) if item.raised_role else None,
            )
            for item in items
        }


def _file(value: str) -> Upload:
    """One of a few files, by what is in it; where it lies matters to nobody here."""
    stored = uuid4().hex
    return Upload(f"{value}.txt", "txt", 1, hashlib.sha256(value.encode()).hexdigest(), stored)


def tally_of(submission: Any) -> tuple[int, int, bool]:
    tally = of_decisions(submission, ballots(submission))
    assert tally
    return tally.votes_for, tally.votes_against, tally.reached


def _cast(pending: Pending) -> tuple[int, int, bool]:
    found = ballot(pending)
    assert found
    against = sum(vote.against for vote in found[2])
    return len(found[2]) - against, against, bool(passed(pending))


def _modelled(dossier: Dossier) -> set[Any]:
    asks = list(dossier.pending.asks) if dossier.pending else []
    asks += [dossier.request] if dossier.request else []
    return {(ask.step, ask.post, ask.person, ask.raised) for ask in asks}


def lay(world: World, gate: str, steps: list[Step]) -> None:
    """The model's route as rows of the product."""
    level = {"maths": "own", "school": "school"}
    rows = [
        {
            "position": step.position,
            "role": step.post[1] if step.post else "",
            "level": level[step.post[0]] if step.post else "",
            "people": [world.people[who] for who in step.names],
            "quorum": ("some" if step.needed else "all") if step.one_by_one else "any",
            "needed": step.needed if step.one_by_one and step.needed else None,
            "same_person": step.twice,
            "keeps_approval": step.keeps,
            "asks": _asks(gate, step),
            "threshold": step.threshold or None,
            "base": ("present" if step.present else "members") if step.threshold else "",
            "attendance": step.attendance or None,
        }
        for step in steps
    ]
    Route.objects.add_version(world.movement, gate, rows)


def _asks(gate: str, step: Step) -> str:
    if step.threshold:
        return "both" if step.sheets else "vote"
    if step.grades:
        return "grade"
    return "scores" if gate == "evaluate" else "agreement"


def audit_holds(initiative: Initiative) -> bool:
    return not [link for link in audit.broken_links() if link.initiative.pk == initiative.pk]
