from datetime import date

from django.db.models import QuerySet

from people.models import Unit, User
from people.models.membership import lasting
from people.models.unit import SCHOOL_DEPTH, at_depth


def colleagues(unit: Unit, today: date) -> QuerySet[User]:
    """The active people of the unit's whole school."""
    school = Unit.objects.get(pk=at_depth(unit.line, SCHOOL_DEPTH))
    return User.objects.filter(
        lasting(today, "memberships__"),
        is_active=True,
        memberships__unit__path__startswith=school.path,
    ).distinct()
