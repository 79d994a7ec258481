"""Who is told, and was it delivered."""

from notifications.models.calendar_feed import CalendarFeed
from notifications.models.ladder import Escalation, LadderRung
from notifications.models.message import Message
from notifications.models.preference import Preference

__all__ = ["CalendarFeed", "Escalation", "LadderRung", "Message", "Preference"]
