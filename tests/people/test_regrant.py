"""After an upgrade the grants are exactly those of the roles as they are now."""

from datetime import timedelta

from django.core.management import call_command

from people.holdings import holdings
from people.models import Delegation, Grant
from people.roles import Role
from workflow.deadlines import local_day


def granted():
    rows = Grant.objects.order_by("user", "permission", "content_object", "membership")
    return list(rows.values_list("user", "permission", "content_object", "membership"))


def test_what_is_missing_is_given_and_what_is_right_stays(world):
    before = granted()
    Grant.objects.filter(user__in=[world.head, world.administrator]).delete()
    call_command("regrant")
    assert granted() == before


def test_a_loan_that_was_taken_back_stays_taken(world):
    today = local_day(world.now)
    lent = Delegation.objects.create(
        delegator=world.head, delegate=world.colleague, unit=world.units["maths"],
        role=Role.HEAD, starts_on=today, ends_on=today + timedelta(days=1), reason="Ốm",
    )  # fmt: skip
    call_command("regrant")
    assert any(one.user == world.colleague for one in holdings(world.units["maths"].line, today))
    lent.revoked_at = world.now
    lent.save()
    call_command("regrant")
    assert not Grant.objects.filter(delegation=lent).exists()
