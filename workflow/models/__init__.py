"""What comes after what, and who owes what by when."""

from workflow.models.audit import AuditEntry
from workflow.models.authorship import Authorship
from workflow.models.calendar import CalendarDay, CalendarStamp, DayKind
from workflow.models.comment import Comment
from workflow.models.date_change import DateChange, Follower
from workflow.models.evidence import Evidence, FileKind
from workflow.models.grade import GradeBand
from workflow.models.initiative import (
    APPROVED,
    REGISTERED,
    REPORTED,
    SCHOOL_REPORT,
    Initiative,
    Kind,
    Scope,
    State,
)
from workflow.models.measure import Measure
from workflow.models.movement import Movement, Round
from workflow.models.plan import (
    Audience,
    Computed,
    Criterion,
    LegalBasis,
    PlanStamp,
    ReportSection,
    Target,
)
from workflow.models.route import Route, RouteStep
from workflow.models.route_choices import Asks, Base, Gate, Level, Quorum
from workflow.models.school_report import GENERAL, SchoolReport
from workflow.models.submission import Submission
from workflow.models.target_entry import TargetEntry, TargetFile, TargetFileStrike
from workflow.models.work_item import OF_AUTHORS, Because, Duty, WorkItem

__all__ = [
    "APPROVED",
    "GENERAL",
    "OF_AUTHORS",
    "REGISTERED",
    "REPORTED",
    "SCHOOL_REPORT",
    "Asks",
    "Audience",
    "AuditEntry",
    "Authorship",
    "Base",
    "Because",
    "CalendarDay",
    "CalendarStamp",
    "Comment",
    "Computed",
    "Criterion",
    "DateChange",
    "DayKind",
    "Duty",
    "Evidence",
    "FileKind",
    "Follower",
    "Gate",
    "GradeBand",
    "Initiative",
    "Kind",
    "LegalBasis",
    "Level",
    "Measure",
    "Movement",
    "PlanStamp",
    "Quorum",
    "ReportSection",
    "Round",
    "Route",
    "RouteStep",
    "SchoolReport",
    "Scope",
    "State",
    "Submission",
    "Target",
    "TargetEntry",
    "TargetFile",
    "TargetFileStrike",
    "WorkItem",
]
