"""Steps of routes that tests lay."""

from people.roles import Role
from workflow.models import Asks, Base, Level, Quorum

HEAD = {"role": Role.HEAD, "level": Level.OWN}
PRINCIPAL = {"role": Role.PRINCIPAL, "level": Level.SCHOOL}
VICE_PRINCIPAL = {"role": Role.VICE_PRINCIPAL, "level": Level.SCHOOL}
COUNCIL = {"role": Role.COUNCIL, "level": Level.SCHOOL}
ALL, SOME = {"quorum": Quorum.ALL}, {"quorum": Quorum.SOME}
SCORES = {"asks": Asks.SCORES}
VOTE = {"asks": Asks.VOTE, "quorum": Quorum.ALL, "threshold": 70, "base": Base.MEMBERS}
BOTH = VOTE | {"asks": Asks.BOTH}
PRESENT = {"base": Base.PRESENT, "attendance": 66}
GRADE = {"asks": Asks.GRADE}
KEEPS = {"keeps_approval": True}
