"""Whose documents a person handles: the schools below the units where they hold the permission."""

from people.holdings import paths
from people.http import Request
from people.models import Unit
from people.models.unit import UnitKind
from workflow.deadlines import local_day
from workflow.queries import below

DRAFT, ISSUE, TEMPLATES = "draft_documents", "issue_documents", "replace_templates"


def schools_of(request: Request, permission: str) -> list[Unit]:
    subtrees = paths(request.user, local_day(request.now), permission)
    schools = Unit.objects.filter(below(subtrees, ""), kind=UnitKind.SCHOOL)
    return list(schools.select_related("parent"))
