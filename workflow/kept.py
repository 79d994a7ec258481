"""Which movements a person keeps, for the pages on which their routes, ladders, sheets and rounds
are written.
"""

from django.db.models import QuerySet
from django.http import Http404

from people.holdings import paths
from people.http import Request
from workflow.deadlines import local_day
from workflow.models import Movement
from workflow.queries import below


def movements_kept(request: Request, permission: str) -> QuerySet[Movement]:
    """Those of the units where the person holds this permission, perhaps none yet; who holds it
    nowhere finds no such page.
    """
    subtrees = paths(request.user, local_day(request.now), permission)
    if not subtrees:
        raise Http404
    return Movement.objects.filter(below(subtrees)).select_related("unit")
