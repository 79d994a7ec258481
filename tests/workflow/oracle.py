"""Working days again, day by day, from a table written out by hand: nothing of the product here.

2023 to 2026 are the notices of the Ministry of Labour and of the Ministry of Home Affairs; 2027
and 2028 follow from the Labour Code 2019, Art. 111 and 112, and the lunar calendar.
"""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # no summer time, ever since 1975

OFF = {
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11",
    2028: "03/01 24/01 25/01 26/01 27/01 28/01 04/04 01/05 02/05 01/09 04/09 24/11",
}
MADE_UP = "04/05/2024 26/04/2025 22/08/2026"


def _day(text, year=None):
    numbers = [int(part) for part in text.split("/")]
    return date(year or numbers[2], numbers[1], numbers[0])


HOLIDAYS = {_day(text, year) for year, days in OFF.items() for text in days.split()}
SATURDAYS = {_day(text) for text in MADE_UP.split()}


def works(day, school):
    """`school`: what it says about a day itself, True for worked; the rest is as for all."""
    if day in school:
        return school[day]
    if day in SATURDAYS:
        return True
    return day.isoweekday() not in (6, 7) and day not in HOLIDAYS


def ends(start, days, school):
    """The first instant after a period of working days: 24:00 of its last day."""
    day = start.astimezone(VIETNAM).date()
    left = days
    while True:
        if left == 0 and works(day, school):
            return midnight(day + timedelta(days=1))
        day += timedelta(days=1)
        if left and works(day, school):
            left -= 1


def midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
