"""What is let in as evidence: decided by content, refused with a sentence that says why."""

from approvals.intake.accept import Accepted, accept
from approvals.intake.kinds import ACCEPTS, MEDIA_TYPES, Unfit

__all__ = ["ACCEPTS", "MEDIA_TYPES", "Accepted", "Unfit", "accept"]
