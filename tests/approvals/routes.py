"""Steps of routes that tests lay."""

from people.roles import Role
from workflow.models import Asks, Level, Quorum

HEAD = {"role": Role.HEAD, "level": Level.OWN}
PRINCIPAL = {"role": Role.PRINCIPAL, "level": Level.SCHOOL}
VICE_PRINCIPAL = {"role": Role.VICE_PRINCIPAL, "level": Level.SCHOOL}
COUNCIL = {"role": Role.COUNCIL, "level": Level.SCHOOL}
ALL, SOME = {"quorum": Quorum.ALL}, {"quorum": Quorum.SOME}
SCORES = {"asks": Asks.SCORES}
GRADE = {"asks": Asks.GRADE}
KEEPS = {"keeps_approval": True}
