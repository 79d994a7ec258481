"""Questions about initiatives and work items that read as phrases."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.holdings import Post, offices, paths
from people.models import User
from people.models.unit import NOTHING
from people.models.unit import below as below


class InitiativeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User, today: date) -> "InitiativeQuerySet":
        """What a person may see: their own, what their unit registered, what their office covers,
        and what a route asked them by name.

        A draft is its authors' and their leaders' business; colleagues see it once registered.
        """
        from workflow.models.authorship import Authorship
        from workflow.models.initiative import State
        from workflow.models.work_item import WorkItem

        own = Exists(Authorship.objects.filter(initiative=OuterRef("pk"), user=user))
        asked = Exists(WorkItem.objects.filter(initiative=OuterRef("pk"), person=user))
        covered = below(paths(user, today, "see_dossiers"))
        shared = below(paths(user, today, "see_registered")) & ~Q(state=State.DRAFT)
        return self.filter(Q(own) | Q(asked) | covered | shared)

    def overdue(self, now: datetime) -> "InitiativeQuerySet":
        from workflow.models.work_item import WorkItem

        late = WorkItem.objects.overdue(now).filter(initiative=OuterRef("pk"))
        return self.filter(Exists(late))


class WorkItemQuerySet(models.QuerySet[Any]):
    def open(self) -> "WorkItemQuerySet":
        return self.filter(closed_at__isnull=True)

    def below(self, user: User, today: date) -> "WorkItemQuerySet":
        """Open items of the units whose dossiers the person oversees, whoever owes them."""
        subtrees = paths(user, today, "see_dossiers")
        return self.open().filter(below(subtrees, "initiative__unit"))

    def overdue(self, now: datetime) -> "WorkItemQuerySet":
        return self.open().filter(due_at__lte=now)

    def awaiting(self, user: User, today: date) -> "WorkItemQuerySet":
        """Open items the person owes: addressed to them, or to a post they hold or stand in for."""
        posts, lent = [], []
        for one in offices(user, today):
            if one.delegator is None:
                posts.append(one.post)
            else:
                lent.append((*one.post, one.delegator.pk))
        return self.addressed(user.pk, posts, lent)

    def addressed(
        self,
        person: int,
        posts: Iterable[Post],
        lent: Iterable[tuple[int, str, int]],
        *,
        by_name: bool = True,
    ) -> "WorkItemQuerySet":
        """Open items for a person who holds these posts, and stands in for others at those.

        `by_name`: with what is addressed to the person alone. Nobody is asked to decide on a
        dossier of their own.
        """
        from workflow.models.authorship import Authorship
        from workflow.models.work_item import OF_AUTHORS

        asked = Q(person=person) if by_name else NOTHING
        for unit, role in posts:
            asked |= Q(unit=unit, role=role, person__isnull=True)
            asked |= Q(raised_unit=unit, raised_role=role)
        for unit, role, delegator in lent:
            asked |= Q(_either(delegator), unit=unit, role=role)
            asked |= Q(raised_unit=unit, raised_role=role)
        own = Authorship.objects.filter(initiative=OuterRef("initiative"), user=person)
        return self.open().filter(asked).exclude(~Q(duty__in=OF_AUTHORS) & Exists(own))


def _either(delegator: int) -> Q:
    """Addressed to the post as a whole, or to the person one stands in for."""
    return Q(person__isnull=True) | Q(person=delegator)
