"""Which people an administrator finds, and whose accounts they keep."""

from datetime import date

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from people.models import Membership, User
from people.models.unit import below


def found(administrator: User, subtrees: list[str]) -> Q:
    """Who has or had an office below, and who has none yet but was entered by this administrator.

    Those who left stay in the lists: their rows do. Somebody entered a moment ago must be found to
    be given an office; nobody else's newcomers are shown, since they may belong anywhere.
    """
    offices = Membership.objects.filter(user=OuterRef("pk"))
    entered = LogEntry.objects.filter(
        user=administrator,
        action_flag=ADDITION,
        content_type=ContentType.objects.get_for_model(User),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(offices.filter(below(subtrees))) | (~Exists(offices) & Exists(entered))


def kept(administrator: User, subtrees: list[str], today: date) -> Q:
    """Whose account this administrator may change: of those found, who holds no office elsewhere.

    Whoever can change the address of an account can sign in with it. The principal of another
    school, once a teacher of this one, is kept there; who serves two schools, by an administrator
    above both. Nobody but an operator keeps the account of one.
    """
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    elsewhere = Membership.objects.filter(not_over, user=OuterRef("pk")).exclude(below(subtrees))
    return found(administrator, subtrees) & ~Exists(elsewhere) & Q(is_superuser=False)
