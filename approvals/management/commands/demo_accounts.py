from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from approvals.demo.people import DOMAIN, PASSWORD
from people.models import User

WORTH_TRYING = (
    "giaovien1.toan", "totruong.toan", "hieutruong", "thukyhoidong", "vanthu", "quantri",
)  # fmt: skip


class Command(BaseCommand):
    help = "List the demo accounts that are worth trying, and their password."

    def handle(self, *args: Any, **options: Any) -> None:
        emails = [f"{account}@{DOMAIN}" for account in WORTH_TRYING]
        people = {user.email: user for user in User.objects.filter(email__in=emails)}
        if not people:
            self.stdout.write("No demo is loaded: run manage.py load_demo first.")
            return
        with translation.override(settings.LANGUAGE_CODE):
            self.stdout.write(_("Sign in with the password %(word)s as:") % {"word": PASSWORD})
            for email in filter(people.__contains__, emails):
                self.stdout.write(f"  {email:32} {people[email].full_name}")
