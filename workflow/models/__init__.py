"""What comes after what, and who owes what by when."""

from workflow.models.audit import AuditEntry
from workflow.models.initiative import Authorship, Initiative, Kind, Measure, Scope, State
from workflow.models.movement import Movement, Round
from workflow.models.plan import Criterion, GradeBand, LegalBasis, ReportSection, Target
from workflow.models.route import Asks, Gate, Level, RouteStep
from workflow.models.submission import Submission
from workflow.models.work_item import Duty, WorkItem

__all__ = [
    "Asks",
    "AuditEntry",
    "Authorship",
    "Criterion",
    "Duty",
    "Gate",
    "GradeBand",
    "Initiative",
    "Kind",
    "LegalBasis",
    "Level",
    "Measure",
    "Movement",
    "ReportSection",
    "Round",
    "RouteStep",
    "Scope",
    "State",
    "Submission",
    "Target",
    "WorkItem",
]
