"""Whose documents a person handles: the schools below the units where they hold the permission."""

from functools import reduce
from operator import or_

from django.db.models import Q

from people.holdings import paths
from people.http import Request
from people.models import Unit
from people.models.unit import UnitKind
from workflow.deadlines import local_day

DRAFT, ISSUE, TEMPLATES = "draft_documents", "issue_documents", "replace_templates"


def schools_of(request: Request, permission: str) -> list[Unit]:
    subtrees = paths(request.user, local_day(request.now), permission)
    inside = reduce(or_, (Q(path__startswith=path) for path in subtrees), Q(pk__in=()))
    schools = Unit.objects.filter(inside, kind=UnitKind.SCHOOL)
    return list(schools.select_related("parent"))
