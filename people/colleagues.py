from datetime import date

from django.db.models import Q, QuerySet

from people.models import Unit, User

SCHOOL_DEPTH = 1
"""Index from the root of the unit line at which a school stands: Sở, school, department."""


def colleagues(unit: Unit, today: date) -> QuerySet[User]:
    """The active people of the unit's whole school."""
    line = unit.line
    school = Unit.objects.get(pk=line[::-1][min(SCHOOL_DEPTH, len(line) - 1)])
    return User.objects.filter(
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today),
        is_active=True,
        memberships__starts_on__lte=today,
        memberships__unit__path__startswith=school.path,
    ).distinct()
