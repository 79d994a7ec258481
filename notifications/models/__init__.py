"""Who is told, and was it delivered."""

from notifications.models.calendar_feed import CalendarFeed
from notifications.models.ladder import Escalation, LadderRung
from notifications.models.message import Held, Message
from notifications.models.preference import Mail, MailHours, Preference

__all__ = [
    "CalendarFeed",
    "Escalation",
    "Held",
    "LadderRung",
    "Mail",
    "MailHours",
    "Message",
    "Preference",
]
