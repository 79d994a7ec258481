"""The due dates that await a person, as an iCalendar (RFC 5545).

An event of a whole day on the last day that is still in time: "hết ngày". Events and not to-dos,
which several calendar programs leave out of feeds. Title and link, and no name of anybody.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from notifications.letters import DOSSIER
from people.models import User
from workflow.deadlines import last_day, local_day
from workflow.models import WorkItem

PRODUCT = "-//Thi Dua//Due dates//VI"
ASK_AGAIN = timedelta(hours=1)


def due_dates(user: User, now: datetime) -> bytes:
    items = WorkItem.objects.awaiting(user, local_day(now)).select_related("initiative")
    with translation.override(user.language):
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("name", _("Due dates · Thi Đua"))
        calendar.add("x-wr-calname", _("Due dates · Thi Đua"))
        calendar.add("refresh-interval", ASK_AGAIN, {"VALUE": "DURATION"})
        for item in items:
            calendar.add_component(_event(item, now))
    content: bytes = calendar.to_ical()
    return content


def _event(item: WorkItem, now: datetime) -> Any:
    day = last_day(item.due_at)
    event = Event()
    event.add("uid", f"work-item-{item.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{capfirst(item.get_duty_display())}: {item.initiative.title}")
    event.add("url", settings.BASE_URL + DOSSIER % {"pk": item.initiative_id})
    event.add("transp", "TRANSPARENT")
    return event
