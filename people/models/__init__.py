"""Who exists, and who stands for whom."""

from people.models.absence import Absence
from people.models.delegation import Delegation
from people.models.grant import Grant
from people.models.membership import Membership
from people.models.stamp import RosterStamp, Stamp
from people.models.unit import Unit
from people.models.user import User

__all__ = [
    "Absence",
    "Delegation",
    "Grant",
    "Membership",
    "RosterStamp",
    "Stamp",
    "Unit",
    "User",
]
