"""Who is told, and was it delivered."""

from notifications.models.ladder import Escalation, LadderRung
from notifications.models.message import Message

__all__ = ["Escalation", "LadderRung", "Message"]
