from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from approvals.demo.people import DOMAIN, PASSWORD
from people.models import Membership

WORTH_TRYING = (
    "giaovien2.van", "totruong.van", "hieutruong", "thukyhoidong", "hoidong1", "vanthu", "quantri",
)  # fmt: skip
"""One of each office. A teacher and a head of one department, so that they can answer each other:
one has a registration to revise, the other a report that waits too long."""


class Command(BaseCommand):
    help = "List the demo accounts that are worth trying, and their password."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(_rows())
        if not rows:
            self.stdout.write(_("No demo is loaded: run manage.py load_demo first."))
            return
        self.stdout.write(_("Sign in with the password %(word)s as:") % {"word": PASSWORD})
        width = max(len(office) for office, _email in rows)
        for office, email in rows:
            self.stdout.write(f"  {office:{width}}  {email}")


def _rows() -> Iterator[tuple[str, str]]:
    """The office in words and the e-mail; the first office of whoever holds two."""
    emails = [f"{account}@{DOMAIN}" for account in WORTH_TRYING]
    held = Membership.objects.filter(user__email__in=emails).select_related("user", "unit")
    offices = {one.user.email: one for one in held.order_by("-pk")}
    for email in filter(offices.__contains__, emails):
        office = offices[email]
        yield f"{capfirst(office.get_role_display())} · {office.unit.short_name}", email
