"""The routes a new movement starts with (design §2). Data from then on, edited per movement."""

from itertools import groupby

from people.roles import Role
from workflow.models import Asks, Gate, Level, Movement, Route

DEFAULT_ROUTES: tuple[tuple[Gate, int, Role, Level, Asks, int, bool], ...] = (
    (Gate.REGISTER, 1, Role.HEAD, Level.OWN, Asks.AGREEMENT, 3, False),
    (Gate.REGISTER, 2, Role.PRINCIPAL, Level.SCHOOL, Asks.AGREEMENT, 3, True),
    (Gate.REPORT, 1, Role.HEAD, Level.OWN, Asks.AGREEMENT, 3, False),
    (Gate.EVALUATE, 1, Role.COUNCIL, Level.SCHOOL, Asks.SCORES, 5, False),
    (Gate.EVALUATE, 2, Role.PRINCIPAL, Level.SCHOOL, Asks.GRADE, 3, True),
    (Gate.YEARLY, 1, Role.PRINCIPAL, Level.SCHOOL, Asks.AGREEMENT, 3, False),
)


def give_default_routes(movement: Movement) -> None:
    names = ("gate", "position", "role", "level", "asks", "working_days", "same_person")
    rows = [dict(zip(names, row, strict=True)) for row in DEFAULT_ROUTES]
    for gate, steps in groupby(rows, key=lambda row: row.pop("gate")):
        Route.objects.add_version(movement, gate, steps)
