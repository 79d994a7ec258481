"""Dossiers follow a change of dates in batches: through the one door, each in a transaction of its
own, together with the row that says it has still to. A worker that dies loses nothing.
"""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.db.models import F

from approvals.actions import follow
from approvals.refusal import Refused
from people.leases import Clock, Hold, NotOurs, fresh_lease
from workflow.models import DateChange, Follower

logger = logging.getLogger(__name__)
BATCH = 500
"""Dossiers of one change, before others have their turn, and mail and sweep the worker."""


def follow_waiting(clock: Clock) -> bool:
    """A batch of every change that no other worker is at. True when there are more to try."""
    for pk in list(DateChange.objects.free(clock()).values_list("pk", flat=True)):
        if change := _claim(pk, clock()):
            _follow_batch(change, clock)
    DateChange.objects.unfinished().followed().update(finished_at=clock())
    return Follower.objects.filter(tries=0, change__in=DateChange.objects.free(clock())).exists()


def _claim(pk: int, now: datetime) -> DateChange | None:
    """Of two workers that ask for the same change one gets it: the statement asks and takes."""
    lease = fresh_lease(now)
    if not DateChange.objects.free(now).filter(pk=pk).update(**lease):
        return None
    return DateChange.objects.select_related("made_by").get(holder=lease["holder"])


def _follow_batch(change: DateChange, clock: Clock) -> None:
    """What has failed before comes last, and keeps nobody from following."""
    hold = Hold(change, clock)
    try:
        for follower in change.followers.all()[:BATCH]:
            hold.sign_of_life()
            _follow(change, follower, clock())
    except NotOurs:
        return
    hold.give_back()


def _follow(change: DateChange, follower: Follower, now: datetime) -> None:
    try:
        follow(change, follower.initiative_id, now)
    except Refused:
        pass  # something was done with the dossier meanwhile: it has followed before that
    except (OperationalError, InterfaceError):
        raise  # the database is away, which is not the dossier's fault
    except Exception:
        logger.exception("dossier %s did not follow change %s", follower.initiative_id, change.pk)
        Follower.objects.filter(pk=follower.pk).update(tries=F("tries") + 1)
