"""When each initiative of the demo takes which step: fixed dates, so that every load is alike.

A story is a list of (instant, step); the steps are the methods of `approvals.demo.life.Life`. No
report may be written before the last day that its evidence names, and a test watches over it.
"""

from collections.abc import Iterator
from datetime import date, datetime

from approvals.demo.days import at, working

Schedule = Iterator[tuple[datetime, str]]
REGISTERED_FROM = {2023: date(2023, 8, 17), 2024: date(2024, 3, 11), 2025: date(2025, 1, 13)}
EARLY_FROM = {2023: date(2023, 10, 9), 2025: date(2025, 4, 14)}


def past(story: str, year: int, number: int) -> Schedule:
    """A year that the plan has behind it: registered, reported before 31/10 or late, evaluated."""
    yield from _registration(story, REGISTERED_FROM[year], number)
    if story == "withdrawn_after":
        yield at(working(date(year, 11, 6), 0), 10, number), "withdraw"
        return
    yield from _report(story, year, number)
    yield from _evaluation(story, year, number)


def _registration(story: str, start: date, number: int) -> Schedule:
    returned = story == "returned_registration"
    day = working(start, number % 2 if returned else number % 5)
    yield at(day, 8, number), "create_hastily" if returned else "create"
    yield at(day, 14, number), "submit"
    if returned:
        day = working(day, 1)
        yield at(day, 9, number), "send_back"
        yield at(day, 15, number), "revise"
        yield at(day, 16, number), "submit"
    day = working(day, 1)
    yield at(day, 9, number), "agree"
    yield at(day, 16, number), "agree"


def _report(story: str, year: int, number: int) -> Schedule:
    if story == "returned_report":
        day = working(date(year, 10, 16), number % 2)
        yield at(day, 9, number), "write_report_hastily"
        yield at(day, 10, number), "submit_report"
        yield at(working(day, 2), 9, number), "send_back"
    day = _reports_on(story, year, number)
    yield at(day, 9, number), "write_report"
    yield at(day, 10, number), "submit_report"
    yield at(working(day, 1), 9, number), "agree"


def _reports_on(story: str, year: int, number: int) -> date:
    """Whoever had to register twice reports later than the others, yet in time."""
    if story == "early":
        return working(EARLY_FROM[year], number % 4)
    first, days = {
        "steady": (date(year, 10, 17), 2),
        "returned_registration": (date(year, 10, 23), 2),
        "returned_report": (date(year, 10, 24), 2),
        "last_week": (date(year, 10, 24), 4),
        "late": (date(year, 11, 1), 3),
        "very_late": (date(year, 11, 8), 1),
    }[story]
    return working(first, number % days)


def _evaluation(story: str, year: int, number: int) -> Schedule:
    """After the round's reports are in; whoever was late comes last."""
    start = date(year, 11, 10) if story in ("late", "very_late") else date(year, 11, 6)
    opened = working(start, number % 4)
    scored = working(opened, 1 + number % 4)
    yield at(opened, 9, number), "open_evaluation"
    yield at(scored, 10, number), "agree"
    yield at(working(scored, 1 + number % 3), 16, number), "agree"


RECENT: dict[str, tuple[tuple[int, int, str], ...]] = {
    "draft": ((4, 9, "create"),),
    "with_head": ((3, 9, "create"), (1, 14, "submit")),
    "with_head_late": ((8, 9, "create"), (7, 9, "submit")),
    "returned": ((6, 9, "create"), (5, 9, "submit"), (2, 10, "send_back")),
    "with_principal": ((3, 9, "create"), (1, 15, "submit")),
    "in_progress": (),
    "report_with_head_late": ((8, 9, "write_report"), (8, 10, "submit_report")),
    "reported": ((9, 9, "write_report"), (9, 10, "submit_report"), (7, 9, "agree")),
    "scored": (
        (12, 9, "write_report"), (12, 10, "submit_report"), (11, 9, "agree"),
        (5, 9, "open_evaluation"), (2, 10, "agree"),
    ),
    "voting": (
        (12, 9, "write_report"), (12, 10, "submit_report"), (11, 9, "agree"),
        (3, 9, "open_evaluation"), (2, 14, "vote"),
    ),
    "evaluated": (
        (15, 9, "write_report"), (15, 10, "submit_report"), (14, 9, "agree"),
        (9, 9, "open_evaluation"), (7, 10, "agree"), (6, 16, "agree"),
    ),
    "withdrawn": ((10, 10, "withdraw"),),
}  # fmt: skip
"""Steps of the live movement: how many working days ago, in which hour."""


def live(story: str, launch: date, as_of: date, number: int) -> Schedule:
    recent = RECENT[story]
    if not recent or not recent[0][2].startswith("create"):
        yield from _registration(story, launch, number % 3)
    for days_ago, hour, step in recent:
        yield at(working(as_of, -days_ago), hour, number), step
