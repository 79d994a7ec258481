"""Who writes, under which letterhead, and who signs: what every document needs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation

from people.models import Delegation, Membership, Unit, User
from people.models.unit import UnitKind
from people.roles import Role
from reports.models import Letterhead
from reports.papers import wording
from reports.papers.paper import Signature

VICE_OFFICE = "Phó Hiệu trưởng"
TEAM_HEAD_OFFICE = "Tổ trưởng"


@dataclass(frozen=True)
class Signer:
    """Somebody who may sign, and how: KT. for the head, TUQ. authorised, TL. by order."""

    key: str
    offices: tuple[str, ...]
    name: str

    @property
    def signature(self) -> Signature:
        return Signature(self.offices, wording.without_titles(self.name))

    def __str__(self) -> str:
        return f"{' · '.join(self.offices)}: {self.name}"


def signers(school: Unit, today: date, *, by_order: bool = False) -> Iterator[Signer]:
    """The principal first. Who is authorised signs for the days and the post lent, and no longer.

    `by_order`: heads of departments too (TL.), for what the principal lets them sign.
    """
    head = wording.HEAD_OFFICE
    posts = Membership.objects.in_force(today).filter(user__is_active=True).select_related("user")
    for post in posts.filter(unit=school, role=Role.PRINCIPAL).order_by("pk"):
        yield Signer(f"m{post.pk}", (head,), post.user.full_name)
    for post in posts.filter(unit=school, role=Role.VICE_PRINCIPAL).order_by("pk"):
        yield Signer(f"m{post.pk}", (f"KT. {head}", VICE_OFFICE), post.user.full_name)
    lent = Delegation.objects.in_force(today).filter(unit=school, role=Role.PRINCIPAL)
    for one in lent.select_related("delegate").order_by("pk"):
        office = _office(one.delegate, school, today)
        yield Signer(f"d{one.pk}", (f"TUQ. {head}", office), one.delegate.full_name)
    if not by_order:
        return
    heads = posts.filter(unit__path__startswith=school.path, unit__kind=UnitKind.DEPARTMENT)
    for post in heads.filter(role=Role.HEAD).select_related("unit").order_by("unit__name"):
        offices = (f"TL. {head}", f"{TEAM_HEAD_OFFICE} {_bare(post.unit.name)}")
        yield Signer(f"m{post.pk}", offices, post.user.full_name)


def _office(user: User, school: Unit, today: date) -> str:
    """What somebody is at the school, for whoever signs as authorised."""
    posts = Membership.objects.in_force(today).filter(user=user, unit__path__startswith=school.path)
    held = {post.role: post.unit for post in posts.select_related("unit").order_by("pk")}
    if Role.VICE_PRINCIPAL in held:
        return VICE_OFFICE
    if Role.HEAD in held:
        return f"{TEAM_HEAD_OFFICE} {_bare(held[Role.HEAD].name)}"
    with translation.override("vi"):
        return str(Role(next(iter(held))).label).capitalize() if held else ""


def _bare(name: str) -> str:
    return name.removeprefix("Tổ ")


@dataclass(frozen=True)
class Desk:
    """`issued_on` and `number` are empty in a draft; `today` is the day the figures are of."""

    school: Unit
    today: date
    signer: Signer
    number: int | None = None
    issued_on: date | None = None
    words: dict[str, Any] = field(default_factory=dict)
    """What the clerk typed for this document: recipients, căn cứ, and the like."""

    @property
    def superior(self) -> tuple[str, ...]:
        """The body above, with its place on a line of its own."""
        name, place = self.school.parent.name if self.school.parent else "", self.place
        return tuple(one for one in (name.removesuffix(place).strip(), place) if one)

    @property
    def letterhead(self) -> Letterhead:
        return Letterhead.of(self.school)

    @property
    def place(self) -> str:
        return self.letterhead.place

    def head(self, symbol: str) -> dict[str, Any]:
        """The parts of a paper that are the same in every kind."""
        letterhead = self.letterhead
        return {
            "superior": self.superior,
            "issuer": self.school.name,
            "number": wording.number(self.number, symbol, letterhead.abbreviation),
            "place": wording.place_and_day(letterhead.place, self.issued_on),
            "signature": self.signer.signature,
        }

    def lines(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """What was typed, one a line; the default when nothing was."""
        typed = tuple(filter(None, (one.strip() for one in self.words.get(name, "").splitlines())))
        return typed or default

    def text(self, name: str) -> str:
        return str(self.words.get(name) or "")
