"""Who may see an initiative: `visible_to` asked the other way round."""

from datetime import date

from django.db.models import Q, QuerySet

from people.models import Grant, User
from workflow.models import Initiative, State


def viewers(initiative: Initiative, today: date) -> QuerySet[User]:
    """The active people who can open its page, and so may be told of it."""
    permissions = ["see_dossiers"]
    if initiative.state != State.DRAFT:
        permissions.append("see_registered")
    covered = Grant.objects.in_force(today).filter(
        content_object__in=initiative.unit.line, permission__codename__in=permissions
    )
    concerned = (
        Q(pk__in=covered.values("user"))
        | Q(pk__in=initiative.authorships.values("user"))
        | Q(pk__in=initiative.work_items.values("person"))
    )
    return User.objects.filter(concerned, is_active=True)
